//! `rukhsa log`: whether the register's history is as it was logged.

use std::path::PathBuf;

use super::{Outcome, failed};
use crate::calendar::riyadh_day;
use crate::history::audit;
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::database;
use crate::signing;

/// Replays the log, against a checkpoint in a file too, and prints what was changed as it finds it.
pub async fn verify(config: Config, checkpoint: Option<PathBuf>) -> Outcome {
    let outside = match checkpoint {
        None => None,
        Some(file) => {
            Some(std::fs::read_to_string(&file).map_err(|error| failed(format!("{}: {error}", file.display())))?)
        }
    };
    let pool = database::pool(&config.database_url).map_err(failed)?;
    let now = Clock::default().now();
    let mut keys = {
        let mut connection = pool.acquire().await.map_err(failed)?;
        signing::store::ever_published(&mut connection).await.map_err(failed)?.public_keys()
    };
    let own = config.signing_keys.known_in(riyadh_day(now).year());
    keys.extend(own.iter().filter_map(|key| signing::model::PublicKey::new(key.id(), &key.public())));
    let mut findings = 0_u64;
    let audited = audit(&pool, (&config.origin, &keys), outside.as_deref(), now, |finding| {
        findings += 1;
        println!("{finding}");
    })
    .await
    .map_err(failed)?;
    println!(
        "read: events {} (of which {} wait for their leaf), leaves {}, nodes of the tree {}, stored checkpoints {}{}",
        audited.events,
        audited.waiting,
        audited.leaves,
        audited.nodes,
        audited.checkpoints,
        if outside.is_some() { ", and the one that you gave" } else { "" }
    );
    if findings > 0 {
        return Err(failed(format!("the register's history is not as it was logged; findings above: {findings}")));
    }
    println!("the register's history is as it was logged");
    if outside.is_none() {
        println!(
            "whoever rewrites all of it at once is convicted by a checkpoint kept outside alone: --checkpoint FILE"
        );
    }
    Ok(())
}
