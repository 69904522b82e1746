//! `/account/messages`: every message to oneself. The filter, the order and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Deliveries;
use crate::i18n::{td_string, use_locale};
use crate::messages::api::{self, InboxPage, MessageLine, Open};
use crate::messages::model::UNOPENED;
use crate::place::{Order, href};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, NarrowForm, NothingFits};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

const PATH: &str = "/account/messages";
/// The order that goes without saying.
const USUAL: Order = Order::Latest;

#[component]
pub fn Inbox() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (value("state") == UNOPENED, Order::parse(&value("order"), USUAL), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(unopened, order, after)| api::inbox(state(unopened).to_owned(), order.code().to_owned(), after),
    );
    let title = td_string!(locale, messages.inbox_title);
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, messages.inbox_lede)}</p>
                {loaded(page, move |page| {
                    let (unopened, order, after) = asked.get_untracked();
                    view! { <List unopened=unopened order=order is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The filter as the URL spells it.
fn state(unopened: bool) -> &'static str {
    if unopened { UNOPENED } else { "" }
}

/// The path of the list with a filter, in an order, from a place in it on.
fn path(unopened: bool, order: Order, after: &str) -> String {
    href(PATH, &[("state", state(unopened)), ("order", order.code_unless(USUAL)), ("after", after)])
}

#[component]
fn List(unopened: bool, order: Order, is_first: bool, page: InboxPage) -> impl IntoView {
    let locale = use_locale();
    let none = page.messages.is_empty();
    let list = if none && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if none && unopened {
        let chosen = vec![td_string!(locale, messages.unopened).to_owned()];
        view! { <NothingFits chosen=chosen whole=path(false, order, "")/> }.into_any()
    } else if none {
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
    let narrowing = (!none || unopened).then(|| {
        let options = vec![(UNOPENED.to_owned(), td_string!(locale, messages.unopened).to_owned())];
        view! {
            <NarrowForm path=PATH order=order usual=USUAL>
                <Narrow name="state" label=td_string!(locale, messages.state)
                    every=td_string!(locale, messages.every_message) options=options value=state(unopened).to_owned()/>
            </NarrowForm>
        }
    });
    let first = (!is_first).then(|| path(unopened, order, ""));
    let next = page.next.map(|after| path(unopened, order, &after));
    view! {
        {narrowing}
        {list}
        <Pager first=first next=next/>
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
