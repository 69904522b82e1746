//! `/admin/people/{id}`: a person as an administrator needs to see them. Each opening is noted, and they see that it was.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::person_roles::Roles;
use super::trail;
use crate::administration::api::{self, GrantRole, ResetSecondFactor, RevokeRole};
use crate::administration::model::PersonView;
use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::words::{kind_name, request_tone, request_word, status_tone, status_word};
use crate::training::words::state_name;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};
use crate::ui::task_list::task_row;

#[component]
pub fn Person() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let (grant, revoke) = (ServerAction::<GrantRole>::new(), ServerAction::<RevokeRole>::new());
    let reset = ServerAction::<ResetSecondFactor>::new();
    let query = use_query_map();
    let data = Resource::new(
        move || {
            let changes = (grant.version().get(), revoke.version().get(), reset.version().get());
            (params.read().get("id").unwrap_or_default(), changes)
        },
        |(id, _)| api::person(id),
    );
    let mut trail = trail(locale);
    trail.push(("/admin/people", td_string!(locale, admin.people_title)));
    view! {
        <Page title=td_string!(locale, admin.person_title) trail=trail>
            {move || {
                (query.read().get("done").as_deref() == Some("reset")).then(|| {
                    let text = td_string!(locale, second_factor.done_reset);
                    view! { <Notice tone=Tone::Success><p role="status">{text}</p></Notice> }
                })
            }}
            {loaded(data, move |person| view! { <Screen person=person grant=grant revoke=revoke reset=reset/> })}
        </Page>
    }
}

#[component]
fn Screen(
    person: PersonView,
    grant: ServerAction<GrantRole>,
    revoke: ServerAction<RevokeRole>,
    reset: ServerAction<ResetSecondFactor>,
) -> impl IntoView {
    let locale = use_locale();
    let id = person.person;
    let closed = person.closed_at.map(|at| {
        let time = dual_date_time(locale, at);
        view! { <Notice tone=Tone::Info><p>{td_string!(locale, admin.closed_at, time = time)}</p></Notice> }
    });
    let merged = person.merged_into.map(|id| {
        view! {
            <Notice tone=Tone::Info>
                <p>{td_string!(locale, admin.merged_into)}</p>
                <p><a href=format!("/admin/people/{id}")>{td_string!(locale, admin.merged_into_link)}</a></p>
            </Notice>
        }
    });
    let name = if person.name.is_empty() { td_string!(locale, admin.nameless).to_owned() } else { person.name.clone() };
    view! {
        <div class="stack stack--wide">
            <h1 class="h1"><bdi>{name}</bdi></h1>
            {closed}
            {merged}
            <p class="muted">{td_string!(locale, admin.viewing_is_noted)}</p>
            <Facts person=person.clone()/>
            <Belongings person=person.clone()/>
            <Roles person=person grant=grant revoke=revoke reset=reset/>
            <section class="stack">
                <h2 class="h2">{td_string!(locale, admin.audit_title)}</h2>
                <ul class="task-list">
                    <li class="task-list__item">
                        <a href=format!("/admin/audit?subject={id}")>{td_string!(locale, admin.done_to)}</a>
                    </li>
                    <li class="task-list__item">
                        <a href=format!("/admin/audit?actor={id}")>{td_string!(locale, admin.done_by)}</a>
                    </li>
                </ul>
            </section>
        </div>
    }
}

#[component]
fn Facts(person: PersonView) -> impl IntoView {
    let locale = use_locale();
    let identity = match person.identity {
        None => view! { <Tag tone=Tone::Warning label=td_string!(locale, admin.identity_not_verified)/> }.into_any(),
        Some(identity) => {
            let time = dual_date_time(locale, identity.at);
            let how = if identity.single_sign_on {
                td_string!(locale, admin.identity_by_single_sign_on, time = time)
            } else {
                td_string!(locale, admin.identity_by_trainer, time = time)
            };
            view! { <Tag tone=Tone::Success label=td_string!(locale, admin.identity_verified)/> " " {how} }.into_any()
        }
    };
    let others = (!person.same_number.is_empty()).then(|| {
        let links = person
            .same_number
            .iter()
            .map(|id| view! { <li><a href=format!("/admin/people/{id}")><Number value=id.to_string()/></a></li> })
            .collect_view();
        view! { <SummaryRow key=td_string!(locale, admin.same_number)><ul>{links}</ul></SummaryRow> }
    });
    view! {
        <SummaryList>
            <SummaryRow key=td_string!(locale, admin.identity)>{identity}</SummaryRow>
            <SummaryRow key=td_string!(locale, admin.registered_at)>
                {dual_date_time(locale, person.registered_at)}
            </SummaryRow>
            {person
                .frozen
                .then(|| {
                    view! {
                        <SummaryRow key=td_string!(locale, admin.sign_in)>
                            <Tag tone=Tone::Error label=td_string!(locale, admin.frozen)/>
                        </SummaryRow>
                    }
                })}
            {others}
            <SummaryRow key=td_string!(locale, admin.person_id)><Number value=person.person.to_string()/></SummaryRow>
        </SummaryList>
    }
}

#[component]
fn Belongings(person: PersonView) -> impl IntoView {
    let locale = use_locale();
    let licences = person
        .licences
        .into_iter()
        .map(|one| {
            let (from, to) = (dual_date(locale, one.valid.from), dual_date(locale, one.valid.to));
            let more = view! {
                <p><Number value=grouped(&one.number, 4)/></p>
                <p class="muted">{td_string!(locale, accounts.licence_from, date = from)}</p>
                <p class="muted">{td_string!(locale, accounts.licence_to, date = to)}</p>
            };
            let state = (status_tone(one.status), status_word(locale, one.status));
            task_row(kind_name(locale, one.kind).to_owned(), more.into_any(), state)
        })
        .collect();
    let requests = person
        .requests
        .into_iter()
        .map(|one| {
            let more = view! {
                <p class="muted">{td_string!(locale, licences.request_number)} " " <Number value=one.number/></p>
            };
            let state = (request_tone(one.state), request_word(locale, one.state));
            task_row(kind_name(locale, one.kind).to_owned(), more.into_any(), state)
        })
        .collect();
    let enrolments = person
        .enrolments
        .into_iter()
        .map(|one| {
            let more = view! { <p class="muted">{dual_date_time(locale, one.starts_at)}</p> };
            task_row(one.title, more.into_any(), state_name(locale, one.state))
        })
        .collect();
    view! {
        {section(locale, td_string!(locale, admin.licences), licences)}
        {section(locale, td_string!(locale, admin.requests), requests)}
        {section(locale, td_string!(locale, admin.enrolments), enrolments)}
    }
}

/// A list under its title; that there is nothing is said too.
fn section(locale: Locale, title: &'static str, rows: Vec<AnyView>) -> impl IntoView {
    let list = if rows.is_empty() {
        view! { <p class="muted">{td_string!(locale, admin.nothing)}</p> }.into_any()
    } else {
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{title}</h2>
            {list}
        </section>
    }
}
