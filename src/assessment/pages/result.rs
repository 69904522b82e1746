//! `/account/test/{enrolment}/result/{ordinal}`: the score, what to read, what comes next.

use leptos::prelude::*;

use super::{CertificateLink, again_from, path_part, trail};
use crate::assessment::api::{self, Ending, Outcome, Topic};
use crate::assessment::model::{percent, test_path};
use crate::i18n::{td_string, use_locale};
use crate::ui::button::ButtonLink;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::Tone;

#[component]
pub fn TestResult() -> impl IntoView {
    let enrolment = path_part("enrolment");
    let ordinal = path_part("ordinal");
    let data =
        Resource::new(move || (enrolment.get(), ordinal.get()), |(enrolment, ordinal)| api::result(enrolment, ordinal));
    loaded(data, move |outcome| {
        view! {
            <Shown outcome=outcome enrolment=enrolment.get_untracked() ordinal=ordinal.get_untracked()/>
        }
    })
}

#[component]
fn Shown(outcome: Outcome, enrolment: String, ordinal: String) -> impl IntoView {
    let locale = use_locale();
    let (tone, heading) = if outcome.passed {
        (Tone::Success, td_string!(locale, assessment.result_passed))
    } else {
        (Tone::Error, td_string!(locale, assessment.result_failed))
    };
    let share = percent(outcome.right, outcome.asked);
    let ended = outcome.finished_at;
    let ending = match outcome.ending {
        Ending::HandedIn => None,
        Ending::OutOfTime => Some(td_string!(locale, assessment.out_of_time)),
        Ending::OnPaper => Some(td_string!(locale, papers.taken_on_paper)),
    };
    let score = td_string!(locale, assessment.score, right = outcome.right, asked = outcome.asked);
    let lead = score.clone();
    view! {
        <Page title=td_string!(locale, assessment.result_title, ordinal = ordinal) trail=trail()>
            <div class="stack stack--wide">
                <div class="prose">
                    <p class="muted">{td_string!(locale, assessment.result_of, programme = outcome.title.clone())}</p>
                    <h1 class="h1">{heading}</h1>
                </div>
                <Notice tone=tone><p>{lead}</p></Notice>
                {ending.map(|text| view! { <p>{text}</p> })}
                <SummaryList>
                    <SummaryRow key=td_string!(locale, assessment.result_score)>{score}</SummaryRow>
                    <SummaryRow key=td_string!(locale, assessment.result_percent)>
                        <Number value=td_string!(locale, assessment.percent, value = share)/>
                    </SummaryRow>
                    <SummaryRow key=td_string!(locale, assessment.result_pass_mark)>
                        <Number value=td_string!(locale, assessment.percent, value = outcome.pass_mark_percent)/>
                    </SummaryRow>
                    <SummaryRow key=td_string!(locale, assessment.result_finished)>
                        {dual_date_time(locale, ended)}
                    </SummaryRow>
                </SummaryList>
                <Missed missed=outcome.missed.clone()/>
                <Next outcome=outcome enrolment=enrolment/>
            </div>
        </Page>
    }
}

/// The topics to read about.
#[component]
fn Missed(missed: Vec<Topic>) -> impl IntoView {
    let locale = use_locale();
    (!missed.is_empty()).then(|| {
        let topics = missed
            .into_iter()
            .map(|topic| view! { <li><strong>{topic.name}</strong><br/>{topic.reading}</li> })
            .collect_view();
        view! {
            <section class="prose">
                <h2 class="h2">{td_string!(locale, assessment.missed_title)}</h2>
                <p>{td_string!(locale, assessment.missed_lead)}</p>
                <ul>{topics}</ul>
            </section>
        }
    })
}

/// What comes after it.
#[component]
fn Next(outcome: Outcome, enrolment: String) -> impl IntoView {
    let locale = use_locale();
    let left = outcome.attempts_left;
    let certificate = (outcome.passed_since && outcome.licence.is_none())
        .then(|| view! { <CertificateLink enrolment=enrolment.clone()/> });
    let (text, path, label) = if let (Some(number), true) = (&outcome.licence, outcome.passed_since || left == 0) {
        let text = if outcome.passed_since {
            td_string!(locale, renewal.test_passed).to_owned()
        } else if outcome.next_attempt_at.is_some() {
            again_from(locale, outcome.next_attempt_at)
        } else {
            td_string!(locale, renewal.test_closed).to_owned()
        };
        (text, format!("/account/renew/{number}"), td_string!(locale, renewal.to_renewal))
    } else if outcome.passed_since {
        (
            td_string!(locale, assessment.next_passed).to_owned(),
            "/account".to_owned(),
            td_string!(locale, assessment.to_account),
        )
    } else if left > 0 {
        let text = td_string!(locale, assessment.next_retry, count = left);
        (text, test_path(&enrolment), td_string!(locale, assessment.to_test))
    } else {
        let text = td_string!(locale, assessment.failed_notice).to_owned();
        (text, "/training".to_owned(), td_string!(locale, assessment.to_training))
    };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, assessment.next_title)}</h2>
            <p>{text}</p>
            <p><ButtonLink href=path label=label/></p>
            {certificate}
        </section>
    }
}
