//! What is known from before: earlier decisions about this request and its appeal, earlier licences and requests.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::licences::words::{kind_name, request_tone, request_word, status_tone, status_word};
use crate::review::api::{AppealView, ReviewView, Round};
use crate::review::words::{field_name, field_reason, outcome_word, reject_reason};
use crate::ui::date::{DualDate, dual_date_time};
use crate::ui::tag::Tag;

/// Earlier licences and requests.
#[component]
pub fn History(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let none = request.licences.is_empty() && request.earlier.is_empty();
    let licences = request
        .licences
        .into_iter()
        .map(|(kind, status, valid)| {
            view! {
                <li>
                    {kind_name(locale, kind)} " " <Tag tone=status_tone(status) label=status_word(locale, status)/> " "
                    <DualDate date=valid.to/>
                </li>
            }
        })
        .collect_view();
    let earlier = request
        .earlier
        .into_iter()
        .map(|(kind, state, day)| {
            let title = td_string!(locale, licences.request_title, kind = kind_name(locale, kind));
            view! {
                <li>{title} " " <Tag tone=request_tone(state) label=request_word(locale, state)/> " " <DualDate date=day/></li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, review.history)}</h2>
            {if none {
                view! { <p class="card__meta">{td_string!(locale, review.no_history)}</p> }.into_any()
            } else {
                view! { <ul>{licences}{earlier}</ul> }.into_any()
            }}
        </section>
    }
}

/// Earlier decisions about this very request with their reasons, and the appeal against the last.
#[component]
pub fn Rounds(rounds: Vec<Round>, appeal: Option<AppealView>) -> impl IntoView {
    let locale = use_locale();
    let appeal = appeal.map(|appeal| {
        let at = dual_date_time(locale, appeal.at);
        view! {
            <h3 class="card__title">{td_string!(locale, review.appeal_of, time = at)}</h3>
            <p class="preserve-lines" dir="auto">{appeal.text}</p>
        }
    });
    let rounds = rounds
        .into_iter()
        .map(|round| {
            let (tone, word) = outcome_word(locale, round.outcome);
            let fields = round
                .fields
                .into_iter()
                .map(|(field, reason, text)| {
                    view! {
                        <li>
                            {field_name(locale, field)} ": " {field_reason(locale, reason)} " " <bdi>{text}</bdi>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <li>
                    <Tag tone=tone label=word/> " " <DualDate date=round.day/> " "
                    {round.reason.map(|reason| reject_reason(locale, reason))} " " <bdi>{round.text}</bdi>
                    <ul>{fields}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, review.rounds)}</h2>
            <ul>{rounds}</ul>
            {appeal}
        </section>
    }
}
