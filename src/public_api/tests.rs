//! What programs get, and that it is what is described to them.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use time::Duration;

use super::MOST_QUESTIONS;
use super::model::{Answer, Answers, MOST_NUMBERS, OneAnswer, Status};
use crate::history::renew;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceStatus};
use crate::licences::tests::{licensed, ready};
use crate::organisations::model::EVENTS;
use crate::oversight::tests::{corrected, revoked, suspended};
use crate::signing::tests::trusted;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

async fn send(app: &TestApp, request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
    let (parts, body) = app.send(request).await.into_parts();
    let body = to_bytes(body, 16 * 1024 * 1024).await.unwrap();
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

async fn fetch(app: &TestApp, path: &str) -> (StatusCode, HeaderMap, Value) {
    let request = Request::get(path).header(header::HOST, "localhost:3000");
    send(app, request.header(header::ORIGIN, "https://others.example").body(Body::empty()).unwrap()).await
}

async fn ask(app: &TestApp, body: &Value) -> (StatusCode, HeaderMap, Value) {
    let request = Request::post("/api/v1/licences:verify").header(header::HOST, "localhost:3000");
    send(app, request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap())
        .await
}

async fn one(app: &TestApp, number: &LicenceNumber) -> Answer {
    let (status, headers, body) = fetch(app, &format!("/api/v1/licences/{}", number.digits())).await;
    assert_eq!((status, headers[header::CACHE_CONTROL].to_str().unwrap()), (StatusCode::OK, "no-store"));
    serde_json::from_value::<OneAnswer>(body).unwrap().answer
}

async fn many(app: &TestApp, numbers: &[&str]) -> Vec<Answer> {
    let (status, _, body) = ask(app, &json!({ "numbers": numbers })).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_value::<Answers>(body).unwrap().answers
}

fn unknown() -> LicenceNumber {
    LicenceNumber::from_digits15("123456789012345").unwrap()
}

#[tokio::test]
async fn each_status_is_told_alike_one_by_one_and_together() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let mut numbers = Vec::new();
    for _ in 0..4 {
        let person = ready(&app, KIND).await;
        numbers.push(licensed(&app, person, KIND, now).await);
    }
    let person = ready(&app, KIND).await;
    numbers.push(licensed(&app, person, KIND, now - Duration::days(1000)).await);
    numbers.push(unknown());
    suspended(&app, &numbers[1]).await;
    revoked(&app, &numbers[2]).await;
    let successor = corrected(&app, &numbers[3]).await;
    let digits: Vec<&str> = numbers.iter().map(LicenceNumber::digits).collect();
    let answers = many(&app, &digits).await;
    let statuses: Vec<Status> = answers.iter().map(|answer| answer.status).collect();
    let expected = [
        Status::Is(LicenceStatus::Valid),
        Status::Is(LicenceStatus::Suspended),
        Status::Is(LicenceStatus::Revoked),
        Status::Is(LicenceStatus::Superseded),
        Status::Is(LicenceStatus::Expired),
        Status::NotFound,
    ];
    assert_eq!(statuses, expected);
    for (number, answer) in numbers.iter().zip(&answers) {
        assert_eq!(one(&app, number).await, *answer);
    }
    let licence = answers[0].licence.as_ref().unwrap();
    assert_eq!(licence.kind, KIND);
    assert_eq!(licence.issued, crate::calendar::riyadh_day(now).to_string());
    assert!(licence.holder.is_some() && licence.reason.is_none() && licence.successor.is_none());
    assert!(answers[1].licence.as_ref().unwrap().reason.is_some());
    let replaced = answers[3].licence.as_ref().unwrap();
    assert_eq!(replaced.successor.as_ref().unwrap().number, successor.digits());
    assert_eq!(replaced.holder, None, "whose it is, the successor says");
}

#[tokio::test]
async fn numbers_are_answered_in_their_order_as_often_as_asked_and_however_written() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let grouped = number.grouped();
    let arabic: String =
        number.digits().chars().map(|c| char::from_u32(u32::from(c) - u32::from('0') + 0x0660).unwrap()).collect();
    let unknown = unknown();
    let sent = ["12", &grouped, unknown.digits(), &arabic, "", number.digits()];
    let answers = many(&app, &sent).await;
    let told: Vec<(&str, Status)> = answers.iter().map(|answer| (answer.number.as_str(), answer.status)).collect();
    let valid = (number.digits(), Status::Is(LicenceStatus::Valid));
    let expected =
        [("12", Status::Malformed), valid, (unknown.digits(), Status::NotFound), valid, ("", Status::Malformed), valid];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn what_is_no_question_is_refused_as_a_problem() {
    let app = TestApp::start().await;
    let problem = |answer: (StatusCode, HeaderMap, Value), status: StatusCode| {
        assert_eq!(answer.0, status, "{}", answer.2);
        assert_eq!(answer.1[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(answer.2["status"], status.as_u16());
        assert!(["title", "detail", "detail_ar"].iter().all(|key| !answer.2[key].as_str().unwrap().is_empty()));
    };
    problem(fetch(&app, "/api/v1/licences/4821093755162040").await, StatusCode::BAD_REQUEST);
    problem(fetch(&app, "/api/v1/licences/hello").await, StatusCode::BAD_REQUEST);
    problem(fetch(&app, "/api/v1/licences/%ff").await, StatusCode::BAD_REQUEST);
    problem(fetch(&app, "/api/v1/nowhere").await, StatusCode::NOT_FOUND);
    let gone = Request::delete("/api/v1/licences/4821093755162049").header(header::HOST, "localhost:3000");
    let answer = send(&app, gone.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.1[header::ALLOW], "GET,HEAD");
    problem(answer, StatusCode::METHOD_NOT_ALLOWED);
    for body in [json!({}), json!({ "numbers": [] }), json!({ "numbers": [1] }), json!([]), Value::Null] {
        problem(ask(&app, &body).await, StatusCode::BAD_REQUEST);
    }
    let most = vec!["4821 0937 5516 2049"; MOST_NUMBERS];
    assert_eq!(many(&app, &most).await.len(), MOST_NUMBERS);
    let over = vec!["4"; MOST_NUMBERS + 1];
    problem(ask(&app, &json!({ "numbers": over })).await, StatusCode::PAYLOAD_TOO_LARGE);
    let heavy = vec!["4821 0937 5516 2049, and more than anybody copies with a number"; MOST_NUMBERS];
    problem(ask(&app, &json!({ "numbers": heavy })).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn who_asks_without_end_is_told_to_wait() {
    let app = TestApp::start().await;
    // The window is fixed: start at its beginning.
    app.clock.advance(Duration::seconds(3600 - app.clock.now().unix_timestamp().rem_euclid(3600)));
    let question = json!({ "numbers": ["4821093755162049"] });
    let mut answered = 0;
    let (_, headers, _) = loop {
        let answer = ask(&app, &question).await;
        if answer.0 == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
        answered += 1;
        assert!(answered <= MOST_QUESTIONS);
    };
    assert_eq!(answered, MOST_QUESTIONS);
    assert!(headers[header::RETRY_AFTER].to_str().unwrap().parse::<u32>().unwrap() > 0);
    // One at a time is not counted with them.
    assert_eq!(one(&app, &unknown()).await.status, Status::NotFound);
}

#[tokio::test]
async fn it_is_described_in_openapi_and_open_to_pages_of_others() {
    let app = TestApp::start().await;
    let (status, headers, description) = fetch(&app, "/api/openapi.json").await;
    let allowed = headers[header::ACCESS_CONTROL_ALLOW_ORIGIN].to_str().unwrap();
    assert_eq!((status, allowed), (StatusCode::OK, "*"));
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(description["servers"][0]["url"], app.state.config.origin);
    let paths: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/api/v1/licences/{number}", "/api/v1/licences:verify", "/api/v1/webhook-deliveries"]);
    assert_eq!(description["components"]["securitySchemes"]["key"]["scheme"], "bearer");
    let kinds = &description["components"]["schemas"]["LicenceKind"]["enum"];
    assert_eq!(*kinds, json!(LicenceKind::ALL.map(LicenceKind::code)));
}

#[tokio::test]
async fn who_writes_programs_reads_every_code_and_an_example_on_a_page() {
    let app = TestApp::start().await;
    let (_, _, description) = fetch(&app, "/api/openapi.json").await;
    let codes = description["components"]["schemas"]["Status"]["enum"].as_array().unwrap();
    let expected =
        ["valid", "not_yet_valid", "expired", "suspended", "revoked", "superseded", "not_found", "malformed"];
    assert_eq!(*codes, expected);
    assert_eq!(description["components"]["schemas"]["Status"]["type"], "string");
    trusted(&app).await;
    renew(&app.state).await.unwrap();
    let (status, page) = app.get("/api", None).await;
    assert_eq!(status, StatusCode::OK);
    for code in codes.iter().map(|code| code.as_str().unwrap()) {
        assert!(page.contains(&format!(">{code}</code>")), "{code}");
    }
    let shown = |text: &str| assert!(page.contains(text), "{text}");
    shown(&format!("{}/api/v1/licences/{}", app.state.config.origin, OneAnswer::example().answer.number));
    let with_key =
        ["10,000", "50,000", "1,000", ">401</code>", ">403</code>", "/api/v1/webhook-deliveries", "webhook-signature"];
    with_key.into_iter().for_each(shown);
    for code in EVENTS {
        shown(&format!(">{code}</code>"));
    }
    shown("محمد ع. ق.");
    for address in ["/api/openapi.json", "/.well-known/jwks.json", "/status", "/log/checkpoint"] {
        shown(&format!("href=\"{address}\""));
        assert_eq!(app.get(address, None).await.0, StatusCode::OK, "{address}");
    }
}
