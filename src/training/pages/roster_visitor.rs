//! Identity of somebody who is not on the list: the number on their document, then who it is, then the confirmation.

use leptos::form::ActionForm;
use leptos::prelude::*;
use uuid::Uuid;

use super::words::birth_text;
use crate::i18n::{td_string, use_locale};
use crate::training::api;
use crate::training::model::Visitor;
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::problem::error_text;
use crate::ui::tag::{Tag, Tone};

/// The look-up, and who was found.
#[component]
pub fn Visitors(session: Uuid, visitors: Vec<Visitor>) -> impl IntoView {
    let locale = use_locale();
    let find = ServerAction::<api::FindPerson>::new();
    let several = visitors.len() > 1;
    let found = visitors
        .into_iter()
        .map(|visitor| view! { <li><VisitorCard session=session visitor=visitor/></li> })
        .collect::<Vec<_>>();
    let found = (!found.is_empty()).then(|| {
        view! {
            <p>{if several { td_string!(locale, training.visitors_several) } else { td_string!(locale, training.visitor_single) }}</p>
            <ul class="stack" role="list">{found}</ul>
        }
    });
    view! {
        <section class="prose stack" id="visitor">
            <h2 class="h2">{td_string!(locale, training.visitor_title)}</h2>
            <p>{td_string!(locale, training.visitor_text)}</p>
            <ServerForm action=find>
                <input type="hidden" name="session" value=session.to_string()/>
                <TextField name="national_id" label=td_string!(locale, training.visitor_number)
                    hint=td_string!(locale, training.visitor_number_hint) kind=FieldKind::NationalId/>
                <Submit label=td_string!(locale, training.visitor_find) look="button--secondary"/>
            </ServerForm>
            <div class="stack" aria-live="polite">{found}</div>
        </section>
    }
}

#[component]
fn VisitorCard(session: Uuid, visitor: Visitor) -> impl IntoView {
    let locale = use_locale();
    let confirm = ServerAction::<api::ConfirmIdentity>::new();
    let seen = visitor.identity_seen;
    let person = visitor.person;
    let tied = visitor.tied;
    let done = move || seen || matches!(confirm.value().get(), Some(Ok(())));
    let act = move || {
        if done() {
            view! { <p role="status"><Tag tone=Tone::Success label=td_string!(locale, training.identity_seen)/></p> }
                .into_any()
        } else if tied {
            view! { <p>{td_string!(locale, training.roster_tied)}</p> }.into_any()
        } else {
            view! {
                <ActionForm action=confirm>
                    <input type="hidden" name="session" value=session.to_string()/>
                    <input type="hidden" name="person" value=person.to_string()/>
                    <button class="button button--primary" aria-busy=move || confirm.pending().get().then_some("true")
                        disabled=move || confirm.pending().get()>
                        {td_string!(locale, training.visitor_confirm)}
                    </button>
                </ActionForm>
            }
            .into_any()
        }
    };
    // Without JavaScript the page tells it above the roster: this form is one of several alike.
    let problem = move || {
        let error = confirm.value().with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
        error.map(|error| view! { <p class="field__error" role="alert">{error_text(locale, &error)}</p> })
    };
    let end = visitor.mobile_end;
    view! {
        <div class="card">
            <p class="roster__name">{visitor.name}</p>
            <p>{birth_text(locale, visitor.born)}</p>
            <p>{td_string!(locale, training.mobile_ends, digits = end)}</p>
            {problem}
            {act}
        </div>
    }
}
