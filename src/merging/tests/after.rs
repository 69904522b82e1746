//! What follows a merge: one person, of whom nothing was rewritten.

use axum::http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use super::{KIND, administrator, holder, merged, pair_of, refused, rule, two};
use crate::access::Role;
use crate::accounts::model::{Mobile, NationalId};
use crate::accounts::store::accounts::{Found, find_or_create};
use crate::accounts::store::sealed;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{passes, ready};
use crate::merging::store::settling;
use crate::testing::TestApp;

const ID: &str = "2000000006";
const MOBILE: &str = "+966500000941";

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
        "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         SELECT id, $1, 1, 70, now(), now() + interval '30 minutes', 'open' FROM enrolments",
        "INSERT INTO licences (number, request_id, person_id, kind, state, issued_at, valid)
         VALUES ('1234567890123456', $1, $1, 'practitioner', 'active', now(), daterange(current_date, current_date + 9))",
    ] {
        // Other rules may speak first; the row does not come to be.
        let done = sqlx::query(statement).bind(gone).execute(&app.pool).await;
        assert!(done.is_err(), "{statement}");
    }
    let mended = sqlx::query("UPDATE enrolments SET state = 'attended' WHERE person_id = $1")
        .bind(gone)
        .execute(&app.pool)
        .await
        .map(drop);
    assert_eq!(rule(mended), "person_is_open");
}

#[tokio::test]
async fn the_licences_of_both_are_the_kept_ones_and_count() {
    let app = TestApp::start().await;
    let gone = holder(&app).await;
    let number: String = sqlx::query_scalar("SELECT number FROM licences").fetch_one(&app.pool).await.unwrap();
    let kept = app.verified_person().await;
    passes(&app, kept, LicenceKind::TeamLeader).await;
    let cookie = app.sign_in(kept).await;
    assert_eq!(app.get(&format!("/api/licences/card?number={number}"), Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    merged(&app, gone, kept).await;

    let home = app.get("/api/accounts/home", Some(&cookie)).await.1;
    assert!(home.contains(&number), "{home}");
    assert_eq!(app.get(&format!("/account/licences/{number}"), Some(&cookie)).await.0, StatusCode::OK);
    // The practitioner licence of the one lets the other ask to lead; a second of its kind is not to be had.
    let asked =
        app.post("licences/submit_request", Some(&cookie), &[("kind", "team-leader"), ("declared", "true")]).await;
    assert_eq!(asked.0, StatusCode::OK, "{}", asked.1);
    let asked =
        app.post("licences/submit_request", Some(&cookie), &[("kind", "practitioner"), ("declared", "true")]).await;
    assert_eq!(asked, refused("LicenceStillValid"));
    // Strangers see what they saw.
    let told = app.get(&format!("/api/verification/look_up?number={number}"), None).await.1;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["licence"]["status"], "valid", "{told}");
}

#[tokio::test]
async fn a_programme_passed_on_the_record_that_went_counts() {
    let app = TestApp::start().await;
    let (gone, kept) = (ready(&app, KIND).await, app.verified_person().await);
    let cookie = app.sign_in(kept).await;
    let ask = async || {
        app.post("licences/submit_request", Some(&cookie), &[("kind", "practitioner"), ("declared", "true")]).await
    };
    assert_eq!(ask().await, refused("PrerequisitesMissing"));
    merged(&app, gone, kept).await;
    assert_eq!(ask().await.0, StatusCode::OK);
}

/// What the tables of history hold, as text.
async fn history(app: &TestApp) -> Vec<Option<String>> {
    let mut all = Vec::new();
    for table in [
        "licences",
        "licence_events",
        "licence_requests",
        "decisions",
        "enrolments",
        "attempts",
        "attempt_answers",
        "identity_confirmations",
        "memberships",
    ] {
        let statement = format!("SELECT string_agg(t::text, '\n' ORDER BY t::text) FROM {table} t");
        all.push(sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&app.owner).await.unwrap());
    }
    all
}

#[tokio::test]
async fn nothing_is_rewritten_and_it_is_told_and_noted() {
    let app = TestApp::start().await;
    let (gone, kept) = (holder(&app).await, ready(&app, KIND).await);
    let (by, cookie) = administrator(&app).await;
    let pair = pair_of(&app, gone, kept).await;
    let before = history(&app).await;
    assert_eq!(super::merge(&app, &cookie, pair, kept).await.0, StatusCode::OK);
    assert_eq!(history(&app).await, before);
    for person in [gone, kept] {
        let told: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM messages m JOIN deliveries d ON d.message_id = m.id
             WHERE m.person_id = $1 AND m.template = 'records_merged' AND d.channel = 'sms'",
        )
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert_eq!(told, 1);
        let noted: (Uuid, String) = sqlx::query_as(
            "SELECT actor_id, detail FROM audit_entries WHERE action = 'records_merged' AND subject_id = $1",
        )
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert_eq!(noted, (by, if person == gone { kept } else { gone }.to_string()));
    }
    // What is told of the record that went reaches its person.
    let keys = &app.state.config.keys;
    let mut connection = app.pool.acquire().await.unwrap();
    crate::messages::store::notify(&mut connection, keys, gone, "licences.suspended", "نص", app.clock.now())
        .await
        .unwrap();
    let reached: Uuid = sqlx::query_scalar("SELECT person_id FROM messages WHERE template = 'licences.suspended'")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(reached, kept);
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

#[tokio::test]
async fn a_merge_that_is_refused_tells_nobody() {
    let app = TestApp::start().await;
    let (gone, kept) = (holder(&app).await, holder(&app).await);
    let (by, _) = administrator(&app).await;
    let pair = pair_of(&app, gone, kept).await;
    let mut tx = app.pool.begin().await.unwrap();
    let merge = settling::Merge { pair, keep: kept, why: crate::merging::model::Sameness::HolderAsked, by };
    let keys = &app.state.config.keys;
    assert!(settling::merge(&mut tx, keys, &merge, app.clock.now()).await.is_err());
    tx.rollback().await.unwrap();
    let told: i64 = sqlx::query_scalar("SELECT count(*) FROM messages WHERE template = 'records_merged'")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(told, 0);
}
