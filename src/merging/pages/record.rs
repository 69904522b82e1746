//! One of the two records.

use leptos::prelude::*;

use crate::administration::model::IdentityView;
use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::words::{kind_name, request_tone, request_word, status_tone, status_word};
use crate::merging::model::RecordView;
use crate::training::words::state_name;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::number::{Number, grouped};
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};
use crate::ui::task_list::task_row;

#[component]
pub fn Record(title: &'static str, record: RecordView) -> impl IntoView {
    let locale = use_locale();
    let name = if record.name.is_empty() { td_string!(locale, admin.nameless).to_owned() } else { record.name.clone() };
    let (person, number, registered_at) = (record.person, record.number.clone(), record.registered_at);
    let gone = if record.merged {
        Some((Tone::Info, td_string!(locale, merging.gone)))
    } else {
        record.closed.then(|| (Tone::Neutral, td_string!(locale, merging.closed)))
    };
    let identity = identity(locale, record.identity);
    view! {
        <section class="card stack">
            <h2 class="card__title">{title}</h2>
            <SummaryList>
                <SummaryRow key=td_string!(locale, merging.name)>
                    <a href=format!("/admin/people/{person}")><bdi>{name}</bdi></a>
                </SummaryRow>
                <SummaryRow key=td_string!(locale, merging.number)>
                    <Number value=number/>
                </SummaryRow>
                <SummaryRow key=td_string!(locale, admin.identity)>{identity}</SummaryRow>
                <SummaryRow key=td_string!(locale, admin.registered_at)>
                    {dual_date_time(locale, registered_at)}
                </SummaryRow>
                {gone
                    .map(|(tone, text)| {
                        view! {
                            <SummaryRow key=td_string!(locale, admin.sign_in)><Tag tone=tone label=text/></SummaryRow>
                        }
                    })}
            </SummaryList>
            {belongings(locale, record)}
        </section>
    }
}

fn identity(locale: Locale, identity: Option<IdentityView>) -> AnyView {
    let Some(identity) = identity else {
        return view! { <Tag tone=Tone::Warning label=td_string!(locale, admin.identity_not_verified)/> }.into_any();
    };
    let time = dual_date_time(locale, identity.at);
    if identity.single_sign_on {
        td_string!(locale, admin.identity_by_single_sign_on, time = time).into_any()
    } else {
        td_string!(locale, admin.identity_by_trainer, time = time).into_any()
    }
}

fn belongings(locale: Locale, record: RecordView) -> impl IntoView {
    let licences = record
        .licences
        .into_iter()
        .map(|one| {
            let to = dual_date(locale, one.valid.to);
            let more = view! {
                <p><Number value=grouped(&one.number, 4)/></p>
                <p class="muted">{td_string!(locale, accounts.licence_to, date = to)}</p>
            };
            let state = (status_tone(one.status), status_word(locale, one.status));
            task_row(kind_name(locale, one.kind).to_owned(), more.into_any(), state)
        })
        .collect();
    let requests = record
        .requests
        .into_iter()
        .map(|one| {
            let more = view! { <p class="muted"><Number value=one.number/></p> };
            let state = (request_tone(one.state), request_word(locale, one.state));
            task_row(kind_name(locale, one.kind).to_owned(), more.into_any(), state)
        })
        .collect();
    let enrolments = record
        .enrolments
        .into_iter()
        .map(|one| {
            let more = view! { <p class="muted">{dual_date_time(locale, one.starts_at)}</p> };
            task_row(one.title, more.into_any(), state_name(locale, one.state))
        })
        .collect();
    view! {
        {list(locale, td_string!(locale, admin.licences), licences)}
        {list(locale, td_string!(locale, admin.requests), requests)}
        {list(locale, td_string!(locale, admin.enrolments), enrolments)}
    }
}

/// A list under its title; that there is nothing is said too.
fn list(locale: Locale, title: &'static str, rows: Vec<AnyView>) -> impl IntoView {
    let list = if rows.is_empty() {
        view! { <p class="muted">{td_string!(locale, admin.nothing)}</p> }.into_any()
    } else {
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        <div>
            <h3 class="h3">{title}</h3>
            {list}
        </div>
    }
}
