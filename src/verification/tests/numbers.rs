//! Numbers as typed, and what is answered to which.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{KIND, look_up};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, manages, organisation, passes, ready};
use crate::testing::TestApp;

#[tokio::test]
async fn a_mistyped_number_is_told_from_an_unknown_one() {
    let app = TestApp::start().await;
    let number = LicenceNumber::from_digits15("123456789012345").unwrap();
    let last = number.digits().as_bytes()[15];
    let wrong = format!("123456789012345{}", char::from(if last == b'9' { b'0' } else { last + 1 }));
    let (code, body) = look_up(&app, &wrong).await;
    assert_eq!(code, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["Invalid"][0], json!({ "field": "number", "problem": "LicenceNumberMistyped" }));
    for path in [format!("/verify/{wrong}"), format!("/verify?number={wrong}")] {
        let (code, page) = app.get(&path, None).await;
        assert_eq!(code, StatusCode::OK, "{path}");
        assert!(page.contains(&format!("value=\"{wrong}\"")), "what was typed is kept: {path}");
        assert!(page.contains("field__error"), "{path}");
    }
    assert_eq!(look_up(&app, "12").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_number_typed_in_any_digits_leads_to_its_page() {
    let app = TestApp::start().await;
    let number = LicenceNumber::from_digits15("482109375516204").unwrap();
    let arabic: String = number
        .grouped()
        .chars()
        .map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32('٠' as u32 + digit).unwrap()))
        .collect();
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("number", &arabic).finish();
    let request = Request::get(format!("/verify?{query}"))
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .body(Body::empty())
        .unwrap();
    let response = app.send(request).await;
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(response.headers()[header::LOCATION], format!("/verify/{}", number.digits()));
}

#[tokio::test]
async fn the_organisation_or_the_team_is_named_where_one_applies() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let person = ready(&app, KIND).await;
    let practitioner = licensed(&app, person, KIND, app.clock.now()).await;
    passes(&app, person, LicenceKind::TeamLeader).await;
    let leader = licensed(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    assert_eq!(look_up(&app, leader.digits()).await.1["licence"]["body"], Value::Null);
    sqlx::query(
        "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id, approved_at)
         VALUES ('qimam', 'فريق قمم', 'Qimam', 'qimam', 'غ', 'P', 'riyadh', $1::uuid, $2, now())",
    )
    .bind(&body)
    .bind(person)
    .execute(&app.owner)
    .await
    .unwrap();
    assert_eq!(look_up(&app, leader.digits()).await.1["licence"]["body"], "فريق قمم");
    assert_eq!(look_up(&app, practitioner.digits()).await.1["licence"]["body"], Value::Null);

    let manager: Uuid = ready(&app, LicenceKind::Management).await;
    manages(&app, manager, &body).await;
    let cookie = app.sign_in(manager).await;
    let fields = [("kind", "management"), ("declared", "true"), ("organisation", body.as_str())];
    assert_eq!(app.post("licences/submit_request", Some(&cookie), &fields).await.0, StatusCode::OK);
    let reviewer = app.staff(crate::access::Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("review/take_next", Some(&cookie), &[]).await;
    let request: String = sqlx::query_scalar("SELECT number FROM licence_requests WHERE state = 'in_review'")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(app.post("review/approve", Some(&cookie), &[("number", &request)]).await.0, StatusCode::OK);
    crate::review::tests::take_effect(&app, &request).await;
    let number: String =
        sqlx::query_scalar("SELECT number FROM licences WHERE kind = 'management'").fetch_one(&app.pool).await.unwrap();
    assert_eq!(look_up(&app, &number).await.1["licence"]["body"], "جهة");
}
