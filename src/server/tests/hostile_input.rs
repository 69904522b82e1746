//! What nobody's browser sends: other sites' posts, malformed bodies, floods. None of it is a fault of the server.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;

use super::{form, read};
use crate::access::Role;
use crate::error::AppError;
use crate::testing::TestApp;

/// A public function that writes.
const WRITE: &str = "/api/accounts/ask_code";

#[tokio::test]
async fn posts_from_other_sites_are_refused() {
    let app = TestApp::start().await;
    let body = "national_id=1000000008&mobile=0500000001&lang=en";
    for path in [WRITE, "/language"] {
        for (site, origin) in [
            (Some("cross-site"), Some("https://elsewhere.example")),
            (Some("same-site"), Some("http://other.localhost:3000")),
            (Some("cross-site"), None),
            (Some("same-site"), None),
            (Some("cross-site"), Some("null")),
            // Browsers without Sec-Fetch-Site tell the origin.
            (None, Some("https://elsewhere.example")),
            (None, Some("null")),
        ] {
            let mut request = form(path, body);
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                request.headers_mut().remove(name);
                if let Some(value) = value {
                    request.headers_mut().insert(name, value.parse().unwrap());
                }
            }
            assert_eq!(app.send(request).await.status(), StatusCode::FORBIDDEN, "{path} from {site:?} {origin:?}");
        }
        assert!(!app.send(form(path, body)).await.status().is_client_error(), "{path} from here");
    }
}

#[tokio::test]
async fn malformed_arguments_are_a_400_that_says_so() {
    let app = TestApp::start().await;
    for body in ["", "national_id", "%FF=%FE&%", "national_id[a][b]=1", "\u{0}"] {
        let (status, _, answer) = read(app.send(form(WRITE, body)).await).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body:?}");
        assert_eq!(serde_json::from_str::<AppError>(&answer).unwrap(), AppError::Malformed, "{body:?}");
    }
}

#[tokio::test]
async fn another_content_type_is_refused() {
    let app = TestApp::start().await;
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x"] {
        let mut request = form(WRITE, r#"{"national_id":"1000000008","mobile":"0500000001"}"#);
        request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
        assert!(app.send(request).await.status().is_client_error(), "{kind}");
    }
}

#[tokio::test]
async fn a_body_too_large_is_a_413() {
    let app = TestApp::start().await;
    let body = format!("national_id={}&mobile=0500000001", "1".repeat(70_000));
    let (status, _, answer) = read(app.send(form(WRITE, body)).await).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(serde_json::from_str::<AppError>(&answer).unwrap(), AppError::TooLarge);
}

#[tokio::test]
async fn what_is_not_there_is_a_404() {
    let app = TestApp::start().await;
    for path in ["/api/accounts/nothing", "/api/v1/", "/api/accounts/ask_code/more", "/nowhere", "/pkg/nothing.js"] {
        assert_eq!(app.get(path, None).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(app.send(form("/api/accounts/nothing", "")).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_list_does_not_know_is_what_goes_without_saying() {
    let app = TestApp::start().await;
    let person = app.sign_in(app.person().await).await;
    let [trainer, reviewer, administrator] =
        [app.staff(Role::Trainer).await, app.staff(Role::Reviewer).await, app.staff(Role::Administrator).await];
    let (trainer, reviewer) = (app.sign_in(trainer).await, app.sign_in(reviewer).await);
    let administrator = app.sign_in(administrator).await;
    for (path, cookie) in [
        ("/training", &person),
        ("/account/messages", &person),
        ("/account/access-log", &person),
        ("/trainer", &trainer),
        ("/review/decisions", &reviewer),
        ("/oversight", &reviewer),
        ("/admin/staff", &administrator),
        ("/admin/audit", &administrator),
        ("/admin/results", &administrator),
        ("/admin/duplicates", &administrator),
        ("/admin/messages", &administrator),
        ("/admin/sessions", &administrator),
        ("/admin/organisations", &administrator),
    ] {
        let names = [
            "order",
            "name",
            "done",
            "after",
            "jobs_after",
            "kind",
            "region",
            "mode",
            "when",
            "state",
            "role",
            "outcome",
            "act",
            "channel",
            "standing",
            "action",
            "actor",
            "subject",
            "from",
            "to",
        ];
        let ancient = "-300000000000000000_00000000-0000-4000-8000-000000000001";
        for value in ["sideways", "9_9_9", "%D9%A1'--", "", ancient, "-300000000000000000_1", &format!("1_{ancient}")] {
            let asked: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
            let (status, _) = app.get(&format!("{path}?{}", asked.join("&")), Some(cookie)).await;
            assert_eq!(status, StatusCode::OK, "{path} {value}");
        }
    }
}

#[tokio::test]
async fn no_input_makes_any_server_function_fail() {
    let app = TestApp::start().await;
    let bodies: [Vec<u8>; 6] = [
        Vec::new(),
        vec![0xFF, 0xFE, b'=', 0x80],
        b"a=b&a=c&national_id=1&number=%F0%28%8C%28".to_vec(),
        b"enrolment[0][x]=1&attempt[]=2&number[a]=3".to_vec(),
        "=&&&===&%00=%00".into(),
        "number=".bytes().chain([b'9'; 5000]).collect(),
    ];
    // Somebody who may call everything, so that the functions themselves see it.
    let person = app.staff(Role::Trainer).await;
    for role in [Role::Reviewer, Role::Administrator] {
        sqlx::query("INSERT INTO staff_roles (person_id, role) VALUES ($1, $2)")
            .bind(person)
            .bind(role.code())
            .execute(&app.pool)
            .await
            .unwrap();
    }
    for (path, method) in server_fn_paths().filter(|(path, _)| !path.starts_with("/api/test/")) {
        for body in &bodies {
            let mut request = if method == Method::GET {
                let query = String::from_utf8_lossy(body).replace(|c: char| !c.is_ascii_graphic(), "%FF");
                Request::get(format!("{path}?{query}")).body(Body::empty()).unwrap()
            } else {
                form(path, body.clone())
            };
            request.headers_mut().insert(header::COOKIE, app.sign_in(person).await.parse().unwrap());
            let status = app.send(request).await.status();
            assert!(!status.is_server_error(), "{path} with {:?}: {status}", String::from_utf8_lossy(body));
        }
        // The other method than the function's own.
        let other =
            if method == Method::GET { form(path, "") } else { Request::get(path).body(Body::empty()).unwrap() };
        assert!(app.send(other).await.status().is_client_error(), "{path} by another method");
    }
}

#[tokio::test]
async fn a_flood_from_one_address_is_told_to_wait() {
    let app = TestApp::start().await;
    for _ in 0..20_000 {
        let response = app.send(Request::get("/healthz").body(Body::empty()).unwrap()).await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            let wait = response.headers().get(header::RETRY_AFTER).expect("says when");
            assert!(wait.to_str().unwrap().parse::<u32>().is_ok());
            return;
        }
        assert_eq!(response.status(), StatusCode::OK);
    }
    panic!("no limit was met");
}
