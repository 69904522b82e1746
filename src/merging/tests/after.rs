//! What follows a merge: one person, of whom nothing was rewritten.

use axum::http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use super::{KIND, administrator, holder, merged, pair_of, refused};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{passes, ready};
use crate::merging::store::settling;
use crate::testing::TestApp;

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

#[tokio::test]
async fn a_name_put_right_is_put_right_on_both_records() {
    let app = TestApp::start().await;
    let gone = holder(&app).await;
    let number: String = sqlx::query_scalar("SELECT number FROM licences").fetch_one(&app.pool).await.unwrap();
    let kept = app.verified_person().await;
    merged(&app, gone, kept).await;
    let officer = app.sign_in(app.staff(Role::Reviewer).await).await;
    let fields = [
        ("number", number.as_str()),
        ("given_name", "محمد"),
        ("father_name", "عبد الله"),
        ("grandfather_name", "سعد"),
        ("family_name", "الغامدي"),
        ("latin_name", "Mohammed Alghamdi"),
        ("reason", "document_differs"),
        ("text", "جواز السفر"),
    ];
    assert_eq!(app.post("oversight/correct", Some(&officer), &fields).await.0, StatusCode::OK);
    let families: Vec<String> = sqlx::query_scalar("SELECT family_name FROM persons WHERE id IN ($1, $2)")
        .bind(gone)
        .bind(kept)
        .fetch_all(&app.pool)
        .await
        .unwrap();
    assert_eq!(families, ["الغامدي", "الغامدي"]);
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
