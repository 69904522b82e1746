//! The form of each act.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::licences::words::kind_name;
use crate::oversight::api::{Correct, Holder, Propose, Suspend};
use crate::oversight::model::{Act, LONGEST_TEXT};
use crate::oversight::words::reason_text;
use crate::ui::button::Submit;
use crate::ui::choice::Radios;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::number::{Number, grouped};
use crate::ui::text_area::TextArea;

/// The coded reason, whose text anybody may see, and what is for officers alone.
#[component]
fn Why(act: Act) -> impl IntoView {
    let locale = use_locale();
    let reasons =
        act.reasons().iter().map(|one| (one.code().to_owned(), reason_text(locale, *one).to_owned())).collect();
    view! {
        <Radios name="reason" legend=td_string!(locale, oversight.reason) hint=td_string!(locale, oversight.reason_hint)
            options=reasons/>
        <TextArea name="text" label=td_string!(locale, oversight.text) longest=LONGEST_TEXT
            hint=td_string!(locale, oversight.text_hint)/>
    }
}

#[component]
pub fn SuspendForm(number: String) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Suspend>::new();
    view! {
        <p>{td_string!(locale, oversight.suspend_text)}</p>
        <ServerForm action=action>
            <input type="hidden" name="number" value=number/>
            <Why act=Act::Suspend/>
            <Submit label=td_string!(locale, oversight.suspend_button) look="button--danger"/>
        </ServerForm>
    }
}

/// Proposes to restore or to revoke.
#[component]
pub fn ProposeForm(number: String, act: Act) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Propose>::new();
    let (text, label) = if act == Act::Restore {
        (td_string!(locale, oversight.restore_text), td_string!(locale, oversight.restore_button))
    } else {
        (td_string!(locale, oversight.revoke_text), td_string!(locale, oversight.revoke_button))
    };
    view! {
        <p>{text}</p>
        <ServerForm action=action>
            <input type="hidden" name="number" value=number/>
            <input type="hidden" name="act" value=act.code()/>
            <Why act=act/>
            <Submit label=label/>
        </ServerForm>
    }
}

/// The name as it stands, to be put right, and the licences that this issues anew.
#[component]
pub fn CorrectForm(number: String, holder: Holder) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Correct>::new();
    let [given, father, grandfather, family] = holder.name;
    let live = holder
        .live
        .into_iter()
        .map(|(number, kind)| {
            view! { <li>{kind_name(locale, kind)} " · " <Number value=grouped(&number, 4)/></li> }
        })
        .collect_view();
    view! {
        <p>{td_string!(locale, oversight.correct_text)}</p>
        <div class="prose">
            <p>{td_string!(locale, oversight.correct_live)}</p>
            <ul>{live}</ul>
        </div>
        <ServerForm action=action>
            <input type="hidden" name="number" value=number/>
            <TextField name="given_name" label=td_string!(locale, accounts.given_name) value=given/>
            <TextField name="father_name" label=td_string!(locale, accounts.father_name) value=father/>
            <TextField name="grandfather_name" label=td_string!(locale, accounts.grandfather_name)
                value=grandfather/>
            <TextField name="family_name" label=td_string!(locale, accounts.family_name) value=family/>
            <TextField name="latin_name" label=td_string!(locale, licences.latin_name) kind=FieldKind::Latin
                value=holder.latin_name/>
            <Why act=Act::Correct/>
            <Submit label=td_string!(locale, oversight.correct_button)/>
        </ServerForm>
    }
}
