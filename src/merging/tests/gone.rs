//! The record that went: nobody signs in to it, nothing begins for it, and it goes with its person.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{administrator, merged, rule, two};
use crate::access::Role;
use crate::accounts::model::{Mobile, NationalId};
use crate::accounts::store::accounts::{Found, find_or_create};
use crate::accounts::store::sealed;
use crate::accounts::store::single_sign_on::owner;
use crate::testing::TestApp;

const ID: &str = "2000000006";
const MOBILE: &str = "+966500000941";

/// Whose a number is that the national single sign-on proves.
async fn owned_by(app: &TestApp, id: &str) -> Option<Uuid> {
    let hash = app.state.config.keys.hash("national-id", id);
    let mut connection = app.pool.acquire().await.unwrap();
    owner(&mut connection, &hash).await.unwrap().map(|owner| owner.person)
}

/// What a right code for an ID number and a mobile leads to.
async fn signs_in(app: &TestApp, id: &str, mobile: &str) -> &'static str {
    let keys = &app.state.config.keys;
    let id = sealed::national_id(keys, &NationalId::parse(id).unwrap());
    let mobile = sealed::mobile(keys, &Mobile::parse(mobile).ok().unwrap());
    let mut tx = app.pool.begin().await.unwrap();
    match find_or_create(&mut tx, &id, &mobile, app.clock.now()).await.unwrap() {
        Found::Open { .. } => "open",
        Found::Frozen => "frozen",
        Found::Merged => "merged",
    }
}

#[tokio::test]
async fn nobody_signs_in_to_the_record_that_went_nor_claims_its_number() {
    let app = TestApp::start().await;
    let (gone, kept) = (app.person_with(ID, MOBILE, "1990-05-17").await, app.verified_person().await);
    app.verify(gone).await;
    let (before, stays) = (app.sign_in(gone).await, app.sign_in(kept).await);
    merged(&app, gone, kept).await;
    assert_eq!(app.get("/api/accounts/home", Some(&before)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(app.get("/api/accounts/home", Some(&stays)).await.0, StatusCode::OK);
    assert_eq!(signs_in(&app, ID, MOBILE).await, "merged");
    assert_eq!(signs_in(&app, ID, "0500000942").await, "frozen");
    // Proved by the national single sign-on, it is a number of the person's, whose record is the other.
    assert_eq!(owned_by(&app, ID).await, Some(kept));
    // Who named the number before it was verified cannot be verified under it either.
    let other = app.person_with(ID, "+966500000943", "1990-05-17").await;
    let claimed = sqlx::query(
        "INSERT INTO identity_confirmations (person_id, method, confirmed_at) VALUES ($1, 'single_sign_on', now())",
    )
    .bind(other)
    .execute(&app.pool)
    .await
    .map(drop);
    assert_eq!(rule(claimed), "persons_verified_national_id");
    // Who looks the number up is led to the record that stays.
    let (_, cookie) = administrator(&app).await;
    assert_eq!(app.post("administration/find_person", Some(&cookie), &[("national_id", ID)]).await.0, StatusCode::OK);
    let page = app.get(&format!("/admin/people/{gone}"), Some(&cookie)).await.1;
    assert!(page.contains("السجلّ الباقي") && page.contains(&kept.to_string()), "{page}");
}

#[tokio::test]
async fn nothing_begins_for_the_record_that_went() {
    let app = TestApp::start().await;
    let [gone, kept] = two(&app).await;
    let (trainer, programme) = (app.staff(Role::Trainer).await, app.programme("practitioner").await);
    let session = app.session(programme, 5, trainer).await;
    sqlx::query(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         VALUES ($1, $2, $3, 'enrolled', now())",
    )
    .bind(session)
    .bind(programme)
    .bind(gone)
    .execute(&app.pool)
    .await
    .unwrap();
    sqlx::query("UPDATE enrolments SET state = 'absent', attendance_at = now(), attendance_by = $1")
        .bind(trainer)
        .execute(&app.pool)
        .await
        .unwrap();
    merged(&app, gone, kept).await;
    for statement in [
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         SELECT id, programme_id, $1, 'enrolled', now() FROM training_sessions",
        "UPDATE enrolments SET state = 'attended' WHERE person_id = $1",
        "INSERT INTO licence_requests (number, person_id, kind, state, created_at, submitted_at)
         VALUES ('1234567890', $1, 'practitioner', 'submitted', now(), now())",
        "INSERT INTO staff_roles (person_id, role) VALUES ($1, 'trainer')",
    ] {
        let done = sqlx::query(statement).bind(gone).execute(&app.pool).await.map(drop);
        assert_eq!(rule(done), "person_is_open", "{statement}");
    }
}

#[tokio::test]
async fn who_closes_their_account_takes_every_record_along() {
    let app = TestApp::start().await;
    let [gone, kept] = two(&app).await;
    merged(&app, gone, kept).await;
    let cookie = app.sign_in(kept).await;
    let closed = app.post("administration/close_account", Some(&cookie), &[("understood", "true")]).await;
    assert_eq!(closed.0, StatusCode::OK, "{}", closed.1);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM persons WHERE id = ANY ($1) AND closed_at IS NULL")
        .bind(vec![gone, kept])
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(left, 0);
    // Not by another, and not the record that went alone.
    let other = app.verified_person().await;
    let mut tx = crate::server::database::begin_as(&app.pool, Some(other)).await.unwrap();
    let refused = sqlx::query("SELECT FROM close_record($1, now(), '{}')").bind(other).execute(&mut *tx).await;
    assert!(refused.is_err());
}
