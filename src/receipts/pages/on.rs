//! `/verify/{number}/on`: was it valid on a day that is over? A plain GET form; `?date=2026-01-03` asks too.

use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use time::Date;

use super::check_form::CheckForm;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::words::kind_name;
use crate::oversight::words::reason_text;
use crate::receipts::api::ask;
use crate::receipts::model::{OnDay, Told};
use crate::receipts::words::{change_words, standing_words};
use crate::ui::date::{DualDate, dual_date, dual_date_time};
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::error_view::loaded;
use crate::ui::form::FormState;
use crate::ui::icon::Icon;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::problem::ErrorSummary;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::verification::pages::form::VerifyForm;

/// The fields of the question.
const FIELDS: [&str; 4] = ["on_day", "on_month", "on_year", "on_calendar"];

/// What the address asks.
#[derive(Clone, Debug, Default, PartialEq)]
struct Question {
    date: String,
    typed: [String; 4],
}

impl Question {
    fn of(query: &ParamsMap) -> Self {
        let field = |name: &str| query.get(name).unwrap_or_default();
        Self { date: field("date"), typed: FIELDS.map(field) }
    }

    fn is_asked(&self) -> bool {
        !self.date.is_empty() || self.typed.iter().any(|part| !part.is_empty())
    }
}

/// What became of the question.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Outcome {
    NotAsked,
    Told(Told),
    /// What was typed is no day to ask about.
    Wrong(AppError),
}

async fn outcome(number: String, question: Question) -> Result<Outcome, AppError> {
    if !question.is_asked() {
        return Ok(Outcome::NotAsked);
    }
    let [day, month, year, calendar] = question.typed;
    match ask(number, question.date, day, month, year, calendar).await {
        Ok(told) => Ok(Outcome::Told(told)),
        Err(error @ AppError::Invalid(_)) => Ok(Outcome::Wrong(error)),
        Err(error) => Err(error),
    }
}

#[component]
pub fn On() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let typed = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    let content = move || {
        let typed = typed.get();
        match LicenceNumber::parse(&typed) {
            Ok(number) => view! { <OfNumber number=number/> }.into_any(),
            Err(_) => view! {
                <h1 class="h1">{td_string!(locale, common.verify_a_licence)}</h1>
                <VerifyForm typed=typed/>
            }
            .into_any(),
        }
    };
    view! {
        <Page title=td_string!(locale, receipts.on_title)
            trail=vec![("/verify", td_string!(locale, common.verify_a_licence))]>
            <div class="stack">{content}</div>
        </Page>
    }
}

#[component]
fn OfNumber(number: LicenceNumber) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let question = Memo::new(move |_| Question::of(&query.read()));
    let digits = number.digits().to_owned();
    let outcome = Resource::new(move || question.get(), move |question| outcome(digits.clone(), question));
    let view = move |outcome: Outcome| {
        let (error, told) = match outcome {
            Outcome::NotAsked => (None, None),
            Outcome::Told(told) => (None, Some(told)),
            Outcome::Wrong(error) => (Some(error), None),
        };
        let heading = if told.is_some() {
            view! { <h2 class="h2">{td_string!(locale, receipts.another_day)}</h2> }.into_any()
        } else {
            view! {
                <h1 class="h1">{td_string!(locale, receipts.on_title)}</h1>
                <p>{td_string!(locale, receipts.on_lead)}</p>
                <p>{td_string!(locale, licences.number)} " " <Number value=number.grouped()/></p>
            }
            .into_any()
        };
        let typed = question.get_untracked().typed;
        view! {
            {told.map(|told| view! { <Answer number=number.clone() told=told/> })}
            {heading}
            <DayForm number=number.digits().to_owned() typed=typed error=error/>
            <p><a href=format!("/verify/{}", number.digits())>{td_string!(locale, receipts.today)}</a></p>
        }
    };
    loaded(outcome, view)
}

/// The question, with what was asked before in it.
#[component]
fn DayForm(number: String, typed: [String; 4], error: Option<AppError>) -> impl IntoView {
    let locale = use_locale();
    let names = DateNames { day: FIELDS[0], month: FIELDS[1], year: FIELDS[2], calendar: FIELDS[3] };
    let shown = Signal::stored(error.clone());
    let fields = FIELDS.into_iter().map(str::to_owned).zip(typed).filter(|(_, typed)| !typed.is_empty()).collect();
    view! {
        <Provider value=FormState::asked(fields, error)>
            <ErrorSummary error=shown/>
            <form method="get" action=format!("/verify/{number}/on") class="form" novalidate=true>
                <DateField names=names legend=td_string!(locale, receipts.which_day)
                    hint=td_string!(locale, receipts.which_day_hint)/>
                <button type="submit" class="button button--primary">{td_string!(locale, receipts.ask)}</button>
            </form>
        </Provider>
    }
}

/// The answer first, then what it rests on, then its receipt.
#[component]
fn Answer(number: LicenceNumber, told: Told) -> impl IntoView {
    let Told { answer, kind, receipt } = told;
    let day = answer.day;
    let download = format!("/verify/{}/on.jws?date={day}", number.digits());
    view! {
        <Verdict answer=answer kind=kind/>
        <Paper receipt=receipt download=download day=day/>
    }
}

#[component]
fn Verdict(answer: OnDay, kind: Option<LicenceKind>) -> impl IntoView {
    let locale = use_locale();
    let (modifier, glyph, title, meaning) = standing_words(locale, answer.standing);
    let (day, asked) = (dual_date(locale, answer.day), dual_date_time(locale, answer.asked_at));
    let grouped = crate::ui::number::grouped(&answer.number, 4);
    let changes = (!answer.changes.is_empty()).then(|| {
        let rows =
            answer.changes.iter().map(|change| view! { <li>{change_words(locale, *change)}</li> }).collect_view();
        view! {
            <SummaryRow key=td_string!(locale, receipts.changes)>
                <ul>{rows}</ul>
                <p class="muted">{td_string!(locale, receipts.changes_hint)}</p>
            </SummaryRow>
        }
    });
    view! {
        <div class=format!("verdict verdict--{modifier}")>
            <Icon glyph=glyph/>
            <h1>{title}</h1>
            <p><b>{td_string!(locale, receipts.on_day, day = day)}</b></p>
            <p>{meaning}</p>
            <p class="muted">{td_string!(locale, receipts.asked_at, time = asked)}</p>
        </div>
        <SummaryList>
            <SummaryRow key=td_string!(locale, receipts.day)><DualDate date=answer.day/></SummaryRow>
            {changes}
            {answer
                .reason
                .map(|reason| {
                    view! {
                        <SummaryRow key=td_string!(locale, verification.reason)>{reason_text(locale, reason)}</SummaryRow>
                    }
                })}
            {kind
                .map(|kind| {
                    view! { <SummaryRow key=td_string!(locale, licences.kind)>{kind_name(locale, kind)}</SummaryRow> }
                })}
            <SummaryRow key=td_string!(locale, licences.number)><Number value=grouped/></SummaryRow>
        </SummaryList>
    }
}

/// The receipt: to download, to read, to check at once.
#[component]
fn Paper(receipt: String, download: String, day: Date) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, receipts.receipt)}</h2>
            <p>{td_string!(locale, receipts.receipt_text)}</p>
            <p><a href=download rel="external" download>{td_string!(locale, receipts.download)}</a></p>
            <details>
                <summary>{td_string!(locale, receipts.show)}</summary>
                <p class="receipt" dir="ltr">{receipt.clone()}</p>
            </details>
            <CheckForm receipt=receipt day=day/>
            <p><a href="/verify/receipt">{td_string!(locale, receipts.check_another)}</a></p>
        </section>
    }
}
