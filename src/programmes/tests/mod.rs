//! Administering training against a real database.

mod cancelling;
mod changing;
mod imports;
mod modules;
mod placing;
mod planning;
mod programmes;
mod questions;
mod races;
mod statistics;
mod topics;

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::model::{local_day, local_time};
use crate::access::Role;
use crate::testing::TestApp;

/// An administrator with their cookie.
async fn administrator(app: &TestApp) -> (Uuid, String) {
    let person = app.staff(Role::Administrator).await;
    (person, app.sign_in(person).await)
}

/// A session as a form spells it: in person in Riyadh, 30 seats, enrolment until it starts.
fn fields(programme: Uuid, trainer: Uuid, starts_at: OffsetDateTime) -> Vec<(&'static str, String)> {
    let ends_at = starts_at + Duration::hours(5);
    vec![
        ("programme", programme.to_string()),
        ("mode", "in_person".to_owned()),
        ("place", "riyadh/riyadh".to_owned()),
        ("venue_ar", "قاعة النخيل".to_owned()),
        ("venue_en", "Palm Hall".to_owned()),
        ("start_day", local_day(starts_at)),
        ("start_time", local_time(starts_at)),
        ("end_day", local_day(ends_at)),
        ("end_time", local_time(ends_at)),
        ("enrol_day", local_day(starts_at)),
        ("enrol_time", local_time(starts_at)),
        ("trainer", trainer.to_string()),
        ("seats", "30".to_owned()),
    ]
}

/// The same with some values others.
fn with(fields: &[(&'static str, String)], other: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut fields = fields.to_vec();
    for (name, value) in other {
        fields.retain(|(one, _)| one != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn post(app: &TestApp, endpoint: &str, cookie: &str, fields: &[(&str, String)]) -> (StatusCode, Value) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post(&format!("programmes/{endpoint}"), Some(cookie), &fields).await
}

/// The answer to a form whose only fault is one field's.
fn invalid(field: &str, problem: &str) -> (StatusCode, Value) {
    (StatusCode::UNPROCESSABLE_ENTITY, json!({ "Invalid": [{ "field": field, "problem": problem }] }))
}

fn refused(problem: &str) -> (StatusCode, Value) {
    (StatusCode::CONFLICT, json!({ "Refused": problem }))
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.owner).await.unwrap()
}

/// The only planned session.
async fn planned(app: &TestApp) -> Uuid {
    sqlx::query_scalar("SELECT id FROM training_sessions WHERE planned_by IS NOT NULL")
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// What a person was told under a template, newest last.
async fn told(app: &TestApp, person: Uuid, template: &str) -> Vec<String> {
    use crate::server::keys::Purpose;

    let sealed: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT body_sealed FROM messages WHERE person_id = $1 AND template = $2 ORDER BY created_at",
    )
    .bind(person)
    .bind(template)
    .fetch_all(&app.pool)
    .await
    .unwrap();
    sealed.iter().map(|sealed| app.state.config.keys.open(Purpose::Message, sealed).unwrap()).collect()
}

/// Enrols through the store of training, in a transaction of its own.
async fn enrol(
    app: &TestApp,
    session: Uuid,
    person: Uuid,
) -> Result<crate::training::model::EnrolmentState, crate::error::AppError> {
    let mut tx = crate::server::database::begin_as(&app.pool, Some(person)).await?;
    let config = &app.state.config;
    let state = crate::training::store::seats::enrol(&mut tx, config, session, person, app.clock.now()).await?;
    tx.commit().await?;
    Ok(state)
}

/// State of a person's newest enrolment in a session.
async fn state(app: &TestApp, session: Uuid, person: Uuid) -> String {
    sqlx::query_scalar(
        "SELECT state FROM enrolments WHERE session_id = $1 AND person_id = $2 ORDER BY position DESC LIMIT 1",
    )
    .bind(session)
    .bind(person)
    .fetch_one(&app.pool)
    .await
    .unwrap()
}
