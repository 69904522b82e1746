//! The administrators' pages: what is shown once, to whom, and what needs a second factor passed a moment ago.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use super::sending::Told;
use super::{administrator, count, endpoint, given, organisation, read, send};
use crate::calendar::riyadh_day;
use crate::organisations::model::{MAX_TRIES, Scope};
use crate::organisations::store::secrets;
use crate::testing::TestApp;

async fn give(app: &TestApp, cookie: &str, organisation: &str) -> (StatusCode, Value) {
    let fields = [("organisation", organisation), ("label", " بوابة  الفعاليات "), ("verify", "true")];
    app.post("organisations/give_key", Some(cookie), &fields).await
}

#[tokio::test]
async fn a_new_key_is_shown_to_who_made_it_alone_and_not_for_long() {
    let app = TestApp::start().await;
    let ((_, cookie), (_, other)) = (administrator(&app).await, administrator(&app).await);
    let body = organisation(&app).await.to_string();
    assert_eq!(give(&app, &cookie, &body).await.0, StatusCode::OK);
    let path = format!("/api/organisations/keys?organisation={body}");
    let page = read(&app, &path, &cookie).await;
    let key = page["secret"]["text"].as_str().unwrap().to_owned();
    assert_eq!(page["keys"][0]["label"], "بوابة الفعاليات");
    assert_eq!((&page["keys"][0]["standing"], &page["keys"][0]["scopes"]), (&json!("in_force"), &json!(["verify"])));
    let (status, html) = app.get(&format!("/admin/organisations/{body}/keys"), Some(&cookie)).await;
    assert!(status == StatusCode::OK && html.contains(&key), "without JavaScript too");
    assert_eq!(read(&app, &path, &other).await["secret"], Value::Null);
    app.clock.advance(Duration::minutes(10));
    assert_eq!(read(&app, &path, &cookie).await["secret"], Value::Null);
    secrets::sweep(&mut app.pool.acquire().await.unwrap(), app.clock.now()).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM shown_secrets").await, 0);
}

#[tokio::test]
async fn a_secret_that_was_copied_is_shown_no_more() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await.to_string());
    let fields = [("organisation", body.as_str()), ("url", "http://127.0.0.1:9/hook")];
    assert_eq!(app.post("organisations/open_endpoint", Some(&cookie), &fields).await.0, StatusCode::OK);
    let path = format!("/api/organisations/endpoints?organisation={body}");
    let page = read(&app, &path, &cookie).await;
    assert!(page["secret"]["text"].as_str().unwrap().starts_with("whsec_"));
    let subject = page["secret"]["subject"].as_str().unwrap();
    app.post("organisations/hide_secret", Some(&cookie), &[("subject", subject)]).await;
    assert_eq!(read(&app, &path, &cookie).await["secret"], Value::Null);
    assert_eq!(count(&app, "SELECT count(*) FROM shown_secrets").await, 0);
}

#[tokio::test]
async fn each_page_shows_the_secret_that_was_made_on_it() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await.to_string());
    assert_eq!(give(&app, &cookie, &body).await.0, StatusCode::OK);
    app.clock.advance(Duration::MINUTE);
    let fields = [("organisation", body.as_str()), ("url", "http://127.0.0.1:9/hook")];
    assert_eq!(app.post("organisations/open_endpoint", Some(&cookie), &fields).await.0, StatusCode::OK);
    for (page, start) in [("keys", "rk_"), ("endpoints", "whsec_")] {
        let page = read(&app, &format!("/api/organisations/{page}?organisation={body}"), &cookie).await;
        let secret = page["secret"]["text"].as_str().unwrap();
        assert!(secret.starts_with(start), "{secret}");
    }
}

#[tokio::test]
async fn making_a_secret_needs_a_second_factor_passed_a_moment_ago_and_revoking_does_not() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await);
    let key = given(&app, body, &[Scope::Verify]).await.id.to_string();
    app.clock.advance(Duration::minutes(11));
    let id = body.to_string();
    let refused = (StatusCode::FORBIDDEN, json!("SecondFactorNeeded"));
    assert_eq!(give(&app, &cookie, &id).await, refused);
    assert_eq!(app.post("organisations/rotate_key", Some(&cookie), &[("key", &key)]).await, refused);
    let fields = [("organisation", id.as_str()), ("url", "http://127.0.0.1:9/hook")];
    assert_eq!(app.post("organisations/open_endpoint", Some(&cookie), &fields).await, refused);
    assert_eq!(app.post("organisations/revoke_key", Some(&cookie), &[("key", &key)]).await.0, StatusCode::OK);
    let again = app.post("organisations/revoke_key", Some(&cookie), &[("key", &key)]).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
}

#[tokio::test]
async fn what_is_typed_is_mended_field_by_field() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await.to_string());
    let (status, answer) =
        app.post("organisations/give_key", Some(&cookie), &[("organisation", &body), ("label", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = |field: &str, problem: &str| json!({ "field": field, "problem": problem });
    assert_eq!(answer["Invalid"], json!([problem("label", "Required"), problem("verify", "ChoiceUnknown")]));
}

#[tokio::test]
async fn organisations_are_found_by_part_of_either_name_from_page_to_page() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    sqlx::query(
        "INSERT INTO organisations (name_ar, name_en, name_key, sector, region, approved_at)
         SELECT 'جمعية ' || i, 'Society ' || i, 'جمعيه ' || lpad(i::text, 3, '0'), 'government', 'riyadh', now()
         FROM generate_series(1, 45) i",
    )
    .execute(&app.owner)
    .await
    .unwrap();
    organisation(&app).await;
    for (name, most) in [("", 46), ("جمعيّة", 45), ("SOCIETY", 45), ("society 7", 1), ("%", 0)] {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("name", name), ("after", &after)])
                .finish();
            let page = read(&app, &format!("/api/organisations/organisations?{query}"), &cookie).await;
            found.extend(page["organisations"].as_array().unwrap().iter().map(|one| one["id"].to_string()));
            match page["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        let shown = found.len();
        found.sort();
        found.dedup();
        assert_eq!((shown, found.len()), (most, most), "{name}");
    }
}

#[tokio::test]
async fn why_a_delivery_was_not_taken_is_told_in_words_with_what_to_do_next() {
    let told = Told::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let ((_, cookie), delivery) = (administrator(&told.app).await, told.delivery().await);
    let path = format!("/admin/webhooks/{}", told.endpoint);
    send(&told.app, delivery).await;
    let (status, page) = told.app.get(&path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    for shown in ["تعطّل برنامج الجهة (503)", "تُعاد المحاولة تلقائيًا"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("answered_503"));
    for _ in 1..MAX_TRIES {
        send(&told.app, delivery).await;
    }
    let (_, page) = told.app.get(&path, Some(&cookie)).await;
    assert!(page.contains("وبعد معالجة السبب") && !page.contains("تُعاد المحاولة تلقائيًا"));
}

#[tokio::test]
async fn telling_again_since_a_day_is_asked_first_with_how_many_that_are() {
    let told = Told::start(StatusCode::OK).await;
    let (_, cookie) = administrator(&told.app).await;
    send(&told.app, told.delivery().await).await;
    let day = riyadh_day(told.app.clock.now());
    let path = |day: time::Date, calendar: &str| {
        let (of_day, month, year) = (day.day(), u8::from(day.month()), day.year());
        format!(
            "/admin/webhooks/{}?since_day={of_day}&since_month={month}&since_year={year}&since_calendar={calendar}",
            told.endpoint
        )
    };
    let (status, page) = told.app.get(&path(day, "gregorian"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("تبليغ واحد مما سُجّل منذ بداية يوم") && page.contains(&format!("value=\"{day}\"")), "{page}");
    assert_eq!(told.states().await, ["sent"], "asking sends nothing");
    let (_, page) = told.app.get(&path(day + Duration::days(1), "gregorian"), Some(&cookie)).await;
    assert!(page.contains("لا تبليغ يُعاد") && !page.contains("name=\"since\""), "{page}");
    let (status, page) = told.app.get(&path(day, "lunar"), Some(&cookie)).await;
    assert!(status == StatusCode::OK && page.contains("error-summary"), "{page}");
    let (_, page) = told.app.get(&format!("/admin/webhooks/{}", told.endpoint), Some(&cookie)).await;
    assert!(page.contains("name=\"since_day\"") && !page.contains("replay_since"), "{page}");
}

#[tokio::test]
async fn each_page_opens_and_an_organisation_that_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await);
    let endpoint = endpoint(&app, body, "https://example.org/hook").await;
    given(&app, body, &Scope::ALL).await;
    for path in [
        "/admin/organisations".to_owned(),
        format!("/admin/organisations/{body}/keys"),
        format!("/admin/organisations/{body}/webhooks"),
        format!("/admin/webhooks/{endpoint}"),
    ] {
        assert_eq!(app.get(&path, Some(&cookie)).await.0, StatusCode::OK, "{path}");
    }
    for path in ["/admin/organisations/x/keys", "/admin/organisations/x/webhooks", "/admin/webhooks/x"] {
        assert_eq!(app.get(path, Some(&cookie)).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
