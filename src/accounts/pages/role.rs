//! `/account/roles/{token}`: a button that uses a role link. Opening the page does nothing yet.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::access::SignedIn;
use crate::accounts::api::take_role::TakeRole;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn Role() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let action = ServerAction::<TakeRole>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || {
        if let Some(Ok(now)) = action.value().get() {
            signed_in.set(now);
        }
    });
    let trail = vec![("/account", td_string!(locale, common.my_account))];
    view! {
        <Page title=td_string!(locale, accounts.role_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, accounts.role_title)}</h1>
                {if signed_in.get_untracked().signed_in {
                    view! {
                        <p>{td_string!(locale, accounts.role_lede)}</p>
                        <ServerForm action=action>
                            <input type="hidden" name="token" value=token/>
                            <Submit label=td_string!(locale, accounts.take_role)/>
                        </ServerForm>
                    }
                    .into_any()
                } else {
                    view! {
                        <p>{td_string!(locale, accounts.role_sign_in_first)}</p>
                        <ButtonLink href="/sign-in" label=td_string!(locale, common.sign_in)/>
                    }
                    .into_any()
                }}
            </div>
        </Page>
    }
}
