//! Buttons and links that look like buttons.

use leptos::prelude::*;

use super::form::FormState;
use super::shortcut::{Key, place_on_board};

/// The button that sends the form around it. Waits visibly while the answer is on its way.
#[component]
pub fn Submit(
    #[prop(into)] label: String,
    /// Modifier of the look; the one primary button of a page by default.
    #[prop(default = "button--primary")]
    look: &'static str,
    /// The letter that presses it, on a page with [`super::shortcut::Shortcuts`].
    #[prop(optional)]
    key: Option<&'static str>,
) -> impl IntoView {
    let pending = FormState::here().pending;
    view! {
        <button type="submit" class=format!("button {look}") aria-busy=move || pending.get().then_some("true")
            disabled=move || pending.get() data-key=key.map(place_on_board) aria-keyshortcuts=key>
            {label}
            {key.map(|letter| view! { <Key letter=letter/> })}
        </button>
    }
}

/// A link in the look of the primary button: it leads on, it changes nothing.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(default = "button--primary")] look: &'static str,
) -> impl IntoView {
    view! { <a class=format!("button {look}") href=href>{label}</a> }
}
