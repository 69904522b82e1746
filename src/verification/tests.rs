//! Public verification against a real database.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::store;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceStatus};
use crate::licences::tests::{licensed, manages, organisation, passes, ready};
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

async fn look_up(app: &TestApp, number: &str) -> (StatusCode, Value) {
    let (status, body) = app.get(&format!("/api/verification/look_up?number={number}"), None).await;
    (status, serde_json::from_str(&body).unwrap_or_default())
}

async fn set_state(app: &TestApp, number: &LicenceNumber, state: &str) {
    sqlx::query(
        "UPDATE licences SET state = $1, superseded_by = CASE WHEN $1 = 'superseded' THEN id END WHERE number = $2",
    )
    .bind(state)
    .bind(number.digits())
    .execute(&app.pool)
    .await
    .unwrap();
}

#[tokio::test]
async fn each_status_is_shown_by_its_name() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    for (state, status, class) in [
        ("active", "valid", "verdict--valid"),
        ("suspended", "suspended", "verdict--suspended"),
        ("superseded", "superseded", "verdict--superseded"),
    ] {
        set_state(&app, &number, state).await;
        let (code, answer) = look_up(&app, number.digits()).await;
        assert_eq!((code, &answer["licence"]["status"]), (StatusCode::OK, &json!(status)));
        let (code, page) = app.get(&format!("/v/{}", number.digits()), None).await;
        assert_eq!(code, StatusCode::OK);
        assert!(page.contains(class), "{class}");
    }
    let other = ready(&app, KIND).await;
    let revoked = licensed(&app, other, KIND, app.clock.now()).await;
    set_state(&app, &revoked, "revoked").await;
    assert_eq!(look_up(&app, revoked.digits()).await.1["licence"]["status"], "revoked");
}

#[tokio::test]
async fn a_licence_ends_at_midnight_in_riyadh() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let midnight: OffsetDateTime =
        sqlx::query_scalar("SELECT upper(valid)::timestamp AT TIME ZONE 'Asia/Riyadh' FROM licences")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    let begin: OffsetDateTime =
        sqlx::query_scalar("SELECT lower(valid)::timestamp AT TIME ZONE 'Asia/Riyadh' FROM licences")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    for (at, status) in [
        (begin - Duration::seconds(1), LicenceStatus::NotYetValid),
        (begin, LicenceStatus::Valid),
        (midnight - Duration::seconds(1), LicenceStatus::Valid),
        (midnight, LicenceStatus::Expired),
    ] {
        let shown = store::look_up(&mut connection, &number, at).await.unwrap().unwrap();
        assert_eq!(shown.status, status, "{at}");
    }
    app.clock.advance(midnight - app.clock.now() + Duration::seconds(1));
    assert_eq!(look_up(&app, number.digits()).await.1["licence"]["status"], "expired");
}

#[tokio::test]
async fn a_renewal_supersedes_what_it_renews_once_that_has_ended() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let now = app.clock.now();
    let old = licensed(&app, person, KIND, now - Duration::days(1000)).await;
    let until: OffsetDateTime =
        sqlx::query_scalar("SELECT upper(valid)::timestamp AT TIME ZONE 'Asia/Riyadh' FROM licences")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Expired);
    let renewal = licensed(&app, person, KIND, until + Duration::hours(1)).await;
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Superseded);
    assert_eq!(
        store::look_up(&mut connection, &old, until - Duration::hours(1)).await.unwrap().unwrap().status,
        LicenceStatus::Valid
    );
    set_state(&app, &renewal, "revoked").await;
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Expired);
}

#[tokio::test]
async fn numbers_never_issued_and_numbers_of_the_erased_get_the_same_answer() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let erased = licensed(&app, person, KIND, app.clock.now()).await;
    sqlx::query(
        "UPDATE persons SET given_name = NULL, family_name = NULL, name_key = NULL, profile_completed_at = NULL",
    )
    .execute(&app.pool)
    .await
    .unwrap();
    let never = LicenceNumber::from_digits15("123456789012345").unwrap();
    for number in [&erased, &never] {
        let (code, answer) = look_up(&app, number.digits()).await;
        assert_eq!((code, &answer["licence"]), (StatusCode::OK, &Value::Null));
        let (code, page) = app.get(&format!("/verify/{}", number.digits()), None).await;
        assert_eq!(code, StatusCode::OK);
        assert!(page.contains("verdict--not-found") && page.contains(&number.grouped()));
        assert!(page.contains("/report-forgery"));
        let fields = [("number", number.digits()), ("name", "محمد عبد الله سعد القحطاني")];
        let (code, body) = app.post("verification/check_name", None, &fields).await;
        assert_eq!(code, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(body["Invalid"][0]["problem"], "NameDiffers");
    }
}

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

/// What must never reach a stranger.
async fn planted(app: &TestApp) -> (LicenceNumber, [&'static str; 8]) {
    let person = app.person_with("1098765430", "+966512345678", "1991-02-13").await;
    app.verify(person).await;
    passes(app, person, KIND).await;
    let canaries =
        ["1098765430", "512345678", "1991-02-13", "13/2/1991", "m@example.org", "القحطاني", "Alqahtani", "عبد الله"];
    (licensed(app, person, KIND, app.clock.now()).await, canaries)
}

#[tokio::test]
async fn no_personal_data_reaches_a_stranger() {
    let app = TestApp::start().await;
    let (number, canaries) = planted(&app).await;
    let digits = number.digits();
    for path in
        [format!("/verify/{digits}"), format!("/v/{digits}"), format!("/api/verification/look_up?number={digits}")]
    {
        let (code, body) = app.get(&path, None).await;
        assert_eq!(code, StatusCode::OK);
        assert!(body.contains("محمد ع. س. ق."), "{path}");
        for canary in canaries {
            assert!(!body.contains(canary), "{canary} in {path}");
        }
    }
}

#[tokio::test]
async fn a_full_name_gets_yes_or_no() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let digits = number.digits();
    let check =
        async |name: &str| app.post("verification/check_name", None, &[("number", digits), ("name", name)]).await;
    for right in ["محمد عبد الله سعد القحطاني", "محمد  عبدالله سعد القحطانى", "mohammed alqahtani"]
    {
        assert_eq!(check(right).await.0, StatusCode::OK, "{right}");
    }
    for wrong in ["محمد القحطاني", "سعد عبد الله محمد القحطاني", "%"] {
        let (code, body) = check(wrong).await;
        assert_eq!(code, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(body["Invalid"][0], json!({ "field": "name", "problem": "NameDiffers" }), "{wrong}");
    }
    assert_eq!(check(" ").await.1["Invalid"][0]["problem"], "Required");
    assert_eq!(check(&"م".repeat(251)).await.1["Invalid"][0]["problem"], "TooLong");
}

#[tokio::test]
async fn names_cannot_be_tried_without_end() {
    let app = TestApp::start().await;
    let number = LicenceNumber::from_digits15("482109375516204").unwrap();
    let fields = [("number", number.digits()), ("name", "محمد")];
    let mut last = StatusCode::OK;
    for _ in 0..=20 {
        last = app.post("verification/check_name", None, &fields).await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_yes_is_shown_to_who_asked_for_that_number_and_not_for_long() {
    let app = TestApp::start().await;
    let (one, two) = (ready(&app, KIND).await, ready(&app, KIND).await);
    let (one, two) =
        (licensed(&app, one, KIND, app.clock.now()).await, licensed(&app, two, KIND, app.clock.now()).await);
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("number", one.digits()), ("name", "محمد عبد الله سعد القحطاني")])
        .finish();
    let request = Request::post("/api/verification/check_name")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, format!("http://localhost:3000/v/{}", one.digits()))
        .body(Body::from(body))
        .unwrap();
    let response = app.send(request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let to = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let proof = to.split_once("?name=").unwrap().1;
    let says_yes = async |number: &LicenceNumber| {
        look_up(&app, &format!("{}&name={proof}", number.digits())).await.1["name_matches"] == json!(true)
    };
    assert!(says_yes(&one).await);
    assert!(!says_yes(&two).await, "the proof is one number's");
    let (_, page) = app.get(&to, None).await;
    assert!(page.contains("notice--success"));
    app.clock.advance(Duration::minutes(21));
    assert!(!says_yes(&one).await, "the proof has run out");
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
    let number: String =
        sqlx::query_scalar("SELECT number FROM licences WHERE kind = 'management'").fetch_one(&app.pool).await.unwrap();
    assert_eq!(look_up(&app, &number).await.1["licence"]["body"], "جهة");
}
