//! `/admin/audit`: who did what. The filter, the order and the place in the log live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use time::Date;

use super::audit_filter::Narrow;
use super::trail;
use crate::administration::api;
use crate::administration::model::{AuditFilter, AuditLine, AuditPage};
use crate::administration::words::{action_text, any_role_name, role_name};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::NothingFits;
use crate::ui::number::Number;
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;

/// Path of the log.
pub(super) const PATH: &str = "/admin/audit";

#[component]
pub fn Audit() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        let (from, to) = (value("from"), value("to"));
        let filter =
            AuditFilter::parse(&value("action"), &value("actor"), &value("subject"), &from, &to, &value("order"));
        (filter, value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(filter, after)| {
            let (action, order) = (filter.action_code().to_owned(), filter.order.code().to_owned());
            let [from, to] = filter.days();
            api::audit(action, filter.actor_id(), filter.subject_id(), from, to, order, after)
        },
    );
    let title = td_string!(locale, admin.audit_title);
    view! {
        <Page title=title trail=trail(locale)>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.audit_lead)}</p>
                {loaded(page, move |page| {
                    let (filter, after) = asked.get_untracked();
                    view! { <Log filter=filter is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

#[component]
fn Log(filter: AuditFilter, is_first: bool, page: AuditPage) -> impl IntoView {
    let locale = use_locale();
    let list = if page.entries.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if page.entries.is_empty() && filter.is_narrow() {
        view! { <NothingFits chosen=chosen(locale, &filter) whole=filter.whole().href(PATH, None)/> }.into_any()
    } else if page.entries.is_empty() {
        view! {
            <Empty title=td_string!(locale, admin.no_entries_title)>
                <p>{td_string!(locale, admin.no_entries_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let export = filter.href("/admin/audit.csv", None);
        let rows = page.entries.into_iter().map(|line| row(locale, line)).collect_view();
        view! {
            // Not a page of the application: the browser itself fetches it.
            <p><a href=export rel="external" download=true>{td_string!(locale, admin.export)}</a></p>
            <div class="table-wrap">
                <table class="table">
                    <caption>{td_string!(locale, admin.audit_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, admin.column_time)}</th>
                            <th scope="col">{td_string!(locale, admin.column_action)}</th>
                            <th scope="col">{td_string!(locale, admin.column_actor)}</th>
                            <th scope="col">{td_string!(locale, admin.column_subject)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let start = (!is_first).then(|| filter.href(PATH, None));
    let next = page.next.map(|after| filter.href(PATH, Some(&after)));
    view! {
        <Narrow filter=filter actions=page.actions/>
        {list}
        <Pager first=start next=next/>
    }
}

/// What the log is narrowed to, in words.
fn chosen(locale: Locale, filter: &AuditFilter) -> Vec<String> {
    let labelled = |label: &str, value: String| format!("{label}: {value}");
    let day = |label, day: Option<Date>| day.map(|day| labelled(label, dual_date(locale, day)));
    let words = [
        filter.action.as_ref().map(|code| action_text(locale, code).map_or_else(|| code.clone(), str::to_owned)),
        filter.actor.map(|id| labelled(td_string!(locale, admin.column_actor), short(id))),
        filter.subject.map(|id| labelled(td_string!(locale, admin.column_subject), short(id))),
        day(td_string!(locale, admin.filter_from), filter.from),
        day(td_string!(locale, admin.filter_to), filter.to),
    ];
    words.into_iter().flatten().collect()
}

fn row(locale: Locale, line: AuditLine) -> impl IntoView {
    let action = action_text(locale, &line.action).map_or(line.action.clone(), str::to_owned);
    // A role is told in words; a key, a request's number or an id as they are.
    let detail = line.detail.map(|detail| match any_role_name(locale, &detail) {
        Some(role) => view! { <span class="muted">" · " {role}</span> }.into_any(),
        None => view! { <span class="muted">" · " <Number value=detail/></span> }.into_any(),
    });
    let actor = line.actor.map(|id| {
        let filter = AuditFilter { actor: Some(id), ..AuditFilter::default() };
        let name = match line.actor_name {
            Some(name) => view! { <bdi>{name}</bdi> }.into_any(),
            None => view! { <Number value=short(id)/> }.into_any(),
        };
        view! { <a href=filter.href(PATH, None)>{name}</a> }
    });
    let by_time = actor.is_none().then(|| td_string!(locale, admin.by_the_system));
    let role = line.role.map(|role| view! { <span class="muted">" · " {role_name(locale, role)}</span> });
    let subject = line.subject.map(|id| {
        let filter = AuditFilter { subject: Some(id), ..AuditFilter::default() };
        let person = line.is_person.then(|| {
            view! { " · " <a href=format!("/admin/people/{id}")>{td_string!(locale, admin.person_title)}</a> }
        });
        view! { <a href=filter.href(PATH, None)><Number value=short(id)/></a> {person} }
    });
    view! {
        <tr>
            <td data-label=td_string!(locale, admin.column_time)>{dual_date_time(locale, line.at)}</td>
            <td data-label=td_string!(locale, admin.column_action)>{action} {detail}</td>
            <td data-label=td_string!(locale, admin.column_actor)>{actor} {by_time} {role}</td>
            <td data-label=td_string!(locale, admin.column_subject)>{subject}</td>
        </tr>
    }
}

/// The first part of an id: enough for people to tell rows of a page apart.
fn short(id: uuid::Uuid) -> String {
    id.to_string().chars().take(8).collect()
}
