//! `/account/test/{enrolment}`: the rules, the way in, and what came of earlier attempts.

use leptos::prelude::*;

use super::{CertificateLink, again_from, path_part, trail};
use crate::assessment::api::{self, Overview, PastAttempt, Start};
use crate::assessment::model::{Rules, Standing, percent, question_path, result_path, test_path};
use crate::assessment::terms::TestTerms;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::riyadh_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::panel::Notice;
use crate::ui::summary::SummaryList;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn TestOverview() -> impl IntoView {
    let enrolment = path_part("enrolment");
    let start = ServerAction::<Start>::new();
    let data =
        Resource::new(move || (enrolment.get(), start.version().get()), |(enrolment, _)| api::overview(enrolment));
    loaded(data, move |overview| view! { <Shown overview=overview enrolment=enrolment.get_untracked() start=start/> })
}

#[component]
fn Shown(overview: Overview, enrolment: String, start: ServerAction<Start>) -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, assessment.overview_title, programme = overview.title.clone());
    let heading = title.clone();
    let past = overview.past.clone();
    let path = enrolment.clone();
    let rules = (overview.standing.is_open() || overview.standing == Standing::NotAttended)
        .then(|| view! { <RulesList rules=overview.rules attempts_left=overview.attempts_left/> });
    view! {
        <Page title=title trail=trail()>
            <div class="stack stack--wide">
                <div class="prose">
                    <h1 class="h1">{heading}</h1>
                    <p>{td_string!(locale, assessment.overview_lead)}</p>
                </div>
                {rules}
                <WayOn overview=overview enrolment=enrolment start=start/>
                <Past past=past enrolment=path/>
            </div>
        </Page>
    }
}

/// The one thing to do next.
#[component]
fn WayOn(overview: Overview, enrolment: String, start: ServerAction<Start>) -> impl IntoView {
    let locale = use_locale();
    if let Some(open) = overview.open {
        let time = riyadh_time(open.deadline);
        return view! {
            <Notice tone=Tone::Warning><p>{td_string!(locale, assessment.open_notice, time = time)}</p></Notice>
            <p><ButtonLink href=question_path(&enrolment, open.resume) label=td_string!(locale, assessment.resume)/></p>
        }
        .into_any();
    }
    if overview.paper_waits {
        let text = td_string!(locale, papers.test_waits);
        return view! { <Notice tone=Tone::Warning><p role="status">{text}</p></Notice> }.into_any();
    }
    let certificate = (overview.standing == Standing::Passed && overview.licence.is_none())
        .then(|| view! { <CertificateLink enrolment=enrolment.clone()/> });
    let renewal = overview.licence.map(|number| format!("/account/renew/{number}"));
    let (tone, text, path, label) = match (overview.standing, overview.elsewhere, renewal) {
        (standing, Some(elsewhere), _) if standing.is_open() => (
            Tone::Warning,
            td_string!(locale, assessment.elsewhere_notice).to_owned(),
            test_path(&elsewhere),
            td_string!(locale, assessment.elsewhere_link),
        ),
        (standing, None, _) if standing.is_open() && overview.attempts_left > 0 => {
            let again = !overview.past.is_empty();
            let label =
                if again { td_string!(locale, assessment.start_again) } else { td_string!(locale, assessment.start) };
            return view! {
                <p class="prose">{td_string!(locale, assessment.good_to_know)}</p>
                <ServerForm action=start>
                    <input type="hidden" name="enrolment" value=enrolment/>
                    <Submit label=label/>
                </ServerForm>
            }
            .into_any();
        }
        (Standing::Passed, _, Some(renewal)) => (
            Tone::Success,
            td_string!(locale, renewal.test_passed).to_owned(),
            renewal,
            td_string!(locale, renewal.to_renewal),
        ),
        (Standing::RenewalOpen, _, Some(renewal)) => (
            Tone::Warning,
            again_from(locale, overview.next_attempt_at),
            renewal,
            td_string!(locale, renewal.to_renewal),
        ),
        (_, _, Some(renewal)) => (
            Tone::Info,
            td_string!(locale, renewal.test_closed).to_owned(),
            renewal,
            td_string!(locale, renewal.to_renewal),
        ),
        (Standing::NotAttended, ..) => (
            Tone::Info,
            td_string!(locale, assessment.not_attended_notice).to_owned(),
            "/account".to_owned(),
            td_string!(locale, assessment.to_account),
        ),
        (Standing::Passed, ..) => (
            Tone::Success,
            td_string!(locale, assessment.passed_notice).to_owned(),
            "/account".to_owned(),
            td_string!(locale, assessment.to_account),
        ),
        (_, _, None) => (
            Tone::Error,
            td_string!(locale, assessment.failed_notice).to_owned(),
            "/training".to_owned(),
            td_string!(locale, assessment.to_training),
        ),
    };
    view! {
        <Notice tone=tone><p>{text}</p></Notice>
        <p><ButtonLink href=path label=label/></p>
        {certificate}
    }
    .into_any()
}

#[component]
fn RulesList(rules: Rules, attempts_left: i32) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, assessment.rules_title)}</h2>
            <SummaryList>
                <TestTerms rules=rules attempts=attempts_left
                    attempts_key=td_string!(locale, assessment.rule_attempts_left)/>
            </SummaryList>
        </section>
    }
}

/// Earlier attempts, each leading to its result.
#[component]
fn Past(past: Vec<PastAttempt>, enrolment: String) -> impl IntoView {
    let locale = use_locale();
    let rows = past
        .iter()
        .map(|attempt| {
            let (tone, label) = if attempt.passed {
                (Tone::Success, td_string!(locale, assessment.passed))
            } else {
                (Tone::Error, td_string!(locale, assessment.failed))
            };
            let share = percent(attempt.right, attempt.asked);
            let label =
                if attempt.on_paper { td_string!(locale, papers.on_paper, result = label) } else { label.to_owned() };
            view! {
                <li class="task-list__item">
                    <a href=result_path(&enrolment, attempt.ordinal)>
                        {td_string!(locale, assessment.past_link, ordinal = attempt.ordinal)}
                    </a>
                    <Number value=td_string!(locale, assessment.percent, value = share)/>
                    <span class="task-list__status"><Tag tone=tone label=label/></span>
                </li>
            }
        })
        .collect_view();
    (!past.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, assessment.past_title)}</h2>
                <ul class="task-list">{rows}</ul>
            </section>
        }
    })
}
