//! The check itself: with a passkey where there is one and a script, with a recovery code anywhere.

use leptos::prelude::*;

use super::changes::Changes;
use super::passkey_button::UsePasskeyButton;
use crate::i18n::{td_string, use_locale};
use crate::second_factor::api::codes::UseCode;
use crate::second_factor::model::Standing;
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;

#[component]
pub fn CheckForm(standing: Standing, next: String) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<UseCode>::new();
    expect_context::<Changes>().follow(action.value());
    let both = !standing.passkeys.is_empty() && standing.codes_left > 0;
    let passkey = (!standing.passkeys.is_empty()).then(|| view! { <UsePasskeyButton next=next.clone()/> });
    let code = (standing.codes_left > 0).then(|| {
        view! {
            <ServerForm action=action>
                <input type="hidden" name="next" value=next/>
                <TextField name="code" kind=FieldKind::RecoveryCode label=td_string!(locale, second_factor.code)
                    hint=td_string!(locale, second_factor.code_hint)/>
                <Submit label=td_string!(locale, second_factor.use_code)
                    look=if both { "button--secondary" } else { "button--primary" }/>
            </ServerForm>
        }
    });
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, second_factor.check_title)}</h2>
            {both.then(|| view! { <p>{td_string!(locale, second_factor.check_lede)}</p> })}
            {passkey}
            {code}
        </section>
    }
}
