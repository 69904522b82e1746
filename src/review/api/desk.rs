//! The queue: how it stands, taking the next, letting go.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;

/// How the queue stands for the reviewer who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskView {
    /// Requests in the pool.
    pub waiting: i64,
    pub oldest: Option<OffsetDateTime>,
    /// Number of the request they hold.
    pub held: Option<String>,
    /// Minutes that half, and nine of ten, of the last 30 days' requests waited; `None` where none was decided.
    pub median_wait_minutes: Option<i64>,
    pub p90_wait_minutes: Option<i64>,
    /// Regions to narrow to, as (code, name).
    pub regions: Vec<(String, String)>,
}

/// The queue, narrowed as the URL of `/review` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "review/desk", input = GetUrl)]
pub async fn desk(
    #[server(default)] kind: String,
    #[server(default)] region: String,
    #[server(default)] age: String,
) -> Result<DeskView, AppError> {
    use crate::review::model::Pool;
    use crate::review::store;

    let caller = crate::access::authorise("review/desk")?;
    let pool = Pool::parse(&kind, &region, &age);
    let mut connection = caller.connection().await?;
    let desk = store::desk(&mut connection, caller.person()?, &pool, caller.now).await?;
    // Counted every minute for the home page: anew, it reads every decision of a month.
    let figures = crate::home::store::figures(&mut connection, caller.now).await?;
    Ok(DeskView {
        waiting: desk.waiting,
        oldest: desk.oldest,
        held: desk.held,
        median_wait_minutes: figures.median_wait_minutes,
        p90_wait_minutes: figures.p90_wait_minutes,
        regions: store::regions(&mut connection, caller.locale).await?,
    })
}

/// Takes the oldest request of a pool, or the one already held, and leads to it; to the desk where there is none.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "review/take_next")]
pub async fn take_next(#[server(default)] pool: String) -> Result<(), AppError> {
    use crate::review::model::Pool;

    let caller = crate::access::authorise("review/take_next")?;
    let pool = Pool::from_query(&pool);
    let mut tx = caller.begin().await?;
    let next = crate::review::store::take_next(&mut tx, caller.person()?, &pool, caller.now).await?;
    tx.commit().await?;
    let to = next.map_or_else(|| "/review".to_owned(), |number| format!("/review/{number}"));
    leptos_axum::redirect(&pool.on(&to));
    Ok(())
}

/// Puts the request back into the queue and leads to the desk.
///
/// # Errors
/// [`crate::error::Problem::RequestTakenBack`] when it is not the caller's.
#[server(endpoint = "review/let_go")]
pub async fn let_go(number: String, #[server(default)] pool: String) -> Result<(), AppError> {
    use crate::review::model::Pool;

    let caller = crate::access::authorise("review/let_go")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::review::store::let_go(&mut tx, caller.person()?, &number).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Pool::from_query(&pool).on("/review"));
    Ok(())
}
