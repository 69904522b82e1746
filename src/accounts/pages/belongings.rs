//! One's own licences, requests and enrolments, as lists. What is empty is not shown: the next step says what to do.

use leptos::prelude::*;

use super::words;
use crate::accounts::model::views::{OwnEnrolment, OwnLicence, OwnRequest};
use crate::i18n::{td_string, use_locale};
use crate::training::model::EnrolmentState;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::number::{Number, grouped};
use crate::ui::tag::Tag;

#[component]
pub fn Licences(licences: Vec<OwnLicence>) -> impl IntoView {
    let locale = use_locale();
    let cards = licences
        .into_iter()
        .map(|licence| {
            let (tone, status) = words::licence(locale, licence.status);
            let (from, to) = (dual_date(locale, licence.valid.from), dual_date(locale, licence.valid.to));
            view! {
                <li class="card card--link">
                    <h3 class="card__title">
                        <a href=format!("/account/licences/{}", licence.number)>{words::kind(locale, licence.kind)}</a>
                    </h3>
                    <p><Number value=grouped(&licence.number, 4)/></p>
                    <p><Tag tone=tone label=status/></p>
                    <p class="card__meta">{td_string!(locale, accounts.licence_from, date = from)}</p>
                    <p class="card__meta">{td_string!(locale, accounts.licence_to, date = to)}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!cards.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, accounts.my_licences)}</h2>
                <ul class="stack">{cards}</ul>
            </section>
        }
    })
}

#[component]
pub fn Requests(requests: Vec<OwnRequest>) -> impl IntoView {
    let locale = use_locale();
    let rows = requests
        .into_iter()
        .map(|request| {
            let (tone, state) = words::request(locale, request.state);
            view! {
                <li class="task-list__item">
                    <div>
                        <a href=format!("/account/requests/{}", request.number)>{words::kind(locale, request.kind)}</a>
                        <p class="muted">
                            {td_string!(locale, accounts.request_number)} " " <Number value=request.number/>
                        </p>
                    </div>
                    <span class="task-list__status"><Tag tone=tone label=state/></span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, accounts.my_requests)}</h2>
                <ul class="task-list">{rows}</ul>
            </section>
        }
    })
}

#[component]
pub fn Enrolments(enrolments: Vec<OwnEnrolment>) -> impl IntoView {
    let locale = use_locale();
    let rows = enrolments
        .into_iter()
        .map(|enrolment| {
            let (tone, state) = words::enrolment(locale, enrolment.state);
            let starts = dual_date_time(locale, enrolment.starts_at);
            let offer = enrolment
                .offered_until
                .filter(|_| enrolment.state == EnrolmentState::Offered)
                .map(|until| dual_date_time(locale, until))
                .map(|until| view! { <p>{td_string!(locale, accounts.offered_until, until = until)}</p> });
            view! {
                <li class="task-list__item">
                    <div>
                        <a href=format!("/training/{}", enrolment.session)>{enrolment.title}</a>
                        <p class="muted">{td_string!(locale, accounts.session_starts, at = starts)}</p>
                        {offer}
                    </div>
                    <span class="task-list__status"><Tag tone=tone label=state/></span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, accounts.my_enrolments)}</h2>
                <ul class="task-list">{rows}</ul>
            </section>
        }
    })
}
