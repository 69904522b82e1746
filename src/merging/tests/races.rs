//! A merge against whatever would collide with it, at once: one of the two is done, and nobody meets an error.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{KIND, administrator, holder, merge, merged_into, pair_of, refused, two};
use crate::access::Role;
use crate::licences::tests::{passes, ready, submitted};
use crate::review::model::{EFFECT_AFTER, Pool};
use crate::review::store::{Verdict, decide, settle, take_next};
use crate::server::keys::random_digits;
use crate::testing::{TestApp, scale};

#[tokio::test]
async fn two_merges_that_cross_leave_one() {
    let app = TestApp::start().await;
    let (_, first) = administrator(&app).await;
    let (_, second) = administrator(&app).await;
    for round in 0..scale(10, 200) {
        let [one, other] = two(&app).await;
        let pair = pair_of(&app, one, other).await;
        let (kept_one, kept_other) = tokio::join!(merge(&app, &first, pair, one), merge(&app, &second, pair, other));
        let into = (merged_into(&app, one).await, merged_into(&app, other).await);
        let expected = match into {
            (None, Some(_)) => (StatusCode::OK, StatusCode::CONFLICT),
            (Some(_), None) => (StatusCode::CONFLICT, StatusCode::OK),
            both => panic!("round {round}: {both:?}"),
        };
        assert_eq!((kept_one.0, kept_other.0), expected, "round {round}");
    }
}

#[tokio::test]
async fn merges_at_once_make_no_chain() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for round in 0..scale(10, 200) {
        let ([one, two], three) = (two(&app).await, app.verified_person().await);
        let (lower, upper) = (pair_of(&app, one, two).await, pair_of(&app, two, three).await);
        let done = tokio::join!(merge(&app, &cookie, lower, two), merge(&app, &cookie, upper, three));
        let into = (merged_into(&app, one).await, merged_into(&app, two).await);
        assert!(matches!(into, (Some(_), None) | (None, Some(_))), "round {round}: {into:?} {done:?}");
        let lost = if into.0.is_some() { done.1 } else { done.0 };
        // With a record that went, its pairs that waited are gone too: who comes when all is over finds none.
        let over = lost.0 == StatusCode::NOT_FOUND;
        assert!(over || lost == refused("NoLongerPossible"), "round {round}: {lost:?}");
    }
}

#[tokio::test]
async fn a_merge_and_a_dismissal_leave_one() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for round in 0..scale(10, 200) {
        let [one, other] = two(&app).await;
        let pair = pair_of(&app, one, other).await;
        let id = pair.to_string();
        let fields = [("pair", id.as_str()), ("difference", "both_came")];
        let (done, dismissed) =
            tokio::join!(merge(&app, &cookie, pair, one), app.post("merging/dismiss", Some(&cookie), &fields));
        let is_merged = merged_into(&app, other).await.is_some();
        let lost = if is_merged { dismissed } else { done };
        assert_eq!(lost, refused("NoLongerPossible"), "round {round}");
    }
}

/// How many live things of a kind a person has.
async fn count(app: &TestApp, statement: &'static str, person: Uuid) -> i64 {
    sqlx::query_scalar(statement).bind(person).fetch_one(&app.pool).await.unwrap()
}

#[tokio::test]
async fn a_merge_and_an_enrolment_leave_one() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let trainer = app.staff(Role::Trainer).await;
    for round in 0..scale(10, 200) {
        let session = app.session(app.programme("practitioner").await, 5, trainer).await.to_string();
        let [gone, kept] = two(&app).await;
        let pair = pair_of(&app, gone, kept).await;
        let theirs = app.sign_in(gone).await;
        let fields = [("session", session.as_str())];
        let (done, enrolled) =
            tokio::join!(merge(&app, &cookie, pair, kept), app.post("training/enrol", Some(&theirs), &fields));
        let is_merged = merged_into(&app, gone).await.is_some();
        let seats = count(&app, "SELECT count(*) FROM enrolments WHERE person_id = $1", gone).await;
        assert!(is_merged != (seats == 1), "round {round}: {done:?} {enrolled:?}");
        assert!(!done.0.is_server_error() && !enrolled.0.is_server_error(), "round {round}: {done:?} {enrolled:?}");
    }
}

#[tokio::test]
async fn a_merge_and_a_request_leave_one() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for round in 0..scale(10, 200) {
        let (gone, kept) = (ready(&app, KIND).await, app.verified_person().await);
        let pair = pair_of(&app, gone, kept).await;
        let theirs = app.sign_in(gone).await;
        let fields = [("kind", "practitioner"), ("declared", "true")];
        let (done, asked) =
            tokio::join!(merge(&app, &cookie, pair, kept), app.post("licences/submit_request", Some(&theirs), &fields));
        let is_merged = merged_into(&app, gone).await.is_some();
        let requests = count(&app, "SELECT count(*) FROM licence_requests WHERE person_id = $1", gone).await;
        assert!(is_merged != (requests == 1), "round {round}: {done:?} {asked:?}");
        assert!(!done.0.is_server_error() && !asked.0.is_server_error(), "round {round}: {done:?} {asked:?}");
    }
}

#[tokio::test]
async fn a_merge_and_a_licence_of_the_kind_leave_one() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    for round in 0..scale(10, 200) {
        let now = app.clock.now();
        // The one holds a licence; that of the other is about to be issued.
        let (gone, kept) = (holder(&app).await, app.verified_person().await);
        passes(&app, kept, KIND).await;
        let request = submitted(&app, kept, KIND, now - EFFECT_AFTER).await;
        let mut tx = app.pool.begin().await.unwrap();
        let taken = take_next(&mut tx, reviewer, &Pool::default(), now - EFFECT_AFTER).await.unwrap();
        assert_eq!(taken, Some(request.clone()));
        decide(&mut tx, reviewer, &request, &Verdict::Approve, now - EFFECT_AFTER).await.unwrap();
        tx.commit().await.unwrap();
        let id: Uuid = sqlx::query_scalar("SELECT id FROM licence_requests WHERE number = $1")
            .bind(&request)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        let pair = pair_of(&app, gone, kept).await;
        let issuing = async {
            let mut tx = app.pool.begin().await.unwrap();
            settle(&mut tx, id, || random_digits(15), now).await.unwrap();
            tx.commit().await.unwrap();
        };
        let (done, ()) = tokio::join!(merge(&app, &cookie, pair, kept), issuing);
        let is_merged = merged_into(&app, gone).await.is_some();
        let licences = count(&app, "SELECT count(*) FROM licences WHERE person_id = $1", kept).await;
        assert!(is_merged != (licences == 1), "round {round}: {done:?}");
        assert!(!done.0.is_server_error(), "round {round}: {done:?}");
        // An approval that lapsed stands in the queue again, where the next round would meet it.
        sqlx::query("UPDATE licence_requests SET state = 'withdrawn' WHERE id = $1 AND state = 'submitted'")
            .bind(id)
            .execute(&app.pool)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_merge_and_a_closing_leave_nobody_half_gone() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for round in 0..scale(10, 200) {
        let [gone, kept] = two(&app).await;
        let pair = pair_of(&app, gone, kept).await;
        let theirs = app.sign_in(kept).await;
        let fields = [("understood", "true")];
        let close = app.post("administration/close_account", Some(&theirs), &fields);
        let (done, closed) = tokio::join!(merge(&app, &cookie, pair, kept), close);
        assert_eq!(closed.0, StatusCode::OK, "round {round}: {done:?} {closed:?}");
        let is_merged = merged_into(&app, gone).await.is_some();
        let open: bool = sqlx::query_scalar("SELECT closed_at IS NULL FROM persons WHERE id = $1")
            .bind(gone)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        // Merged first, both are closed; closed first, the other stays as it was.
        assert!(is_merged != open, "round {round}: {done:?} {closed:?}");
    }
}
