//! What is held on oneself as the page tells it: a section for each part of the download, an entry for each thing that is
//! held, and a fact for each field that the download has of it. Every part is taken to pieces by name, so that a field
//! which is told nowhere does not compile; a test compares what comes out of it with the download.

use super::{own_data_deeds as deeds, own_data_person as person};
use crate::administration::model::{Day, Held, Instant};
use crate::i18n::{Locale, td_string};
use crate::ui::date::{dual_date, dual_date_time};

/// A part of the download.
pub struct Section {
    pub title: &'static str,
    pub entries: Vec<Vec<Fact>>,
}

/// A field of the download in words.
pub struct Fact {
    /// Where the download has it: `licences.history.at`.
    pub field: String,
    pub name: &'static str,
    pub value: String,
}

/// All of it. What is empty in the download has no fact.
pub fn sections(locale: Locale, held: Held) -> Vec<Section> {
    let Held {
        at,
        profile,
        merged,
        sign_ins,
        factors,
        guardians,
        consents,
        roles,
        enrolments,
        attempts,
        papers,
        requests,
        licences,
        messages,
        readings,
    } = held;
    let mut own = person::profile(Facts::of(locale, "profile"), profile);
    own.extend(Facts::of(locale, "").time("at", td_string!(locale, admin.held_at), at).told);
    vec![
        Section { title: td_string!(locale, admin.held_profile), entries: vec![own] },
        Section { title: td_string!(locale, admin.held_merged), entries: each(locale, merged, person::merged) },
        Section {
            title: td_string!(locale, admin.held_guardians),
            entries: each(locale, guardians, |locale, one| person::guardian(locale, "guardians", one)),
        },
        Section {
            title: td_string!(locale, admin.held_consents),
            entries: each(locale, consents, |locale, one| person::guardian(locale, "consents", one)),
        },
        Section { title: td_string!(locale, admin.roles), entries: each(locale, roles, person::role) },
        Section { title: td_string!(locale, admin.licences), entries: each(locale, licences, deeds::licence) },
        Section { title: td_string!(locale, admin.requests), entries: each(locale, requests, deeds::request) },
        Section { title: td_string!(locale, admin.enrolments), entries: each(locale, enrolments, deeds::enrolment) },
        Section { title: td_string!(locale, admin.held_attempts), entries: each(locale, attempts, deeds::attempt) },
        Section { title: td_string!(locale, admin.held_papers), entries: each(locale, papers, deeds::paper) },
        Section { title: td_string!(locale, admin.held_messages), entries: each(locale, messages, deeds::message) },
        Section { title: td_string!(locale, admin.held_sign_ins), entries: each(locale, sign_ins, person::sign_in) },
        Section { title: td_string!(locale, admin.held_factors), entries: each(locale, factors, person::factor) },
        Section { title: td_string!(locale, admin.access_log_title), entries: each(locale, readings, person::reading) },
    ]
}

/// The facts of each thing that a part of the download holds.
fn each<T>(locale: Locale, held: Vec<T>, facts: impl Fn(Locale, T) -> Vec<Fact>) -> Vec<Vec<Fact>> {
    held.into_iter().map(|one| facts(locale, one)).collect()
}

/// Facts of one thing, all of one part of the download.
pub struct Facts {
    pub locale: Locale,
    part: &'static str,
    told: Vec<Fact>,
}

impl Facts {
    /// None yet, of a part as the download names it.
    pub fn of(locale: Locale, part: &'static str) -> Self {
        Self { locale, part, told: Vec::new() }
    }

    /// A field and its value; none where the download has none.
    pub fn text(mut self, field: &str, name: &'static str, value: impl Into<Option<String>>) -> Self {
        let value: Option<String> = value.into();
        if let Some(value) = value {
            let field = if self.part.is_empty() { field.to_owned() } else { format!("{}.{field}", self.part) };
            self.told.push(Fact { field, name, value });
        }
        self
    }

    /// A field that is a code: its words, or the code itself where there are none for it.
    pub fn code(self, field: &str, name: &'static str, code: String, words: Option<&'static str>) -> Self {
        self.text(field, name, words.map_or(code, str::to_owned))
    }

    /// A field that is an instant.
    pub fn time(self, field: &str, name: &'static str, at: impl Into<Option<Instant>>) -> Self {
        let at: Option<Instant> = at.into();
        let value = at.map(|at| dual_date_time(self.locale, at.0));
        self.text(field, name, value)
    }

    /// A field that is a day.
    pub fn day(self, field: &str, name: &'static str, day: impl Into<Option<Day>>) -> Self {
        let day: Option<Day> = day.into();
        let value = day.map(|day| dual_date(self.locale, day.0));
        self.text(field, name, value)
    }

    /// More facts, of another part.
    pub fn and(mut self, more: Vec<Fact>) -> Self {
        self.told.extend(more);
        self
    }

    /// As they were told.
    pub fn all(self) -> Vec<Fact> {
        self.told
    }
}

#[cfg(test)]
mod tests;
