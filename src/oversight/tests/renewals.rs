//! A revocation takes a renewal that has not started, and nothing else.

use time::Duration;
use uuid::Uuid;

use super::{
    KIND, approve, events, holder, id_of, looked_up, noted, officers, propose, revoked, rule, state, suspended,
};
use crate::access::Role;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, passes, submitted};
use crate::oversight::model::Act;
use crate::review::model::EFFECT_AFTER;
use crate::server::keys::random_digits;
use crate::testing::TestApp;

/// The renewal of a licence, issued now for the year after it ends.
async fn renewal(app: &TestApp, person: Uuid, of: &LicenceNumber) -> LicenceNumber {
    let decided = app.clock.now() - EFFECT_AFTER;
    let request = submitted(app, person, KIND, decided).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let number = LicenceNumber::from_digits15(&random_digits(15)).unwrap();
    let mut tx = app.pool.begin().await.unwrap();
    for statement in [
        "UPDATE licence_requests SET state = 'in_review', claimed_by = $2, claimed_at = $3 WHERE number = $1",
        "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at)
         SELECT id, 'approved', $2, $3, $3 + interval '10 seconds' FROM licence_requests WHERE number = $1",
        "UPDATE licence_requests SET state = 'approved', settled_at = claimed_at + interval '10 seconds'
         WHERE number = $1 AND $2::uuid IS NOT NULL AND $3::timestamptz IS NOT NULL",
    ] {
        sqlx::query(statement).bind(&request).bind(reviewer).bind(decided).execute(&mut *tx).await.unwrap();
    }
    sqlx::query(
        "WITH renewal AS (
             INSERT INTO licences (number, request_id, person_id, kind, state, issued_at, valid)
             SELECT $1, q.id, q.person_id, q.kind, 'active', $4, daterange(upper(l.valid), upper(l.valid) + 365)
             FROM licence_requests q, licences l WHERE q.number = $2 AND l.number = $3 RETURNING id, issued_at)
         INSERT INTO licence_events (licence_id, event, at) SELECT id, 'issued', issued_at FROM renewal",
    )
    .bind(number.digits())
    .bind(&request)
    .bind(of.digits())
    .bind(app.clock.now())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    number
}

#[tokio::test]
async fn a_revocation_takes_a_renewal_that_has_not_started() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let renewed = renewal(&app, person, &number).await;
    passes(&app, person, LicenceKind::TeamLeader).await;
    let other_kind = licensed(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    let (_, strangers) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    // Who approves reads which it takes.
    let cookie = app.sign_in(second).await;
    let (_, view) = app.get(&format!("/api/oversight/licence?number={}", number.digits()), Some(&cookie)).await;
    assert!(view.contains(&format!("\"also\":[\"{}\"]", renewed.digits())), "{view}");
    assert_eq!(approve(&app, second, proposal).await, Ok(2));
    for (licence, after) in
        [(&number, "revoked"), (&renewed, "revoked"), (&other_kind, "active"), (&strangers, "active")]
    {
        assert_eq!(state(&app, licence).await, after);
    }
    assert_eq!(events(&app, &renewed).await[1], ("revoked".to_owned(), Some("charter_breach".to_owned())));
    assert_eq!(noted(&app, "licence_revoked").await, 4, "a message and an audit entry for each");
    assert_eq!(looked_up(&app, &renewed).await["status"], "revoked");
}

#[tokio::test]
async fn a_suspended_renewal_is_taken_too_and_its_own_proposal_waits_no_more() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let renewed = renewal(&app, person, &number).await;
    suspended(&app, &renewed).await;
    let [first, second] = officers(&app).await;
    let restoring = propose(&app, first, &renewed, Act::Restore).await.unwrap();
    revoked(&app, &number).await;
    assert_eq!(state(&app, &renewed).await, "revoked");
    assert!(approve(&app, second, restoring).await.is_err());
    let cookie = app.sign_in(second).await;
    let (_, list) = app.get("/api/oversight/proposals", Some(&cookie)).await;
    assert!(list.contains("\"proposals\":[]"), "{list}");
}

#[tokio::test]
async fn a_renewal_that_is_revoked_alone_leaves_what_it_renews() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let renewed = renewal(&app, person, &number).await;
    revoked(&app, &renewed).await;
    assert_eq!((state(&app, &number).await, state(&app, &renewed).await), ("active".into(), "revoked".into()));
}

#[tokio::test]
async fn a_spent_approval_takes_no_licence_that_came_later() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    approve(&app, second, proposal).await.unwrap();
    app.clock.advance(Duration::minutes(1));
    let later = renewal(&app, person, &number).await;
    let refusal = sqlx::query(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at, proposal_id)
         SELECT $1, 'revoked', p.reason, o.by_id, o.at, p.id
         FROM licence_proposals p JOIN proposal_outcomes o ON o.proposal_id = p.id",
    )
    .bind(id_of(&app, &later).await)
    .execute(&app.pool)
    .await
    .unwrap_err();
    assert_eq!(rule(&refusal), "licence_events_approved");
    assert_eq!(state(&app, &later).await, "active");
}
