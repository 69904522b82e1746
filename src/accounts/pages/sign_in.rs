//! `/sign-in`: national ID and mobile.

use leptos::prelude::*;

use crate::accounts::api::ask_code::AskCode;
use crate::i18n::{tu_string, use_i18n};
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn SignIn() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<AskCode>::new();
    view! {
        <Page title=tu_string!(i18n, accounts.sign_in_title)>
            <div class="stack--wide">
                <h1 class="h1">{tu_string!(i18n, accounts.sign_in_title)}</h1>
                <p>{tu_string!(i18n, accounts.sign_in_lede)}</p>
                <ServerForm action=action>
                    <TextField name="national_id" kind=FieldKind::NationalId
                        label=tu_string!(i18n, accounts.national_id) hint=tu_string!(i18n, accounts.national_id_hint)/>
                    <TextField name="mobile" kind=FieldKind::Mobile
                        label=tu_string!(i18n, accounts.mobile) hint=tu_string!(i18n, accounts.mobile_hint)/>
                    <Submit label=tu_string!(i18n, accounts.send_code)/>
                </ServerForm>
                <p class="muted">{tu_string!(i18n, accounts.sign_in_privacy)}</p>
            </div>
        </Page>
    }
}
