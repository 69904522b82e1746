//! The desk against a real database: fair, exact, and never tied.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::store;
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{count, licensed, manages, organisation, passes, ready, submitted, together};
use crate::server::keys::random_digits;
use crate::testing::{TestApp, scale};

const KIND: LicenceKind = LicenceKind::Practitioner;

/// A submitted request of somebody new, by person and number.
async fn waiting(app: &TestApp) -> (Uuid, String) {
    let person = ready(app, KIND).await;
    let number = submitted(app, person, KIND, app.clock.now()).await;
    (person, number)
}

async fn take(app: &TestApp, reviewer: Uuid) -> Option<String> {
    let mut tx = app.pool.begin().await.unwrap();
    let taken = store::take_next(&mut tx, reviewer, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

async fn approve(app: &TestApp, reviewer: Uuid, number: &str) -> Result<LicenceNumber, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let approved = store::approve(&mut tx, reviewer, number, || random_digits(15), app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(approved.licence.number)
}

#[tokio::test]
async fn the_oldest_request_comes_first_and_one_at_a_time() {
    let app = TestApp::start().await;
    let (_, first) = waiting(&app).await;
    let (_, second) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    assert_eq!(take(&app, one).await, Some(first.clone()));
    assert_eq!(take(&app, one).await, Some(first), "who holds one gets no second");
    assert_eq!(take(&app, two).await, Some(second));
    let three = app.staff(Role::Reviewer).await;
    assert_eq!(take(&app, three).await, None);
}

#[tokio::test]
async fn reviewers_at_once_never_get_the_same_request() {
    let app = TestApp::start().await;
    let size = scale(5, 20);
    let mut reviewers = Vec::new();
    for _ in 0..size {
        waiting(&app).await;
        reviewers.push(app.staff(Role::Reviewer).await);
    }
    // Each twice, as from two tabs.
    let taken = together(reviewers.iter().chain(&reviewers).map(|reviewer| take(&app, *reviewer))).await;
    let mut numbers: Vec<String> = taken[..size].iter().flatten().cloned().collect();
    for (once, again) in taken[..size].iter().zip(&taken[size..]) {
        assert_eq!(once, again);
    }
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), size);
}

#[tokio::test]
async fn an_idle_claim_goes_back_to_the_queue() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, one).await;
    app.clock.advance(Duration::minutes(29));
    assert_eq!(take(&app, two).await, None);
    app.clock.advance(Duration::minutes(2));
    assert_eq!(take(&app, two).await, Some(number.clone()));
    assert_eq!(approve(&app, one, &number).await, Problem::RequestTakenBack.refused());
    assert!(approve(&app, two, &number).await.is_ok());
}

/// Every way of being tied to an applicant.
async fn tie(app: &TestApp, reviewer: Uuid, applicant: Uuid, how: &str) {
    match how {
        "team" => {
            let other = app.person().await;
            let team: Uuid = sqlx::query_scalar(
                "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id)
                 VALUES ('team', 'فريق', 'Team', 'team', 'غ', 'P', 'riyadh', $1::uuid, $2) RETURNING id",
            )
            .bind(organisation(app).await)
            .bind(other)
            .fetch_one(&app.owner)
            .await
            .unwrap();
            for member in [reviewer, applicant] {
                sqlx::query("INSERT INTO memberships (team_id, person_id) VALUES ($1, $2)")
                    .bind(team)
                    .bind(member)
                    .execute(&app.owner)
                    .await
                    .unwrap();
            }
        }
        "organisation" => {
            let organisation = organisation(app).await;
            manages(app, reviewer, &organisation).await;
            manages(app, applicant, &organisation).await;
        }
        _ => {
            let session = app.session(app.programme("practitioner").await, 5, reviewer).await;
            sqlx::query(
                "INSERT INTO identity_confirmations (person_id, method, confirmed_by, session_id, confirmed_at)
                 VALUES ($1, 'trainer', $2, $3, $4)",
            )
            .bind(applicant)
            .bind(reviewer)
            .bind(session)
            .bind(app.clock.now())
            .execute(&app.owner)
            .await
            .unwrap();
        }
    }
}

#[tokio::test]
async fn nobody_gets_the_request_of_somebody_they_are_tied_to() {
    for how in ["team", "organisation", "identity"] {
        let app = TestApp::start().await;
        let (reviewer, applicant) = (app.staff(Role::Reviewer).await, app.person().await);
        passes(&app, applicant, KIND).await;
        tie(&app, reviewer, applicant, how).await;
        let number = submitted(&app, applicant, KIND, app.clock.now()).await;
        assert_eq!(take(&app, reviewer).await, None, "{how}");
        // Nor by hand, whatever the code does.
        for pool in [&app.pool, &app.owner] {
            let claimed = sqlx::query(
                "UPDATE licence_requests SET state = 'in_review', claimed_by = $2, claimed_at = now() WHERE number = $1",
            )
            .bind(&number)
            .bind(reviewer)
            .execute(pool)
            .await;
            let refusal = claimed.unwrap_err();
            let constraint = refusal.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
            assert_eq!(constraint.as_deref(), Some("licence_requests_untied_reviewer"), "{how}");
        }
        let other = app.staff(Role::Reviewer).await;
        assert_eq!(take(&app, other).await, Some(number), "{how}");
    }
}

#[tokio::test]
async fn a_tie_made_after_the_claim_stops_the_decision() {
    for how in ["team", "organisation"] {
        let app = TestApp::start().await;
        let (applicant, number) = waiting(&app).await;
        let reviewer = app.staff(Role::Reviewer).await;
        take(&app, reviewer).await;
        tie(&app, reviewer, applicant, how).await;
        assert_eq!(approve(&app, reviewer, &number).await, Problem::TiedToPerson.refused(), "{how}");
        assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 0);
        assert_eq!(count(&app, "SELECT count(*) FROM decisions").await, 0);
    }
}

#[tokio::test]
async fn nobody_decides_their_own_request() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    passes(&app, reviewer, KIND).await;
    submitted(&app, reviewer, KIND, app.clock.now()).await;
    assert_eq!(take(&app, reviewer).await, None);
    let cookie = app.sign_in(reviewer).await;
    let (_, desk) = app.get("/api/review/desk", Some(&cookie)).await;
    assert!(desk.contains("\"waiting\":0"), "{desk}");
}

#[tokio::test]
async fn only_who_holds_a_request_sees_lets_go_and_approves_it() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, one).await;
    let (one, two) = (app.sign_in(one).await, app.sign_in(two).await);
    let page = format!("/api/review/request?number={number}");
    assert_eq!(app.get(&page, Some(&one)).await.0, StatusCode::OK);
    assert_eq!(app.get(&page, Some(&two)).await.0, StatusCode::CONFLICT);
    let fields = [("number", number.as_str())];
    for endpoint in ["review/let_go", "review/approve"] {
        let answer = app.post(endpoint, Some(&two), &fields).await;
        assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "RequestTakenBack" })), "{endpoint}");
        let unknown = app.post(endpoint, Some(&one), &[("number", "0000000000")]).await;
        assert_eq!(unknown.0, StatusCode::CONFLICT, "{endpoint}");
    }
    assert_eq!(app.post("review/let_go", Some(&one), &fields).await.0, StatusCode::OK);
    assert_eq!(app.post("review/let_go", Some(&one), &fields).await.0, StatusCode::CONFLICT, "let go once");
    assert_eq!(app.get(&page, Some(&one)).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_desk_is_for_reviewers() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let trainer = app.sign_in(trainer).await;
    for endpoint in ["review/take_next", "review/let_go", "review/approve"] {
        let fields = [("number", "0000000000")];
        assert_eq!(app.post(endpoint, None, &fields).await.0, StatusCode::UNAUTHORIZED, "{endpoint}");
        assert_eq!(app.post(endpoint, Some(&trainer), &fields).await.0, StatusCode::FORBIDDEN, "{endpoint}");
    }
}

#[tokio::test]
async fn approving_many_times_at_once_issues_one_licence() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let fields = [("number", number.as_str())];
    let posts = (0..scale(20, 50)).map(|_| app.post("review/approve", Some(&cookie), &fields));
    let answers = together(posts).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == StatusCode::OK).count(), 1);
    for (status, body) in answers.iter().filter(|(status, _)| *status != StatusCode::OK) {
        assert_eq!((*status, body), (StatusCode::CONFLICT, &json!({ "Refused": "RequestTakenBack" })));
    }
    for query in [
        "SELECT count(*) FROM licences",
        "SELECT count(*) FROM decisions",
        "SELECT count(*) FROM licence_events WHERE event = 'issued' AND actor_id IS NOT NULL",
        "SELECT count(*) FROM audit_entries WHERE action = 'licence_issued'",
        "SELECT count(*) FROM messages WHERE template = 'licence_issued'",
    ] {
        assert_eq!(count(&app, query).await, 1, "{query}");
    }
}

#[tokio::test]
async fn a_licence_number_that_exists_is_drawn_again() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    for draws in [vec!["000000000000001"], vec!["000000000000001", "000000000000001", "000000000000002"]] {
        let (_, number) = waiting(&app).await;
        take(&app, reviewer).await;
        let mut draws = draws.into_iter();
        let mut tx = app.pool.begin().await.unwrap();
        let next = || draws.next().unwrap().to_owned();
        store::approve(&mut tx, reviewer, &number, next, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(draws.next(), None, "no draw is left over");
    }
    assert_eq!(count(&app, "SELECT count(DISTINCT number) FROM licences").await, 2);
}

#[tokio::test]
async fn a_random_source_that_repeats_itself_issues_nothing() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let same = || "000000000000001".to_owned();
    for issued in [true, false] {
        let (_, number) = waiting(&app).await;
        take(&app, reviewer).await;
        let mut tx = app.pool.begin().await.unwrap();
        let done = store::approve(&mut tx, reviewer, &number, same, app.clock.now()).await;
        assert_eq!(done.is_ok(), issued);
        if issued {
            tx.commit().await.unwrap();
        }
    }
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 1);
}

#[tokio::test]
async fn prerequisites_must_hold_at_the_moment_of_issue() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let practitioner = licensed(&app, person, KIND, app.clock.now()).await;
    passes(&app, person, LicenceKind::TeamLeader).await;
    let number = submitted(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let suspend = async |state: &str| {
        sqlx::query("UPDATE licences SET state = $1 WHERE number = $2")
            .bind(state)
            .bind(practitioner.digits())
            .execute(&app.pool)
            .await
            .unwrap();
    };
    suspend("suspended").await;
    assert_eq!(approve(&app, reviewer, &number).await, Problem::PrerequisitesMissing.refused());
    assert_eq!(count(&app, "SELECT count(*) FROM decisions").await, 1, "the earlier licence's alone");
    suspend("active").await;
    assert!(approve(&app, reviewer, &number).await.is_ok());
}

#[tokio::test]
async fn a_licence_is_valid_for_the_months_of_the_setting_in_force() {
    let app = TestApp::start().await;
    sqlx::query(
        "INSERT INTO settings (key, kind, value, effective_from) VALUES ('validity_months', 'practitioner', 7, $1)",
    )
    .bind(app.clock.now() - Duration::days(1))
    .execute(&app.pool)
    .await
    .unwrap();
    let person = ready(&app, KIND).await;
    licensed(&app, person, KIND, app.clock.now()).await;
    let months: i64 = count(
        &app,
        "SELECT (extract(year FROM age(upper(valid), lower(valid))) * 12
             + extract(month FROM age(upper(valid), lower(valid))))::bigint FROM licences",
    )
    .await;
    assert_eq!(months, 7);
}

#[tokio::test]
async fn approving_leads_to_the_next_request() {
    let app = TestApp::start().await;
    let (_, first) = waiting(&app).await;
    let (_, second) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let (status, _) = app.post("review/approve", Some(&cookie), &[("number", &first)]).await;
    assert_eq!(status, StatusCode::OK);
    let (status, page) = app.get(&format!("/review/{second}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Mohammed Alqahtani"));
}
