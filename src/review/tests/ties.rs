//! Nobody decides across a tie.

use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use super::{KIND, decide, rejection, take, waiting};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::tests::{count, manages, organisation, passes, submitted};
use crate::review::model::{FieldReason, RequestField};
use crate::review::store::Verdict;
use crate::testing::{TestApp, scale};

/// Every way of being tied to an applicant: `team`, `organisation`, `identity`.
pub async fn tie(app: &TestApp, reviewer: Uuid, applicant: Uuid, how: &str) {
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
        let cookie = app.sign_in(reviewer).await;
        let returned = Verdict::Return(vec![(RequestField::Place, FieldReason::Outdated, None)]);
        for verdict in [Verdict::Approve, rejection(), returned] {
            assert_eq!(decide(&app, reviewer, &number, &verdict).await, Problem::TiedToPerson.refused(), "{how}");
        }
        for (endpoint, fields) in [
            ("review/approve", vec![]),
            ("review/reject", vec![("reason", "other"), ("text", "سبب")]),
            ("review/return_request", vec![("fields[]", "place"), ("reasons[place]", "outdated")]),
        ] {
            let fields = [vec![("number", number.as_str())], fields].concat();
            let answer = app.post(endpoint, Some(&cookie), &fields).await;
            assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "TiedToPerson" })), "{how} {endpoint}");
        }
        for outcome in ["approved", "rejected", "returned"] {
            let refusal = sqlx::query(
                "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at, reason)
                 SELECT id, $2, claimed_by, $3, $3 + interval '10 seconds', CASE $2 WHEN 'rejected' THEN 'other' END
                 FROM licence_requests WHERE number = $1",
            )
            .bind(&number)
            .bind(outcome)
            .bind(app.clock.now())
            .execute(&app.pool)
            .await
            .unwrap_err();
            let constraint = refusal.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
            assert_eq!(constraint.as_deref(), Some("decisions_untied_reviewer"), "{how} {outcome}");
        }
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

/// One of a few, by chance.
fn any(of: &[Uuid]) -> Uuid {
    of[usize::from(Uuid::new_v4().as_bytes()[0]) % of.len()]
}

#[tokio::test]
async fn the_set_of_tied_people_is_what_is_said_of_each() {
    let app = TestApp::start().await;
    for _ in 0..scale(3, 30) {
        let mut people = Vec::new();
        for _ in 0..12 {
            people.push(app.person().await);
        }
        let mut organisations = Vec::new();
        for _ in 0..3 {
            organisations.push(Uuid::parse_str(&organisation(&app).await).unwrap());
        }
        for serial in 0..4 {
            let leader = any(&people);
            let deputy = Some(any(&people)).filter(|deputy| *deputy != leader);
            let team: Uuid = sqlx::query_scalar(
                "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id,
                     leader_id, deputy_id)
                 VALUES ('team-' || substr($1::text, 1, 8), 'فريق', 'Team', $1::text, 'غ', 'P', 'riyadh', $2, $3, $4)
                 RETURNING id",
            )
            .bind(Uuid::new_v4())
            .bind(any(&organisations))
            .bind(leader)
            .bind(deputy)
            .fetch_one(&app.owner)
            .await
            .unwrap();
            for _ in 0..3 {
                sqlx::query(
                    "INSERT INTO memberships (team_id, person_id, left_at) VALUES ($1, $2, CASE WHEN $3 THEN now() END)
                     ON CONFLICT DO NOTHING",
                )
                .bind(team)
                .bind(any(&people))
                .bind(serial == 0)
                .execute(&app.owner)
                .await
                .unwrap();
            }
        }
        for over in [false, false, true] {
            sqlx::query(
                "INSERT INTO organisation_roles (organisation_id, person_id, role, until)
                 VALUES ($1, $2, 'viewer', CASE WHEN $3 THEN now() END) ON CONFLICT DO NOTHING",
            )
            .bind(any(&organisations))
            .bind(any(&people))
            .bind(over)
            .execute(&app.owner)
            .await
            .unwrap();
        }
        let differing: Vec<(Uuid, Uuid)> = sqlx::query_as(
            "SELECT r.id, p.id FROM unnest($1) AS r (id), unnest($1) AS p (id)
             WHERE may_decide(r.id, p.id, NULL) = (p.id IN (SELECT tied_people(r.id)))",
        )
        .bind(&people)
        .fetch_all(&app.pool)
        .await
        .unwrap();
        assert_eq!(differing, []);
        let tied: i64 = sqlx::query_scalar("SELECT count(*) FROM unnest($1) AS r (id), tied_people(r.id)")
            .bind(&people)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        assert!(tied > 12, "nobody is tied to anybody but themselves");
    }
}
