//! One person of a session: the field for their right answers, or what was recorded and why nothing can be now.

use leptos::form::ActionForm;
use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::{td_string, use_locale};
use crate::papers::api::Withdraw;
use crate::papers::model::{ResultRow, RowStanding, SheetState, SheetView, right_field};
use crate::papers::words::{result_word, score_text, state_word};
use crate::ui::form::FormState;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::problem_text::problem_text;
use crate::ui::tag::Tag;

/// The field of somebody for whom a result can be recorded. What became of an earlier sheet stands above it.
#[component]
pub fn Typed(row: ResultRow) -> impl IntoView {
    let locale = use_locale();
    let form = FormState::here();
    let name = right_field(row.enrolment);
    let asked_for = name.clone();
    let problem =
        Signal::derive(move || form.error.with(|error| error.as_ref().and_then(|error| error.problem_of(&asked_for))));
    let value = form.typed(&name).unwrap_or_default();
    let (error_id, described) = (format!("{name}-error"), format!("{name}-error"));
    let told = move || {
        problem.get().map(|problem| {
            view! {
                <p class="field__error" id=error_id.clone()>
                    <Icon glyph=Glyph::Warning/>
                    {problem_text(locale, problem)}
                </p>
            }
        })
    };
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <label class="field__label" for=name.clone()><bdi>{row.name}</bdi></label>
            {row.sheet.map(|sheet| view! { <Recorded sheet=sheet/> })}
            {told}
            <input id=name.clone() name=name class="input input--digits input--short" type="text" inputmode="numeric"
                autocomplete="off" value=value aria-describedby=described
                aria-invalid=move || problem.get().map(|_| "true")/>
        </div>
    }
}

/// Somebody for whom nothing can be recorded now. A sheet of the trainer's own that waits can be taken back.
#[component]
pub fn Settled(row: ResultRow, session: Uuid, withdraw: ServerAction<Withdraw>) -> impl IntoView {
    let locale = use_locale();
    let why = match row.standing {
        RowStanding::Tied => Some(td_string!(locale, papers.tied)),
        RowStanding::TestOpen => Some(td_string!(locale, papers.test_open)),
        RowStanding::Over if row.sheet.is_none_or(|sheet| sheet.state != SheetState::Confirmed) => {
            Some(td_string!(locale, papers.no_attempts))
        }
        _ => None,
    };
    let back = row.sheet.filter(|sheet| sheet.own && sheet.state == SheetState::Waiting).map(|sheet| {
        let label = td_string!(locale, papers.withdraw_of, name = row.name.clone());
        view! {
            <ActionForm action=withdraw>
                <input type="hidden" name="session" value=session.to_string()/>
                <input type="hidden" name="sheet" value=sheet.id.to_string()/>
                <button type="submit" class="button button--secondary" aria-label=label
                    disabled=move || withdraw.pending().get()>
                    {td_string!(locale, papers.withdraw)}
                </button>
            </ActionForm>
        }
    });
    view! {
        <li class="task-list__item">
            <div>
                <p><bdi>{row.name}</bdi></p>
                {row.sheet.map(|sheet| view! { <Recorded sheet=sheet/> })}
                {why.map(|text| view! { <p class="muted">{text}</p> })}
            </div>
            {back}
        </li>
    }
}

/// What a sheet says and what became of it.
#[component]
fn Recorded(sheet: SheetView) -> impl IntoView {
    let locale = use_locale();
    let (tone, word) = if sheet.state == SheetState::Confirmed {
        let (tone, word) = result_word(locale, sheet.score);
        (tone, td_string!(locale, papers.on_paper, result = word))
    } else {
        let (tone, word) = state_word(locale, sheet.state);
        (tone, word.to_owned())
    };
    view! {
        <p class="cluster">
            <span class="muted">{score_text(locale, sheet.score)}</span>
            <Tag tone=tone label=word/>
        </p>
    }
}
