//! Around what is made or changed: its title, and the way up to its list.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::ui::layout::Page;

#[component]
pub fn Frame(
    #[prop(into)] title: String,
    /// Path and title of the list.
    list: (&'static str, &'static str),
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Page title=title.clone() trail=vec![("/admin", td_string!(locale, programmes.admin)), list]>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                {children()}
            </div>
        </Page>
    }
}
