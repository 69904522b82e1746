//! The requests of the set, decided and waiting, and the licences that came of them.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::{Date, Duration};
use uuid::Uuid;

use super::data::{Licence, Request, Set};
use super::store::licences as store;
use super::timeline::Timeline;
use crate::accounts::model::age::read_iso;
use crate::calendar::{hijri_age, riyadh_day};
use crate::error::AppError;
use crate::licences::model::LicenceNumber;
use crate::review::model::AgeBand;
use crate::server::database;
use crate::server::keys::random_digits;

/// Who decided the requests of the licences that exist, in turn.
const REVIEWERS: [&str; 2] = ["hind", "turki"];

/// Loads licences in the order of their issue, then the requests that are still on their way.
pub async fn load(
    connection: &mut PgConnection,
    set: &Set,
    people: &HashMap<String, Uuid>,
    organisations: &HashMap<String, Uuid>,
    timeline: &Timeline,
) -> Result<(), AppError> {
    // Named beforehand: a corrected licence makes way before its successor is written.
    let ids: HashMap<&str, Uuid> = set.licences.iter().map(|licence| (licence.code.as_str(), Uuid::new_v4())).collect();
    let mut in_order: Vec<&Licence> = set.licences.iter().collect();
    in_order.sort_by_key(|licence| licence.issued_in_days);
    let mut ends: HashMap<&str, Date> = HashMap::new();
    for (turn, licence) in in_order.iter().enumerate() {
        let reviewer = people[REVIEWERS[turn % REVIEWERS.len()]];
        let issued_at = timeline.at(licence.issued_in_days, "10:30");
        let id = ids[licence.code.as_str()];
        let number = LicenceNumber::from_digits15(&random_digits(15))
            .ok_or_else(|| database::internal(&"fifteen digits make a number"))?;
        if let Some(old) = set.licences.iter().find(|old| old.superseded_by.as_ref() == Some(&licence.code)) {
            let (corrected, new) = (ids[old.code.as_str()], (id, number.digits()));
            let until = store::correct(connection, corrected, new, reason_of(old)?, reviewer, issued_at).await?;
            ends.insert(&licence.code, until);
            continue;
        }
        let organisation = licence.organisation.as_ref().map(|code| organisations[code]);
        let (person, kind) = (people[&licence.person], &licence.kind);
        let submitted_at = Some(issued_at - Duration::days(1));
        let age = age_band(set, &licence.person, timeline)?;
        let request =
            store::insert_request(connection, person, kind, organisation, submitted_at, age, timeline.now).await?;
        store::claim(connection, request, reviewer, issued_at - Duration::minutes(9)).await?;
        let at = issued_at - Duration::minutes(2);
        let approved = store::Decision { outcome: "approved", reason: None, text: None, at };
        store::decide(connection, request, reviewer, &approved).await?;

        let renewed = licence.renews.as_deref().and_then(|old| ends.get(old).copied());
        let from = renewed.unwrap_or_else(|| timeline.day(licence.starts_in_days));
        let new = store::NewLicence { id, number: number.digits(), request, from, months: licence.months, issued_at };
        ends.insert(&licence.code, store::issue(connection, &new, reviewer).await?);
    }
    let officers = REVIEWERS.map(|code| people[code]);
    for licence in &set.licences {
        let id = ids[licence.code.as_str()];
        // Half way between its issue and today.
        let at = timeline.at(licence.issued_in_days / 2, "12:00");
        match licence.state.as_str() {
            "suspended" => store::suspend(connection, id, reason_of(licence)?, officers[0], at).await?,
            "revoked" => store::revoke(connection, id, reason_of(licence)?, officers, at).await?,
            _ => {}
        }
        // Waits for the other.
        if let Some(reason) = &licence.restoring_proposed {
            let at = timeline.ago(Duration::hours(20));
            store::propose(connection, id, ("restore", reason), officers[0], at).await?;
        }
    }
    for request in &set.requests {
        load_request(connection, set, request, people, organisations, timeline).await?;
    }
    Ok(())
}

/// Why a licence of the set is what it is.
fn reason_of(licence: &Licence) -> Result<&str, AppError> {
    licence.reason.as_deref().ok_or_else(|| database::internal(&"what was done to a licence has a reason"))
}

/// A request led step by step to its state.
async fn load_request(
    connection: &mut PgConnection,
    set: &Set,
    request: &Request,
    people: &HashMap<String, Uuid>,
    organisations: &HashMap<String, Uuid>,
    timeline: &Timeline,
) -> Result<(), AppError> {
    let organisation = request.organisation.as_ref().map(|code| organisations[code]);
    let submitted_at = request.submitted_days_ago.map(|days| timeline.ago(Duration::hours(24 * days + 1)));
    let person = people[&request.person];
    let age = age_band(set, &request.person, timeline)?;
    let id =
        store::insert_request(connection, person, &request.kind, organisation, submitted_at, age, timeline.now).await?;
    if request.state == "withdrawn" {
        return store::move_request(connection, id, &request.state).await;
    }
    let (Some(reviewer), Some(submitted_at)) = (&request.reviewer, submitted_at) else { return Ok(()) };
    let reviewer = people[reviewer];
    if request.state == "in_review" {
        return store::claim(connection, id, reviewer, timeline.ago(Duration::minutes(2))).await;
    }
    store::claim(connection, id, reviewer, submitted_at + Duration::hours(20)).await?;
    // An appeal is of a rejection.
    let appealed = request.state == "appealed";
    let at = submitted_at + Duration::hours(20) + Duration::minutes(6);
    let decision = store::Decision {
        outcome: if appealed { "rejected" } else { request.state.as_str() },
        reason: request.reason.as_deref(),
        text: request.text.as_deref(),
        at,
    };
    store::decide(connection, id, reviewer, &decision).await?;
    match &request.appeal {
        Some(text) if appealed => store::appeal(connection, id, text, timeline.ago(Duration::hours(26))).await,
        _ => Ok(()),
    }
}

/// The age of somebody of the set, in a band.
fn age_band(set: &Set, person: &str, timeline: &Timeline) -> Result<AgeBand, AppError> {
    let birth = set.people.iter().find(|one| one.code == person).and_then(|one| read_iso(&one.birth));
    let birth = birth.ok_or_else(|| database::internal(&"everybody has a birth date"))?;
    Ok(AgeBand::of(hijri_age(birth, riyadh_day(timeline.now))))
}
