//! What officers do to issued licences, against a real database: by the way of the desk, and by hand.

mod correcting;
mod guards;
mod lists;
mod pages;
mod renewals;
mod suspending;
mod ties;
mod two_officers;

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::effect;
use super::model::{Act, Reason};
use super::store;
use crate::access::Role;
use crate::accounts::model::{ArabicName, LatinName};
use crate::accounts::store::mending::Mended;
use crate::error::{AppError, Fields};
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState};
use crate::licences::tests::{licensed, ready};
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

/// What an officer writes; never shown to a holder or a stranger.
pub const NOTE: &str = "ملاحظة للمراجعين وحدهم";

/// Somebody with a valid licence.
async fn holder(app: &TestApp) -> (Uuid, LicenceNumber) {
    let person = ready(app, KIND).await;
    let number = licensed(app, person, KIND, app.clock.now()).await;
    (person, number)
}

/// Two officers without ties.
pub async fn officers(app: &TestApp) -> [Uuid; 2] {
    [app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await]
}

async fn suspend(app: &TestApp, officer: Uuid, number: &LicenceNumber) -> Result<(), AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let why = (Reason::ComplaintUnderReview, NOTE);
    effect::suspend(&mut tx, &app.state.config.keys, officer, number, why, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(())
}

/// Proposes, and returns the proposal that waits then.
async fn propose(app: &TestApp, officer: Uuid, number: &LicenceNumber, act: Act) -> Result<Uuid, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    store::propose(&mut tx, officer, number, (act, act.reasons()[0]), NOTE, app.clock.now()).await?;
    let id = sqlx::query_scalar("SELECT p.id FROM licences l, open_proposals(l.id) p WHERE l.number = $1")
        .bind(number.digits())
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Ok(id)
}

/// Approves; how many licences changed.
async fn approve(app: &TestApp, officer: Uuid, proposal: Uuid) -> Result<usize, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let taken = effect::approve(&mut tx, &app.state.config.keys, officer, proposal, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(taken.len())
}

/// A name other than the one of everybody in tests.
fn other_name() -> Mended {
    let name = ArabicName::parse("محمد", "عبد الله", "سعد", "الغامدي", &mut Fields::default());
    Mended { name, latin_name: LatinName::parse("Mohammed Alghamdi").ok(), ..Mended::default() }
}

/// Corrects; the old and new numbers.
async fn correct(
    app: &TestApp,
    officer: Uuid,
    number: &LicenceNumber,
    name: &Mended,
) -> Result<Vec<(LicenceNumber, LicenceNumber)>, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let correction = (name, Reason::NameCorrected, NOTE);
    let keys = &app.state.config.keys;
    let reissued = effect::correct(&mut tx, keys, officer, number, correction, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(reissued.into_iter().map(|one| (one.old, one.new)).collect())
}

/// Suspends a licence, by an officer without ties.
pub async fn suspended(app: &TestApp, number: &LicenceNumber) {
    let [officer, _] = officers(app).await;
    suspend(app, officer, number).await.unwrap();
}

/// Restores a licence, by two officers without ties.
pub async fn restored(app: &TestApp, number: &LicenceNumber) {
    let [first, second] = officers(app).await;
    let proposal = propose(app, first, number, Act::Restore).await.unwrap();
    approve(app, second, proposal).await.unwrap();
}

/// Revokes a licence, by two officers without ties.
pub async fn revoked(app: &TestApp, number: &LicenceNumber) {
    let [first, second] = officers(app).await;
    let proposal = propose(app, first, number, Act::Revoke).await.unwrap();
    approve(app, second, proposal).await.unwrap();
}

/// Corrects the name of a licence's holder; the number that took its place.
pub async fn corrected(app: &TestApp, number: &LicenceNumber) -> LicenceNumber {
    let [officer, _] = officers(app).await;
    let reissued = correct(app, officer, number, &other_name()).await.unwrap();
    reissued.into_iter().find(|(old, _)| old == number).unwrap().1
}

/// Takes a licence to a state by hand, in statements that the database permits: an event, or a proposal and its
/// approval, or a correction.
pub async fn go(
    connection: &mut PgConnection,
    licence: Uuid,
    [first, second]: [Uuid; 2],
    to: LicenceState,
    at: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    if to == LicenceState::Suspended {
        sqlx::query(
            "INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
             VALUES ($1, 'suspended', 'holder_asked', $2, $3)",
        )
        .bind(licence)
        .bind(first)
        .bind(at)
        .execute(connection)
        .await?;
    } else if to == LicenceState::Superseded {
        sqlx::query(
            "INSERT INTO licence_events (licence_id, event, reason, actor_id, at, successor_id)
             VALUES ($1, 'superseded', 'name_corrected', $2, $3, gen_random_uuid())",
        )
        .bind(licence)
        .bind(first)
        .bind(at)
        .execute(&mut *connection)
        .await?;
        sqlx::query(
            "INSERT INTO licences (id, number, request_id, person_id, kind, organisation_id, state, issued_at, valid,
                 corrects)
             SELECT superseded_by, lpad(floor(random() * 1e16)::bigint::text, 16, '0'), request_id, person_id, kind,
                 organisation_id, 'active', $2, valid, id FROM licences WHERE id = $1",
        )
        .bind(licence)
        .bind(at)
        .execute(connection)
        .await?;
    } else {
        let act = if to == LicenceState::Active { Act::Restore } else { Act::Revoke };
        let proposal: Uuid = sqlx::query_scalar(
            "INSERT INTO licence_proposals (licence_id, act, reason, proposed_by, proposed_at)
             VALUES ($1, $2, 'holder_asked', $3, $4) RETURNING id",
        )
        .bind(licence)
        .bind(act.code())
        .bind(first)
        .bind(at)
        .fetch_one(&mut *connection)
        .await?;
        sqlx::query("INSERT INTO proposal_outcomes (proposal_id, outcome, by_id, at) VALUES ($1, 'approved', $2, $3)")
            .bind(proposal)
            .bind(second)
            .bind(at)
            .execute(connection)
            .await?;
    }
    Ok(())
}

async fn id_of(app: &TestApp, number: &LicenceNumber) -> Uuid {
    sqlx::query_scalar("SELECT id FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&app.owner)
        .await
        .unwrap()
}

/// The stored state of a licence.
async fn state(app: &TestApp, number: &LicenceNumber) -> String {
    sqlx::query_scalar("SELECT state FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&app.owner)
        .await
        .unwrap()
}

/// The events of a licence with their reasons, in order.
async fn events(app: &TestApp, number: &LicenceNumber) -> Vec<(String, Option<String>)> {
    sqlx::query_as(
        "SELECT event, reason FROM licence_events WHERE licence_id = (SELECT id FROM licences WHERE number = $1)
         ORDER BY id",
    )
    .bind(number.digits())
    .fetch_all(&app.owner)
    .await
    .unwrap()
}

/// How often a message by a template was put in the outbox, or an action in the audit log.
async fn noted(app: &TestApp, what: &str) -> i64 {
    sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM messages WHERE template = $1) + (SELECT count(*) FROM audit_entries WHERE action = $1)",
    )
    .bind(what)
    .fetch_one(&app.owner)
    .await
    .unwrap()
}

/// The rule of the database that refused.
fn rule(error: &sqlx::Error) -> String {
    let error = error.as_database_error().expect("the database refuses");
    error.constraint().map_or_else(|| error.message().to_owned(), str::to_owned)
}

/// What anybody is told of a number.
async fn looked_up(app: &TestApp, number: &LicenceNumber) -> Value {
    let (_, body) = app.get(&format!("/api/verification/look_up?number={}", number.digits()), None).await;
    serde_json::from_str::<Value>(&body).unwrap()["licence"].clone()
}
