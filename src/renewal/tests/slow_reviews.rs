//! A renewal that was asked for in time and decided late.

use axum::http::StatusCode;
use time::Duration;

use super::{MILLISECOND, approved, decide, renewing, status, take_effect};
use crate::access::Role;
use crate::review::model::{FieldReason, RequestField};
use crate::review::store::Verdict;
use crate::testing::TestApp;

#[tokio::test]
async fn an_approval_after_the_end_leaves_no_day_uncovered() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    app.clock.stand_at(holder.days_before_the_end(0) - MILLISECOND);
    let number = holder.asks(&app).await;
    app.clock.stand_at(holder.days_before_the_end(-5));
    assert_eq!(status(&app, holder.number.digits()).await, "expired");
    approved(&app, &number).await;
    let (new, from, _) = holder.follower(&app).await.unwrap();
    assert_eq!(from, holder.until);
    assert_eq!(
        (status(&app, holder.number.digits()).await, status(&app, &new).await),
        ("superseded".into(), "valid".into())
    );
}

#[tokio::test]
async fn what_was_returned_may_be_mended_after_the_end() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let returned = Verdict::Return(vec![(RequestField::Place, FieldReason::Outdated, None)]);
    decide(&app, reviewer, &number, &returned).await.unwrap();
    take_effect(&app, &number).await;
    app.clock.stand_at(holder.days_before_the_end(-2));
    let cookie = app.sign_in(holder.person).await;
    let fields = [("number", number.as_str()), ("place", "makkah/jeddah")];
    assert_eq!(app.post("licences/mend_request", Some(&cookie), &fields).await.0, StatusCode::OK);
    approved(&app, &number).await;
    assert_eq!(holder.follower(&app).await.unwrap().1, holder.until);
    // And by the time the new one ends in its turn, it is renewed from there.
    let (_, _, until) = holder.follower(&app).await.unwrap();
    assert!(until - holder.until >= Duration::days(730));
}
