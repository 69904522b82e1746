//! `/account/roles/{token}`: a button that uses a role link. Opening the page does nothing yet.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::access::SignedIn;
use crate::accounts::api::take_role::TakeRole;
use crate::i18n::{tu_string, use_i18n};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn Role() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let action = ServerAction::<TakeRole>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || {
        if let Some(Ok(now)) = action.value().get() {
            signed_in.set(now);
        }
    });
    let trail = vec![("/account", tu_string!(i18n, common.my_account))];
    view! {
        <Page title=tu_string!(i18n, accounts.role_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{tu_string!(i18n, accounts.role_title)}</h1>
                {if signed_in.get_untracked().signed_in {
                    view! {
                        <p>{tu_string!(i18n, accounts.role_lede)}</p>
                        <ServerForm action=action>
                            <input type="hidden" name="token" value=token/>
                            <Submit label=tu_string!(i18n, accounts.take_role)/>
                        </ServerForm>
                    }
                    .into_any()
                } else {
                    view! {
                        <p>{tu_string!(i18n, accounts.role_sign_in_first)}</p>
                        <ButtonLink href="/sign-in" label=tu_string!(i18n, common.sign_in)/>
                    }
                    .into_any()
                }}
            </div>
        </Page>
    }
}
