//! The desk against a real database: fair, exact, and never tied.

mod approving;
mod queue;
mod ties;

use uuid::Uuid;

use super::store;
use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{ready, submitted};
use crate::server::keys::random_digits;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

/// A submitted request of somebody new, by person and number.
async fn waiting(app: &TestApp) -> (Uuid, String) {
    let person = ready(app, KIND).await;
    let number = submitted(app, person, KIND, app.clock.now()).await;
    (person, number)
}

async fn take(app: &TestApp, reviewer: Uuid) -> Option<String> {
    let mut tx = app.pool.begin().await.unwrap();
    let taken = store::take_next(&mut tx, reviewer, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

async fn approve(app: &TestApp, reviewer: Uuid, number: &str) -> Result<LicenceNumber, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let approved = store::approve(&mut tx, reviewer, number, || random_digits(15), app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(approved.licence.number)
}
