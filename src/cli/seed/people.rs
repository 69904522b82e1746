//! The people of the set, and the organisations and teams they belong to.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::data::{Person, Set};
use super::store::{bodies, people as store};
use super::timeline::Timeline;
use crate::accounts::store::roles;
use crate::calendar::{Calendar, hijri_age, parse_day};
use crate::error::AppError;
use crate::second_factor::model::CODE_DIGITS;
use crate::second_factor::store::codes;
use crate::server::keys::Keys;

/// Age of majority in Hijri years, as the volunteering law counts.
const ADULT: i32 = 18;

/// Loads everybody; returns their ids by their codes. Staff are verified here, volunteers mostly by their trainers.
pub async fn load(
    connection: &mut PgConnection,
    keys: &Keys,
    set: &Set,
    timeline: &Timeline,
) -> Result<HashMap<String, Uuid>, AppError> {
    let mut ids = HashMap::new();
    for person in &set.people {
        let joined = joined_at(set, person, timeline);
        let minor = birth(person).is_some_and(|birth| hijri_age(birth, timeline.day(0)) < ADULT);
        let id = store::insert_person(connection, keys, person, minor, joined).await?;
        if let Some(guardian) = &person.guardian {
            let at = timeline.at(-guardian.consented_days_ago, "20:15");
            store::insert_consent(connection, keys, id, guardian, at).await?;
        }
        if person.identity_verified && !seen_by_a_trainer(set, person) {
            store::confirm_identity(connection, id, None, joined).await?;
        }
        for role in &person.roles {
            roles::grant(connection, id, *role, None, joined).await?;
        }
        if !person.roles.is_empty() {
            codes::replace(connection, keys, id, &recovery_codes(), joined).await?;
        }
        ids.insert(person.code.clone(), id);
    }
    Ok(ids)
}

/// The recovery codes of each of the staff: 0000 0000 0000 to 9999 9999 9999.
pub fn recovery_codes() -> Vec<String> {
    ('0'..='9').map(|digit| digit.to_string().repeat(CODE_DIGITS)).collect()
}

fn birth(person: &Person) -> Option<Date> {
    let mut parts = person.birth.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    parse_day(Calendar::Gregorian, day, month, year).ok()
}

/// The sessions at which a person has been, with the days from today at which they start.
fn attended<'a>(set: &'a Set, person: &'a Person) -> impl Iterator<Item = (&'a str, i64)> {
    set.sessions.iter().filter(|session| session.starts_in_days < 0).filter_map(|session| {
        let held = set.enrolments_of(&session.code);
        held.iter()
            .any(|(who, state)| *who == person.code && *state != "absent")
            .then_some((session.mode.as_str(), session.starts_in_days))
    })
}

/// Whether a trainer has had the person's identity document before them.
fn seen_by_a_trainer(set: &Set, person: &Person) -> bool {
    attended(set, person).any(|(mode, _)| mode == "in_person")
}

/// A fortnight before the first thing that is known of a person.
fn joined_at(set: &Set, person: &Person, timeline: &Timeline) -> OffsetDateTime {
    let consent = person.guardian.iter().map(|guardian| -guardian.consented_days_ago);
    let staff = (!person.roles.is_empty()).then_some(-1100);
    let first = attended(set, person).map(|(_, days)| days).chain(consent).chain(staff).min().unwrap_or(-16);
    timeline.at(first - 14, "19:00")
}

/// Loads organisations, teams and who belongs to them; returns the organisations' ids by their codes.
pub async fn load_bodies(
    connection: &mut PgConnection,
    set: &Set,
    people: &HashMap<String, Uuid>,
    timeline: &Timeline,
) -> Result<HashMap<String, Uuid>, AppError> {
    let founded = timeline.at(-1095, "10:00");
    let mut ids = HashMap::new();
    for organisation in &set.organisations {
        let id = bodies::insert_organisation(connection, organisation, founded).await?;
        for role in &organisation.roles {
            bodies::insert_organisation_role(connection, id, people[&role.person], &role.role, founded).await?;
        }
        ids.insert(organisation.code.clone(), id);
    }
    for team in &set.teams {
        let (leader, deputy) = (people[&team.leader], people[&team.deputy]);
        let organisation = ids[&team.organisation];
        let id =
            bodies::insert_team(connection, team, organisation, leader, deputy, founded + Duration::days(30)).await?;
        for member in &team.members {
            bodies::insert_membership(connection, id, people[member], founded + Duration::days(60)).await?;
        }
    }
    Ok(ids)
}
