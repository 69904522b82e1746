//! Telling an endpoint again from a day on: which day, then how much that is, and only then it is done. The day is asked by a
//! plain GET form, in the address of the page.

use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::about;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::organisations::api::{self, ReplaySince};
use crate::organisations::model::Replayable;
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date;
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::form::{FormState, ServerForm};
use crate::ui::panel::Notice;
use crate::ui::problem::ErrorSummary;
use crate::ui::tag::Tone;

/// The fields of the question.
const FIELDS: [&str; 4] = ["since_day", "since_month", "since_year", "since_calendar"];

/// The day that the address asks about, as it was typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Question([String; 4]);

impl Question {
    pub(super) fn of(query: &ParamsMap) -> Self {
        Self(FIELDS.map(|name| query.get(name).unwrap_or_default()))
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.iter().any(|part| !part.is_empty())
    }
}

/// What became of the question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Outcome {
    NotAsked,
    Would(Replayable),
    /// What was typed is no day.
    Wrong(AppError),
}

/// Asks how much would be told again.
pub(super) async fn outcome(endpoint: String, question: Question) -> Result<Outcome, AppError> {
    if !question.is_asked() {
        return Ok(Outcome::NotAsked);
    }
    let Question([day, month, year, calendar]) = question;
    match api::count_replay(endpoint, day, month, year, calendar).await {
        Ok(found) => Ok(Outcome::Would(found)),
        Err(error @ AppError::Invalid(_)) => Ok(Outcome::Wrong(error)),
        Err(error) => Err(error),
    }
}

/// Where a day is asked about.
#[component]
pub(super) fn DayForm(endpoint: Uuid, question: Question, error: Option<AppError>) -> impl IntoView {
    let locale = use_locale();
    let names = DateNames { day: FIELDS[0], month: FIELDS[1], year: FIELDS[2], calendar: FIELDS[3] };
    let shown = Signal::stored(error.clone());
    let typed = FIELDS.into_iter().map(str::to_owned).zip(question.0).filter(|(_, typed)| !typed.is_empty()).collect();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, organisations.since_title)}</h2>
            <p>{td_string!(locale, organisations.since_text)}</p>
            <Provider value=FormState::asked(typed, error)>
                <ErrorSummary error=shown/>
                <form method="get" action=format!("/admin/webhooks/{endpoint}") class="form" novalidate=true>
                    <DateField names=names legend=td_string!(locale, organisations.since)/>
                    <button type="submit" class="button button--secondary">
                        {td_string!(locale, organisations.since_ask)}
                    </button>
                </form>
            </Provider>
        </section>
    }
}

/// How much would be told again, and the button that does it.
#[component]
pub(super) fn Confirm(endpoint: Uuid, found: Replayable, action: ServerAction<ReplaySince>) -> impl IntoView {
    let locale = use_locale();
    let day = dual_date(locale, found.since);
    let back = format!("/admin/webhooks/{endpoint}");
    let count = found.deliveries;
    let act = if count == 0 {
        view! { <p>{td_string!(locale, organisations.since_none, day = day)}</p> }.into_any()
    } else {
        view! {
            <Notice tone=Tone::Warning>
                <p>{td_string!(locale, organisations.since_count, count = count, day = day)}</p>
                <p>{td_string!(locale, organisations.since_known)}</p>
            </Notice>
            <ServerForm action=action>
                {about("endpoint", endpoint)}
                <input type="hidden" name="since" value=found.since.to_string()/>
                <Submit label=td_string!(locale, organisations.replay_since)/>
            </ServerForm>
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, organisations.since_title)}</h2>
            {act}
            <ButtonLink href=back label=td_string!(locale, organisations.since_back) look="button--secondary"/>
        </section>
    }
}
