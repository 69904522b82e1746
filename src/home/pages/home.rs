//! `/`: the three licences, and two ways on.

use leptos::prelude::*;

use crate::i18n::{tu_string, use_i18n};
use crate::ui::layout::Page;

#[component]
pub fn Home() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=tu_string!(i18n, common.site)>
            <h1 class="h1">{tu_string!(i18n, common.site)}</h1>
        </Page>
    }
}
