//! `/account/messages/{id}`: one message in full, and how it travelled.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::Deliveries;
use crate::i18n::{td_string, use_locale};
use crate::messages::api::{self, MessageView, Open};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn MessagePage() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let opened = ServerAction::<Open>::new();
    let id = move || params.read().get("id").unwrap_or_default();
    let message = Resource::new(move || (id(), opened.version().get()), |(id, _)| api::message(id));
    let title = td_string!(locale, messages.inbox_title);
    let trail = vec![("/account", td_string!(locale, common.my_account)), ("/account/messages", title)];
    view! {
        <Page title=title trail=trail>
            {loaded(message, move |message| {
                let id = params.read_untracked().get("id").unwrap_or_default();
                view! { <Content id=id message=message opened=opened/> }
            })}
        </Page>
    }
}

#[component]
fn Content(id: String, message: MessageView, opened: ServerAction<Open>) -> impl IntoView {
    let locale = use_locale();
    // Who came by another way than the list says so by a button: a link may change nothing.
    let open = message.is_new.then(|| {
        view! {
            <ServerForm action=opened>
                <input type="hidden" name="id" value=id/>
                <Submit label=td_string!(locale, messages.mark_opened) look="button--secondary"/>
            </ServerForm>
        }
    });
    let lines = message.body.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let link = message.link.map(|href| {
        view! { <p><ButtonLink href=href label=td_string!(locale, messages.follow_link)/></p> }
    });
    view! {
        <div class="prose stack">
            <h1 class="h1">{message.title}</h1>
            <p class="muted">{dual_date_time(locale, message.at)}</p>
            <div class="stack" lang=message.language dir="auto">{lines}</div>
            {link}
            {open}
            <h2 class="h2">{td_string!(locale, messages.how_it_travelled)}</h2>
            <Deliveries deliveries=message.deliveries/>
        </div>
    }
}
