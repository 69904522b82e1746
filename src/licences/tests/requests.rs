//! Asking for a licence.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{count, licensed, manages, organisation, passes, ready, submitted, together};
use crate::licences::model::LicenceKind;
use crate::licences::store;
use crate::testing::{TestApp, scale};

const DECLARED: &[(&str, &str)] = &[("kind", "practitioner"), ("declared", "true")];

#[tokio::test]
async fn each_prerequisite_is_told_as_met_or_missing() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let (status, body) = app.get("/api/licences/prerequisites?kind=team-leader", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let told: Value = serde_json::from_str(&body).unwrap();
    let met: Vec<(&str, bool)> = told["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["what"].as_str().unwrap(), one["met"].as_bool().unwrap()))
        .collect();
    assert_eq!(met, [("profile", true), ("programme", false), ("identity", false), ("practitioner_licence", false)]);
    assert_eq!(told["answers"], Value::Null);
    let (_, page) = app.get("/account/request/team-leader", Some(&cookie)).await;
    assert!(page.contains("/account/request/practitioner"), "the way to what is missing");
}

#[tokio::test]
async fn a_request_needs_every_prerequisite() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let answer = app.post("licences/submit_request", Some(&cookie), DECLARED).await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "PrerequisitesMissing" })));
    passes(&app, person, LicenceKind::Practitioner).await;
    let (status, _) = app.post("licences/submit_request", Some(&cookie), DECLARED).await;
    assert_eq!(status, StatusCode::CONFLICT, "identity is not verified");
    app.verify(person).await;
    let (status, body) = app.post("licences/submit_request", Some(&cookie), DECLARED).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Management).await;
    let cookie = app.sign_in(person).await;
    let post = async |fields: &[(&str, &str)]| app.post("licences/submit_request", Some(&cookie), fields).await;
    let (status, body) = post(&[("kind", "management")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["Invalid"][0], json!({ "field": "organisation", "problem": "Required" }));
    assert_eq!(body["Invalid"][1], json!({ "field": "declared", "problem": "DeclarationNeeded" }));
    let other = organisation(&app).await;
    let fields = [("kind", "management"), ("declared", "true"), ("organisation", other.as_str())];
    assert_eq!(post(&fields).await.0, StatusCode::CONFLICT, "an organisation they do not manage");
    manages(&app, person, &other).await;
    assert_eq!(post(&fields).await.0, StatusCode::OK);
    assert_eq!(post(&[("kind", "pilot"), ("declared", "true")]).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.post("licences/submit_request", None, DECLARED).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn submitting_at_once_many_times_makes_one_request() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let cookie = app.sign_in(person).await;
    let posts = (0..scale(20, 50)).map(|_| app.post("licences/submit_request", Some(&cookie), DECLARED));
    for (status, body) in together(posts).await {
        assert_eq!(status, StatusCode::OK, "{body}");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM licence_requests").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'request_submitted'").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'request_submitted'").await, 1);
}

#[tokio::test]
async fn a_request_number_that_exists_is_drawn_again() {
    let app = TestApp::start().await;
    let (one, two) = (ready(&app, LicenceKind::Practitioner).await, ready(&app, LicenceKind::Practitioner).await);
    let mut connection = app.pool.acquire().await.unwrap();
    let kind = LicenceKind::Practitioner;
    let first = || "1111111111".to_owned();
    store::submit(&mut connection, one, kind, None, first, app.clock.now()).await.unwrap();
    let mut draws = ["1111111111", "1111111111", "2222222222"].into_iter();
    let next = || draws.next().unwrap().to_owned();
    let (number, new) = store::submit(&mut connection, two, kind, None, next, app.clock.now()).await.unwrap();
    assert_eq!((number.as_str(), new), ("2222222222", true));
}

#[tokio::test]
async fn a_request_can_be_withdrawn_until_it_is_decided() {
    let app = TestApp::start().await;
    let kind = LicenceKind::Practitioner;
    let (person, other) = (ready(&app, kind).await, ready(&app, kind).await);
    let (cookie, other) = (app.sign_in(person).await, app.sign_in(other).await);
    let number = submitted(&app, person, kind, app.clock.now()).await;
    let withdraw = async |cookie: Option<&str>, number: &str| {
        app.post("licences/withdraw_request", cookie, &[("number", number)]).await.0
    };
    assert_eq!(withdraw(None, &number).await, StatusCode::UNAUTHORIZED);
    assert_eq!(withdraw(Some(&other), &number).await, StatusCode::NOT_FOUND);
    assert_eq!(withdraw(Some(&cookie), "0000000000").await, StatusCode::NOT_FOUND);
    assert_eq!(withdraw(Some(&cookie), &number).await, StatusCode::OK);
    assert_eq!(withdraw(Some(&cookie), &number).await, StatusCode::OK, "again changes nothing");
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'request_withdrawn'").await, 1);

    licensed(&app, person, kind, app.clock.now()).await;
    let decided: String = sqlx::query_scalar("SELECT number FROM licence_requests WHERE state = 'approved'")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(withdraw(Some(&cookie), &decided).await, StatusCode::CONFLICT);
}

#[tokio::test]
async fn who_has_a_licence_asks_for_no_second_one() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let cookie = app.sign_in(person).await;
    let answer = app.post("licences/submit_request", Some(&cookie), DECLARED).await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "LicenceStillValid" })));
}
