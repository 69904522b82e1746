//! A path of numbered steps.

use leptos::prelude::*;

/// Where a step stands for the person who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    Done,
    Current,
    Todo,
}

/// One step of a path.
pub struct Step {
    pub state: StepState,
    pub title: String,
    pub text: String,
    /// The state in words, for a path that is somebody's own; empty on a general one.
    pub status: String,
}

/// The path, in order.
#[component]
pub fn Steps(steps: Vec<Step>) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|step| {
            let modifier = match step.state {
                StepState::Done => "steps__item steps__item--done",
                StepState::Current => "steps__item steps__item--current",
                StepState::Todo => "steps__item steps__item--todo",
            };
            view! {
                <li class=modifier aria-current=(step.state == StepState::Current).then_some("step")>
                    <div>
                        <p class="steps__title">{step.title}</p>
                        {(!step.status.is_empty()).then(|| view! { <p class="steps__status muted">{step.status}</p> })}
                        <p class="steps__text">{step.text}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps">{items}</ol> }
}
