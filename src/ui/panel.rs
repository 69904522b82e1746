//! Boxes that tell something: notices, empty states, confirmations.

use leptos::prelude::*;

use super::icon::Icon;
use super::tag::Tone;

/// Something to know before going on.
#[component]
pub fn Notice(tone: Tone, children: Children) -> impl IntoView {
    view! {
        <div class=format!("notice notice--{}", tone.name())>
            <Icon glyph=tone.glyph()/>
            <div>{children()}</div>
        </div>
    }
}

/// What stands where a list has nothing: why, and what to do.
#[component]
pub fn Empty(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="h3">{title}</p>
            {children()}
        </div>
    }
}

/// It is done: a title, a number to keep, and what happens next.
#[component]
pub fn Confirmation(
    #[prop(into)] title: String,
    #[prop(into)] number_label: String,
    #[prop(into)] number: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="confirmation">
            <h1 class="h1">{title}</h1>
            <p>{number_label}</p>
            <p class="confirmation__number"><bdi class="num">{number}</bdi></p>
            {children()}
        </div>
    }
}
