//! Who reads a record is noted, and its person sees it.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::{administrator, noted_of};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{ready, submitted};
use crate::testing::TestApp;

/// The readings that a person is shown, newest first, from every page of their list.
async fn readings(app: &TestApp, person: Uuid) -> Vec<String> {
    let cookie = app.sign_in(person).await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/administration/access_log?after={after}");
        let page: Value = serde_json::from_str(&app.get(&path, Some(&cookie)).await.1).unwrap();
        let entries = page["entries"].as_array().unwrap();
        seen.extend(
            entries.iter().map(|one| format!("{} {}", one["role"].as_str().unwrap(), one["reading"].as_str().unwrap())),
        );
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return seen,
        }
    }
}

#[tokio::test]
async fn an_applicant_sees_that_a_reviewer_opened_their_request() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let number = submitted(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let reviewer = app.sign_in(app.staff(Role::Reviewer).await).await;
    // Before they hold it there is nothing to see, and nothing is noted.
    let path = format!("/api/review/request?number={number}");
    assert_eq!(app.get(&path, Some(&reviewer)).await.0, StatusCode::CONFLICT);
    assert_eq!(readings(&app, person).await, Vec::<String>::new());
    app.post("review/take_next", Some(&reviewer), &[]).await;
    assert_eq!(app.get(&format!("/review/{number}"), Some(&reviewer)).await.0, StatusCode::OK);
    assert_eq!(readings(&app, person).await, ["reviewer request_viewed"]);
    let cookie = app.sign_in(person).await;
    let page = app.get("/account/access-log", Some(&cookie)).await.1;
    assert!(page.contains("فتح طلبك للمراجعة") && page.contains("مراجع"), "{page}");
    assert_eq!(readings(&app, app.person().await).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_roster_is_noted_once_a_day_for_each_who_stands_on_it() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let cookie = app.sign_in(trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session_at(programme, 10, trainer, "in_person", app.clock.now() + Duration::minutes(5)).await;
    let (early, late) = (app.person().await, app.person().await);
    let open = async |cookie: &str| app.get(&format!("/api/training/roster?session={session}"), Some(cookie)).await.0;
    app.attended(session, early).await;
    for _ in 0..3 {
        assert_eq!(open(&cookie).await, StatusCode::OK);
    }
    assert_eq!(noted_of(&app, "roster_viewed", late).await, 0);
    // Who comes onto it on the same day is noted from then on.
    app.attended(session, late).await;
    for _ in 0..3 {
        open(&cookie).await;
    }
    for person in [early, late] {
        assert_eq!(readings(&app, person).await, ["trainer roster_viewed"]);
    }
    app.clock.advance(Duration::days(1));
    let cookie = app.sign_in(trainer).await;
    open(&cookie).await;
    assert_eq!(noted_of(&app, "roster_viewed", early).await, 2);
    // Another trainer's roster is not there to be read.
    let other = app.sign_in(app.staff(Role::Trainer).await).await;
    let status = app.get(&format!("/api/training/roster?session={session}"), Some(&other)).await.0;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(noted_of(&app, "roster_viewed", early).await, 2);
}

#[tokio::test]
async fn a_trainer_who_compares_a_document_is_noted() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let cookie = app.sign_in(trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session_at(programme, 10, trainer, "in_person", app.clock.now()).await;
    let visitor = app.person_with("1000000008", "+966500000911", "1990-05-17").await;
    let id = session.to_string();
    let fields = [("session", id.as_str()), ("national_id", "1000000008")];
    assert_eq!(app.post("training/find_person", Some(&cookie), &fields).await.0, StatusCode::OK);
    assert_eq!(app.get(&format!("/trainer/{session}?visitor={visitor}"), Some(&cookie)).await.0, StatusCode::OK);
    assert_eq!(readings(&app, visitor).await, ["trainer visitor_viewed", "trainer person_found"]);
}

#[tokio::test]
async fn an_administrators_look_is_noted_and_ones_own_is_not() {
    let app = TestApp::start().await;
    let (admin, cookie) = administrator(&app).await;
    let person = app.person().await;
    for subject in [person, admin] {
        assert_eq!(app.get(&format!("/admin/people/{subject}"), Some(&cookie)).await.0, StatusCode::OK);
    }
    assert_eq!(readings(&app, person).await, ["administrator person_viewed"]);
    assert_eq!(readings(&app, admin).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_long_list_goes_on_from_page_to_page() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let person = app.person().await;
    // All in one instant: the place in the list must not skip those that share it.
    for _ in 0..45 {
        app.get(&format!("/api/administration/person?person={person}"), Some(&cookie)).await;
    }
    assert_eq!(readings(&app, person).await.len(), 45);
    let theirs = app.sign_in(person).await;
    let page = app.get("/account/access-log", Some(&theirs)).await.1;
    assert!(page.contains("rel=\"next\""), "{page}");
}
