//! `/help`: how the portal works, in questions and answers.

use leptos::prelude::*;

use crate::i18n::{tu_string, use_i18n};
use crate::ui::layout::Page;

#[component]
pub fn Help() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=tu_string!(i18n, common.help)>
            <h1 class="h1">{tu_string!(i18n, common.help)}</h1>
        </Page>
    }
}
