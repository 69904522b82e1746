//! Identity seen in person, of who is on the roster and of who is not.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::{noted, session_with};
use crate::access::Role;
use crate::accounts::model::NationalId;
use crate::testing::TestApp;

const ID: &str = "1000000008";

/// A session on its day, and its trainer's cookie.
async fn hall(app: &TestApp) -> (Uuid, String) {
    let (session, trainer) = session_with(app, 5).await;
    app.clock.advance(Duration::days(10));
    (session, app.sign_in(trainer).await)
}

async fn confirm(app: &TestApp, cookie: &str, session: Uuid, person: Uuid) -> (StatusCode, Value) {
    let fields = [("session", session.to_string()), ("person", person.to_string())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("training/confirm_identity", Some(cookie), &fields).await
}

async fn find(app: &TestApp, cookie: &str, session: Uuid, number: &str) -> (StatusCode, Value) {
    app.post("training/find_person", Some(cookie), &[("session", &session.to_string()), ("national_id", number)]).await
}

async fn is_verified(app: &TestApp, person: Uuid) -> bool {
    sqlx::query_scalar("SELECT identity_verified_at IS NOT NULL FROM persons WHERE id = $1")
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn identity_is_confirmed_once_and_claims_the_number() {
    let app = TestApp::start().await;
    let (session, cookie) = hall(&app).await;
    let owner = app.person_with(ID, "+966500000901", "1990-05-17").await;
    let other = app.person_with(ID, "+966500000902", "1991-05-17").await;
    for _ in 0..2 {
        assert_eq!(confirm(&app, &cookie, session, owner).await.0, StatusCode::OK);
    }
    assert!(is_verified(&app, owner).await);
    assert_eq!(noted(&app, "identity_confirmed", owner).await, 1);
    let refused = (StatusCode::CONFLICT, json!({ "Refused": "AccountFrozen" }));
    assert_eq!(confirm(&app, &cookie, session, other).await, refused);
    assert!(!is_verified(&app, other).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_with_one_number_one_is_verified() {
    let app = TestApp::start().await;
    let (session, cookie) = hall(&app).await;
    for serial in 0..crate::testing::scale(3, 50) {
        let number = (0..10)
            .map(|digit| format!("17{serial:07}{digit}"))
            .find(|number| NationalId::parse(number).is_ok())
            .unwrap();
        let one = app.person_with(&number, &format!("+96651{serial:07}"), "1990-05-17").await;
        let two = app.person_with(&number, &format!("+96652{serial:07}"), "1990-05-17").await;
        let (first, second) = tokio::join!(confirm(&app, &cookie, session, one), confirm(&app, &cookie, session, two));
        let mut answers = [first.0, second.0];
        answers.sort();
        assert_eq!(answers, [StatusCode::OK, StatusCode::CONFLICT]);
        assert_ne!(is_verified(&app, one).await, is_verified(&app, two).await);
    }
}

#[tokio::test]
async fn identity_is_seen_in_person_by_the_sessions_own_trainer_on_its_day() {
    let app = TestApp::start().await;
    let (session, trainer) = session_with(&app, 5).await;
    let programme = app.programme("practitioner").await;
    let now = app.clock.now();
    let online = app.session_at(programme, 5, trainer, "online", now + Duration::days(1)).await;
    let person = app.person().await;
    let cookie = app.sign_in(trainer).await;
    let early = (StatusCode::CONFLICT, json!({ "Refused": "NotYetStarted" }));
    assert_eq!(confirm(&app, &cookie, session, person).await, early);
    let remote = (StatusCode::CONFLICT, json!({ "Refused": "IdentityNeedsInPerson" }));
    assert_eq!(confirm(&app, &cookie, online, person).await, remote);
    app.clock.advance(Duration::days(10));
    let cookie = app.sign_in(trainer).await;
    let other = app.sign_in(app.staff(Role::Trainer).await).await;
    assert_eq!(confirm(&app, &other, session, person).await.0, StatusCode::NOT_FOUND);
    assert_eq!(find(&app, &other, session, ID).await.0, StatusCode::NOT_FOUND);
    let volunteer = app.sign_in(person).await;
    assert_eq!(confirm(&app, &volunteer, session, person).await.0, StatusCode::FORBIDDEN);
    assert_eq!(confirm(&app, &cookie, session, Uuid::nil()).await.0, StatusCode::NOT_FOUND);
    let themselves = (StatusCode::CONFLICT, json!({ "Refused": "TiedToPerson" }));
    let unverified = app.person().await;
    sqlx::query("INSERT INTO staff_roles (person_id, role) VALUES ($1, 'trainer')")
        .bind(unverified)
        .execute(&app.pool)
        .await
        .unwrap();
    let own = app.session_at(programme, 5, unverified, "in_person", app.clock.now()).await;
    assert_eq!(confirm(&app, &app.sign_in(unverified).await, own, unverified).await, themselves);
}

#[tokio::test]
async fn who_is_not_on_the_list_is_found_by_the_number_on_their_document() {
    let app = TestApp::start().await;
    let (session, cookie) = hall(&app).await;
    let person = app.person_with(ID, "+966500000955", "1990-05-17").await;
    app.person_with(ID, "+966500000944", "1990-05-17").await;
    for (typed, problem) in
        [("", "Required"), ("1000000000", "NationalIdInvalid"), ("2000000006", "NobodyWithNationalId")]
    {
        let wrong = json!({ "Invalid": [{ "field": "national_id", "problem": problem }] });
        assert_eq!(find(&app, &cookie, session, typed).await, (StatusCode::UNPROCESSABLE_ENTITY, wrong));
    }
    assert_eq!(find(&app, &cookie, session, "١٠٠٠٠٠٠٠٠٨").await.0, StatusCode::OK);
    let (status, page) = app.get(&format!("/trainer/{session}?visitor={person}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("55") && page.contains("44"), "the ends of both mobiles tell the accounts apart");
    for secret in [ID, "+96650", "1990-05-17"] {
        assert!(!page.contains(secret), "{secret} is on the page");
    }
    assert_eq!(confirm(&app, &cookie, session, person).await.0, StatusCode::OK);
}

#[tokio::test]
async fn numbers_are_not_tried_out() {
    let app = TestApp::start().await;
    let (session, cookie) = hall(&app).await;
    let mut last = StatusCode::OK;
    for _ in 0..121 {
        last = find(&app, &cookie, session, ID).await.0;
        if last == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
