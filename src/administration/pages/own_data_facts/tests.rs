//! What the page tells, against what the download holds.

use std::collections::BTreeSet;

use time::macros::{date, datetime};
use uuid::Uuid;

use super::*;
use crate::administration::model::{
    HeldAttempt, HeldDecision, HeldEnrolment, HeldEvent, HeldFactor, HeldGuardian, HeldLicence, HeldMessage, HeldPaper,
    HeldProfile, HeldReading, HeldRecord, HeldRequest, HeldRole, HeldSignIn, held_fields,
};
use crate::licences::model::LicenceStatus;
use crate::papers::model::SheetState;

const AT: Instant = Instant(datetime!(2026-11-25 09:00 UTC));
const DAY: Day = Day(date!(2026 - 11 - 25));

macro_rules! text {
    ($value:literal) => {
        Some($value.to_owned())
    };
}

fn whole_profile() -> HeldProfile {
    HeldProfile {
        person: Uuid::nil(),
        registered_at: AT,
        national_id: "1000000008".to_owned(),
        mobiles: vec!["+966500000001".to_owned()],
        given_name: text!("a"),
        father_name: text!("b"),
        grandfather_name: text!("c"),
        family_name: text!("d"),
        latin_name: text!("e"),
        birth_date: Some(DAY),
        email: text!("m@example.org"),
        language: "ar".to_owned(),
        region: text!("f"),
        city: text!("g"),
        profile_completed_at: Some(AT),
        needs_guardian: false,
        identity_verified_at: Some(AT),
        identity_verified_by: text!("trainer"),
    }
}

/// Something of everything, nothing of it empty.
fn whole() -> Held {
    let guardian = HeldGuardian { name: "h".to_owned(), consented_at: AT, withdrawn_at: Some(AT) };
    let decision = HeldDecision {
        outcome: "rejected".to_owned(),
        effective_at: AT,
        reason: text!("unknown to this test"),
        fields: vec![("name".to_owned(), "unclear".to_owned())],
        texts: vec!["i".to_owned()],
    };
    Held {
        at: AT,
        profile: whole_profile(),
        merged: vec![HeldRecord { merged_at: AT, reason: "holder_asked".to_owned(), profile: whole_profile() }],
        sign_ins: vec![HeldSignIn { started_at: AT, last_seen_at: AT, ended_at: Some(AT) }],
        factors: vec![HeldFactor { what: "passkey".to_owned(), made_at: AT, used_at: Some(AT) }],
        guardians: vec![guardian.clone()],
        consents: vec![guardian],
        roles: vec![HeldRole { role: "leader".to_owned(), body: text!("j"), since: Some(AT), until: Some(AT) }],
        enrolments: vec![HeldEnrolment {
            programme: "k".to_owned(),
            starts_at: AT,
            state: "passed".to_owned(),
            enrolled_at: AT,
            attendance_at: Some(AT),
        }],
        attempts: vec![HeldAttempt {
            programme: text!("l"),
            renews: text!("4821093755162049"),
            ordinal: 1,
            state: "passed".to_owned(),
            started_at: AT,
            finished_at: Some(AT),
            right_answers: Some(7),
            questions: 10,
        }],
        papers: vec![HeldPaper {
            programme: "m".to_owned(),
            state: SheetState::Waiting,
            right_answers: 7,
            questions: 10,
            recorded_at: AT,
            decided_at: Some(AT),
        }],
        requests: vec![HeldRequest {
            number: "1".to_owned(),
            kind: "practitioner".to_owned(),
            renews: text!("4821093755162049"),
            state: "appealed".to_owned(),
            created_at: AT,
            submitted_at: Some(AT),
            appealed_at: Some(AT),
            appeal: text!("n"),
            decisions: vec![decision],
        }],
        licences: vec![HeldLicence {
            number: "4821093755162049".to_owned(),
            kind: "practitioner".to_owned(),
            status: LicenceStatus::Valid,
            issued_at: AT,
            first_day: DAY,
            last_day: DAY,
            history: vec![HeldEvent { at: AT, event: "suspended".to_owned(), reason: text!("o") }],
        }],
        messages: vec![HeldMessage {
            channel: "sms".to_owned(),
            to: text!("+966500000001"),
            about: "p".to_owned(),
            text: "q".to_owned(),
            created_at: AT,
            sent_at: Some(AT),
        }],
        readings: vec![HeldReading { at: AT, role: "reviewer".to_owned(), action: "request_viewed".to_owned() }],
    }
}

fn told(locale: Locale, held: Held) -> BTreeSet<String> {
    let facts = sections(locale, held).into_iter().flat_map(|section| section.entries).flatten();
    facts
        .map(|fact| {
            assert!(!fact.name.is_empty() && !fact.value.is_empty(), "{}", fact.field);
            fact.field
        })
        .collect()
}

#[test]
fn every_field_of_the_download_is_told_and_none_besides() {
    let held = whole();
    let downloaded = held_fields(&serde_json::to_value(&held).unwrap());
    // So that a field which the sample leaves out is not left out of the comparison.
    let empty = serde_json::to_string(&held).unwrap();
    assert!(!empty.contains("null") && !empty.contains("[]"), "{empty}");
    for locale in [Locale::ar, Locale::en] {
        assert_eq!(told(locale, held.clone()), downloaded);
    }
}

#[test]
fn what_is_empty_in_the_download_is_not_told() {
    let mut held = whole();
    held.profile.email = None;
    held.licences[0].history.clear();
    held.messages.clear();
    let downloaded = held_fields(&serde_json::to_value(&held).unwrap());
    assert!(!downloaded.contains("profile.email") && !downloaded.contains("messages.text"));
    assert_eq!(told(Locale::ar, held), downloaded);
}

#[test]
fn a_code_without_words_is_told_as_it_is() {
    let sections = sections(Locale::en, whole());
    let facts = || sections.iter().flat_map(|section| &section.entries).flatten();
    let value = |field: &str| facts().find(|fact| fact.field == field).map(|fact| fact.value.as_str());
    assert_eq!(value("requests.decisions.reason"), Some("unknown to this test"));
    assert_eq!(value("licences.history.reason"), Some("o"));
    assert_eq!(value("licences.number"), Some("4821 0937 5516 2049"));
}
