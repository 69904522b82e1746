//! What the pages say, to whom.

use axum::http::StatusCode;
use serde_json::Value;

use super::Hall;
use crate::papers::model::right_field;
use crate::programmes::job::tally_all;
use crate::testing::TestApp;

async fn page(app: &TestApp, path: &str, cookie: &str) -> String {
    let (status, page) = app.get(path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    page
}

#[tokio::test]
async fn a_trainer_sees_what_waits_and_what_became_of_it() {
    let hall = Hall::new().await;
    let path = format!("/trainer/{}/results", hall.session);
    let field = right_field(hall.enrolment);
    let before = page(&hall.app, &path, &hall.trainers).await;
    assert!(before.contains(&field) && before.contains("القحطاني"), "{before}");
    let sheet = hall.waiting("14").await;
    let waits = page(&hall.app, &path, &hall.trainers).await;
    assert!(waits.contains("تنتظر الاعتماد") && waits.contains("14 من 20 (70%)") && !waits.contains(&field), "{waits}");
    assert!(waits.contains("سحب النتيجة"));
    hall.confirm(sheet).await;
    let done = page(&hall.app, &path, &hall.trainers).await;
    assert!(done.contains("مجتاز · ورقيًّا") && !done.contains("سحب النتيجة"), "{done}");
    let report = page(&hall.app, &format!("/trainer/{}/report", hall.session), &hall.trainers).await;
    assert!(report.contains("مجتاز · ورقيًّا") && report.contains(&path), "{report}");
    let readings: i64 =
        sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = 'roster_viewed' AND subject_id = $1")
            .bind(hall.person)
            .fetch_one(&hall.app.pool)
            .await
            .unwrap();
    assert_eq!(readings, 1, "noted once a day");
}

#[tokio::test]
async fn what_was_typed_stays_where_something_is_wrong_with_it() {
    use axum::body::Body;
    use axum::http::{Request, header};

    let hall = Hall::new().await;
    let path = format!("/trainer/{}/results", hall.session);
    let (session, field) = (hall.session.to_string(), right_field(hall.enrolment));
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("session", session.as_str()), ("asked", "20"), (field.as_str(), "277")])
        .finish();
    let request = Request::post("/api/papers/record")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::REFERER, format!("http://localhost:3000{path}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &hall.trainers);
    let answer = hall.app.send(request.body(Body::from(body)).unwrap()).await;
    assert!(answer.status().is_redirection());
    let kept = answer.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let shown = page(&hall.app, &path, &format!("{}; {kept}", hall.trainers)).await;
    assert!(shown.contains("value=\"277\"") && shown.contains("value=\"20\""), "{shown}");
    // Above the form, and beside the field.
    assert_eq!(shown.matches("العدد غير صحيح").count(), 2, "{shown}");
}

#[tokio::test]
async fn an_administrator_sees_the_oldest_first_and_nobodys_name() {
    let mut hall = Hall::new().await;
    assert!(page(&hall.app, "/admin/results", &hall.officers).await.contains("لا نتائج تنتظر"));
    let first = hall.waiting("13").await;
    for _ in 0..20 {
        hall.app.clock.advance(time::Duration::seconds(1));
        hall.next().await;
        hall.waiting("14").await;
    }
    let shown = page(&hall.app, "/admin/results", &hall.officers).await;
    // The names of trainers are known; those of volunteers are masked.
    assert!(shown.contains("محمد ع. س. ق.") && shown.contains("13 من 20 (65%)"), "{shown}");
    let (_, list) = hall.app.get("/api/papers/waiting", Some(&hall.officers)).await;
    let list: Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["sheets"].as_array().unwrap().len(), 20);
    assert_eq!(list["sheets"][0]["id"], first.to_string());
    let next = format!("/api/papers/waiting?after={}", list["next"].as_str().unwrap());
    let (_, rest) = hall.app.get(&next, Some(&hall.officers)).await;
    let rest: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!((rest["sheets"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    let home = page(&hall.app, "/admin", &hall.officers).await;
    assert!(home.contains("/admin/results"));
}

#[tokio::test]
async fn the_person_sees_that_it_waits_and_then_the_result() {
    let hall = Hall::new().await;
    let path = format!("/account/test/{}", hall.enrolment);
    let sheet = hall.waiting("13").await;
    let waits = page(&hall.app, &path, &hall.persons).await;
    assert!(waits.contains("تنتظر الاعتماد") && !waits.contains("بدء الاختبار"), "{waits}");
    let held = page(&hall.app, "/account/data", &hall.persons).await;
    assert!(held.contains("تنتظر الاعتماد") && held.contains("data-field=\"papers.right_answers\""), "{held}");
    hall.confirm(sheet).await;
    let over = page(&hall.app, &path, &hall.persons).await;
    assert!(over.contains("غير مجتاز · ورقيًّا") && over.contains("بدء محاولة جديدة"), "{over}");
    let result = page(&hall.app, &format!("{path}/result/1"), &hall.persons).await;
    assert!(result.contains("أُدّي هذا الاختبار ورقيًّا") && result.contains("13 من 20"), "{result}");
    assert!(!result.contains("ما يُنصح بقراءته") && !result.contains("انتهى وقت المحاولة"), "{result}");
    let held = page(&hall.app, "/account/data", &hall.persons).await;
    assert!(!held.contains("تنتظر الاعتماد") && held.contains("data-field=\"attempts.right_answers\""), "{held}");
}

#[tokio::test]
async fn papers_are_not_in_the_statistics_of_questions() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    hall.confirm(sheet).await;
    let awaited: i64 =
        sqlx::query_scalar("SELECT count(*) FROM attempts_to_tally").fetch_one(&hall.app.pool).await.unwrap();
    assert_eq!(awaited, 0);
    tally_all(&hall.app.pool).await.unwrap();
    let tallies: i64 =
        sqlx::query_scalar("SELECT count(*) FROM question_tallies").fetch_one(&hall.app.pool).await.unwrap();
    assert_eq!(tallies, 0);
}

#[tokio::test]
async fn who_decides_a_sheet_stays_where_they_were_in_the_list() {
    use axum::body::Body;
    use axum::http::{Request, header};

    let mut hall = Hall::new().await;
    for endpoint in ["confirm", "decline"] {
        let sheet = hall.waiting("14").await;
        let after = "0_00000000-0000-4000-8000-000000000001";
        let here = format!("/admin/results?kind=practitioner&after={after}");
        let shown = page(&hall.app, &here, &hall.officers).await;
        assert!(shown.contains(&format!("name=\"after\" value=\"{after}\"")), "{shown}");
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("sheet", sheet.to_string().as_str()), ("kind", "practitioner"), ("after", after)])
            .finish();
        let request = Request::post(format!("/api/papers/{endpoint}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "http://localhost:3000")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &hall.officers);
        let answer = hall.app.send(request.body(Body::from(body)).unwrap()).await;
        let done = if endpoint == "confirm" { "confirmed" } else { "declined" };
        assert_eq!(answer.headers()[header::LOCATION], format!("{here}&done={done}"));
        hall.next().await;
    }
}
