//! `/review`: how long the queue is, and one button.

use leptos::prelude::*;

use crate::i18n::{tu_string, use_i18n};
use crate::review::api::{self, DeskView, TakeNext};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Empty;

#[component]
pub fn Desk() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<TakeNext>::new();
    let desk = Resource::new(move || action.version().get(), |_| api::desk());
    view! {
        <Page title=tu_string!(i18n, review.title)>
            <div class="stack">
                <h1 class="h1">{tu_string!(i18n, review.title)}</h1>
                {loaded(desk, move |desk| view! { <Queue desk=desk action=action/> })}
            </div>
        </Page>
    }
}

#[component]
fn Queue(desk: DeskView, action: ServerAction<TakeNext>) -> impl IntoView {
    let i18n = use_i18n();
    if let Some(number) = desk.held {
        return view! {
            <p>{tu_string!(i18n, review.held)}</p>
            <p><ButtonLink href=format!("/review/{number}") label=tu_string!(i18n, review.go_on)/></p>
        }
        .into_any();
    }
    if desk.waiting == 0 {
        return view! {
            <Empty title=tu_string!(i18n, review.empty_title)>
                <p>{tu_string!(i18n, review.empty_text)}</p>
            </Empty>
        }
        .into_any();
    }
    let waiting = desk.waiting;
    view! {
        <p class="h2">{tu_string!(i18n, review.waiting, count = waiting)}</p>
        {desk
            .oldest
            .map(|at| {
                let time = dual_date_time(i18n, at);
                view! { <p class="muted">{tu_string!(i18n, review.oldest, time = time)}</p> }
            })}
        <p>{tu_string!(i18n, review.fair)}</p>
        <ServerForm action=action>
            <Submit label=tu_string!(i18n, review.take_next)/>
        </ServerForm>
    }
    .into_any()
}
