//! Restoring and revoking: one officer proposes, another approves.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{
    KIND, NOTE, approve, corrected, events, holder, looked_up, noted, officers, propose, revoked, rule, state,
    suspended,
};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::licences::tests::{count, licensed, ready, together};
use crate::oversight::model::Act;
use crate::testing::{TestApp, scale};

#[tokio::test]
async fn revoking_takes_two_officers_and_is_final() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let (one, two) = (app.sign_in(first).await, app.sign_in(second).await);
    let fields = [("number", number.digits()), ("act", "revoke"), ("reason", "charter_breach"), ("text", NOTE)];
    assert_eq!(app.post("oversight/propose", Some(&one), &fields).await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "active", "a proposal changes nothing");
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template LIKE 'licence_revoked'").await, 0);
    let proposal: Uuid = sqlx::query_scalar("SELECT id FROM licence_proposals").fetch_one(&app.pool).await.unwrap();
    let fields = [("proposal", proposal.to_string())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let alone = app.post("oversight/approve", Some(&one), &fields).await;
    assert_eq!(alone, (StatusCode::CONFLICT, json!({ "Refused": "SecondOfficerNeeded" })));
    assert_eq!(app.post("oversight/approve", Some(&two), &fields).await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "revoked");
    assert_eq!(noted(&app, "licence_revoked").await, 2, "a message and an audit entry");
    let shown = looked_up(&app, &number).await;
    assert_eq!((&shown["status"], &shown["reason"]), (&json!("revoked"), &json!("charter_breach")));
    let again = app.post("oversight/approve", Some(&two), &fields).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    for act in [Act::Restore, Act::Revoke] {
        assert_eq!(propose(&app, first, &number, act).await, Problem::NoLongerPossible.refused(), "final");
    }
}

#[tokio::test]
async fn restoring_takes_two_officers() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    assert_eq!(propose(&app, first, &number, Act::Restore).await, Problem::NoLongerPossible.refused(), "not suspended");
    suspended(&app, &number).await;
    let proposal = propose(&app, first, &number, Act::Restore).await.unwrap();
    assert_eq!(approve(&app, first, proposal).await, Problem::SecondOfficerNeeded.refused());
    assert_eq!(state(&app, &number).await, "suspended");
    assert_eq!(approve(&app, second, proposal).await, Ok(1));
    assert_eq!(state(&app, &number).await, "active");
    assert_eq!(noted(&app, "licence_restored").await, 2);
    let shown = looked_up(&app, &number).await;
    assert_eq!((&shown["status"], &shown["reason"]), (&json!("valid"), &json!(null)));
    // What happened once may happen again, each time by two.
    suspended(&app, &number).await;
    let proposal = propose(&app, second, &number, Act::Restore).await.unwrap();
    assert_eq!(approve(&app, second, proposal).await, Problem::SecondOfficerNeeded.refused());
    assert_eq!(approve(&app, first, proposal).await, Ok(1));
    let words: Vec<String> = events(&app, &number).await.into_iter().map(|(event, _)| event).collect();
    assert_eq!(words, ["issued", "suspended", "restored", "suspended", "restored"]);
}

#[tokio::test]
async fn the_database_refuses_a_second_approver_who_is_the_first() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let [first, _] = officers(&app).await;
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    for pool in [&app.pool, &app.owner] {
        for outcome in ["approved", "refused"] {
            let refusal =
                sqlx::query("INSERT INTO proposal_outcomes (proposal_id, outcome, by_id, at) VALUES ($1, $2, $3, $4)")
                    .bind(proposal)
                    .bind(outcome)
                    .bind(first)
                    .bind(app.clock.now())
                    .execute(pool)
                    .await
                    .unwrap_err();
            assert_eq!(rule(&refusal), "proposal_outcomes_second_officer", "{outcome}");
        }
    }
    assert_eq!(state(&app, &number).await, "active");
}

#[tokio::test]
async fn of_approvers_at_once_one_has_an_effect() {
    let app = TestApp::start().await;
    for act in [Act::Revoke, Act::Restore] {
        let (_, number) = holder(&app).await;
        if act == Act::Restore {
            suspended(&app, &number).await;
        }
        let [first, _] = officers(&app).await;
        let proposal = propose(&app, first, &number, act).await.unwrap();
        let mut approvers = Vec::new();
        for _ in 0..scale(4, 12) {
            approvers.push(app.staff(Role::Reviewer).await);
        }
        let told = count(&app, "SELECT count(*) FROM messages").await;
        let answers = together(approvers.iter().map(|approver| approve(&app, *approver, proposal))).await;
        assert_eq!(answers.iter().filter(|answer| **answer == Ok(1)).count(), 1, "{answers:?}");
        let late = answers.iter().filter(|answer| **answer == Problem::NoLongerPossible.refused()).count();
        assert_eq!(late, approvers.len() - 1, "{answers:?}");
        assert_eq!(count(&app, "SELECT count(*) FROM messages").await, told + 1);
        let done = events(&app, &number).await;
        assert_eq!(
            done.iter().filter(|(event, _)| event == if act == Act::Revoke { "revoked" } else { "restored" }).count(),
            1
        );
    }
}

#[tokio::test]
async fn one_proposal_about_a_licence_is_open_at_a_time() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let mut proposers = Vec::new();
    for _ in 0..scale(4, 12) {
        proposers.push(app.staff(Role::Reviewer).await);
    }
    let answers = together(proposers.iter().map(|one| propose(&app, *one, &number, Act::Revoke))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    let refused = answers.iter().filter(|answer| **answer == Problem::ProposalOpen.refused()).count();
    assert_eq!(refused, proposers.len() - 1, "{answers:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM licence_proposals").await, 1);
}

#[tokio::test]
async fn a_proposal_is_refused_by_another_with_a_reason_for_its_own_to_read() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let (one, two) = (app.sign_in(first).await, app.sign_in(second).await);
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap().to_string();
    let fields = [("proposal", proposal.as_str()), ("text", "الأدلة غير كافية")];
    let own = app.post("oversight/refuse", Some(&one), &fields).await;
    assert_eq!(own, (StatusCode::CONFLICT, json!({ "Refused": "SecondOfficerNeeded" })));
    let bare = app.post("oversight/refuse", Some(&two), &fields[..1]).await;
    assert_eq!(bare.1["Invalid"][0], json!({ "field": "text", "problem": "Required" }));
    assert_eq!(app.post("oversight/refuse", Some(&two), &fields).await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "active");
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template LIKE 'licence_revoked'").await, 0);
    let again = app.post("oversight/refuse", Some(&two), &fields).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    let (_, page) = app.get(&format!("/oversight/{}", number.digits()), Some(&one)).await;
    assert!(page.contains("الأدلة غير كافية"));
    // Then another may be made.
    assert!(propose(&app, second, &number, Act::Revoke).await.is_ok());
}

#[tokio::test]
async fn a_proposal_is_withdrawn_by_who_made_it_alone() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let (one, two) = (app.sign_in(first).await, app.sign_in(second).await);
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    let id = proposal.to_string();
    let fields = [("proposal", id.as_str())];
    assert_eq!(app.post("oversight/withdraw", Some(&two), &fields).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.post("oversight/withdraw", Some(&one), &fields).await.0, StatusCode::OK);
    let again = app.post("oversight/withdraw", Some(&one), &fields).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    assert_eq!(approve(&app, second, proposal).await, Problem::NoLongerPossible.refused());
    assert_eq!(state(&app, &number).await, "active");
}

#[tokio::test]
async fn what_is_unknown_and_other_roles_settle_nothing() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let unknown = LicenceNumber::from_digits15("123456789012345").unwrap();
    assert_eq!(propose(&app, first, &unknown, Act::Revoke).await, Err(AppError::NotFound));
    assert_eq!(approve(&app, second, Uuid::new_v4()).await, Err(AppError::NotFound));
    let officer = app.sign_in(second).await;
    let nothing = Uuid::new_v4().to_string();
    let nothing = [("proposal", nothing.as_str()), ("text", NOTE)];
    for endpoint in ["oversight/approve", "oversight/refuse", "oversight/withdraw"] {
        assert_eq!(app.post(endpoint, Some(&officer), &nothing).await.0, StatusCode::NOT_FOUND, "{endpoint}");
    }
    let fields = [("number", number.digits()), ("act", "suspend"), ("reason", "holder_asked"), ("text", NOTE)];
    assert_eq!(app.post("oversight/propose", Some(&officer), &fields).await.0, StatusCode::BAD_REQUEST);

    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap().to_string();
    let settle = [("proposal", proposal.as_str()), ("text", NOTE)];
    let make = [("number", number.digits()), ("act", "revoke"), ("reason", "holder_asked"), ("text", NOTE)];
    for who in [person, app.staff(Role::Trainer).await, app.staff(Role::Administrator).await] {
        let cookie = app.sign_in(who).await;
        for endpoint in ["oversight/approve", "oversight/refuse", "oversight/withdraw"] {
            assert_eq!(app.post(endpoint, Some(&cookie), &settle).await.0, StatusCode::FORBIDDEN, "{endpoint}");
        }
        assert_eq!(app.post("oversight/propose", Some(&cookie), &make).await.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM proposal_outcomes").await, 0);
}

#[tokio::test]
async fn what_ended_or_changed_meanwhile_is_not_done() {
    let app = TestApp::start().await;
    let [first, second] = officers(&app).await;
    let person = ready(&app, KIND).await;
    // Ends tomorrow at the latest.
    let number = licensed(&app, person, KIND, app.clock.now() - Duration::days(729)).await;
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    app.clock.advance(Duration::days(3));
    assert_eq!(approve(&app, second, proposal).await, Problem::NoLongerPossible.refused());
    assert_eq!(propose(&app, first, &number, Act::Revoke).await, Problem::NoLongerPossible.refused());

    let (_, other) = holder(&app).await;
    suspended(&app, &other).await;
    revoked(&app, &other).await;
    assert_eq!(propose(&app, first, &other, Act::Restore).await, Problem::NoLongerPossible.refused());
    let (_, old) = holder(&app).await;
    corrected(&app, &old).await;
    assert_eq!(propose(&app, first, &old, Act::Revoke).await, Problem::NoLongerPossible.refused());
    assert_eq!(events(&app, &number).await.len(), 1);
}
