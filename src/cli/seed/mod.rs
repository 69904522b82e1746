//! `rukhsa seed`: the demonstration set, laid down by the rules that everybody else's writes obey. Development only.

mod data;
mod licences;
mod people;
mod store;
#[cfg(test)]
mod tests;
mod timeline;
mod training;

use std::fmt::Write;

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Outcome, failed};
use crate::error::AppError;
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::database;
use crate::server::keys::Keys;
use data::Set;
use timeline::Timeline;

/// Volunteers worth signing in as, and why.
const WORTH_SEEING: [(&str, &str); 9] = [
    ("youssef", "volunteer: the test is the next step"),
    ("anil", "volunteer: offered a seat"),
    ("ali", "volunteer: on the waiting list"),
    ("dana", "volunteer: a request still in draft"),
    ("reem", "team leader: renewal not yet begun"),
    ("majed", "team leader: licence suspended"),
    ("bandar", "manager of an organisation"),
    ("yazan", "minor, guardian has consented"),
    ("jood", "minor, consent still missing"),
];

pub async fn run(config: Config) -> Outcome {
    if !config.is_development() {
        return Err(failed("seed exists in development only (RUKHSA_MODE=development)"));
    }
    let set = Set::read().map_err(failed)?;
    let pool = database::pool(&config.database_url).map_err(failed)?;
    let mut tx = database::begin_as(&pool, None).await.map_err(failed)?;
    let loaded = load(&mut tx, &config.keys, &set, Clock::default().now()).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    println!(
        "{}",
        match loaded {
            Loaded::Everything => "The demonstration set is loaded.",
            Loaded::Today => "The demonstration set was there; sessions of today are added.",
            Loaded::Nothing => "The demonstration set is loaded already.",
        }
    );
    print!("{}", sign_ins(&set));
    Ok(())
}

/// What loading changed.
#[derive(Debug, PartialEq, Eq)]
enum Loaded {
    Everything,
    /// The set was there from an earlier day: only its sessions of today were missing.
    Today,
    Nothing,
}

/// Loads the set, or what of today it lacks. A second time on one day changes nothing.
async fn load(connection: &mut PgConnection, keys: &Keys, set: &Set, now: OffsetDateTime) -> Result<Loaded, AppError> {
    let timeline = Timeline::new(now);
    if store::is_loaded(connection, &set.programmes[0].code).await? {
        let people = store::people::find(connection, keys, &set.people).await?;
        let renewed = training::renew_today(connection, set, &people, &timeline).await?;
        return Ok(if renewed { Loaded::Today } else { Loaded::Nothing });
    }
    let people = people::load(connection, keys, set, &timeline).await?;
    let organisations = people::load_bodies(connection, set, &people, &timeline).await?;
    training::load(connection, set, &people, &timeline).await?;
    licences::load(connection, set, &people, &organisations, &timeline).await?;
    Ok(Loaded::Everything)
}

/// Who can be signed in as: one line for each of the staff and for volunteers worth seeing.
fn sign_ins(set: &Set) -> String {
    let staff = set
        .people
        .iter()
        .filter(|person| !person.roles.is_empty())
        .map(|person| (person, person.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ")));
    let others = WORTH_SEEING
        .iter()
        .filter_map(|(code, why)| Some((set.people.iter().find(|person| person.code == *code)?, (*why).to_owned())));
    let mut table = format!("\n{:<30}{:<38}{:<14}Mobile\n", "Person", "Role", "National ID");
    for (person, role) in staff.chain(others) {
        let _ = writeln!(table, "{:<30}{role:<38}{:<14}{}", person.latin_name, person.national_id, person.mobile);
    }
    table
        + "\nOne-time codes arrive at /dev/inbox. The second step of staff takes a recovery code, each once: 0000 0000 0000,\n\
           1111 1111 1111 and so on to 9999 9999 9999.\n"
}
