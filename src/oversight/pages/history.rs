//! What happened to a licence, and what became of proposals about it, with what officers wrote.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::oversight::api::{OfficerStep, PastProposal};
use crate::oversight::words::{event_word, outcome_word, proposal_name, reason_text};
use crate::ui::date::dual_date_time;
use crate::ui::tag::Tag;

/// The steps, oldest first.
#[component]
pub fn History(steps: Vec<OfficerStep>) -> impl IntoView {
    let locale = use_locale();
    let rows = steps
        .into_iter()
        .map(|step| {
            let (tone, word) = event_word(locale, step.event, step.reason);
            view! {
                <li class="task-list__item">
                    <div>
                        <p>{dual_date_time(locale, step.at)}</p>
                        {step.reason.map(|reason| view! { <p class="muted">{reason_text(locale, reason)}</p> })}
                        {step.text.map(|text| view! { <p class="preserve-lines" dir="auto">{text}</p> })}
                    </div>
                    <div class="task-list__status"><Tag tone=tone label=word/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, oversight.history)}</h2>
            <ol class="task-list">{rows}</ol>
        </section>
    }
}

/// Proposals that are settled.
#[component]
pub fn Settled(proposals: Vec<PastProposal>) -> impl IntoView {
    let locale = use_locale();
    if proposals.is_empty() {
        return ().into_any();
    }
    let rows = proposals
        .into_iter()
        .map(|one| {
            let (tone, word) = outcome_word(locale, one.outcome);
            let (proposed, settled) = (dual_date_time(locale, one.proposed_at), dual_date_time(locale, one.settled_at));
            view! {
                <li class="task-list__item">
                    <div>
                        <p>{proposal_name(locale, one.act)} " · " {reason_text(locale, one.reason)}</p>
                        <p class="muted">{td_string!(locale, oversight.proposed_at, time = proposed)}</p>
                        {one.text.map(|text| view! { <p class="preserve-lines" dir="auto">{text}</p> })}
                        <p class="muted">{td_string!(locale, oversight.settled_at, time = settled)}</p>
                        {one.answer.map(|text| view! { <p class="preserve-lines" dir="auto">{text}</p> })}
                    </div>
                    <div class="task-list__status"><Tag tone=tone label=word/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, oversight.settled)}</h2>
            <ol class="task-list">{rows}</ol>
        </section>
    }
    .into_any()
}
