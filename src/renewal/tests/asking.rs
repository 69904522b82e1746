//! Asking for a renewal: when it is open, what it needs, whose it is.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Holder, KIND, MILLISECOND, approved, decide, module, refused, renewing, state, take_effect};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{count, submitted, together};
use crate::review::model::{FieldReason, RejectReason, RequestField};
use crate::review::store::Verdict;
use crate::testing::{TestApp, scale};

#[tokio::test]
async fn it_opens_sixty_days_before_the_end_at_midnight_in_riyadh() {
    let app = TestApp::start().await;
    module(&app, KIND, 6).await;
    let holder = Holder::new(&app).await;
    app.clock.stand_at(holder.days_before_the_end(60) - MILLISECOND);
    assert_eq!(holder.standing(&app).await["refusal"], "early");
    assert_eq!(holder.submit(&app).await, refused("RenewalTooEarly"));
    let cookie = app.sign_in(holder.person).await;
    let (_, page) = app.get(&format!("/account/renew/{}", holder.number.digits()), Some(&cookie)).await;
    assert!(page.contains("يُفتح باب التجديد في") && !page.contains("/api/renewal/submit"), "{page}");
    app.clock.advance(MILLISECOND);
    assert_eq!(holder.standing(&app).await["refusal"], Value::Null);
    // The setting's days, not sixty for ever.
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('renewal_opens_days', 59, '2020-01-01')")
        .execute(&app.pool)
        .await
        .unwrap();
    assert_eq!(holder.standing(&app).await["refusal"], "early");
}

#[tokio::test]
async fn it_stays_open_until_the_last_moment_of_the_last_day() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    app.clock.stand_at(holder.days_before_the_end(0));
    assert_eq!(holder.submit(&app).await, refused("RenewalTooLate"));
    let cookie = app.sign_in(holder.person).await;
    let (_, page) = app.get(&format!("/account/renew/{}", holder.number.digits()), Some(&cookie)).await;
    assert!(page.contains("/account/request/practitioner"), "the way to a new licence");
    app.clock.advance(-MILLISECOND);
    assert_eq!(holder.submit(&app).await.0, StatusCode::OK);
}

#[tokio::test]
async fn it_needs_the_module_and_nothing_else_of_a_practitioner() {
    let app = TestApp::start().await;
    module(&app, KIND, 6).await;
    let holder = Holder::new(&app).await;
    app.clock.stand_at(holder.days_before_the_end(30));
    assert_eq!(holder.submit(&app).await, refused("PrerequisitesMissing"));
    let standing = holder.standing(&app).await;
    let missing: Vec<&Value> = standing["needs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["met"] == false)
        .map(|one| &one["what"])
        .collect();
    assert_eq!(missing, [&json!("renewal_module")]);
    assert_eq!(standing["answers"], Value::Null);
    let cookie = app.sign_in(holder.person).await;
    let path = format!("/account/renew/{}", holder.number.digits());
    let (_, page) = app.get(&path, Some(&cookie)).await;
    for shown in ["<p>فقرة أولى</p>", "<p>فقرة ثانية</p>", &format!("/account/test/{}", holder.licence)]
    {
        assert!(page.contains(shown), "{shown}");
    }
    holder.passes_module(&app).await;
    let (_, page) = app.get(&path, Some(&cookie)).await;
    assert!(page.contains("action=\"/api/renewal/submit\"") && !page.contains("/account/test/"));
    let number = holder.asks(&app).await;
    let (_, page) = app.get(&path, Some(&cookie)).await;
    assert!(page.contains(&format!("/account/requests/{number}")) && !page.contains("action=\"/api/renewal/submit\""));
    let (_, page) = app.get(&format!("/account/requests/{number}"), Some(&cookie)).await;
    assert!(page.contains(&holder.number.grouped()), "the request says what it renews");
}

#[tokio::test]
async fn the_account_leads_to_it_once_it_is_open() {
    let app = TestApp::start().await;
    module(&app, KIND, 6).await;
    let holder = Holder::new(&app).await;
    let link = format!("/account/renew/{}", holder.number.digits());
    app.clock.stand_at(holder.days_before_the_end(61));
    let cookie = app.sign_in(holder.person).await;
    assert!(!app.get("/account", Some(&cookie)).await.1.contains(&link));
    let card = format!("/account/licences/{}", holder.number.digits());
    assert!(app.get(&card, Some(&cookie)).await.1.contains("يُفتح باب التجديد"));
    app.clock.stand_at(holder.days_before_the_end(60));
    let (_, page) = app.get("/account", Some(&cookie)).await;
    assert_eq!(page.matches(&format!("href=\"{link}\"")).count(), 2, "as the next step, and beside the licence");
    assert!(app.get(&card, Some(&cookie)).await.1.contains(&link));
}

#[tokio::test]
async fn asking_many_times_asks_once() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    for (status, body) in together((0..scale(12, 50)).map(|_| holder.submit(&app))).await {
        assert_eq!(status, StatusCode::OK, "{body}");
    }
    assert_eq!(holder.submit(&app).await.0, StatusCode::OK);
    for query in [
        "SELECT count(*) FROM licence_requests WHERE renews IS NOT NULL",
        "SELECT count(*) FROM messages WHERE template = 'request_submitted'",
        "SELECT count(*) FROM audit_entries WHERE action = 'renewal_submitted'",
    ] {
        assert_eq!(count(&app, query).await, 1, "{query}");
    }
}

#[tokio::test]
async fn it_is_the_holders_alone() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let stranger = app.person().await;
    let cookie = app.sign_in(stranger).await;
    let path = format!("/api/renewal/standing?number={}", holder.number.digits());
    assert_eq!(app.get(&path, Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.get(&path, None).await.0, StatusCode::UNAUTHORIZED);
    let submit = async |cookie: Option<&str>, number: &str, declared: &str| {
        app.post("renewal/submit", cookie, &[("number", number), ("declared", declared)]).await.0
    };
    assert_eq!(submit(Some(&cookie), holder.number.digits(), "true").await, StatusCode::NOT_FOUND);
    assert_eq!(submit(None, holder.number.digits(), "true").await, StatusCode::UNAUTHORIZED);
    let own = app.sign_in(holder.person).await;
    assert_eq!(submit(Some(&own), "4821093755162049", "true").await, StatusCode::NOT_FOUND);
    assert_eq!(submit(Some(&own), holder.number.digits(), "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(count(&app, "SELECT count(*) FROM licence_requests WHERE renews IS NOT NULL").await, 0);
}

#[tokio::test]
async fn what_does_not_stand_is_not_renewed() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    holder.becomes(&app, "suspended").await;
    assert_eq!(holder.submit(&app).await, refused("RenewalSuspended"));
    assert_eq!(holder.standing(&app).await["refusal"], "suspended");
    holder.becomes(&app, "active").await;
    let number = holder.asks(&app).await;
    approved(&app, &number).await;
    assert_eq!(holder.submit(&app).await, refused("RenewedAlready"));
    assert_eq!(holder.standing(&app).await["renewed_by"][0], holder.follower(&app).await.unwrap().0);
    holder.becomes(&app, "revoked").await;
    assert_eq!(holder.submit(&app).await, refused("NotRenewable"));
}

#[tokio::test]
async fn another_open_request_of_the_kind_comes_first() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let other = submitted(&app, holder.person, KIND, app.clock.now()).await;
    assert_eq!(holder.submit(&app).await, refused("RequestExists"));
    assert_eq!(holder.standing(&app).await["open_request"], json!([other, false]));
}

#[tokio::test]
async fn it_is_returned_mended_rejected_and_appealed_like_any_request() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    let (first, second) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    let returned = Verdict::Return(vec![(RequestField::Place, FieldReason::Outdated, None)]);
    decide(&app, first, &number, &returned).await.unwrap();
    take_effect(&app, &number).await;
    let cookie = app.sign_in(holder.person).await;
    let fields = [("number", number.as_str()), ("place", "makkah/jeddah")];
    assert_eq!(app.post("licences/mend_request", Some(&cookie), &fields).await.0, StatusCode::OK);
    let rejection = Verdict::Reject(RejectReason::Other, "سبب".to_owned());
    decide(&app, first, &number, &rejection).await.unwrap();
    take_effect(&app, &number).await;
    let fields = [("number", number.as_str()), ("text", "تظلّم")];
    assert_eq!(app.post("licences/appeal", Some(&cookie), &fields).await.0, StatusCode::OK);
    decide(&app, second, &number, &Verdict::Approve).await.unwrap();
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "approved");
    assert_eq!(holder.follower(&app).await.unwrap().1, holder.until);
}

#[tokio::test]
async fn a_renewal_that_is_withdrawn_can_be_asked_for_again() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    let cookie = app.sign_in(holder.person).await;
    let withdrawn = app.post("licences/withdraw_request", Some(&cookie), &[("number", &number)]).await;
    assert_eq!(withdrawn.0, StatusCode::OK);
    app.clock.advance(time::Duration::SECOND);
    assert_ne!(holder.asks(&app).await, number);
}

#[tokio::test]
async fn the_reviewer_sees_what_is_renewed_and_its_module() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("review/take_next", Some(&cookie), &[]).await;
    let (status, page) = app.get(&format!("/review/{number}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    for shown in [holder.number.grouped().as_str(), "تجديد للرخصة", "وحدة التجديد واختبارها"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    // What is no renewal says nothing of one.
    app.clock.advance(time::Duration::SECOND);
    let other = submitted(&app, app.verified_person().await, LicenceKind::Practitioner, app.clock.now()).await;
    app.post("review/let_go", Some(&cookie), &[("number", &number)]).await;
    decide(&app, reviewer, &number, &Verdict::Approve).await.unwrap();
    app.post("review/take_next", Some(&cookie), &[]).await;
    let (_, page) = app.get(&format!("/review/{other}"), Some(&cookie)).await;
    assert!(!page.contains("تجديد للرخصة") && !page.contains("وحدة التجديد"));
}
