//! Roles: given to who is known, taken at once, never one's own, and never the last administrator's.

use axum::http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use super::{administrator, noted_of, refused};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{ready, submitted, together};
use crate::review::model::Pool;
use crate::review::store as review;
use crate::testing::{TestApp, scale};

async fn change(app: &TestApp, act: &str, cookie: &str, person: Uuid, role: &str) -> (StatusCode, Value) {
    let person = person.to_string();
    app.post(&format!("administration/{act}_role"), Some(cookie), &[("person", &person), ("role", role)]).await
}

async fn administrators(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM staff_roles WHERE role = 'administrator' AND revoked_at IS NULL")
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_role_holds_from_the_next_request_until_it_is_taken() {
    let app = TestApp::start().await;
    let (by, cookie) = administrator(&app).await;
    let person = app.verified_person().await;
    let theirs = app.sign_in(person).await;
    let asks = async || app.get("/api/training/my_sessions", Some(&theirs)).await.0;
    assert_eq!(asks().await, StatusCode::FORBIDDEN);
    // Given again, it changes nothing.
    for _ in 0..2 {
        assert_eq!(change(&app, "grant", &cookie, person, "trainer").await.0, StatusCode::OK);
    }
    assert_eq!(noted_of(&app, "role_granted", person).await, 1);
    assert_eq!(asks().await, StatusCode::OK);
    let page = app.get(&format!("/admin/people/{person}"), Some(&cookie)).await.1;
    assert!(page.contains("سحب الدور"), "{page}");

    assert_eq!(change(&app, "revoke", &cookie, person, "trainer").await.0, StatusCode::OK);
    assert_eq!(asks().await, StatusCode::FORBIDDEN);
    assert_eq!(change(&app, "revoke", &cookie, person, "trainer").await.0, StatusCode::NOT_FOUND);
    let entry: (Uuid, String, String) = sqlx::query_as(
        "SELECT actor_id, actor_role, detail FROM audit_entries WHERE action = 'role_revoked' AND subject_id = $1",
    )
    .bind(person)
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(entry, (by, "administrator".to_owned(), "trainer".to_owned()));
    // And given anew it is another row: the first keeps its dates.
    assert_eq!(change(&app, "grant", &cookie, person, "trainer").await.0, StatusCode::OK);
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM staff_roles WHERE person_id = $1")
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(rows, 2);
}

#[tokio::test]
async fn who_is_not_known_gets_no_role() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let person = app.person().await;
    assert_eq!(change(&app, "grant", &cookie, person, "reviewer").await, refused("NotVerified"));
    assert_eq!(change(&app, "grant", &cookie, Uuid::nil(), "reviewer").await.0, StatusCode::NOT_FOUND);
    assert_eq!(change(&app, "grant", &cookie, person, "king").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(change(&app, "revoke", &cookie, person, "king").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_changes_a_role_of_their_own() {
    let app = TestApp::start().await;
    let (person, cookie) = administrator(&app).await;
    administrator(&app).await;
    assert_eq!(change(&app, "grant", &cookie, person, "reviewer").await, refused("OwnRole"));
    assert_eq!(change(&app, "revoke", &cookie, person, "administrator").await, refused("OwnRole"));
    let page = app.get(&format!("/admin/people/{person}"), Some(&cookie)).await.1;
    assert!(page.contains("يغيّر أدوارك مدير آخر") && !page.contains("سحب الدور"), "{page}");
}

#[tokio::test]
async fn the_last_administrator_stays_even_past_the_code() {
    let app = TestApp::start().await;
    let (person, _) = administrator(&app).await;
    let error = sqlx::query("UPDATE staff_roles SET revoked_at = now() WHERE person_id = $1")
        .bind(person)
        .execute(&app.owner)
        .await
        .unwrap_err();
    assert_eq!(error.as_database_error().unwrap().constraint(), Some("staff_roles_last_administrator"));
    assert_eq!(administrators(&app).await, 1);
}

#[tokio::test]
async fn two_administrators_who_revoke_each_other_leave_one() {
    let app = TestApp::start().await;
    let (mut stays, _) = administrator(&app).await;
    for round in 0..scale(10, 100) {
        let other = app.staff(Role::Administrator).await;
        let (one, two) = (app.sign_in(stays).await, app.sign_in(other).await);
        let both = together([
            Box::pin(change(&app, "revoke", &one, other, "administrator")),
            Box::pin(change(&app, "revoke", &two, stays, "administrator")),
        ])
        .await;
        assert_eq!(administrators(&app).await, 1, "round {round}: {both:?}");
        assert_eq!(both.iter().filter(|answer| answer.0 == StatusCode::OK).count(), 1, "round {round}: {both:?}");
        assert!(
            both.iter().any(|answer| *answer == refused("NoLongerPossible") || answer.0 == StatusCode::FORBIDDEN),
            "round {round}: {both:?}"
        );
        if both[1].0 == StatusCode::OK {
            stays = other;
        }
    }
}

/// A request that a reviewer has taken.
async fn taken(app: &TestApp, reviewer: Uuid) -> String {
    let person = ready(app, LicenceKind::Practitioner).await;
    let number = submitted(app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let mut tx = app.pool.begin().await.unwrap();
    let taken = review::take_next(&mut tx, reviewer, &Pool::default(), app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(taken.as_ref(), Some(&number));
    number
}

async fn state(app: &TestApp, number: &str) -> String {
    sqlx::query_scalar("SELECT state FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_a_reviewer_holds_goes_back_to_the_queue_with_the_role() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let number = taken(&app, reviewer).await;
    assert_eq!(change(&app, "revoke", &cookie, reviewer, "reviewer").await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "submitted");
    // Who was let in before takes no more.
    let mut tx = app.pool.begin().await.unwrap();
    let again = review::take_next(&mut tx, reviewer, &Pool::default(), app.clock.now()).await;
    assert!(again.is_err(), "{again:?}");
}

#[tokio::test]
async fn a_decision_outlives_the_role_of_who_made_it() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let number = taken(&app, reviewer).await;
    let mut tx = app.pool.begin().await.unwrap();
    review::decide(&mut tx, reviewer, &number, &review::Verdict::Approve, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(change(&app, "revoke", &cookie, reviewer, "reviewer").await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "in_review");
    crate::review::tests::take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "approved");
}

#[tokio::test]
async fn a_reviewer_relieved_while_taking_a_request_holds_none_afterwards() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for round in 0..scale(5, 50) {
        let reviewer = app.staff(Role::Reviewer).await;
        let theirs = app.sign_in(reviewer).await;
        let person = ready(&app, LicenceKind::Practitioner).await;
        submitted(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
        tokio::join!(
            change(&app, "revoke", &cookie, reviewer, "reviewer"),
            app.post("review/take_next", Some(&theirs), &[])
        );
        let held: i64 = sqlx::query_scalar("SELECT count(*) FROM licence_requests WHERE claimed_by = $1")
            .bind(reviewer)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        assert_eq!(held, 0, "round {round}");
    }
}

#[tokio::test]
async fn the_staff_is_listed_by_role_and_page_by_page() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let mut trainers = Vec::new();
    for _ in 0..45 {
        trainers.push(app.staff(Role::Trainer).await.to_string());
    }
    let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let path = format!("/api/administration/staff?role=trainer&after={after}");
        let page: Value = serde_json::from_str(&app.get(&path, Some(&cookie)).await.1).unwrap();
        seen.extend(page["staff"].as_array().unwrap().iter().map(|one| one["person"].as_str().unwrap().to_owned()));
        pages += 1;
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    assert_eq!((pages, &seen), (3, &trainers));
    let page = app.get("/admin/staff?role=reviewer", Some(&cookie)).await.1;
    assert!(page.contains("الاختيار: مراجع") && page.contains("href=\"/admin/staff\""), "{page}");
}
