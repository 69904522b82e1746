//! The demonstration set as it is written in `data/`: synthetic people only.

use serde::Deserialize;

use crate::access::Role;

/// Everything that is loaded. Rows name one another by their codes.
pub struct Set {
    pub topics: Vec<Topic>,
    pub questions: Vec<Question>,
    pub renewals: Vec<RenewalModule>,
    pub programmes: Vec<Programme>,
    pub sessions: Vec<Session>,
    pub people: Vec<Person>,
    pub organisations: Vec<Organisation>,
    pub teams: Vec<Team>,
    pub enrolments: Vec<Enrolment>,
    pub licences: Vec<Licence>,
    pub requests: Vec<Request>,
}

impl Set {
    pub fn read() -> serde_json::Result<Self> {
        Ok(Self {
            topics: serde_json::from_str(include_str!("data/topics.json"))?,
            questions: serde_json::from_str(include_str!("data/questions.json"))?,
            renewals: serde_json::from_str(include_str!("data/renewals.json"))?,
            programmes: serde_json::from_str(include_str!("data/programmes.json"))?,
            sessions: serde_json::from_str(include_str!("data/sessions.json"))?,
            people: serde_json::from_str(include_str!("data/people.json"))?,
            organisations: serde_json::from_str(include_str!("data/organisations.json"))?,
            teams: serde_json::from_str(include_str!("data/teams.json"))?,
            enrolments: serde_json::from_str(include_str!("data/enrolments.json"))?,
            licences: serde_json::from_str(include_str!("data/licences.json"))?,
            requests: serde_json::from_str(include_str!("data/requests.json"))?,
        })
    }

    /// Everybody in a session and what became of it: holders of its licences passed, the others are listed.
    pub fn enrolments_of(&self, session: &str) -> Vec<(&str, &str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for licence in self.licences.iter().filter(|licence| licence.session == session) {
            if !found.contains(&(&licence.person, "passed")) {
                found.push((&licence.person, "passed"));
            }
        }
        let listed = self.enrolments.iter().filter(|enrolment| enrolment.session == session);
        found.extend(listed.map(|enrolment| (enrolment.person.as_str(), enrolment.state.as_str())));
        found
    }
}

#[derive(Deserialize)]
pub struct Topic {
    pub code: String,
    pub ar: String,
    pub en: String,
    pub read_ar: String,
    pub read_en: String,
}

#[derive(Deserialize)]
pub struct Question {
    pub kind: String,
    pub topic: String,
    pub ar: String,
    pub en: String,
    pub options: Vec<QuestionOption>,
}

#[derive(Deserialize)]
pub struct QuestionOption {
    pub ar: String,
    pub en: String,
    pub correct: bool,
}

/// What has changed for who renews, and the questions about it.
#[derive(Deserialize)]
pub struct RenewalModule {
    pub kind: String,
    pub title_ar: String,
    pub title_en: String,
    pub reading_ar: String,
    pub reading_en: String,
    pub minutes: i16,
    pub questions: Vec<Question>,
}

#[derive(Deserialize)]
pub struct Programme {
    pub code: String,
    pub kind: String,
    pub title_ar: String,
    pub title_en: String,
    pub summary_ar: String,
    pub summary_en: String,
    pub hours: i16,
}

#[derive(Deserialize)]
pub struct Session {
    pub code: String,
    pub programme: String,
    pub mode: String,
    pub region: String,
    pub city: String,
    pub venue_ar: String,
    pub venue_en: String,
    pub starts_in_days: i64,
    pub starts_at: String,
    pub duration_hours: i64,
    pub seats: i32,
    pub trainer: String,
}

#[derive(Deserialize)]
pub struct Person {
    pub code: String,
    pub national_id: String,
    pub mobile: String,
    pub given_ar: String,
    pub father_ar: Option<String>,
    pub grandfather_ar: Option<String>,
    pub family_ar: String,
    pub latin_name: String,
    /// Gregorian, `YYYY-MM-DD`.
    pub birth: String,
    pub region: String,
    pub city: String,
    pub email: String,
    pub identity_verified: bool,
    pub roles: Vec<Role>,
    pub guardian: Option<Guardian>,
}

#[derive(Deserialize)]
pub struct Guardian {
    pub name_ar: String,
    pub national_id: String,
    pub mobile: String,
    pub consented_days_ago: i64,
}

#[derive(Deserialize)]
pub struct Organisation {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub sector: String,
    pub unified_number: Option<String>,
    pub region: String,
    pub non_profit_use_declared: bool,
    pub roles: Vec<OrganisationRole>,
}

#[derive(Deserialize)]
pub struct OrganisationRole {
    pub person: String,
    pub role: String,
}

#[derive(Deserialize)]
pub struct Team {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub purpose_ar: String,
    pub purpose_en: String,
    pub region: String,
    pub organisation: String,
    pub leader: String,
    pub deputy: String,
    pub members: Vec<String>,
}

#[derive(Deserialize)]
pub struct Enrolment {
    pub session: String,
    pub person: String,
    pub state: String,
}

#[derive(Deserialize)]
pub struct Licence {
    pub code: String,
    pub person: String,
    pub kind: String,
    pub organisation: Option<String>,
    /// What it is on the day of loading; only `suspended`, `revoked` and `superseded` are stored.
    pub state: String,
    pub starts_in_days: i64,
    pub issued_in_days: i64,
    pub months: i32,
    pub session: String,
    /// The licence it renews: it starts when that one ends.
    pub renews: Option<String>,
    /// The licence that corrects it: of the same request, for the same days.
    pub superseded_by: Option<String>,
    pub reason: Option<String>,
    /// Why a reviewer proposed to restore it, where the proposal waits for another.
    pub restoring_proposed: Option<String>,
}

#[derive(Deserialize)]
pub struct Request {
    pub person: String,
    pub kind: String,
    pub organisation: Option<String>,
    pub state: String,
    pub submitted_days_ago: Option<i64>,
    pub reviewer: Option<String>,
    /// Why it was returned or rejected, as a code, and in the reviewer's words.
    pub reason: Option<String>,
    pub text: Option<String>,
    /// The appeal, in the applicant's words.
    pub appeal: Option<String>,
}
