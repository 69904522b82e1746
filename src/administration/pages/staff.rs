//! `/admin/staff`: who holds which role. The filter, the order and the place in the list live in the
//! URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::trail;
use crate::access::Role;
use crate::administration::api;
use crate::administration::model::{StaffLine, StaffPage};
use crate::administration::words::role_name;
use crate::calendar::riyadh_day;
use crate::i18n::{Locale, td_string, use_locale};
use crate::place::{Order, href};
use crate::ui::button::ButtonLink;
use crate::ui::date::dual_date;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{NothingFits, Turn, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::tag::{Tag, Tone};

/// The order that goes without saying: the longest serving first.
const USUAL: Order = Order::Earliest;

#[component]
pub fn Staff() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (Role::from_code(&value("role")), Order::parse(&value("order"), USUAL), value("after"))
    });
    let data = Resource::new(
        move || asked.get(),
        |(role, order, after)| api::staff(role.map_or("", Role::code).to_owned(), order.code().to_owned(), after),
    );
    let title = td_string!(locale, admin.staff_title);
    view! {
        <Page title=title trail=trail(locale)>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.staff_lead)}</p>
                <p><ButtonLink href="/admin/people" label=td_string!(locale, admin.find_to_grant) look="button--secondary"/></p>
                {loaded(data, move |page| {
                    let (role, order, after) = asked.get_untracked();
                    view! { <List role=role order=order is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, in an order, from a place in it on.
fn path(role: Option<Role>, order: Order, after: &str) -> String {
    let role = role.map_or("", Role::code);
    href("/admin/staff", &[("role", role), ("order", order.code_unless(USUAL)), ("after", after)])
}

#[component]
fn List(role: Option<Role>, order: Order, is_first: bool, page: StaffPage) -> impl IntoView {
    let locale = use_locale();
    let chips = std::iter::once(None)
        .chain(Role::ALL.map(Some))
        .map(|one| {
            let label = one.map_or_else(|| td_string!(locale, admin.every_role), |role| role_name(locale, role));
            chip(label, path(one, order, ""), one == role)
        })
        .collect_view();
    let list = match (page.staff.is_empty(), role) {
        (true, Some(role)) if is_first => {
            let chosen = vec![role_name(locale, role).to_owned()];
            view! { <NothingFits chosen=chosen whole=path(None, order, "")/> }.into_any()
        }
        // An administrator reads this: only a place behind the last of them has nobody.
        (true, _) => view! { <PastEnd/> }.into_any(),
        (false, _) => {
            let rows = page.staff.into_iter().map(|line| row(locale, line)).collect_view();
            view! { <ul class="task-list">{rows}</ul> }.into_any()
        }
    };
    let first = (!is_first).then(|| path(role, order, ""));
    let next = page.next.map(|after| path(role, order, &after));
    view! {
        <nav class="stack" aria-label=td_string!(locale, admin.narrow)>
            <ul class="chips" role="list">{chips}</ul>
            <Turn order=order to=path(role, order.turned(), "")/>
        </nav>
        {list}
        <Pager first=first next=next/>
    }
}

fn row(locale: Locale, line: StaffLine) -> impl IntoView {
    let date = dual_date(locale, riyadh_day(line.since));
    let name = if line.name.is_empty() { td_string!(locale, admin.nameless).to_owned() } else { line.name };
    view! {
        <li class="task-list__item">
            <div>
                <p><a href=format!("/admin/people/{}", line.person)><bdi>{name}</bdi></a></p>
                <p class="muted">
                    {td_string!(locale, admin.since, date = date)}
                    {line.granted_by.map(|name| view! { " · " {td_string!(locale, admin.granted_by, name = name)} })}
                </p>
            </div>
            <div class="task-list__status"><Tag tone=Tone::Info label=role_name(locale, line.role)/></div>
        </li>
    }
}
