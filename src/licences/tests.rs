//! Requests and licences against a real database.

use std::future::poll_fn;
use std::task::Poll;

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::model::{LicenceKind, LicenceNumber, LicenceState, RequestState};
use super::store;
use crate::access::Role;
use crate::review::store::{approve, take_next};
use crate::server::keys::random_digits;
use crate::testing::{TestApp, scale};

/// Somebody verified who passed the programme of a kind.
pub async fn ready(app: &TestApp, kind: LicenceKind) -> Uuid {
    let person = app.verified_person().await;
    passes(app, person, kind).await;
    person
}

/// A person passes the programme of a kind.
pub async fn passes(app: &TestApp, person: Uuid, kind: LicenceKind) {
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme(kind.code()).await;
    let session = app.session(programme, 10, trainer).await;
    app.passed(session, person).await;
}

/// A submitted request, by its number.
pub async fn submitted(app: &TestApp, person: Uuid, kind: LicenceKind, now: OffsetDateTime) -> String {
    let mut connection = app.pool.acquire().await.unwrap();
    store::submit(&mut connection, person, kind, None, || random_digits(10), now).await.unwrap().0
}

/// A licence issued to a person at an instant, in the way of the desk.
pub async fn licensed(app: &TestApp, person: Uuid, kind: LicenceKind, now: OffsetDateTime) -> LicenceNumber {
    let reviewer = app.staff(Role::Reviewer).await;
    let request = submitted(app, person, kind, now).await;
    let mut tx = app.pool.begin().await.unwrap();
    assert_eq!(take_next(&mut tx, reviewer, now).await.unwrap(), Some(request.clone()));
    let approved = approve(&mut tx, reviewer, &request, || random_digits(15), now).await.unwrap();
    tx.commit().await.unwrap();
    approved.licence.number
}

/// Runs futures at the same time and returns what each gave, in their order.
pub async fn together<F: Future>(all: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    poll_fn(|context| {
        for (future, answer) in running.iter_mut().filter(|(_, answer)| answer.is_none()) {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                *answer = Some(value);
            }
        }
        if running.iter().all(|(_, answer)| answer.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, answer)| answer).collect()
}

/// How many rows a query counts.
pub async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.owner).await.unwrap()
}

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

/// An approved organisation, by its id.
pub async fn organisation(app: &TestApp) -> String {
    let id: Uuid = sqlx::query_scalar(
        "INSERT INTO organisations (name_ar, name_en, name_key, sector, region, approved_at)
         VALUES ('جهة', 'Body', gen_random_uuid()::text, 'government', 'riyadh', now()) RETURNING id",
    )
    .fetch_one(&app.owner)
    .await
    .unwrap();
    id.to_string()
}

/// Makes a person manager of an organisation.
pub async fn manages(app: &TestApp, person: Uuid, organisation: &str) {
    sqlx::query("INSERT INTO organisation_roles (organisation_id, person_id, role) VALUES ($1::uuid, $2, 'manager')")
        .bind(organisation)
        .bind(person)
        .execute(&app.owner)
        .await
        .unwrap();
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

#[tokio::test]
async fn a_licence_may_follow_one_that_ended() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now() - Duration::days(1000)).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 2);
}

#[tokio::test]
async fn a_request_and_a_card_are_their_owners_only() {
    let app = TestApp::start().await;
    let (person, stranger) = (ready(&app, LicenceKind::Practitioner).await, app.person().await);
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let request: String = sqlx::query_scalar("SELECT number FROM licence_requests").fetch_one(&app.pool).await.unwrap();
    let (owner, stranger) = (app.sign_in(person).await, app.sign_in(stranger).await);
    for path in
        [format!("/api/licences/request?number={request}"), format!("/api/licences/card?number={}", number.digits())]
    {
        assert_eq!(app.get(&path, Some(&owner)).await.0, StatusCode::OK, "{path}");
        assert_eq!(app.get(&path, Some(&stranger)).await.0, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(app.get(&path, None).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    let (status, page) = app.get(&format!("/account/licences/{}", number.digits()), Some(&owner)).await;
    assert_eq!(status, StatusCode::OK);
    for shown in [number.grouped().as_str(), "محمد عبد الله سعد القحطاني", "Mohammed Alqahtani", "<svg viewBox=\"0 0 "]
    {
        assert!(page.contains(shown), "{shown}");
    }
    let (status, page) = app.get(&format!("/account/requests/{request}"), Some(&owner)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("/account/licences/{}", number.digits())));
}

#[tokio::test]
async fn the_enums_mirror_the_databases_state_machines() {
    let app = TestApp::start().await;
    let steps = async |machine: &str| -> Vec<(String, String)> {
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = $1 ORDER BY 1, 2")
            .bind(machine)
            .fetch_all(&app.pool)
            .await
            .unwrap()
    };
    let mut requests = Vec::new();
    for (from, to) in pairs(&RequestState::ALL).filter(|(from, to)| from.can_become(*to)) {
        requests.push((from.code().to_owned(), to.code().to_owned()));
    }
    requests.sort();
    assert_eq!(requests, steps("request").await);
    let mut licences = Vec::new();
    for (from, to) in pairs(&LicenceState::ALL).filter(|(from, to)| from.can_become(*to)) {
        licences.push((from.code().to_owned(), to.code().to_owned()));
    }
    licences.sort();
    assert_eq!(licences, steps("licence").await);
}

fn pairs<T: Copy>(all: &[T]) -> impl Iterator<Item = (T, T)> {
    all.iter().flat_map(move |from| all.iter().map(move |to| (*from, *to)))
}

#[tokio::test]
async fn the_application_can_take_a_request_through_permitted_steps_only() {
    let app = TestApp::start().await;
    let (person, reviewer) = (app.person().await, app.staff(Role::Reviewer).await);
    let number = submitted(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    for (from, to) in pairs(&RequestState::ALL).filter(|(from, to)| from != to) {
        for statement in [
            "ALTER TABLE licence_requests DISABLE TRIGGER USER",
            "UPDATE licence_requests SET state = $1, claimed_by = $2, claimed_at = created_at,
                 submitted_at = CASE WHEN $1 = 'draft' THEN NULL ELSE created_at END",
            "ALTER TABLE licence_requests ENABLE TRIGGER USER",
        ] {
            let query = sqlx::query(statement);
            let query = if statement.starts_with("UPDATE") { query.bind(from.code()).bind(reviewer) } else { query };
            query.execute(&app.owner).await.unwrap();
        }
        let mut tx = app.pool.begin().await.unwrap();
        if from == RequestState::InReview && ["approved", "rejected", "returned"].contains(&to.code()) {
            sqlx::query(
                "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at)
                 SELECT id, $2, $3, $4, $4 FROM licence_requests WHERE number = $1",
            )
            .bind(&number)
            .bind(to.code())
            .bind(reviewer)
            .bind(app.clock.now())
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        let done = sqlx::query(
            "UPDATE licence_requests SET state = $2,
                 submitted_at = CASE WHEN $2 = 'draft' THEN NULL ELSE created_at END WHERE number = $1",
        )
        .bind(&number)
        .bind(to.code())
        .execute(&mut *tx)
        .await;
        tx.rollback().await.unwrap();
        assert_eq!(done.is_ok(), from.can_become(to), "{from:?} to {to:?}: {done:?}");
    }
}

#[tokio::test]
async fn the_application_can_take_a_licence_through_permitted_steps_only() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    for (from, to) in pairs(&LicenceState::ALL).filter(|(from, to)| from != to) {
        for statement in [
            "ALTER TABLE licences DISABLE TRIGGER USER",
            "UPDATE licences SET state = $1, superseded_by = CASE WHEN $1 = 'superseded' THEN id END",
            "ALTER TABLE licences ENABLE TRIGGER USER",
        ] {
            let query = sqlx::query(statement);
            let query = if statement.starts_with("UPDATE") { query.bind(from.code()) } else { query };
            query.execute(&app.owner).await.unwrap();
        }
        let mut tx = app.pool.begin().await.unwrap();
        let done =
            sqlx::query("UPDATE licences SET state = $1, superseded_by = CASE WHEN $1 = 'superseded' THEN id END")
                .bind(to.code())
                .execute(&mut *tx)
                .await;
        tx.rollback().await.unwrap();
        assert_eq!(done.is_ok(), from.can_become(to), "{from:?} to {to:?}: {done:?}");
    }
}

#[tokio::test]
async fn what_was_issued_is_neither_rewritten_nor_deleted() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    for statement in [
        "UPDATE licences SET valid = daterange(lower(valid), upper(valid) + 365)",
        "UPDATE licences SET number = '0000000000000000'",
        "DELETE FROM licences",
        "UPDATE licence_events SET reason = 'x'",
        "DELETE FROM licence_events",
        "UPDATE decisions SET outcome = 'rejected'",
        "DELETE FROM decisions",
        "UPDATE audit_entries SET action = 'x'",
    ] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
}
