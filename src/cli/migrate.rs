//! `rukhsa migrate`: the schema, the job queue's own schema, and what the application's role may do there.

use sqlx::postgres::PgPoolOptions;

use super::{Outcome, failed};
use crate::server::{database, jobs};

pub async fn run() -> Outcome {
    let url = std::env::var("DATABASE_OWNER_URL").map_err(|_| failed("DATABASE_OWNER_URL is not set"))?;
    let pool = PgPoolOptions::new().max_connections(2).connect(&url).await.map_err(failed)?;
    database::MIGRATOR.run(&pool).await.map_err(failed)?;
    jobs::migrate(&pool).await.map_err(failed)
}
