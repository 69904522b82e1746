//! Seats, offers, rosters and identity against a real database.

mod identity;
mod late;
mod lists;
mod marks;
mod offers;
mod races;
mod report;
mod roster;
mod seats;
mod sequences;
mod states;
mod unmarked;

use sqlx::postgres::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::model::EnrolmentState;
use super::store::{offers as offer_store, seats as seat_store};
use crate::access::Role;
use crate::error::AppError;
use crate::server::database;
use crate::testing::TestApp;

/// A session of its own programme with so many seats, and its trainer.
async fn session_with(app: &TestApp, seats: i32) -> (Uuid, Uuid) {
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    (app.session(programme, seats, trainer).await, trainer)
}

/// Enrols through the store, in a transaction of its own.
async fn enrol(app: &TestApp, session: Uuid, person: Uuid) -> Result<EnrolmentState, AppError> {
    let mut tx = database::begin_as(&app.pool, Some(person)).await?;
    let state = seat_store::enrol(&mut tx, &app.state.config, session, person, app.clock.now()).await?;
    tx.commit().await?;
    Ok(state)
}

/// Cancels through the store, in a transaction of its own.
async fn cancel(app: &TestApp, enrolment: Uuid, person: Uuid) -> Result<(), AppError> {
    let mut tx = database::begin_as(&app.pool, Some(person)).await?;
    seat_store::cancel(&mut tx, &app.state.config, enrolment, person, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Accepts an offer through the store, in a transaction of its own.
async fn accept(app: &TestApp, enrolment: Uuid, person: Uuid) -> Result<(), AppError> {
    let mut tx = database::begin_as(&app.pool, Some(person)).await?;
    seat_store::accept_offer(&mut tx, enrolment, person, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// What the job of every minute does.
async fn end_offers(app: &TestApp) {
    offer_store::end_all_offers(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
}

/// A person's newest enrolment in a session: id, state, end of an offer.
async fn enrolment(app: &TestApp, session: Uuid, person: Uuid) -> (Uuid, EnrolmentState, Option<OffsetDateTime>) {
    let (id, state, until): (Uuid, String, _) = sqlx::query_as(
        "SELECT id, state, offered_until FROM enrolments WHERE session_id = $1 AND person_id = $2
         ORDER BY position DESC LIMIT 1",
    )
    .bind(session)
    .bind(person)
    .fetch_one(&app.pool)
    .await
    .unwrap();
    (id, EnrolmentState::from_code(&state).unwrap(), until)
}

/// How many enrolments of a session are in a state.
async fn number(app: &TestApp, session: Uuid, state: EnrolmentState) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM enrolments WHERE session_id = $1 AND state = $2")
        .bind(session)
        .bind(state.code())
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// Held seats as the session keeps them, and as they are.
async fn taken(connection: &mut PgConnection, session: Uuid) -> (i32, i64) {
    sqlx::query_as(
        "SELECT taken, (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id AND holds_seat(e.state))
         FROM training_sessions s WHERE id = $1",
    )
    .bind(session)
    .fetch_one(connection)
    .await
    .unwrap()
}

/// Messages of a template to a person.
async fn told(app: &TestApp, person: Uuid, template: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM messages WHERE person_id = $1 AND template = $2")
        .bind(person)
        .bind(template)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// History entries of an act on a subject.
async fn noted(app: &TestApp, action: &str, subject: Uuid) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = $1 AND subject_id = $2")
        .bind(action)
        .bind(subject)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}
