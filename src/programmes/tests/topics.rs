//! Topics of the question banks.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{administrator, count, invalid, post, with};
use crate::testing::TestApp;

fn form() -> Vec<(&'static str, String)> {
    [
        ("code", "Crowds-1"),
        ("name_ar", "الحشود"),
        ("name_en", "Crowds"),
        ("reading_ar", "دليل الحشود"),
        ("reading_en", "The guide to crowds"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

#[tokio::test]
async fn a_topic_is_made_listed_and_renamed() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (_, home) = app.get("/admin", Some(&cookie)).await;
    for path in ["/admin/questions", "/admin/topics", "/admin/modules"] {
        assert!(home.contains(&format!("href=\"{path}\"")), "{home}");
    }
    let (_, page) = app.get("/admin/topics", Some(&cookie)).await;
    assert!(page.contains("لا توجد موضوعات بعد"), "{page}");
    assert_eq!(post(&app, "create_topic", &cookie, &form()).await.0, StatusCode::OK);
    assert_eq!(post(&app, "create_topic", &cookie, &form()).await, invalid("code", "CodeTaken"));
    let (id, code): (Uuid, String) = sqlx::query_as("SELECT id, code FROM topics").fetch_one(&app.pool).await.unwrap();
    assert_eq!(code, "crowds-1");
    sqlx::query(
        "INSERT INTO questions (kind, topic, stem_ar, stem_en, retired_at)
         SELECT 'practitioner', 'crowds-1', 'س', 'Q', CASE WHEN n > 3 THEN now() END FROM generate_series(1, 5) n",
    )
    .execute(&app.pool)
    .await
    .unwrap();
    let (_, page) = app.get("/admin/topics", Some(&cookie)).await;
    assert!(page.contains("الحشود") && page.contains("3 أسئلة"), "{page}");
    let renamed = with(&form(), &[("topic", &id.to_string()), ("name_ar", "سلامة الحشود")]);
    for _ in 0..2 {
        assert_eq!(post(&app, "change_topic", &cookie, &renamed).await.0, StatusCode::OK);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action LIKE 'topic\\_%'").await, 2);
    let (_, page) = app.get("/admin/questions?topic=crowds-1", Some(&cookie)).await;
    assert!(page.contains("سلامة الحشود"));
    let (status, page) = app.get(&format!("/admin/topics/{id}"), Some(&cookie)).await;
    assert!(status == StatusCode::OK && page.contains(">دليل الحشود</textarea>"), "{page}");
    let unknown = with(&form(), &[("topic", &Uuid::nil().to_string())]);
    assert_eq!(post(&app, "change_topic", &cookie, &unknown).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_with_a_topic_is_told_by_field() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for (name, value, problem) in [
        ("code", "", "Required"),
        ("code", "حشود", "CodeInvalid"),
        ("name_ar", " ", "Required"),
        ("name_en", &*"a".repeat(201), "TooLong"),
        ("reading_ar", "", "Required"),
    ] {
        let wrong = with(&form(), &[(name, value)]);
        assert_eq!(post(&app, "create_topic", &cookie, &wrong).await, invalid(name, problem));
    }
    assert_eq!(count(&app, "SELECT count(*) FROM topics").await, 0);
}

#[tokio::test]
async fn a_topic_keeps_its_code() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    assert_eq!(post(&app, "create_topic", &cookie, &form()).await.0, StatusCode::OK);
    for statement in
        ["UPDATE topics SET code = 'other'", "UPDATE topics SET id = gen_random_uuid()", "DELETE FROM topics"]
    {
        assert!(sqlx::query(statement).execute(&app.pool).await.is_err(), "{statement}");
    }
}
