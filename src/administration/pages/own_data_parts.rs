//! The lists of what is held on oneself, each row in words.

use leptos::prelude::*;

use crate::access::Role;
use crate::administration::model::{
    HeldAttempt, HeldDecision, HeldEnrolment, HeldFactor, HeldLicence, HeldMessage, HeldPaper, HeldReading,
    HeldRequest, HeldRole, HeldSignIn, Reading,
};
use crate::administration::words::{any_role_name, reading_text, role_name};
use crate::i18n::{Locale, td_string};
use crate::licences::model::{LicenceKind, RequestState};
use crate::licences::words::{kind_name, request_word, status_word};
use crate::oversight::model::{Event, Reason};
use crate::oversight::words::{event_word, reason_text};
use crate::papers::words::state_word as sheet_word;
use crate::review::model::{FieldReason, Outcome, RejectReason, RequestField};
use crate::review::words::{field_name, field_reason, outcome_word, reject_reason};
use crate::training::model::EnrolmentState;
use crate::training::words::state_name;
use crate::ui::date::{dual_date, dual_date_time};
use crate::ui::number::{Number, grouped};

/// A row: what it is, and what more is held of it, a line each.
fn row(title: AnyView, lines: Vec<String>) -> AnyView {
    let lines =
        lines.into_iter().filter(|line| !line.is_empty()).map(|line| view! { <p class="muted"><bdi>{line}</bdi></p> });
    view! {
        <li class="task-list__item">
            <div>
                <p>{title}</p>
                {lines.collect_view()}
            </div>
        </li>
    }
    .into_any()
}

fn kind_text(locale: Locale, code: &str) -> &'static str {
    LicenceKind::from_code(code).map_or("", |kind| kind_name(locale, kind))
}

pub(super) fn roles(locale: Locale, held: Vec<HeldRole>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let since = one.since.map(|at| dual_date_time(locale, at.0)).unwrap_or_default();
            let until = one.until.map(|at| {
                let time = dual_date_time(locale, at.0);
                td_string!(locale, admin.held_until, time = time)
            });
            let name = any_role_name(locale, &one.role).map_or(one.role.clone(), str::to_owned);
            row(name.into_any(), vec![one.body.unwrap_or_default(), since, until.unwrap_or_default()])
        })
        .collect()
}

pub(super) fn licences(locale: Locale, held: Vec<HeldLicence>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let (from, to) = (dual_date(locale, one.first_day.0), dual_date(locale, one.last_day.0));
            let steps = one.history.into_iter().map(|step| {
                let reason = step.reason.as_deref().and_then(Reason::from_code);
                let word = Event::from_code(&step.event).map_or("", |event| event_word(locale, event, reason).1);
                let time = dual_date_time(locale, step.at.0);
                [Some(word.to_owned()), Some(time), reason.map(|reason| reason_text(locale, reason).to_owned())]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · ")
            });
            let number = grouped(&one.number, 4);
            let title = view! { {kind_text(locale, &one.kind)} " " <Number value=number/> };
            let days = [
                status_word(locale, one.status).to_owned(),
                td_string!(locale, accounts.licence_from, date = from),
                td_string!(locale, accounts.licence_to, date = to),
            ];
            row(title.into_any(), days.into_iter().chain(steps).collect())
        })
        .collect()
}

pub(super) fn requests(locale: Locale, held: Vec<HeldRequest>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let state = RequestState::from_code(&one.state).map_or("", |state| request_word(locale, state));
            let title = view! { {kind_text(locale, &one.kind)} " " <Number value=one.number/> };
            let mut lines = vec![
                state.to_owned(),
                dual_date_time(locale, one.submitted_at.unwrap_or(one.created_at).0),
                one.appeal.unwrap_or_default(),
            ];
            lines.extend(one.decisions.into_iter().flat_map(|decision| told(locale, decision)));
            row(title.into_any(), lines)
        })
        .collect()
}

/// A decision in lines.
fn told(locale: Locale, decision: HeldDecision) -> Vec<String> {
    let outcome = Outcome::from_code(&decision.outcome).map_or("", |outcome| outcome_word(locale, outcome).1);
    let time = dual_date_time(locale, decision.effective_at.0);
    let reason = decision.reason.as_deref().and_then(RejectReason::from_code);
    let mut lines = vec![format!("{outcome} · {time}")];
    lines.extend(reason.map(|reason| reject_reason(locale, reason).to_owned()));
    lines.extend(decision.fields.iter().filter_map(|(field, reason)| {
        let (field, reason) = (RequestField::from_code(field)?, FieldReason::from_code(reason)?);
        Some(format!("{} · {}", field_name(locale, field), field_reason(locale, reason)))
    }));
    lines.extend(decision.texts);
    lines
}

pub(super) fn enrolments(locale: Locale, held: Vec<HeldEnrolment>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let state = EnrolmentState::from_code(&one.state).map_or("", |state| state_name(locale, state).1);
            row(one.programme.into_any(), vec![state.to_owned(), dual_date_time(locale, one.starts_at.0)])
        })
        .collect()
}

pub(super) fn attempts(locale: Locale, held: Vec<HeldAttempt>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let result = match one.state.as_str() {
                "passed" => td_string!(locale, admin.attempt_passed),
                "failed" => td_string!(locale, admin.attempt_failed),
                _ => td_string!(locale, admin.attempt_open),
            };
            let score = one.right_answers.map(|right| {
                let (right, asked) = (i64::from(right), one.questions);
                td_string!(locale, admin.right_answers, right = right, asked = asked)
            });
            let title = one.programme.unwrap_or_else(|| {
                let number = one.renews.as_deref().map(|number| grouped(number, 4)).unwrap_or_default();
                td_string!(locale, admin.held_renewal_test, number = number)
            });
            row(
                title.into_any(),
                vec![result.to_owned(), score.unwrap_or_default(), dual_date_time(locale, one.started_at.0)],
            )
        })
        .collect()
}

pub(super) fn papers(locale: Locale, held: Vec<HeldPaper>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let (right, asked) = (i64::from(one.right_answers), i64::from(one.questions));
            let lines = vec![
                sheet_word(locale, one.state).1.to_owned(),
                td_string!(locale, admin.right_answers, right = right, asked = asked),
                dual_date_time(locale, one.recorded_at.0),
            ];
            row(one.programme.into_any(), lines)
        })
        .collect()
}

pub(super) fn messages(locale: Locale, held: Vec<HeldMessage>) -> Vec<AnyView> {
    held.into_iter().map(|one| row(one.text.into_any(), vec![dual_date_time(locale, one.created_at.0)])).collect()
}

pub(super) fn sign_ins(locale: Locale, held: Vec<HeldSignIn>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let seen = dual_date_time(locale, one.last_seen_at.0);
            let started = dual_date_time(locale, one.started_at.0);
            row(
                td_string!(locale, accounts.last_seen, at = seen).into_any(),
                vec![td_string!(locale, accounts.started, at = started)],
            )
        })
        .collect()
}

pub(super) fn factors(locale: Locale, held: Vec<HeldFactor>) -> Vec<AnyView> {
    held.into_iter()
        .map(|one| {
            let what = match one.what.as_str() {
                "passkey" => td_string!(locale, admin.held_passkey),
                "recovery_code" => td_string!(locale, admin.held_recovery_code),
                _ => td_string!(locale, admin.held_factor_reset),
            };
            let used = one.used_at.map(|at| {
                let time = dual_date_time(locale, at.0);
                td_string!(locale, admin.held_used, time = time)
            });
            row(what.into_any(), vec![dual_date_time(locale, one.made_at.0), used.unwrap_or_default()])
        })
        .collect()
}

pub(super) fn readings(locale: Locale, held: Vec<HeldReading>) -> Vec<AnyView> {
    held.into_iter()
        .filter_map(|one| {
            let reading = Reading::from_code(&one.action)?;
            let role = Role::from_code(&one.role).unwrap_or_else(|| reading.role());
            let lines = vec![role_name(locale, role).to_owned(), dual_date_time(locale, one.at.0)];
            Some(row(reading_text(locale, reading).into_any(), lines))
        })
        .collect()
}
