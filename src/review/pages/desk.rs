//! `/review`: how long the queue is, and one button.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::review::api::{self, DeskView, TakeNext};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Empty;

#[component]
pub fn Desk() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<TakeNext>::new();
    let desk = Resource::new(move || action.version().get(), |_| api::desk());
    view! {
        <Page title=td_string!(locale, review.title)>
            <div class="stack">
                <h1 class="h1">{td_string!(locale, review.title)}</h1>
                {loaded(desk, move |desk| view! { <Queue desk=desk action=action/> })}
            </div>
        </Page>
    }
}

#[component]
fn Queue(desk: DeskView, action: ServerAction<TakeNext>) -> impl IntoView {
    let locale = use_locale();
    if let Some(number) = desk.held {
        return view! {
            <p>{td_string!(locale, review.held)}</p>
            <p><ButtonLink href=format!("/review/{number}") label=td_string!(locale, review.go_on)/></p>
        }
        .into_any();
    }
    if desk.waiting == 0 {
        return view! {
            <Empty title=td_string!(locale, review.empty_title)>
                <p>{td_string!(locale, review.empty_text)}</p>
            </Empty>
        }
        .into_any();
    }
    let waiting = desk.waiting;
    view! {
        <p class="h2">{td_string!(locale, review.waiting, count = waiting)}</p>
        {desk
            .oldest
            .map(|at| {
                let time = dual_date_time(locale, at);
                view! { <p class="muted">{td_string!(locale, review.oldest, time = time)}</p> }
            })}
        <p>{td_string!(locale, review.fair)}</p>
        <ServerForm action=action>
            <Submit label=td_string!(locale, review.take_next)/>
        </ServerForm>
    }
    .into_any()
}
