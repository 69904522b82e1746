//! `rukhsa admin`: roles given from the machine itself.

use uuid::Uuid;

use super::{Outcome, failed};
use crate::access::Role;
use crate::accounts::store::roles;
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
