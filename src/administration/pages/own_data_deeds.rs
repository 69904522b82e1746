//! What is held of what somebody did, and of what they were told, in words.

use super::own_data_facts::{Fact, Facts};
use crate::administration::model::{
    HeldAttempt, HeldDecision, HeldEnrolment, HeldEvent, HeldLicence, HeldMessage, HeldPaper, HeldRequest,
};
use crate::i18n::{Locale, td_string};
use crate::licences::model::{LicenceKind, RequestState};
use crate::licences::words::{kind_name, request_word, status_word};
use crate::messages::model::Channel;
use crate::messages::words::channel_name;
use crate::oversight::model::{Event, Reason};
use crate::oversight::words::{event_word, reason_text};
use crate::papers::words::state_word as sheet_word;
use crate::review::model::{FieldReason, Outcome, RejectReason, RequestField};
use crate::review::words::{field_name, field_reason, outcome_word, reject_reason};
use crate::training::model::EnrolmentState;
use crate::training::words::state_name;
use crate::ui::number::grouped;

fn kind_text(locale: Locale, code: &str) -> Option<&'static str> {
    LicenceKind::from_code(code).map(|kind| kind_name(locale, kind))
}

fn number_text(number: &str) -> String {
    grouped(number, 4)
}

pub fn enrolment(locale: Locale, held: HeldEnrolment) -> Vec<Fact> {
    let HeldEnrolment { programme, starts_at, state, enrolled_at, attendance_at } = held;
    let word = EnrolmentState::from_code(&state).map(|state| state_name(locale, state).1);
    Facts::of(locale, "enrolments")
        .text("programme", td_string!(locale, admin.held_programme), programme)
        .time("starts_at", td_string!(locale, admin.held_session_starts), starts_at)
        .code("state", td_string!(locale, licences.state), state, word)
        .time("enrolled_at", td_string!(locale, admin.held_enrolled_at), enrolled_at)
        .time("attendance_at", td_string!(locale, admin.held_attendance_at), attendance_at)
        .all()
}

pub fn attempt(locale: Locale, held: HeldAttempt) -> Vec<Fact> {
    let HeldAttempt { programme, renews, ordinal, state, started_at, finished_at, right_answers, questions } = held;
    let result = match state.as_str() {
        "passed" => Some(td_string!(locale, admin.attempt_passed)),
        "failed" => Some(td_string!(locale, admin.attempt_failed)),
        "open" => Some(td_string!(locale, admin.attempt_open)),
        _ => None,
    };
    Facts::of(locale, "attempts")
        .text("programme", td_string!(locale, admin.held_programme), programme)
        .text("renews", td_string!(locale, admin.held_renews), renews.as_deref().map(number_text))
        .text("ordinal", td_string!(locale, admin.held_ordinal), ordinal.to_string())
        .code("state", td_string!(locale, admin.held_result), state, result)
        .text(
            "right_answers",
            td_string!(locale, admin.held_right_answers),
            right_answers.map(|right| right.to_string()),
        )
        .text("questions", td_string!(locale, admin.held_questions), questions.to_string())
        .time("started_at", td_string!(locale, admin.held_started), started_at)
        .time("finished_at", td_string!(locale, admin.held_handed_in), finished_at)
        .all()
}

pub fn paper(locale: Locale, held: HeldPaper) -> Vec<Fact> {
    let HeldPaper { programme, state, right_answers, questions, recorded_at, decided_at } = held;
    Facts::of(locale, "papers")
        .text("programme", td_string!(locale, admin.held_programme), programme)
        .text("state", td_string!(locale, licences.state), sheet_word(locale, state).1.to_owned())
        .text("right_answers", td_string!(locale, admin.held_right_answers), right_answers.to_string())
        .text("questions", td_string!(locale, admin.held_questions), questions.to_string())
        .time("recorded_at", td_string!(locale, admin.held_recorded_at), recorded_at)
        .time("decided_at", td_string!(locale, admin.held_decided_at), decided_at)
        .all()
}

pub fn request(locale: Locale, held: HeldRequest) -> Vec<Fact> {
    let HeldRequest { number, kind, renews, state, created_at, submitted_at, appealed_at, appeal, decisions } = held;
    let kind_word = kind_text(locale, &kind);
    let state_word = RequestState::from_code(&state).map(|state| request_word(locale, state));
    let facts = Facts::of(locale, "requests")
        .text("number", td_string!(locale, licences.request_number), number)
        .code("kind", td_string!(locale, licences.kind), kind, kind_word)
        .text("renews", td_string!(locale, admin.held_renews), renews.as_deref().map(number_text))
        .code("state", td_string!(locale, licences.state), state, state_word)
        .time("created_at", td_string!(locale, admin.held_begun_at), created_at)
        .time("submitted_at", td_string!(locale, admin.held_submitted_at), submitted_at)
        .time("appealed_at", td_string!(locale, admin.held_appealed_at), appealed_at)
        .text("appeal", td_string!(locale, admin.held_appeal), appeal);
    decisions.into_iter().fold(facts, |facts, one| facts.and(decision(locale, one))).all()
}

fn decision(locale: Locale, held: HeldDecision) -> Vec<Fact> {
    let HeldDecision { outcome, effective_at, reason, fields, texts } = held;
    let outcome_text = Outcome::from_code(&outcome).map(|outcome| outcome_word(locale, outcome).1);
    let why = reason
        .map(|code| RejectReason::from_code(&code).map_or(code, |reason| reject_reason(locale, reason).to_owned()));
    let mut facts = Facts::of(locale, "requests.decisions")
        .code("outcome", td_string!(locale, review.decision), outcome, outcome_text)
        .time("effective_at", td_string!(locale, admin.held_effective_at), effective_at)
        .text("reason", td_string!(locale, licences.reason), why);
    for (field, reason) in fields {
        let name = RequestField::from_code(&field).map_or(field, |field| field_name(locale, field).to_owned());
        let why = FieldReason::from_code(&reason).map_or(reason, |reason| field_reason(locale, reason).to_owned());
        facts = facts.text("fields", td_string!(locale, admin.held_to_mend), format!("{name} · {why}"));
    }
    for text in texts {
        facts = facts.text("texts", td_string!(locale, admin.held_reviewer_wrote), text);
    }
    facts.all()
}

pub fn licence(locale: Locale, held: HeldLicence) -> Vec<Fact> {
    let HeldLicence { number, kind, status, issued_at, first_day, last_day, history } = held;
    let kind_word = kind_text(locale, &kind);
    let facts = Facts::of(locale, "licences")
        .text("number", td_string!(locale, licences.number), number_text(&number))
        .code("kind", td_string!(locale, licences.kind), kind, kind_word)
        .text("status", td_string!(locale, licences.state), status_word(locale, status).to_owned())
        .time("issued_at", td_string!(locale, licences.issued), issued_at)
        .day("first_day", td_string!(locale, licences.valid_from), first_day)
        .day("last_day", td_string!(locale, licences.expires), last_day);
    history.into_iter().fold(facts, |facts, one| facts.and(event(locale, one))).all()
}

fn event(locale: Locale, held: HeldEvent) -> Vec<Fact> {
    let HeldEvent { at, event, reason } = held;
    let known = reason.as_deref().and_then(Reason::from_code);
    let word = Event::from_code(&event).map(|event| event_word(locale, event, known).1);
    let why = known.map(|reason| reason_text(locale, reason).to_owned()).or(reason);
    Facts::of(locale, "licences.history")
        .code("event", td_string!(locale, admin.held_step), event, word)
        .time("at", td_string!(locale, admin.held_on), at)
        .text("reason", td_string!(locale, licences.reason), why)
        .all()
}

pub fn message(locale: Locale, held: HeldMessage) -> Vec<Fact> {
    let HeldMessage { channel, to, about, text, created_at, sent_at } = held;
    let way = match channel.as_str() {
        "inbox" => Some(td_string!(locale, admin.held_inbox)),
        code => Channel::from_code(code).map(|channel| channel_name(locale, channel)),
    };
    Facts::of(locale, "messages")
        .text("about", td_string!(locale, admin.held_about), about)
        .text("text", td_string!(locale, admin.held_text), text)
        .code("channel", td_string!(locale, messages.channel), channel, way)
        .text("to", td_string!(locale, admin.held_to), to)
        .time("created_at", td_string!(locale, admin.held_written_at), created_at)
        .time("sent_at", td_string!(locale, admin.held_sent_at), sent_at)
        .all()
}
