//! The desk against a real database: fair, exact, and never tied.

mod appeals;
mod approving;
mod decisions;
mod idle;
mod lists;
mod queue;
mod returning;
mod sequences;
pub mod ties;
mod undoing;

use uuid::Uuid;

use super::effect;
use super::model::{EFFECT_AFTER, Pool, RejectReason};
use super::store::{self, Verdict};
use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{ready, submitted};
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

/// A submitted request of somebody new, by person and number.
async fn waiting(app: &TestApp) -> (Uuid, String) {
    let person = ready(app, KIND).await;
    let number = submitted(app, person, KIND, app.clock.now()).await;
    (person, number)
}

async fn take(app: &TestApp, reviewer: Uuid) -> Option<String> {
    take_from(app, reviewer, &Pool::default()).await
}

async fn take_from(app: &TestApp, reviewer: Uuid, pool: &Pool) -> Option<String> {
    let mut tx = app.pool.begin().await.unwrap();
    let taken = store::take_next(&mut tx, reviewer, pool, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

async fn decide(app: &TestApp, reviewer: Uuid, number: &str, verdict: &Verdict) -> Result<Uuid, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let decided = store::decide(&mut tx, reviewer, number, verdict, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(decided.id)
}

async fn approve(app: &TestApp, reviewer: Uuid, number: &str) -> Result<Uuid, AppError> {
    decide(app, reviewer, number, &Verdict::Approve).await
}

fn rejection() -> Verdict {
    Verdict::Reject(RejectReason::NotEligible, "لا تنطبق الشروط".to_owned())
}

async fn undo(app: &TestApp, reviewer: Uuid, decision: Uuid) -> Result<String, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let number = store::undo(&mut tx, reviewer, decision, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(number)
}

/// Does what the job of a request does, at the time of the app's clock.
async fn settle(app: &TestApp, number: &str) {
    let mut tx = app.pool.begin().await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    effect::settle(&mut tx, &app.state.config.keys, id, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Lets the ten seconds of a decision pass, and settles it.
pub async fn take_effect(app: &TestApp, number: &str) {
    app.clock.advance(EFFECT_AFTER);
    settle(app, number).await;
}

/// The stored state of a request.
async fn state(app: &TestApp, number: &str) -> String {
    sqlx::query_scalar("SELECT state FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}
