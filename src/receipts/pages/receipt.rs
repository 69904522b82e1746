//! `/verify/receipt`: is this receipt the register's, and what does it say?

use leptos::prelude::*;

use super::check_form::CheckForm;
use crate::i18n::{td_string, use_locale};
use crate::ui::layout::Page;

#[component]
pub fn CheckReceipt() -> impl IntoView {
    let locale = use_locale();
    view! {
        <Page title=td_string!(locale, receipts.check_title)
            trail=vec![("/verify", td_string!(locale, common.verify_a_licence))]>
            <div class="stack">
                <h1 class="h1">{td_string!(locale, receipts.check_title)}</h1>
                <p>{td_string!(locale, receipts.check_lead)}</p>
                <CheckForm/>
            </div>
        </Page>
    }
}
