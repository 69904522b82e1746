//! The profile: saved, mended, fixed.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use serde_json::Value;

use super::{ID, MOBILE, born_years_ago, count, on_field, read, sign_in};
use crate::calendar::HijriDay;
use crate::testing::TestApp;

const FIELDS: [(&str, &str); 11] = [
    ("given_name", "سارة"),
    ("father_name", "عبد الله"),
    ("grandfather_name", ""),
    ("family_name", "العتيبي"),
    ("latin_name", "Sarah Alotaibi"),
    ("birth_day", "١٧"),
    ("birth_month", "5"),
    ("birth_year", "1410"),
    ("birth_calendar", "hijri"),
    ("place", "riyadh/riyadh"),
    ("email", "sarah@example.org"),
];

/// The fields with one of them otherwise.
fn with<'a>(name: &str, value: &'a str) -> Vec<(&'static str, &'a str)> {
    FIELDS.iter().map(|(field, usual)| if *field == name { (*field, value) } else { (*field, *usual) }).collect()
}

async fn profile(app: &TestApp, cookie: &str) -> Value {
    serde_json::from_str(&read(app, "accounts/profile", Some(cookie)).await.1).unwrap()
}

#[tokio::test]
async fn a_profile_is_saved_as_typed_and_found_by_its_key() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    assert!(read(&app, "accounts/home", Some(&cookie)).await.1.contains("CompleteProfile"));
    let answer = app.post("accounts/save_profile", Some(&cookie), &FIELDS).await;
    assert_eq!(answer.0, StatusCode::OK, "{}", answer.1);
    let stored = profile(&app, &cookie).await;
    assert_eq!(stored["father_name"], "عبد الله");
    assert_eq!(stored["grandfather_name"], "");
    assert_eq!(stored["place"], "riyadh/riyadh");
    let birth = HijriDay { year: 1410, month: 5, day: 17 }.to_gregorian().unwrap();
    assert_eq!(stored["birth_date"], serde_json::to_value(birth).unwrap());
    let key: String = sqlx::query_scalar("SELECT name_key FROM persons").fetch_one(&app.owner).await.unwrap();
    assert_eq!(key, "ساره عبدالله العتيبي");
    assert!(read(&app, "accounts/home", Some(&cookie)).await.1.contains("ChooseSession"));
    assert_eq!(app.post("accounts/save_profile", Some(&cookie), &FIELDS).await.0, StatusCode::OK, "saved again");
}

#[tokio::test]
async fn each_bad_field_is_told() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    for (field, typed, told_on, problem) in [
        ("given_name", "", "given_name", "Required"),
        ("given_name", "Sarah", "given_name", "ArabicNameInvalid"),
        ("grandfather_name", "123", "grandfather_name", "ArabicNameInvalid"),
        ("latin_name", "سارة", "latin_name", "LatinNameInvalid"),
        ("birth_day", "31", "birth_day", "DateInvalid"),
        ("birth_year", "1440", "birth_day", "BirthDateImpossible"),
        ("birth_calendar", "lunar", "birth_day", "ChoiceUnknown"),
        ("place", "", "place", "PlaceUnknown"),
        ("place", "riyadh/jeddah", "place", "PlaceUnknown"),
        ("email", "sarah", "email", "EmailInvalid"),
    ] {
        let answer = app.post("accounts/save_profile", Some(&cookie), &with(field, typed)).await;
        assert_eq!(answer, (StatusCode::UNPROCESSABLE_ENTITY, on_field(told_on, problem)), "{field}={typed}");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM persons WHERE given_name IS NOT NULL").await, 0);
    let empty = app.post("accounts/save_profile", Some(&cookie), &[]).await;
    assert_eq!(empty.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.post("accounts/save_profile", None, &FIELDS).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_minor_is_noticed() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    let birth = born_years_ago(&app, 16);
    let (day, month, year) = (birth.day().to_string(), u8::from(birth.month()).to_string(), birth.year().to_string());
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|(field, usual)| match *field {
            "birth_day" => (*field, day.as_str()),
            "birth_month" => (*field, month.as_str()),
            "birth_year" => (*field, year.as_str()),
            "birth_calendar" => (*field, "gregorian"),
            _ => (*field, *usual),
        })
        .collect();
    let answer = app.post("accounts/save_profile", Some(&cookie), &fields).await;
    assert_eq!(answer.0, StatusCode::OK, "{}", answer.1);
    assert_eq!(count(&app, "SELECT count(*) FROM persons WHERE needs_guardian").await, 1);
    assert!(read(&app, "accounts/guardian", Some(&cookie)).await.1.contains("ToAsk"));
}

#[tokio::test]
async fn a_verified_name_stays_and_the_place_can_change() {
    let app = TestApp::start().await;
    let person = app.verified_person().await;
    let cookie = app.sign_in(person).await;
    let answer = app.post("accounts/save_profile", Some(&cookie), &with("place", "makkah/jeddah")).await;
    assert_eq!(answer.0, StatusCode::OK, "{}", answer.1);
    let stored = profile(&app, &cookie).await;
    assert_eq!(stored["given_name"], "محمد");
    assert_eq!(stored["place"], "makkah/jeddah");
}

#[tokio::test]
async fn one_person_never_reads_anothers_profile() {
    let app = TestApp::start().await;
    let mine = sign_in(&app, ID, MOBILE).await;
    let other = app.person().await;
    let theirs = app.sign_in(other).await;
    app.post("accounts/save_profile", Some(&mine), &FIELDS).await;
    assert_eq!(profile(&app, &theirs).await["given_name"], "محمد");
    assert_eq!(profile(&app, &mine).await["given_name"], "سارة");
}

/// Saves the profile from its page as a form without script does.
async fn save_without_script(app: &TestApp, cookie: &str, page: &str, fields: &[(&str, &str)]) -> Response<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post("/api/accounts/save_profile")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::REFERER, format!("http://localhost:3000{page}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

#[tokio::test]
async fn a_saved_profile_leads_back_to_where_it_was_asked_for_and_to_no_other_site() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    let asked = "/account/profile?back=/account/request/team-leader";
    let (_, page) = app.get(asked, Some(&cookie)).await;
    assert!(page.contains("name=\"back\" value=\"/account/request/team-leader\""), "{page}");
    for (back, to) in [
        ("/account/request/team-leader", "/account/request/team-leader"),
        ("/training?kind=practitioner", "/training?kind=practitioner"),
        ("", "/account"),
        ("//elsewhere.example", "/account"),
        ("/\\elsewhere.example", "/account"),
        ("https://elsewhere.example/account", "/account"),
        ("/\r\nset-cookie: a=b", "/account"),
    ] {
        let mut fields = FIELDS.to_vec();
        fields.push(("back", back));
        let response = save_without_script(&app, &cookie, asked, &fields).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], to, "back to {back:?}");
    }
    let mut fields = with("email", "not-an-address");
    fields.push(("back", "/account/request/team-leader"));
    let response = save_without_script(&app, &cookie, asked, &fields).await;
    assert_eq!(response.headers()[header::LOCATION], asked, "a mistake is mended first");
}

#[tokio::test]
async fn without_a_script_what_was_typed_comes_back() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    let fields = with("email", "not-an-address");
    let response = save_without_script(&app, &cookie, "/account/profile", &fields).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/account/profile");
    let kept = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let (status, page) = app.get("/account/profile", Some(&format!("{cookie}; {kept}"))).await;
    assert_eq!(status, StatusCode::OK);
    for typed in ["not-an-address", "سارة", "Sarah Alotaibi", "١٧"] {
        assert!(page.contains(typed), "{typed} is kept");
    }
    assert!(page.contains("error-summary"), "and the page says what is wrong");
}
