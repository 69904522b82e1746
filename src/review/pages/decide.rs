//! The end of the request on the desk: approve, return, reject, or back to the queue.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::review::api::{Approve, LetGo, Reject, ReturnRequest};
use crate::review::model::{FieldReason, LONGEST_TEXT, RejectReason, RequestField};
use crate::review::words::{field_name, field_reason, reject_reason};
use crate::ui::button::Submit;
use crate::ui::choice::Select;
use crate::ui::field::{FieldProblem, TextField};
use crate::ui::form::{FormState, ServerForm};
use crate::ui::shortcut::{Key, Shortcuts, place_on_board};
use crate::ui::text_area::TextArea;

/// The request, its kind, and the pool to go on with. A renewal is for the organisation of the old licence.
#[component]
pub fn Decide(number: String, kind: LicenceKind, appeal: bool, renewal: bool, pool: String) -> impl IntoView {
    let locale = use_locale();
    let organisation = kind == LicenceKind::Management && !renewal;
    let let_go = ServerAction::<LetGo>::new();
    view! {
        <Shortcuts/>
        <h2 class="card__title">{td_string!(locale, review.decision)}</h2>
        <p class="card__meta">{td_string!(locale, review.approve_text)}</p>
        <ApproveForm number=number.clone() pool=pool.clone()/>
        {(!appeal).then(|| view! { <ReturnForm number=number.clone() organisation=organisation pool=pool.clone()/> })}
        <RejectForm number=number.clone() pool=pool.clone()/>
        <ServerForm action=let_go>
            <input type="hidden" name="number" value=number/>
            <input type="hidden" name="pool" value=pool/>
            <Submit label=td_string!(locale, review.let_go) look="button--secondary" key="L"/>
        </ServerForm>
        <p class="card__meta">{td_string!(locale, review.idle)}</p>
    }
}

#[component]
fn ApproveForm(number: String, pool: String) -> impl IntoView {
    let locale = use_locale();
    let approve = ServerAction::<Approve>::new();
    view! {
        <ServerForm action=approve>
            <input type="hidden" name="number" value=number/>
            <input type="hidden" name="pool" value=pool/>
            <Submit label=td_string!(locale, review.approve) key="A"/>
        </ServerForm>
    }
}

/// A part of a form that opens on demand, and by itself when the form was refused.
#[component]
fn Fold(title: &'static str, key: &'static str, children: Children) -> impl IntoView {
    let form = FormState::here();
    let open = form.was_sent();
    view! {
        <details class="stack" open=move || open || form.error.get().is_some()>
            <summary data-key=place_on_board(key) aria-keyshortcuts=key>{title} " " <Key letter=key/></summary>
            {children()}
        </details>
    }
}

/// Ticks the fields to mend, each with its reason.
#[component]
fn ReturnForm(number: String, organisation: bool, pool: String) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<ReturnRequest>::new();
    let fields = RequestField::ALL
        .into_iter()
        .filter(|field| *field != RequestField::Organisation || organisation)
        .map(|field| view! { <ReturnField field=field/> })
        .collect_view();
    view! {
        <ServerForm action=action>
            <Fold title=td_string!(locale, review.return_title) key="R">
                <p class="card__meta">{td_string!(locale, review.return_text)}</p>
                <input type="hidden" name="number" value=number/>
                <input type="hidden" name="pool" value=pool/>
                <fieldset class="fieldset" id="fields" tabindex="-1">
                    <legend class="fieldset__legend">{td_string!(locale, review.return_fields)}</legend>
                    <FieldProblem name="fields"/>
                    {fields}
                </fieldset>
                <Submit label=td_string!(locale, review.return_button) look="button--secondary"/>
            </Fold>
        </ServerForm>
    }
}

#[component]
fn ReturnField(field: RequestField) -> impl IntoView {
    let locale = use_locale();
    let name = field_name(locale, field);
    let id = format!("tick-{}", field.code());
    let label_for = id.clone();
    let ticked = FormState::here().ticked("fields[]", field.code());
    let reasons = std::iter::once((String::new(), td_string!(locale, review.choose_reason).to_owned()))
        .chain(
            FieldReason::ALL
                .into_iter()
                .map(|reason| (reason.code().to_owned(), field_reason(locale, reason).to_owned())),
        )
        .collect();
    view! {
        <div class="return-field">
            <label class="checkbox" for=label_for>
                <input type="checkbox" id=id name="fields[]" value=field.code() checked=ticked/>
                <span>{name}</span>
            </label>
            <div class="return-field__why">
                <Select name=field.reason_input() label=td_string!(locale, review.reason_of, field = name)
                    options=reasons/>
                <TextField name=field.text_input() label=td_string!(locale, review.text_of, field = name)/>
            </div>
        </div>
    }
}

/// Rejects with a coded reason and a text.
#[component]
fn RejectForm(number: String, pool: String) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Reject>::new();
    let reasons = std::iter::once((String::new(), td_string!(locale, review.choose_reason).to_owned()))
        .chain(
            RejectReason::ALL
                .into_iter()
                .map(|reason| (reason.code().to_owned(), reject_reason(locale, reason).to_owned())),
        )
        .collect();
    view! {
        <ServerForm action=action>
            <Fold title=td_string!(locale, review.reject_title) key="X">
                <p class="card__meta">{td_string!(locale, review.reject_text)}</p>
                <input type="hidden" name="number" value=number/>
                <input type="hidden" name="pool" value=pool/>
                <Select name="reason" label=td_string!(locale, review.reason) options=reasons/>
                <TextArea name="text" label=td_string!(locale, review.text) longest=LONGEST_TEXT
                    hint=td_string!(locale, review.text_hint)/>
                <Submit label=td_string!(locale, review.reject_button) look="button--danger"/>
            </Fold>
        </ServerForm>
    }
}
