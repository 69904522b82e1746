//! `/account/access-log`: who read one's own record, in which role and when. The filter, the order
//! and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::access::Role;
use crate::administration::api;
use crate::administration::model::{AccessLine, AccessPage};
use crate::administration::words::{reading_text, role_name};
use crate::i18n::{Locale, td_string, use_locale};
use crate::place::{Order, href};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, NarrowForm, NothingFits};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

const PATH: &str = "/account/access-log";
/// The order that goes without saying.
const USUAL: Order = Order::Latest;

#[component]
pub fn AccessLog() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (Role::from_code(&value("role")), Order::parse(&value("order"), USUAL), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(role, order, after)| api::access_log(role.map_or("", Role::code).to_owned(), order.code().to_owned(), after),
    );
    let title = td_string!(locale, admin.access_log_title);
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.access_log_lead)}</p>
                {loaded(page, move |page| {
                    let (role, order, after) = asked.get_untracked();
                    view! { <List role=role order=order is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, in an order, from a place in it on.
fn path(role: Option<Role>, order: Order, after: &str) -> String {
    href(PATH, &[("role", role.map_or("", Role::code)), ("order", order.code_unless(USUAL)), ("after", after)])
}

#[component]
fn List(role: Option<Role>, order: Order, is_first: bool, page: AccessPage) -> impl IntoView {
    let locale = use_locale();
    let none = page.entries.is_empty();
    let entries = match (none, role) {
        (true, _) if !is_first => view! { <PastEnd/> }.into_any(),
        (true, Some(role)) => {
            let chosen = vec![role_name(locale, role).to_owned()];
            view! { <NothingFits chosen=chosen whole=path(None, order, "")/> }.into_any()
        }
        (true, None) => view! {
            <Empty title=td_string!(locale, admin.nobody_read_title)>
                <p>{td_string!(locale, admin.nobody_read_text)}</p>
            </Empty>
        }
        .into_any(),
        (false, _) => {
            let rows = page.entries.into_iter().map(|line| row(locale, line)).collect_view();
            view! { <ul class="task-list">{rows}</ul> }.into_any()
        }
    };
    let roles = Role::ALL.map(|role| (role.code().to_owned(), role_name(locale, role).to_owned())).to_vec();
    let narrowing = (!none || role.is_some()).then(|| {
        view! {
            <NarrowForm path=PATH order=order usual=USUAL>
                <Narrow name="role" label=td_string!(locale, admin.role) every=td_string!(locale, admin.every_role)
                    options=roles value=role.map_or("", Role::code).to_owned()/>
            </NarrowForm>
        }
    });
    let first = (!is_first).then(|| path(role, order, ""));
    let next = page.next.map(|after| path(role, order, &after));
    view! {
        {narrowing}
        {entries}
        <Pager first=first next=next/>
    }
}

fn row(locale: Locale, line: AccessLine) -> impl IntoView {
    view! {
        <li class="task-list__item">
            <div>
                <p>{reading_text(locale, line.reading)}</p>
                <p class="muted">{dual_date_time(locale, line.at)}</p>
            </div>
            <div class="task-list__status"><Tag tone=Tone::Info label=role_name(locale, line.role)/></div>
        </li>
    }
}
