//! «هل أفادتك هذه الصفحة؟» in the footer of every page.

use leptos::html::P;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::home::api::feedback::SendFeedback;
use crate::i18n::{td_string, use_locale};
use crate::ui::field::TextField;
use crate::ui::form::ServerForm;

/// The question, asked anew on every page.
#[component]
pub fn Feedback() -> impl IntoView {
    let path = use_location().pathname;
    let question = move || {
        path.track();
        view! { <Question/> }
    };
    view! { <div class="feedback">{question}</div> }
}

#[component]
fn Question() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SendFeedback>::new();
    let thanks = NodeRef::<P>::new();
    Effect::new(move || {
        if let Some(thanks) = thanks.get() {
            let _ = thanks.focus();
        }
    });
    let given = Memo::new(move |_| action.value().with(|answer| matches!(answer, Some(Ok(())))));
    let thank_you = td_string!(locale, common.feedback_thanks);
    let answer = move |value: &'static str, label: &'static str| {
        view! {
            <button type="submit" class="button button--secondary" name="useful" value=value
                disabled=move || action.pending().get()>
                {label}
            </button>
        }
    };
    move || {
        if given.get() {
            return view! { <p tabindex="-1" node_ref=thanks>{thank_you}</p> }.into_any();
        }
        view! {
            // Without script the answer leads here, and only then does it show.
            <p class="feedback__thanks" id="thanks">{thank_you}</p>
            <ServerForm action=action>
                <fieldset class="fieldset">
                    <legend class="fieldset__legend">{td_string!(locale, common.feedback_question)}</legend>
                    // Enter presses the first button of a form: who types a remark has not said yes.
                    <button type="submit" disabled=true hidden=true></button>
                    <details>
                        <summary>{td_string!(locale, common.feedback_add)}</summary>
                        <TextField name="remark" label=td_string!(locale, common.feedback_remark)
                            hint=td_string!(locale, common.feedback_hint)/>
                    </details>
                    <div class="cluster">
                        {answer("true", td_string!(locale, common.yes))} {answer("false", td_string!(locale, common.no))}
                    </div>
                </fieldset>
            </ServerForm>
        }
        .into_any()
    }
}
