//! `/account/messages`: every message to oneself, newest first. The place in the list lives in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Deliveries;
use crate::i18n::{td_string, use_locale};
use crate::messages::api::{self, InboxPage, MessageLine, Open};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::pager::Pager;
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Inbox() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let after = Memo::new(move |_| query.read().get("after").unwrap_or_default());
    let page = Resource::new(move || after.get(), api::inbox);
    let title = td_string!(locale, messages.inbox_title);
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, messages.inbox_lede)}</p>
                {loaded(page, move |page| view! { <List is_first=after.get_untracked().is_empty() page=page/> })}
            </div>
        </Page>
    }
}

#[component]
fn List(is_first: bool, page: InboxPage) -> impl IntoView {
    let locale = use_locale();
    let list = if page.messages.is_empty() {
        view! {
            <Empty title=td_string!(locale, messages.empty_title)>
                <p>{td_string!(locale, messages.empty_text)}</p>
                <ButtonLink href="/account" label=td_string!(locale, messages.to_account) look="button--secondary"/>
            </Empty>
        }
        .into_any()
    } else {
        let lines = page.messages.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
        view! { <ul class="task-list">{lines}</ul> }.into_any()
    };
    let newest = (!is_first).then(|| "/account/messages".to_owned());
    let older = page.next.map(|after| format!("/account/messages?after={after}"));
    view! {
        {list}
        <Pager first=newest next=older
            words=[td_string!(locale, messages.newest), td_string!(locale, messages.older)]/>
    }
}

/// A message. One that is new is opened by a form, since a link may change nothing.
#[component]
fn Line(line: MessageLine) -> impl IntoView {
    let locale = use_locale();
    let title = if line.is_new {
        let action = ServerAction::<Open>::new();
        view! {
            <ServerForm action=action>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <Submit label=line.title look="button--link"/>
            </ServerForm>
        }
        .into_any()
    } else {
        view! { <a href=format!("/account/messages/{}", line.id)>{line.title}</a> }.into_any()
    };
    let new = line.is_new.then(|| {
        view! {
            <div class="task-list__status"><Tag tone=Tone::Info label=td_string!(locale, messages.is_new)/></div>
        }
    });
    view! {
        <li class="task-list__item">
            <div>
                {title}
                <p class="muted">{dual_date_time(locale, line.at)}</p>
                <Deliveries deliveries=line.deliveries/>
            </div>
            {new}
        </li>
    }
}
