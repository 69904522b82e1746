//! Printing the page.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A button that prints the page. It is there only where it works: without JavaScript the browser's own command does.
#[component]
pub fn PrintButton(
    label: &'static str,
    /// Modifier of the look.
    look: &'static str,
) -> impl IntoView {
    let scripted = super::scripted();
    move || {
        scripted.get().then(|| {
            let print = |_| {
                let _ = window().print();
            };
            view! {
                <button type="button" class=format!("button {look}") on:click=print>
                    <Icon glyph=Glyph::Print/>
                    {label}
                </button>
            }
        })
    }
}
