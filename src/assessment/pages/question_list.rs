//! The list of an attempt's questions, which tells the answered from the others.

use leptos::prelude::*;

use crate::assessment::model::{question_path, review_path};
use crate::i18n::{td_string, use_locale};
use crate::ui::button::ButtonLink;

/// Every question as a link, and the way to the review.
#[component]
pub fn QuestionList(enrolment: String, position: i16, answered: RwSignal<Vec<bool>>) -> impl IntoView {
    let locale = use_locale();
    let review = review_path(&enrolment);
    let links = answered.with_untracked(Vec::len);
    let links = (1..=links)
        .filter_map(|number| i16::try_from(number).ok().map(|place| (number - 1, place)))
        .map(|(index, place)| {
            let is_answered = move || answered.with(|all| all.get(index).copied().unwrap_or_default());
            let label = move || {
                if is_answered() {
                    td_string!(locale, assessment.question_answered, position = place)
                } else {
                    td_string!(locale, assessment.question_unanswered, position = place)
                }
            };
            view! {
                <li>
                    <a href=question_path(&enrolment, place) aria-label=label
                        data-answered=move || is_answered().then_some("true")
                        aria-current=(place == position).then_some("step")>
                        {place}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="question-nav" aria-label=td_string!(locale, assessment.questions_list)>
            <ol>{links}</ol>
        </nav>
        <p><ButtonLink href=review label=td_string!(locale, assessment.to_review) look="button--link"/></p>
    }
}
