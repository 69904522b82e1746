//! A licence on a record that was merged into another is renewed from the one that stays.

use axum::http::StatusCode;
use serde_json::Value;
use time::{Date, Duration};
use uuid::Uuid;

use super::{Holder, KIND, approved, constraint, module, refused, renewing, status};
use crate::licences::tests::count;
use crate::merging::tests::merged;
use crate::messages::store::reminders;
use crate::testing::TestApp;

/// Somebody whose licence has thirty days left, on a record that is then merged into another of theirs.
async fn merged_holder(app: &TestApp) -> (Uuid, Holder) {
    module(app, KIND, 6).await;
    let holder = Holder::new(app).await;
    app.clock.stand_at(holder.days_before_the_end(30));
    let kept = app.verified_person().await;
    merged(app, holder.person, kept).await;
    (holder.person, Holder { person: kept, ..holder })
}

/// The days that any licence of the kind covers, and how often.
async fn covered(app: &TestApp) -> Vec<(Date, i64)> {
    sqlx::query_as(
        "SELECT day::date, count(*) FROM licences l, generate_series(lower(valid), upper(valid) - 1, '1 day') AS d(day)
         WHERE l.state IN ('active', 'suspended') GROUP BY 1 ORDER BY 1",
    )
    .fetch_all(&app.owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn who_signs_in_on_the_record_that_stays_renews_it() {
    let app = TestApp::start().await;
    let (gone, holder) = merged_holder(&app).await;
    let number = holder.number.digits();
    let cookie = app.sign_in(holder.person).await;
    let link = format!("/account/renew/{number}");
    assert!(app.get("/account", Some(&cookie)).await.1.contains(&format!("href=\"{link}\"")));
    assert!(app.get(&format!("/account/licences/{number}"), Some(&cookie)).await.1.contains(&link));
    assert_eq!(app.get(&format!("/account/test/{}", holder.licence), Some(&cookie)).await.0, StatusCode::OK);
    assert_eq!(holder.submit(&app).await, refused("PrerequisitesMissing"));
    holder.passes_module(&app).await;
    assert_eq!(holder.standing(&app).await["refusal"], Value::Null);
    let request = holder.asks(&app).await;
    approved(&app, &request).await;

    let (new, from, until) = holder.follower(&app).await.unwrap();
    assert_eq!(from, holder.until, "the day after the last");
    let on: Uuid = sqlx::query_scalar("SELECT person_id FROM licences WHERE number = $1")
        .bind(&new)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(on, holder.person);
    assert_ne!(on, gone);
    assert_eq!(holder.standing(&app).await["renewed_by"][0], new.as_str());
    assert_eq!(holder.submit(&app).await, refused("RenewedAlready"));

    let days = covered(&app).await;
    assert!(days.iter().all(|(_, times)| *times == 1), "a day is covered twice");
    assert!(days.windows(2).all(|two| two[0].0 + Duration::days(1) == two[1].0), "a day is not covered");
    assert_eq!(days.last().map(|(day, _)| *day + Duration::days(1)), Some(until));

    assert_eq!((status(&app, number).await, status(&app, &new).await), ("valid".into(), "not_yet_valid".into()));
    app.clock.stand_at(holder.days_before_the_end(0));
    assert_eq!((status(&app, number).await, status(&app, &new).await), ("superseded".into(), "valid".into()));
}

#[tokio::test]
async fn a_renewal_that_was_under_way_is_asked_for_after_the_merge() {
    let app = TestApp::start().await;
    // The module was passed on the record that went.
    let holder = renewing(&app).await;
    let kept = app.verified_person().await;
    merged(&app, holder.person, kept).await;
    let holder = Holder { person: kept, ..holder };
    approved(&app, &holder.asks(&app).await).await;
    assert_eq!(holder.follower(&app).await.map(|(_, from, _)| from), Some(holder.until));
}

#[tokio::test]
async fn it_is_revoked_with_the_licence_it_renews_on_whichever_record() {
    let app = TestApp::start().await;
    let (_, holder) = merged_holder(&app).await;
    holder.passes_module(&app).await;
    approved(&app, &holder.asks(&app).await).await;
    crate::oversight::tests::revoked(&app, &holder.number).await;
    assert_eq!(count(&app, "SELECT count(*) FROM licences WHERE state = 'revoked'").await, 2);
}

#[tokio::test]
async fn the_record_that_stays_is_reminded_until_it_is_renewed() {
    let app = TestApp::start().await;
    let (_, holder) = merged_holder(&app).await;
    holder.passes_module(&app).await;
    reminders::remind(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
    let told: Vec<Uuid> = sqlx::query_scalar("SELECT person_id FROM messages WHERE template = 'licence_expiring'")
        .fetch_all(&app.owner)
        .await
        .unwrap();
    assert_eq!(told, [holder.person]);
    approved(&app, &holder.asks(&app).await).await;
    app.clock.stand_at(holder.days_before_the_end(7));
    reminders::remind(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'licence_expiring'").await, 1);
}

#[tokio::test]
async fn nobody_else_renews_it_whoever_writes() {
    let app = TestApp::start().await;
    let (gone, holder) = merged_holder(&app).await;
    let stranger = app.verified_person().await;
    let cookie = app.sign_in(stranger).await;
    let path = format!("/api/renewal/standing?number={}", holder.number.digits());
    assert_eq!(app.get(&path, Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    for (person, rule) in [(stranger, "attempts_renewal_open"), (gone, "person_is_open")] {
        let refused = sqlx::query(
            "INSERT INTO attempts (renews, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
             VALUES ($1, $2, 1, 70, $3, $3::timestamptz + interval '15 minutes', 'open')",
        )
        .bind(holder.licence)
        .bind(person)
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap_err();
        assert_eq!(constraint(refused), rule);
    }
    holder.passes_module(&app).await;
    let refused = sqlx::query(
        "INSERT INTO licence_requests (number, person_id, kind, renews, state, created_at, submitted_at)
         VALUES ($1, $2, 'practitioner', $3, 'submitted', $4, $4)",
    )
    .bind(super::request_number())
    .bind(stranger)
    .bind(holder.licence)
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .unwrap_err();
    assert_eq!(constraint(refused), "licence_requests_renews_own");
}
