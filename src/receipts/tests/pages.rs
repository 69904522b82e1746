//! The pages, as a browser without scripts gets them.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use time::macros::date;

use super::{lived, one, signed, told};
use crate::testing::TestApp;

const PAGE: &str = "/verify/receipt";

/// Sends the check's form as a browser without scripts does, from a page; that page as it is shown then.
async fn checked_from(app: &TestApp, page: &str, receipt: &str) -> String {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("receipt", receipt).finish();
    let request = Request::post("/api/receipts/check")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, format!("http://localhost:3000{page}"));
    let response = app.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], page);
    assert!(!response.headers().contains_key("x-show-again"));
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let (status, shown) = app.get(page, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    shown
}

#[tokio::test]
async fn the_verdict_leads_to_the_question_and_the_question_to_an_answer() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let on = format!("/verify/{}/on", number.digits());
    for start in ["/verify/", "/v/"] {
        let (_, verdict) = app.get(&format!("{start}{}", number.digits()), None).await;
        assert!(verdict.contains(&format!("href=\"{on}\"")), "{start}");
    }
    let (status, question) = app.get(&on, None).await;
    assert_eq!(status, StatusCode::OK);
    for part in [format!("action=\"{on}\""), "name=\"on_year\"".to_owned(), "method=\"get\"".to_owned()] {
        assert!(question.contains(&part), "{part}");
    }
    assert!(!question.contains("verdict--") && !question.contains("error-summary"));
    // 3 Sha'ban 1447 is 22 January 2026: two days after the suspension of an hour.
    let typed = "on_day=3&on_month=8&on_year=1447&on_calendar=hijri";
    let (_, answered) = app.get(&format!("{on}?{typed}"), None).await;
    for part in ["verdict--valid", "3 شعبان 1447 هـ الموافق 22/1/2026 م", "on.jws?date=2026-01-22", "value=\"1447\""]
    {
        assert!(answered.contains(part), "{part}");
    }
    let (_, held) = app.get(&format!("{on}?date=2026-01-20"), Some("lang=en")).await;
    for part in ["verdict--suspended", "Suspended at 14:05", "Restored at 15:05", "It was suspended"] {
        assert!(held.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_day_that_cannot_be_asked_about_is_told_kindly_with_what_was_typed() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let on = format!("/verify/{}/on", number.digits());
    for (query, told) in [
        ("on_day=1&on_month=1&on_year=2030&on_calendar=gregorian", "اختر اليوم أو يومًا قبله"),
        ("on_day=1&on_month=1&on_year=2001&on_calendar=gregorian", "لا رخص في السجل قبل"),
        ("on_day=99&on_month=1&on_year=2026&on_calendar=gregorian", "error-summary"),
    ] {
        let (status, page) = app.get(&format!("{on}?{query}"), None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(told) && page.contains("href=\"#on_day\""), "{query}");
        let year = query.split("on_year=").nth(1).unwrap().split('&').next().unwrap();
        assert!(page.contains(&format!("value=\"{year}\"")), "{query}");
        assert!(!page.contains("verdict--"), "{query}");
    }
}

#[tokio::test]
async fn a_receipt_is_downloaded_and_checked() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    crate::signing::tests::trusted(&app).await;
    let path = format!("/verify/{}/on.jws", number.digits());
    let request = Request::get(format!("{path}?date=2026-02-03")).header(header::HOST, "localhost:3000");
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    let disposition = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert_eq!(disposition, format!("attachment; filename=\"rukhsa-{}-2026-02-03.jws\"", number.digits()));
    assert!(!response.headers().contains_key(header::SET_COOKIE));
    let bytes = to_bytes(response.into_body(), 64 * 1024).await.unwrap();
    let receipt = String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(signed(&app, &receipt).await.answer.day, date!(2026 - 02 - 03));
    for wrong in ["", "?date=2030-01-01", "?date=x"] {
        assert_eq!(app.get(&format!("{path}{wrong}"), None).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn without_scripts_the_page_of_the_form_tells_what_was_found() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let told = told(&app, &number, date!(2026 - 02 - 03)).await;
    assert!(!app.get(PAGE, None).await.1.contains("notice--"));
    // On the page of checking, and on the page of the answer itself.
    let answer = format!("/verify/{}/on?date=2026-02-03", number.digits());
    for page in [PAGE, &answer] {
        let shown = checked_from(&app, page, &told.receipt).await;
        for part in
            ["الإيصال صحيح", "بحدثين", "كانت موقوفة", "15 شعبان 1447", &format!("href=\"/verify/{}\"", number.digits())]
        {
            assert!(shown.contains(part), "{page}: {part}");
        }
    }
    let mut forged = told.receipt.clone();
    forged.replace_range(200..201, if &forged[200..201] == "A" { "B" } else { "A" });
    assert!(checked_from(&app, PAGE, &forged).await.contains("لا يُعتدّ به"));
    assert!(checked_from(&app, PAGE, "something").await.contains("ليس إيصالًا"));
    let nothing = checked_from(&app, PAGE, " ").await;
    assert!(nothing.contains("error-summary") && nothing.contains("href=\"#receipt\""));
    let long = "x".repeat(40_000);
    let (status, body) = app.post("receipts/check", None, &[("receipt", &long)]).await;
    assert_eq!((status, &body["Invalid"][0]["problem"]), (StatusCode::UNPROCESSABLE_ENTITY, &"TooLong".into()));
}

#[tokio::test]
async fn a_number_that_is_not_there_answers_with_its_page() {
    let app = TestApp::start().await;
    one(&app).await;
    crate::signing::tests::trusted(&app).await;
    let (status, page) = app.get("/verify/4821093755162049/on?date=2026-01-03", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("verdict--not-found") && page.contains("on.jws?date=2026-01-03"));
    let (status, page) = app.get("/verify/123/on", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("name=\"number\""));
}
