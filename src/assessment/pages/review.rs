//! `/account/test/{enrolment}/review`: all answers once more, then handing in.

use leptos::prelude::*;

use super::timer::{Timed, Timer};
use super::{LeaveClosed, path_part, saving, trail};
use crate::assessment::api::{self, Finish, Review, Sitting};
use crate::assessment::model::question_path;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::Tone;

#[component]
pub fn TestReview() -> impl IntoView {
    let enrolment = path_part("enrolment");
    let data = Resource::new(
        move || enrolment.get(),
        |enrolment| async move {
            saving::settled().await;
            Timed::note(api::review(enrolment).await)
        },
    );
    let ask_again = Callback::new(move |()| data.refetch());
    loaded(data, move |timed| {
        let enrolment = enrolment.get_untracked();
        match timed.value {
            Sitting::Closed { ordinal } => view! { <LeaveClosed enrolment=enrolment ordinal=ordinal/> }.into_any(),
            Sitting::Open(review) => view! {
                <Shown review=review enrolment=enrolment received=timed.received ask_again=ask_again/>
            }
            .into_any(),
        }
    })
}

#[component]
fn Shown(review: Review, enrolment: String, received: f64, ask_again: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let finish = ServerAction::<Finish>::new();
    let title = td_string!(locale, assessment.review_title);
    let unanswered = review.questions.iter().filter(|question| question.answer.is_none()).count();
    let tone = if unanswered == 0 { Tone::Success } else { Tone::Warning };
    let rows = review
        .questions
        .into_iter()
        .map(|question| {
            let position = question.position;
            let key = td_string!(locale, assessment.review_question, position = position, stem = question.stem);
            let answer = question.answer.unwrap_or_else(|| td_string!(locale, assessment.no_answer).to_owned());
            view! {
                <SummaryRow key=key change=question_path(&enrolment, position)
                    change_label=td_string!(locale, common.change)>
                    {answer}
                </SummaryRow>
            }
        })
        .collect_view();
    view! {
        <Page title=title trail=trail()>
            <div class="stack stack--wide">
                <Timer deadline=review.deadline left_ms=review.left_ms received=received on_end=ask_again/>
                <div class="prose">
                    <h1 class="h1">{title}</h1>
                    <p>{td_string!(locale, assessment.review_lead)}</p>
                </div>
                <Notice tone=tone><p>{td_string!(locale, assessment.unanswered, count = unanswered)}</p></Notice>
                <SummaryList>{rows}</SummaryList>
                <ServerForm action=finish>
                    <input type="hidden" name="enrolment" value=enrolment.clone()/>
                    <input type="hidden" name="attempt" value=review.attempt.to_string()/>
                    <Submit label=td_string!(locale, assessment.finish)/>
                </ServerForm>
            </div>
        </Page>
    }
}
