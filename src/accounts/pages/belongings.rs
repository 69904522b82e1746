//! One's own licences, requests, enrolments and messages, as lists. What is empty is not shown: the next step says what to do.

use leptos::prelude::*;

use crate::accounts::model::views::{OwnEnrolment, OwnLicence, OwnRequest};
use crate::assessment::pages::CertificateLink;
use crate::i18n::{td_string, use_locale};
use crate::licences::words::{kind_name, request_tone, request_word, status_tone, status_word};
use crate::training::model::EnrolmentState;
use crate::training::words::state_name;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::number::{Number, grouped};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Licences(licences: Vec<OwnLicence>) -> impl IntoView {
    let locale = use_locale();
    let cards = licences
        .into_iter()
        .map(|licence| {
            let (from, to) = (dual_date(locale, licence.valid.from), dual_date(locale, licence.valid.to));
            view! {
                <li class="card card--link">
                    <h3 class="card__title">
                        <a href=format!("/account/licences/{}", licence.number)>{kind_name(locale, licence.kind)}</a>
                    </h3>
                    <p><Number value=grouped(&licence.number, 4)/></p>
                    <p><Tag tone=status_tone(licence.status) label=status_word(locale, licence.status)/></p>
                    <p class="card__meta">{td_string!(locale, accounts.licence_from, date = from)}</p>
                    <p class="card__meta">{td_string!(locale, accounts.licence_to, date = to)}</p>
                    {licence
                        .renewable
                        .then(|| {
                            view! {
                                <p class="card__meta">
                                    <a href=format!("/account/renew/{}", licence.number)>{td_string!(locale, renewal.renew)}</a>
                                </p>
                            }
                        })}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <List title=td_string!(locale, accounts.my_licences) look="stack" items=cards/> }
}

#[component]
pub fn Requests(requests: Vec<OwnRequest>) -> impl IntoView {
    let locale = use_locale();
    let rows = requests
        .into_iter()
        .map(|request| {
            let path = format!("/account/requests/{}", request.number);
            let state = (request_tone(request.state), request_word(locale, request.state));
            let more = view! {
                <p class="muted">{td_string!(locale, accounts.request_number)} " " <Number value=request.number/></p>
            };
            row(path, kind_name(locale, request.kind).to_owned(), more.into_any(), state)
        })
        .collect();
    view! { <List title=td_string!(locale, accounts.my_requests) look="task-list" items=rows/> }
}

#[component]
pub fn Enrolments(enrolments: Vec<OwnEnrolment>) -> impl IntoView {
    let locale = use_locale();
    let rows = enrolments
        .into_iter()
        .map(|enrolment| {
            let path = format!("/training/{}", enrolment.session);
            let starts = dual_date_time(locale, enrolment.starts_at);
            let offer = enrolment
                .offered_until
                .filter(|_| enrolment.state == EnrolmentState::Offered)
                .map(|until| dual_date_time(locale, until))
                .map(|until| view! { <p>{td_string!(locale, accounts.offered_until, until = until)}</p> });
            let certificate = enrolment.passed.map(|id| view! { <CertificateLink enrolment=id.to_string()/> });
            let more = view! {
                <p class="muted">{td_string!(locale, accounts.session_starts, at = starts)}</p>
                {offer}
                {certificate}
            };
            row(path, enrolment.title, more.into_any(), state_name(locale, enrolment.state))
        })
        .collect();
    view! { <List title=td_string!(locale, accounts.my_enrolments) look="task-list" items=rows/> }
}

/// The way to the inbox, and how much in it is new.
#[component]
pub fn Messages(new: i64) -> impl IntoView {
    let locale = use_locale();
    let count = (new > 0).then(|| {
        let label = td_string!(locale, messages.unread, count = new);
        view! { <span class="task-list__status"><Tag tone=Tone::Info label=label/></span> }
    });
    let row = view! {
        <li class="task-list__item">
            <a href="/account/messages">{td_string!(locale, messages.see_all)}</a>
            {count}
        </li>
    };
    view! { <List title=td_string!(locale, messages.inbox_title) look="task-list" items=vec![row.into_any()]/> }
}

/// What leads on, what more is said of it, and its state.
fn row(path: String, title: String, more: AnyView, (tone, state): (Tone, &'static str)) -> AnyView {
    view! {
        <li class="task-list__item">
            <div>
                <a href=path>{title}</a>
                {more}
            </div>
            <span class="task-list__status"><Tag tone=tone label=state/></span>
        </li>
    }
    .into_any()
}

#[component]
fn List(title: &'static str, look: &'static str, items: Vec<AnyView>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{title}</h2>
                <ul class=look>{items}</ul>
            </section>
        }
    })
}
