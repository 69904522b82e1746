//! The way through a list that goes on over pages.

use leptos::prelude::*;

use super::panel::Empty;
use crate::i18n::{td_string, use_locale};

/// Back to the start of a list where this is not it, and on where there is more. Nothing where all of the list is here.
#[component]
pub fn Pager(
    /// Where the list begins; `None` on its first page.
    first: Option<String>,
    /// Where it goes on; `None` on its last.
    next: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=td_string!(locale, common.pages)>
                {first.map(|href| view! { <a href=href>{td_string!(locale, common.first_page)}</a> })}
                {next.map(|href| view! { <a rel="next" href=href>{td_string!(locale, common.next_page)}</a> })}
            </nav>
        }
    })
}

/// What stands in place of a later page whose rows went since the page before it was read: the list may have others, so it is
/// not said to be empty. The [`Pager`] below leads to its start.
#[component]
pub fn PastEnd() -> impl IntoView {
    let locale = use_locale();
    view! {
        <Empty title=td_string!(locale, lists.past_end)>
            <p>{td_string!(locale, lists.past_end_text)}</p>
        </Empty>
    }
}
