//! New recovery codes, shown once, until one of them is typed.

use leptos::prelude::*;

use super::changes::Changes;
use crate::i18n::{td_string, use_locale};
use crate::second_factor::api::codes::KeepCodes;
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::number::{Number, grouped};
use crate::ui::print::PrintButton;

#[component]
pub fn Draft(codes: Vec<String>) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<KeepCodes>::new();
    expect_context::<Changes>().follow(action.value());
    let codes = codes.iter().map(|code| view! { <li><Number value=grouped(code, 4)/></li> }).collect_view();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, second_factor.draft_title)}</h2>
            <p>{td_string!(locale, second_factor.draft_text)}</p>
            <ol class="codes">{codes}</ol>
            <p class="muted">{td_string!(locale, second_factor.draft_left)}</p>
            <div><PrintButton label=td_string!(locale, second_factor.print) look="button--secondary"/></div>
            <div class="no-print">
            <ServerForm action=action>
                <TextField name="code" kind=FieldKind::RecoveryCode label=td_string!(locale, second_factor.draft_code)
                    hint=td_string!(locale, second_factor.draft_code_hint)/>
                <Submit label=td_string!(locale, second_factor.keep)/>
            </ServerForm>
            </div>
        </section>
    }
}
