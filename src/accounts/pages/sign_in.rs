//! `/sign-in`: national ID and mobile. `?national=` names how a turn through the single sign-on ended.

use leptos::prelude::*;

use super::national::{NationalSignIn, TurnNotice};
use crate::accounts::api::ask_code::AskCode;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn SignIn() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<AskCode>::new();
    view! {
        <Page title=td_string!(locale, accounts.sign_in_title)>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, accounts.sign_in_title)}</h1>
                <TurnNotice/>
                <p>{td_string!(locale, accounts.sign_in_lede)}</p>
                <ServerForm action=action>
                    <TextField name="national_id" kind=FieldKind::NationalId
                        label=td_string!(locale, accounts.national_id) hint=td_string!(locale, accounts.national_id_hint)/>
                    <TextField name="mobile" kind=FieldKind::Mobile
                        label=td_string!(locale, accounts.mobile) hint=td_string!(locale, accounts.mobile_hint)/>
                    <Submit label=td_string!(locale, accounts.send_code)/>
                </ServerForm>
                <p class="muted">{td_string!(locale, accounts.sign_in_privacy)}</p>
                <NationalSignIn/>
            </div>
        </Page>
    }
}
