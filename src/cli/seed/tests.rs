//! The demonstration set against the real rules.

use std::collections::BTreeSet;

use super::data::Set;
use super::{load, sign_ins};
use crate::licences::model::LicenceNumber;
use crate::server::keys::Purpose;
use crate::testing::TestApp;

/// Loads the set; whether anything was loaded.
async fn seeded(app: &TestApp) -> bool {
    let set = Set::read().unwrap();
    let mut tx = app.pool.begin().await.unwrap();
    let loaded = load(&mut tx, &app.state.config.keys, &set, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    loaded
}

async fn codes(app: &TestApp, statement: &'static str) -> BTreeSet<String> {
    let found: Vec<String> = sqlx::query_scalar(statement).fetch_all(&app.pool).await.unwrap();
    found.into_iter().collect()
}

fn set_of(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[tokio::test]
async fn the_set_loads_once_and_shows_every_state() {
    let app = TestApp::start().await;
    assert!(seeded(&app).await);
    assert_eq!(
        codes(
            &app,
            "SELECT CASE WHEN state <> 'active' THEN state
                 WHEN now() AT TIME ZONE 'Asia/Riyadh' < lower(valid) THEN 'not_yet_valid'
                 WHEN now() AT TIME ZONE 'Asia/Riyadh' >= upper(valid) THEN 'expired' ELSE 'valid' END FROM licences"
        )
        .await,
        set_of(&["valid", "not_yet_valid", "expired", "suspended", "revoked", "superseded"])
    );
    assert_eq!(
        codes(&app, "SELECT state FROM licence_requests").await,
        set_of(&["draft", "submitted", "in_review", "approved", "returned", "rejected", "appealed", "withdrawn"])
    );
    assert_eq!(
        codes(&app, "SELECT state FROM enrolments").await,
        set_of(&["enrolled", "waitlisted", "offered", "lapsed", "attended", "absent", "passed", "failed", "cancelled"])
    );
    assert_eq!(codes(&app, "SELECT role FROM staff_roles").await, set_of(&["trainer", "reviewer", "administrator"]));
    let before = rows(&app).await;
    assert!(!seeded(&app).await);
    assert_eq!(rows(&app).await, before);
}

async fn rows(app: &TestApp) -> Vec<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM persons UNION ALL SELECT count(*) FROM licences UNION ALL SELECT count(*) FROM questions
         UNION ALL SELECT count(*) FROM enrolments UNION ALL SELECT count(*) FROM licence_events",
    )
    .fetch_all(&app.pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn everybody_of_the_set_is_as_it_says() {
    let app = TestApp::start().await;
    seeded(&app).await;
    let set = Set::read().unwrap();
    let keys = &app.state.config.keys;
    for person in &set.people {
        let (sealed, verified): (Vec<u8>, bool) = sqlx::query_as(
            "SELECT p.national_id_sealed, p.identity_verified_at IS NOT NULL FROM persons p
             JOIN accounts a ON a.person_id = p.id WHERE p.national_id_hash = $1 AND a.mobile_hash = $2",
        )
        .bind(keys.hash("national-id", &person.national_id))
        .bind(keys.hash("mobile", &person.mobile))
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert_eq!(keys.open(Purpose::NationalId, &sealed).unwrap(), person.national_id);
        assert_eq!(verified, person.identity_verified, "{}", person.code);
    }
    let consents: i64 =
        sqlx::query_scalar("SELECT count(*) FROM guardian_consents").fetch_one(&app.pool).await.unwrap();
    assert_eq!(consents, 1);
}

#[tokio::test]
async fn licences_of_the_set_have_numbers_histories_and_no_future() {
    let app = TestApp::start().await;
    seeded(&app).await;
    let numbers: Vec<String> = sqlx::query_scalar("SELECT number FROM licences").fetch_all(&app.pool).await.unwrap();
    assert!(numbers.iter().all(|number| LicenceNumber::parse(number).is_ok()));
    let odd: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM licences l
         WHERE l.issued_at > now()
            OR NOT EXISTS (SELECT FROM licence_events e WHERE e.licence_id = l.id AND e.event = 'issued')
            OR l.state <> 'active'
               AND NOT EXISTS (SELECT FROM licence_events e WHERE e.licence_id = l.id AND e.event = l.state)",
    )
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(odd, 0);
    let ahead: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM attempts WHERE finished_at > now()) + (SELECT count(*) FROM decisions
             WHERE decided_at > now()) + (SELECT count(*) FROM identity_confirmations WHERE confirmed_at > now())",
    )
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(ahead, 0);
}

#[tokio::test]
async fn a_session_of_today_in_person_is_open() {
    let app = TestApp::start().await;
    seeded(&app).await;
    let open: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM training_sessions
         WHERE mode = 'in_person' AND taken < seats AND enrol_by >= now() - interval '1 minute'
           AND (starts_at AT TIME ZONE 'Asia/Riyadh')::date = (now() AT TIME ZONE 'Asia/Riyadh')::date",
    )
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(open, 1);
}

#[test]
fn the_table_of_sign_ins_names_every_role_and_finds_everybody() {
    let table = sign_ins(&Set::read().unwrap());
    for role in ["administrator", "reviewer", "trainer"] {
        assert!(table.contains(role));
    }
    assert_eq!(table.lines().filter(|line| line.contains("+9665")).count(), 16);
}
