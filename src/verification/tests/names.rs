//! The holder's name: masked for strangers, and checked for who has it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use time::Duration;

use super::{KIND, look_up};
use crate::licences::model::LicenceNumber;
use crate::licences::tests::{licensed, passes, ready};
use crate::testing::TestApp;

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
