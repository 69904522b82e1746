//! `/sign-in/code/{attempt}`: the code that was sent. The page is the same whether or not anything was.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::access::SignedIn;
use crate::accounts::api::ask_code::AskAgain;
use crate::accounts::api::confirm_code::ConfirmCode;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Code() -> impl IntoView {
    let locale = use_locale();
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
            view! { <Notice tone=Tone::Success><p role="status">{td_string!(locale, accounts.code_sent_again)}</p></Notice> }
        })
    };
    let trail = vec![("/sign-in", td_string!(locale, accounts.sign_in_title))];
    view! {
        <Page title=td_string!(locale, accounts.code_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, accounts.code_title)}</h1>
                <p>{td_string!(locale, accounts.code_lede)}</p>
                {sent_again}
                <ServerForm action=confirm>
                    <input type="hidden" name="attempt" value=attempt/>
                    <TextField name="code" kind=FieldKind::Code
                        label=td_string!(locale, accounts.code) hint=td_string!(locale, accounts.code_hint)/>
                    <Submit label=td_string!(locale, accounts.sign_in_title)/>
                </ServerForm>
                <ServerForm action=again>
                    <input type="hidden" name="attempt" value=attempt/>
                    <p>{td_string!(locale, accounts.code_missing)}</p>
                    <Submit label=td_string!(locale, accounts.send_again) look="button--secondary"/>
                </ServerForm>
                <p><a href="/sign-in">{td_string!(locale, accounts.mend_numbers)}</a></p>
            </div>
        </Page>
    }
}
