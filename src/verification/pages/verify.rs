//! `/verify`: the form. With `?number=` it leads to the number's own page, or says what is wrong with it.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

use super::form::VerifyForm;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceNumber;
use crate::ui::layout::Page;

#[component]
pub fn Verify() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let content = move || {
        let typed = query.read().get("number").unwrap_or_default();
        match LicenceNumber::parse(&typed) {
            Ok(number) => view! { <Redirect path=format!("/verify/{}", number.digits())/> }.into_any(),
            Err(_) => view! { <VerifyForm typed=typed/> }.into_any(),
        }
    };
    view! {
        <Page title=td_string!(locale, common.verify_a_licence)>
            <div class="stack">
                <h1 class="h1">{td_string!(locale, common.verify_a_licence)}</h1>
                <p>{td_string!(locale, verification.lead)}</p>
                {content}
                <p class="muted">{td_string!(locale, verification.scan_hint)}</p>
                <p><a href="/verify/bulk">{td_string!(locale, verification.verify_list)}</a></p>
            </div>
        </Page>
    }
}
