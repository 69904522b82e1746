//! `rukhsa admin`: roles given, and second factors started anew, from the machine itself.

use uuid::Uuid;

use super::{Outcome, failed};
use crate::access::Role;
use crate::accounts::store::roles;
use crate::error::AppError;
use crate::second_factor::store;
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::database;

/// Gives a role to a verified person, or prints a link that gives it once.
pub async fn grant(config: Config, role: Role, person: Option<Uuid>) -> Outcome {
    let pool = database::pool(&config.database_url).map_err(failed)?;
    let mut tx = database::begin_as(&pool, None).await.map_err(failed)?;
    let now = Clock::default().now();
    let done = if let Some(person) = person {
        if !roles::grant(&mut tx, person, role, None, now).await.map_err(failed)? {
            return Err(failed(
                "no verified person has this id: they sign in, attend, and have their identity confirmed first",
            ));
        }
        format!("{person} is now {}", role.code())
    } else {
        let token = roles::make_link(&mut tx, role, now).await.map_err(failed)?;
        format!("{}/account/roles/{token}\nopens once, within an hour, for whoever is signed in", config.origin)
    };
    tx.commit().await.map_err(failed)?;
    println!("{done}");
    Ok(())
}

/// Drops every second factor of an officer, so that they add a first one again.
pub async fn reset_second_factor(config: Config, person: Uuid) -> Outcome {
    let pool = database::pool(&config.database_url).map_err(failed)?;
    let mut tx = database::begin_as(&pool, None).await.map_err(failed)?;
    let now = Clock::default().now();
    match store::reset_from_machine(&mut tx, person, now).await {
        Err(AppError::NotFound) => return Err(failed("nobody on the staff has this id")),
        other => other.map_err(failed)?,
    }
    store::tell_of_change(&mut tx, &config.keys, person, now).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    println!(
        "{person} adds a new passkey or recovery codes within seven days, at {}/account/second-factor",
        config.origin
    );
    Ok(())
}
