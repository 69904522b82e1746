//! The demonstration set against the real rules.

use std::collections::BTreeSet;

use time::Duration;

use super::data::Set;
use super::{Loaded, load, sign_ins};
use crate::licences::model::LicenceNumber;
use crate::server::keys::Purpose;
use crate::testing::TestApp;

/// Loads the set; what of it was loaded.
async fn seeded(app: &TestApp) -> Loaded {
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
    assert_eq!(seeded(&app).await, Loaded::Everything);
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
    let set = Set::read().unwrap();
    let enrolled: usize = set.sessions.iter().map(|session| set.enrolments_of(&session.code).len()).sum();
    let before = rows(&app).await;
    assert_eq!(before[3], i64::try_from(enrolled).unwrap(), "somebody is twice in a programme");
    assert_eq!(seeded(&app).await, Loaded::Nothing);
    assert_eq!(rows(&app).await, before);
}

async fn rows(app: &TestApp) -> Vec<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM persons UNION ALL SELECT count(*) FROM licences UNION ALL SELECT count(*) FROM questions
         UNION ALL SELECT count(*) FROM enrolments UNION ALL SELECT count(*) FROM licence_events
         UNION ALL SELECT count(*) FROM training_sessions",
    )
    .fetch_all(&app.pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn every_kind_has_a_module_with_questions_enough_for_its_test() {
    let app = TestApp::start().await;
    seeded(&app).await;
    let short: Vec<String> = sqlx::query_scalar(
        "SELECT kind FROM unnest(ARRAY['practitioner', 'team_leader', 'management']) kind
         WHERE setting('renewal_questions', kind, now()) > (
             SELECT count(*) FROM questions q JOIN renewal_modules m ON m.id = q.module_id
             WHERE m.kind = kind.kind AND q.kind = m.kind
               AND EXISTS (SELECT FROM question_options WHERE question_id = q.id AND correct))",
    )
    .fetch_all(&app.pool)
    .await
    .unwrap();
    assert!(short.is_empty(), "{short:?}");
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

/// The sessions of today, in person, that can still be joined: trainers, and people who are enrolled.
async fn today(app: &TestApp) -> (i64, i64) {
    sqlx::query_as(
        "SELECT count(DISTINCT s.trainer_id), count(e.id)
         FROM training_sessions s LEFT JOIN enrolments e ON e.session_id = s.id AND e.state = 'enrolled'
         WHERE s.mode = 'in_person' AND s.taken < s.seats AND s.enrol_by >= $1::timestamptz - interval '1 minute'
           AND (s.starts_at AT TIME ZONE 'Asia/Riyadh')::date = ($1 AT TIME ZONE 'Asia/Riyadh')::date",
    )
    .bind(app.clock.now())
    .fetch_one(&app.pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn every_trainer_has_a_session_today_that_is_open_on_whatever_day_it_is() {
    let app = TestApp::start().await;
    seeded(&app).await;
    assert_eq!(today(&app).await, (4, 10));
    let trainers: i64 = sqlx::query_scalar("SELECT count(*) FROM staff_roles WHERE role = 'trainer'")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(trainers, 4);
    for days in [1, 1, 30] {
        app.clock.advance(Duration::days(days));
        assert_eq!(seeded(&app).await, Loaded::Today);
        assert_eq!(today(&app).await, (4, 10));
        let before = rows(&app).await;
        assert_eq!(seeded(&app).await, Loaded::Nothing);
        assert_eq!(rows(&app).await, before);
    }
}

#[tokio::test]
async fn who_went_on_from_an_earlier_day_is_left_where_they_are() {
    let app = TestApp::start().await;
    seeded(&app).await;
    let marked = sqlx::query(
        "UPDATE enrolments e SET state = 'attended', attendance_by = s.trainer_id, attendance_at = $1
         FROM training_sessions s, persons p
         WHERE s.id = e.session_id AND p.id = e.person_id AND p.latin_name LIKE 'Saud %' AND e.state = 'enrolled'",
    )
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .unwrap();
    assert_eq!(marked.rows_affected(), 1);
    app.clock.advance(Duration::days(1));
    assert_eq!(seeded(&app).await, Loaded::Today);
    assert_eq!(today(&app).await, (4, 9));
    let attended: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM enrolments e JOIN persons p ON p.id = e.person_id
         WHERE p.latin_name LIKE 'Saud %' AND e.state = 'attended'",
    )
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(attended, 1);
}

#[test]
fn the_table_of_sign_ins_names_every_role_and_finds_everybody() {
    let table = sign_ins(&Set::read().unwrap());
    for role in ["administrator", "reviewer", "trainer"] {
        assert!(table.contains(role));
    }
    assert_eq!(table.lines().filter(|line| line.contains("+9665")).count(), 17);
}
