//! `/account/test/{enrolment}/question/{n}`: one question a screen.

use leptos::prelude::*;

use super::question_form::QuestionForm;
use super::question_list::QuestionList;
use super::timer::{Timed, Timer};
use super::{LeaveClosed, path_part, trail};
use crate::assessment::api::{self, Paper, Sitting};
use crate::i18n::{td_string, use_locale};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;

#[component]
pub fn TestQuestion() -> impl IntoView {
    let enrolment = path_part("enrolment");
    let position = path_part("n");
    let data = Resource::new(
        move || (enrolment.get(), position.get()),
        |(enrolment, position)| async move { Timed::note(api::sitting(enrolment, position).await) },
    );
    // The question seen before this one; a new one takes the focus, the first of a visit does not.
    let seen = StoredValue::new(None::<i16>);
    let ask_again = Callback::new(move |()| data.refetch());
    loaded(data, move |timed| {
        let enrolment = enrolment.get_untracked();
        match timed.value {
            Sitting::Closed { ordinal } => view! { <LeaveClosed enrolment=enrolment ordinal=ordinal/> }.into_any(),
            Sitting::Open(paper) => {
                let before = seen.get_value();
                seen.set_value(Some(paper.position));
                let focus = before.is_some_and(|before| before != paper.position);
                view! {
                    <Shown paper=paper enrolment=enrolment received=timed.received focus=focus ask_again=ask_again/>
                }
                .into_any()
            }
        }
    })
}

#[component]
fn Shown(paper: Paper, enrolment: String, received: f64, focus: bool, ask_again: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let position = paper.position;
    let title = td_string!(locale, assessment.question_title, position = position, total = paper.answered.len());
    let counter = title.clone();
    let (deadline, left_ms) = (paper.deadline, paper.left_ms);
    let answered = RwSignal::new(paper.answered.clone());
    let path = enrolment.clone();
    view! {
        <Page title=title trail=trail()>
            <div class="stack stack--wide">
                <div class="stack">
                    <Timer deadline=deadline left_ms=left_ms received=received on_end=ask_again/>
                    <p class="muted">{counter}</p>
                    <QuestionForm paper=paper enrolment=path answered=answered focus=focus ask_again=ask_again/>
                </div>
                <QuestionList enrolment=enrolment position=position answered=answered/>
            </div>
        </Page>
    }
}
