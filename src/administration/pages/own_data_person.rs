//! What is held of who somebody is, in words.

use super::own_data_facts::{Fact, Facts};
use crate::access::Role;
use crate::administration::model::{
    HeldFactor, HeldGuardian, HeldProfile, HeldReading, HeldRecord, HeldRole, HeldSignIn, Reading,
};
use crate::administration::words::{any_role_name, reading_text, role_name};
use crate::i18n::{Locale, td_string};
use crate::merging::model::Sameness;
use crate::merging::words::sameness_text;

/// A profile, told as of the part that the facts are of.
pub fn profile(facts: Facts, held: HeldProfile) -> Vec<Fact> {
    let locale = facts.locale;
    let HeldProfile {
        person,
        registered_at,
        national_id,
        mobiles,
        given_name,
        father_name,
        grandfather_name,
        family_name,
        latin_name,
        birth_date,
        email,
        language,
        region,
        city,
        profile_completed_at,
        needs_guardian,
        identity_verified_at,
        identity_verified_by,
    } = held;
    let spoken = match language.as_str() {
        "ar" => Some(td_string!(locale, admin.held_language_ar)),
        "en" => Some(td_string!(locale, admin.held_language_en)),
        _ => None,
    };
    let needed = if needs_guardian { td_string!(locale, common.yes) } else { td_string!(locale, common.no) };
    let verified = identity_verified_by.map(|code| match code.as_str() {
        "single_sign_on" => td_string!(locale, admin.held_by_single_sign_on).to_owned(),
        "trainer" => td_string!(locale, admin.held_by_trainer).to_owned(),
        _ => code,
    });
    let mut facts = facts
        .text("given_name", td_string!(locale, accounts.given_name), given_name)
        .text("father_name", td_string!(locale, admin.held_father_name), father_name)
        .text("grandfather_name", td_string!(locale, admin.held_grandfather_name), grandfather_name)
        .text("family_name", td_string!(locale, accounts.family_name), family_name)
        .text("latin_name", td_string!(locale, licences.latin_name), latin_name)
        .day("birth_date", td_string!(locale, licences.birth_date), birth_date)
        .text("national_id", td_string!(locale, admin.national_id), national_id);
    for mobile in mobiles {
        facts = facts.text("mobiles", td_string!(locale, admin.held_mobiles), mobile);
    }
    facts
        .text("email", td_string!(locale, admin.held_email), email)
        .code("language", td_string!(locale, admin.held_language), language, spoken)
        .text("region", td_string!(locale, training.region), region)
        .text("city", td_string!(locale, admin.held_city), city)
        .text("needs_guardian", td_string!(locale, admin.held_needs_guardian), needed.to_owned())
        .time("identity_verified_at", td_string!(locale, admin.held_verified_at), identity_verified_at)
        .text("identity_verified_by", td_string!(locale, admin.held_verified_by), verified)
        .time("registered_at", td_string!(locale, admin.registered_at), registered_at)
        .time("profile_completed_at", td_string!(locale, admin.held_completed_at), profile_completed_at)
        .text("person", td_string!(locale, admin.person_id), person.to_string())
        .all()
}

pub fn merged(locale: Locale, held: HeldRecord) -> Vec<Fact> {
    let HeldRecord { merged_at, reason, profile: record } = held;
    let why = Sameness::from_code(&reason).map(|why| sameness_text(locale, why));
    Facts::of(locale, "merged")
        .time("merged_at", td_string!(locale, admin.held_merged_at), merged_at)
        .code("reason", td_string!(locale, licences.reason), reason, why)
        .and(profile(Facts::of(locale, "merged.profile"), record))
        .all()
}

/// A consent, of either part that holds some.
pub fn guardian(locale: Locale, part: &'static str, held: HeldGuardian) -> Vec<Fact> {
    let HeldGuardian { name, consented_at, withdrawn_at } = held;
    Facts::of(locale, part)
        .text("name", td_string!(locale, admin.held_guardian_name), name)
        .time("consented_at", td_string!(locale, admin.held_consented_at), consented_at)
        .time("withdrawn_at", td_string!(locale, admin.held_consent_withdrawn), withdrawn_at)
        .all()
}

pub fn role(locale: Locale, held: HeldRole) -> Vec<Fact> {
    let HeldRole { role, body, since, until } = held;
    let words = any_role_name(locale, &role);
    Facts::of(locale, "roles")
        .code("role", td_string!(locale, admin.role), role, words)
        .text("body", td_string!(locale, admin.held_body), body)
        .time("since", td_string!(locale, admin.held_since), since)
        .time("until", td_string!(locale, admin.held_until), until)
        .all()
}

pub fn sign_in(locale: Locale, held: HeldSignIn) -> Vec<Fact> {
    let HeldSignIn { started_at, last_seen_at, ended_at } = held;
    Facts::of(locale, "sign_ins")
        .time("started_at", td_string!(locale, admin.held_started), started_at)
        .time("last_seen_at", td_string!(locale, admin.held_last_used), last_seen_at)
        .time("ended_at", td_string!(locale, admin.held_ended), ended_at)
        .all()
}

pub fn factor(locale: Locale, held: HeldFactor) -> Vec<Fact> {
    let HeldFactor { what, made_at, used_at } = held;
    let words = match what.as_str() {
        "passkey" => Some(td_string!(locale, admin.held_passkey)),
        "recovery_code" => Some(td_string!(locale, admin.held_recovery_code)),
        "reset" => Some(td_string!(locale, admin.held_factor_reset)),
        _ => None,
    };
    Facts::of(locale, "factors")
        .code("what", td_string!(locale, admin.held_factor), what, words)
        .time("made_at", td_string!(locale, admin.held_on), made_at)
        .time("used_at", td_string!(locale, admin.held_last_used), used_at)
        .all()
}

pub fn reading(locale: Locale, held: HeldReading) -> Vec<Fact> {
    let HeldReading { at, role, action } = held;
    let reading = Reading::from_code(&action);
    // Where an entry names no role, what was done tells it.
    let by = Role::from_code(&role).or_else(|| reading.map(Reading::role));
    Facts::of(locale, "readings")
        .code(
            "action",
            td_string!(locale, admin.held_done),
            action,
            reading.map(|reading| reading_text(locale, reading)),
        )
        .code("role", td_string!(locale, admin.role), role, by.map(|role| role_name(locale, role)))
        .time("at", td_string!(locale, admin.held_on), at)
        .all()
}
