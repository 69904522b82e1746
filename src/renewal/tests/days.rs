//! No day is uncovered, and none is covered twice.

use axum::http::StatusCode;
use time::Duration;

use super::{Holder, KIND, MILLISECOND, approved, decide, module, renewing, state, status, take_effect};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{count, passes, ready};
use crate::review::store::Verdict;
use crate::testing::TestApp;

/// Days between a holder's first and last of a kind that no licence covers, or two.
const GAPS_AND_OVERLAPS: &str = "SELECT count(*) FROM (
    SELECT person_id, kind, min(lower(valid)) AS first, max(upper(valid)) AS last FROM licences
    WHERE state <> 'superseded' GROUP BY person_id, kind) span,
    generate_series(span.first, span.last - 1, interval '1 day') day
    WHERE 1 <> (SELECT count(*) FROM licences l WHERE l.person_id = span.person_id AND l.kind = span.kind
        AND l.state <> 'superseded' AND l.valid @> day::date)";

#[tokio::test]
async fn the_new_licence_starts_the_day_after_the_old_one_ends() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    approved(&app, &number).await;
    let (new, from, to) = holder.follower(&app).await.unwrap();
    assert_eq!(from, holder.until);
    let months: i64 = count(
        &app,
        "SELECT (extract(year FROM age(upper(valid), lower(valid))) * 12
             + extract(month FROM age(upper(valid), lower(valid))))::bigint FROM licences ORDER BY lower(valid) DESC LIMIT 1",
    )
    .await;
    assert_eq!(months, 24, "{from} to {to}");
    assert_eq!(count(&app, GAPS_AND_OVERLAPS).await, 0);
    let old = holder.number.digits();
    assert_eq!((status(&app, old).await, status(&app, &new).await), ("valid".into(), "not_yet_valid".into()));
    app.clock.stand_at(holder.days_before_the_end(0) - MILLISECOND);
    assert_eq!((status(&app, old).await, status(&app, &new).await), ("valid".into(), "not_yet_valid".into()));
    app.clock.advance(MILLISECOND);
    assert_eq!((status(&app, old).await, status(&app, &new).await), ("superseded".into(), "valid".into()));
    // By the days alone: nothing was written to the old one, and its history is kept.
    assert_eq!(count(&app, "SELECT count(*) FROM licences WHERE state <> 'active'").await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM licence_events WHERE event = 'issued'").await, 2);
    let cookie = app.sign_in(holder.person).await;
    let (_, page) = app.get(&format!("/account/licences/{old}"), Some(&cookie)).await;
    assert!(page.contains(&format!("/account/licences/{new}")), "the old card leads to the new");
}

#[tokio::test]
async fn a_team_leader_needs_a_practitioner_licence_on_the_first_new_day() {
    let app = TestApp::start().await;
    module(&app, KIND, 6).await;
    module(&app, LicenceKind::TeamLeader, 6).await;
    let person = ready(&app, KIND).await;
    let practitioner = Holder::of(&app, person, KIND).await;
    // The leader's licence outlives the practitioner's by ten days.
    app.clock.advance(Duration::days(10));
    passes(&app, person, LicenceKind::TeamLeader).await;
    let leader = Holder::of(&app, person, LicenceKind::TeamLeader).await;
    app.clock.stand_at(practitioner.days_before_the_end(20));
    leader.passes_module(&app).await;
    assert_eq!(leader.submit(&app).await, super::refused("PrerequisitesMissing"));
    let cookie = app.sign_in(person).await;
    let (_, page) = app.get(&format!("/account/renew/{}", leader.number.digits()), Some(&cookie)).await;
    assert!(page.contains("تُجدَّد رخصة الممارس أولًا"));
    practitioner.passes_module(&app).await;
    let first = practitioner.asks(&app).await;
    approved(&app, &first).await;
    let second = leader.asks(&app).await;
    approved(&app, &second).await;
    assert_eq!(leader.follower(&app).await.unwrap().1, leader.until);
    assert_eq!(count(&app, GAPS_AND_OVERLAPS).await, 0);
}

#[tokio::test]
async fn a_suspension_before_the_effect_stops_the_renewal() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    holder.becomes(&app, "suspended").await;
    let refused = decide(&app, reviewer, &number, &Verdict::Approve).await;
    assert_eq!(refused, Problem::PrerequisitesMissing.refused());
    holder.becomes(&app, "active").await;
    decide(&app, reviewer, &number, &Verdict::Approve).await.unwrap();
    holder.becomes(&app, "suspended").await;
    take_effect(&app, &number).await;
    assert_eq!((state(&app, &number).await.as_str(), holder.follower(&app).await), ("submitted", None));
    assert_eq!(count(&app, "SELECT count(*) FROM decision_withdrawals WHERE kind = 'lapsed'").await, 1);
    holder.becomes(&app, "active").await;
    decide(&app, reviewer, &number, &Verdict::Approve).await.unwrap();
    take_effect(&app, &number).await;
    assert!(holder.follower(&app).await.is_some());
}

#[tokio::test]
async fn the_renewal_follows_what_stands_after_a_correction() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    // Another licence of the same days takes its place, as a correction does.
    let mut tx = app.owner.begin().await.unwrap();
    for statement in [
        "ALTER TABLE licences DISABLE TRIGGER USER",
        "ALTER TABLE licences ENABLE TRIGGER licences_take_place",
        "ALTER TABLE licence_requests DISABLE TRIGGER USER",
        "INSERT INTO licence_requests (id, number, person_id, kind, state, created_at, submitted_at)
         SELECT '00000000-0000-4000-8000-00000000000b', '0000000009', person_id, kind, 'approved', issued_at, issued_at
         FROM licences",
        "UPDATE licences SET state = 'superseded', superseded_by = '00000000-0000-4000-8000-00000000000a'",
        "INSERT INTO licences (id, number, request_id, person_id, kind, state, issued_at, valid)
         SELECT '00000000-0000-4000-8000-00000000000a', '0000000000000001', '00000000-0000-4000-8000-00000000000b',
             person_id, kind, 'active', issued_at, valid FROM licences",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE licences ENABLE TRIGGER USER",
        "ALTER TABLE licence_requests ENABLE TRIGGER USER",
    ] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    tx.commit().await.unwrap();
    approved(&app, &number).await;
    assert_eq!(holder.follower(&app).await.unwrap().1, holder.until);
    assert_eq!(count(&app, GAPS_AND_OVERLAPS).await, 0);
}

#[tokio::test]
async fn a_licence_of_the_last_day_of_february_gets_its_whole_last_month() {
    let app = TestApp::start().await;
    for (first, months, last) in [
        ("2028-02-29", 24, "2030-02-28"),
        ("2028-02-28", 24, "2030-02-27"),
        ("2028-03-01", 24, "2030-02-28"),
        ("2028-02-29", 48, "2032-02-28"),
        ("2026-03-01", 24, "2028-02-29"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
    ] {
        let found: String = sqlx::query_scalar("SELECT (upper(licence_days($1::date, $2)) - 1)::text")
            .bind(first)
            .bind(months)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        assert_eq!(found, last, "{first} and {months} months");
    }
}

#[tokio::test]
async fn a_licence_that_ended_is_followed_by_an_ordinary_request() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    app.clock.stand_at(holder.days_before_the_end(-3));
    let cookie = app.sign_in(holder.person).await;
    let fields = [("kind", "practitioner"), ("declared", "true")];
    assert_eq!(app.post("licences/submit_request", Some(&cookie), &fields).await.0, StatusCode::OK);
    let number: String = sqlx::query_scalar("SELECT number FROM licence_requests WHERE state = 'submitted'")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    approved(&app, &number).await;
    let from: time::Date =
        sqlx::query_scalar("SELECT max(lower(valid)) FROM licences").fetch_one(&app.pool).await.unwrap();
    assert_eq!(from, holder.until + Duration::days(3), "on the day it is issued");
}
