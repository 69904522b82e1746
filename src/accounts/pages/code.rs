//! `/sign-in/code/{attempt}`: the code that was sent. The page is the same whether or not anything was.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::access::SignedIn;
use crate::accounts::api::ask_code::AskAgain;
use crate::accounts::api::confirm_code::ConfirmCode;
use crate::i18n::{tu_string, use_i18n};
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Code() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let attempt = move || params.read().get("attempt").unwrap_or_default();
    let confirm = ServerAction::<ConfirmCode>::new();
    let again = ServerAction::<AskAgain>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || {
        if let Some(Ok(now)) = confirm.value().get() {
            signed_in.set(now);
        }
    });
    let sent_again = move || {
        again.value().with(|answer| matches!(answer, Some(Ok(())))).then(|| {
            view! { <Notice tone=Tone::Success><p role="status">{tu_string!(i18n, accounts.code_sent_again)}</p></Notice> }
        })
    };
    let trail = vec![("/sign-in", tu_string!(i18n, accounts.sign_in_title))];
    view! {
        <Page title=tu_string!(i18n, accounts.code_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{tu_string!(i18n, accounts.code_title)}</h1>
                <p>{tu_string!(i18n, accounts.code_lede)}</p>
                {sent_again}
                <ServerForm action=confirm>
                    <input type="hidden" name="attempt" value=attempt/>
                    <TextField name="code" kind=FieldKind::Code
                        label=tu_string!(i18n, accounts.code) hint=tu_string!(i18n, accounts.code_hint)/>
                    <Submit label=tu_string!(i18n, accounts.sign_in_title)/>
                </ServerForm>
                <ServerForm action=again>
                    <input type="hidden" name="attempt" value=attempt/>
                    <p>{tu_string!(i18n, accounts.code_missing)}</p>
                    <Submit label=tu_string!(i18n, accounts.send_again) look="button--secondary"/>
                </ServerForm>
                <p><a href="/sign-in">{tu_string!(i18n, accounts.mend_numbers)}</a></p>
            </div>
        </Page>
    }
}
