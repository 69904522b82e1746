//! Below the card: what happened to the licence, and what its holder can do next.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::licences::api::{CardStep, CardView};
use crate::licences::model::LicenceStatus;
use crate::oversight::words::{event_word, next_step, reason_text};
use crate::ui::date::dual_date_time;
use crate::ui::tag::Tag;

/// The next step, where one is called for, then the steps so far.
#[component]
pub fn CardHistory(card: CardView) -> impl IntoView {
    let locale = use_locale();
    let next = next_step(locale, card.status, card.successor.is_some());
    let new_request = (card.status == LicenceStatus::Revoked).then(|| format!("/account/request/{}", card.kind.slug()));
    let asks = matches!(card.status, LicenceStatus::Suspended | LicenceStatus::Revoked);
    let newer = card.successor.map(|number| format!("/account/licences/{number}"));
    let older = card.predecessor.map(|number| {
        let path = format!("/account/licences/{number}");
        view! { <p><a href=path>{td_string!(locale, oversight.older_card)}</a></p> }
    });
    let rows = card.history.into_iter().map(|step| view! { <Step step=step/> }).collect_view();
    view! {
        {next
            .map(|text| {
                view! {
                    <section class="stack no-print">
                        <h2 class="h2">{td_string!(locale, oversight.next_title)}</h2>
                        <p>{text}</p>
                        {newer
                            .map(|path| {
                                view! { <p><a href=path>{td_string!(locale, oversight.newer_card)}</a></p> }
                            })}
                        {new_request
                            .map(|path| {
                                view! { <p><a href=path>{td_string!(locale, oversight.new_request)}</a></p> }
                            })}
                        {asks
                            .then(|| {
                                view! { <p><a href="/help">{td_string!(locale, oversight.ask_help)}</a></p> }
                            })}
                    </section>
                }
            })}
        <section class="stack no-print">
            <h2 class="h2">{td_string!(locale, oversight.history)}</h2>
            <ol class="task-list">{rows}</ol>
            {older}
        </section>
    }
}

#[component]
fn Step(step: CardStep) -> impl IntoView {
    let locale = use_locale();
    let (tone, word) = event_word(locale, step.event, step.reason);
    view! {
        <li class="task-list__item">
            <div>
                <p>{dual_date_time(locale, step.at)}</p>
                {step.reason.map(|reason| view! { <p class="muted">{reason_text(locale, reason)}</p> })}
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
        </li>
    }
}
