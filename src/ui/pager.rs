//! The way through a list that goes on over pages.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};

/// Back to the start of a list where this is not it, and on where there is more. Nothing where all of the list is here.
#[component]
pub fn Pager(
    /// Where the list begins; `None` on its first page.
    first: Option<String>,
    /// Where it goes on; `None` on its last.
    next: Option<String>,
    /// Words of the two links, where the list has its own.
    #[prop(optional)]
    words: Option<[&'static str; 2]>,
) -> impl IntoView {
    let locale = use_locale();
    let [to_first, to_next] =
        words.unwrap_or_else(|| [td_string!(locale, common.first_page), td_string!(locale, common.next_page)]);
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=td_string!(locale, common.pages)>
                {first.map(|href| view! { <a href=href>{to_first}</a> })}
                {next.map(|href| view! { <a rel="next" href=href>{to_next}</a> })}
            </nav>
        }
    })
}
