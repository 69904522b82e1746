//! `rukhsa keys`: the keys that licences are signed with.

use super::{Outcome, failed};
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::database;
use crate::server::signing_keys::SigningKey;
use crate::signing::store;

/// Prints the key of a year, which is kept nowhere.
pub fn new(year: i32) -> Outcome {
    let key = SigningKey::generate(year).ok_or_else(|| failed("a year has four digits"))?;
    println!("{key}");
    eprintln!("Add it to RUKHSA_SIGNING_KEYS, by a comma, and start the server anew before 1 December {}.", year - 1);
    Ok(())
}

/// Retires a key.
pub async fn retire(config: Config, kid: &str) -> Outcome {
    let pool = database::pool(&config.database_url).map_err(failed)?;
    let mut connection = pool.acquire().await.map_err(failed)?;
    if !store::retire(&mut connection, kid, Clock::default().now()).await.map_err(failed)? {
        return Err(failed("no such key is published"));
    }
    println!("{kid} is retired and signs nothing more: give the servers another key of its year, and start them anew");
    Ok(())
}
