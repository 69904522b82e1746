//! `/admin/staff`: who holds which role. The filter and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::trail;
use crate::access::Role;
use crate::administration::api;
use crate::administration::model::{StaffLine, StaffPage};
use crate::administration::words::role_name;
use crate::calendar::riyadh_day;
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::button::ButtonLink;
use crate::ui::date::dual_date;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::pager::Pager;
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Staff() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (Role::from_code(&query.get("role").unwrap_or_default()), query.get("after").unwrap_or_default())
    });
    let data =
        Resource::new(move || asked.get(), |(role, after)| api::staff(role.map_or("", Role::code).to_owned(), after));
    let title = td_string!(locale, admin.staff_title);
    view! {
        <Page title=title trail=trail(locale)>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.staff_lead)}</p>
                <p><ButtonLink href="/admin/people" label=td_string!(locale, admin.find_to_grant) look="button--secondary"/></p>
                {loaded(data, move |page| {
                    let (role, after) = asked.get_untracked();
                    view! { <List role=role is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, from a place in it on.
fn href(role: Option<Role>, after: Option<&str>) -> String {
    let pairs: Vec<String> = [("role", role.map(Role::code)), ("after", after)]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
    if pairs.is_empty() { "/admin/staff".to_owned() } else { format!("/admin/staff?{}", pairs.join("&")) }
}

#[component]
fn List(role: Option<Role>, is_first: bool, page: StaffPage) -> impl IntoView {
    let locale = use_locale();
    let chips = std::iter::once(None)
        .chain(Role::ALL.map(Some))
        .map(|one| {
            let label = one.map_or_else(|| td_string!(locale, admin.every_role), |role| role_name(locale, role));
            view! {
                <li><a class="chip" href=href(one, None) aria-current=(one == role).then_some("true")>{label}</a></li>
            }
        })
        .collect_view();
    let list = if page.staff.is_empty() {
        view! {
            <Empty title=td_string!(locale, admin.no_staff_title)><p>{td_string!(locale, admin.no_staff_text)}</p></Empty>
        }
        .into_any()
    } else {
        let rows = page.staff.into_iter().map(|line| row(locale, line)).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        <nav aria-label=td_string!(locale, admin.narrow)><ul class="chips" role="list">{chips}</ul></nav>
        {list}
        <Pager first=(!is_first).then(|| href(role, None)) next=page.next.map(|after| href(role, Some(&after)))/>
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
