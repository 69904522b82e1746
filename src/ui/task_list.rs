//! Rows of a list of things that each stand in a state.

use leptos::prelude::*;

use super::tag::{Tag, Tone};

/// A thing's title, what more is said of it, and its state.
pub fn task_row(title: String, more: AnyView, (tone, state): (Tone, &'static str)) -> AnyView {
    view! {
        <li class="task-list__item">
            <div>
                <p>{title}</p>
                {more}
            </div>
            <div class="task-list__status"><Tag tone=tone label=state/></div>
        </li>
    }
    .into_any()
}
