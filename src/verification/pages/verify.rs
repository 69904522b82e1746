//! `/verify`: the form. With `?number=` it leads to the number's own page, or says what is wrong with it.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

use super::form::VerifyForm;
use crate::i18n::{tu_string, use_i18n};
use crate::licences::model::LicenceNumber;
use crate::ui::layout::Page;

#[component]
pub fn Verify() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let content = move || {
        let typed = query.read().get("number").unwrap_or_default();
        match LicenceNumber::parse(&typed) {
            Ok(number) => view! { <Redirect path=format!("/verify/{}", number.digits())/> }.into_any(),
            Err(_) => view! { <VerifyForm typed=typed/> }.into_any(),
        }
    };
    view! {
        <Page title=tu_string!(i18n, common.verify_a_licence)>
            <div class="stack">
                <h1 class="h1">{tu_string!(i18n, common.verify_a_licence)}</h1>
                <p>{tu_string!(i18n, verification.lead)}</p>
                {content}
                <p class="muted">{tu_string!(i18n, verification.scan_hint)}</p>
            </div>
        </Page>
    }
}
