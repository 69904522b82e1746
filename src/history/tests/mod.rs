//! The log against a real database, and against those who may write anything there.

mod auditing;
mod checkpoints;
mod proofs;
mod rewriting;
mod sequencing;

use sqlx::{AssertSqlSafe, Executor, Postgres, Transaction};
use uuid::Uuid;

use super::model::Hash;
use super::{Audited, Finding, audit, renew, sequence};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::signing::tests::trusted;
use crate::testing::TestApp;

/// A licence of somebody.
async fn one(app: &TestApp) -> LicenceNumber {
    let person = ready(app, LicenceKind::Practitioner).await;
    licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await
}

/// What the job does.
async fn keep(app: &TestApp) {
    sequence(&app.state).await.unwrap();
    renew(&app.state).await.unwrap();
}

/// What an audit finds, against a checkpoint kept outside too.
async fn found(app: &TestApp, outside: Option<&str>) -> Vec<Finding> {
    audited(app, outside).await.0
}

/// The same, and what it read.
async fn audited(app: &TestApp, outside: Option<&str>) -> (Vec<Finding>, Audited) {
    let mut findings = Vec::new();
    let keys = trusted(app).await;
    let origin = &app.state.config.origin;
    let tell = |finding| findings.push(finding);
    let audited = audit(&app.pool, (origin, &keys), outside, app.clock.now(), tell).await.unwrap();
    (findings, audited)
}

/// The checkpoint as anybody fetches it.
async fn fetched(app: &TestApp) -> String {
    app.get("/log/checkpoint", None).await.1
}

/// The tables that somebody who rewrites the history has to do with.
const TABLES: [&str; 5] = ["licences", "licence_events", "log_leaves", "log_nodes", "log_checkpoints"];

/// Does what the rules forbid, as somebody does who owns the database: no guard looks, and no event is held by what refers
/// to it.
async fn past_guards(app: &TestApp, statements: &[&str]) {
    let mut tx = unguarded(app).await;
    for statement in statements {
        tx.execute(AssertSqlSafe((*statement).to_owned())).await.unwrap();
    }
    guarded(tx).await;
}

/// A transaction in which no guard looks.
async fn unguarded(app: &TestApp) -> Transaction<'static, Postgres> {
    let mut tx = app.owner.begin().await.unwrap();
    tx.execute(
        "DO $$ DECLARE one record; BEGIN
             FOR one IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint
                 WHERE contype = 'f' AND confrelid = 'licence_events'::regclass
             LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of_table, one.conname); END LOOP;
         END $$",
    )
    .await
    .unwrap();
    for table in TABLES {
        tx.execute(AssertSqlSafe(format!("ALTER TABLE {table} DISABLE TRIGGER USER"))).await.unwrap();
    }
    tx
}

/// Commits it, and leaves the guards as they were.
async fn guarded(mut tx: Transaction<'static, Postgres>) {
    tx.execute("SET CONSTRAINTS ALL IMMEDIATE").await.unwrap();
    for table in TABLES {
        tx.execute(AssertSqlSafe(format!("ALTER TABLE {table} ENABLE TRIGGER USER"))).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Events and positions of the leaves, in order.
async fn leaves(app: &TestApp) -> Vec<(i64, i64)> {
    let leaves = sqlx::query_as("SELECT position, event_id FROM log_leaves ORDER BY position");
    leaves.fetch_all(&app.pool).await.unwrap()
}

/// The hashes of the leaves, in order.
async fn hashes(app: &TestApp) -> Vec<Hash> {
    let hashes: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM log_leaves ORDER BY position").fetch_all(&app.pool).await.unwrap();
    hashes.into_iter().map(|hash| hash.try_into().unwrap()).collect()
}

async fn events(app: &TestApp) -> Vec<i64> {
    sqlx::query_scalar("SELECT id FROM licence_events ORDER BY id").fetch_all(&app.pool).await.unwrap()
}

async fn licence(app: &TestApp, number: &LicenceNumber) -> Uuid {
    let id = sqlx::query_scalar("SELECT id FROM licences WHERE number = $1").bind(number.digits());
    id.fetch_one(&app.pool).await.unwrap()
}
