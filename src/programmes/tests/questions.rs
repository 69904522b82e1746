//! The question banks: a question is never rewritten.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{administrator, count, invalid, post, refused, with};
use crate::testing::TestApp;

fn form() -> Vec<(&'static str, String)> {
    [
        ("kind", "practitioner"),
        ("topic", "law"),
        ("stem_ar", "ما العمل التطوعي؟"),
        ("stem_en", "What is volunteering?"),
        ("option1_ar", "جهد بلا أجر"),
        ("option1_en", "Unpaid effort"),
        ("option2_ar", "عمل بأجر"),
        ("option2_en", "Paid work"),
        ("correct", "1"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

async fn question(app: &TestApp, cookie: &str) -> Uuid {
    sqlx::query("INSERT INTO topics VALUES ('law', 'النظام', 'Law', 'ق', 'R')").execute(&app.pool).await.unwrap();
    assert_eq!(post(app, "create_question", cookie, &form()).await.0, StatusCode::OK);
    sqlx::query_scalar("SELECT id FROM questions").fetch_one(&app.pool).await.unwrap()
}

#[tokio::test]
async fn mending_a_question_makes_another_in_its_place() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let id = question(&app, &cookie).await;
    let mended =
        with(&form(), &[("id", &id.to_string()), ("stem_en", "What does volunteering mean?"), ("correct", "2")]);
    assert_eq!(post(&app, "mend_question", &cookie, &mended).await.0, StatusCode::OK);
    let (new, right): (Uuid, String) = sqlx::query_as(
        "SELECT q.id, o.text_en FROM questions q JOIN question_options o ON o.question_id = q.id AND o.correct
         WHERE q.replaces = $1 AND q.retired_at IS NULL",
    )
    .bind(id)
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(right, "Paid work");
    let old: String = sqlx::query_scalar("SELECT stem_en FROM questions WHERE id = $1 AND retired_at IS NOT NULL")
        .bind(id)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(old, "What is volunteering?");
    // Once replaced it is neither mended nor brought back.
    assert_eq!(post(&app, "mend_question", &cookie, &mended).await, refused("NoLongerPossible"));
    let restore = [("id", id.to_string()), ("retired", "false".to_owned())];
    assert_eq!(post(&app, "retire_question", &cookie, &restore).await, refused("QuestionReplaced"));
    assert_eq!(count(&app, "SELECT count(*) FROM questions").await, 2);
    let (_, page) = app.get(&format!("/admin/questions/{new}"), Some(&cookie)).await;
    assert!(page.contains(&format!("/admin/questions/{id}")) && page.contains("What does volunteering mean?"));
    let (_, page) = app.get("/admin/questions?kind=practitioner&topic=law", Some(&cookie)).await;
    assert!(page.contains(&new.to_string()) && !page.contains(&id.to_string()));
    let (_, page) = app.get("/admin/questions?retired=yes", Some(&cookie)).await;
    assert!(page.contains(&id.to_string()));
}

#[tokio::test]
async fn a_question_is_retired_and_brought_back() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let id = question(&app, &cookie).await;
    for (retired, number) in [("true", 1), ("true", 1), ("false", 0), ("false", 0)] {
        let act = [("id", id.to_string()), ("retired", retired.to_owned())];
        assert_eq!(post(&app, "retire_question", &cookie, &act).await.0, StatusCode::OK);
        assert_eq!(count(&app, "SELECT count(*) FROM questions WHERE retired_at IS NOT NULL").await, number);
    }
    assert_eq!(
        count(&app, "SELECT count(*) FROM audit_entries WHERE action IN ('question_retired', 'question_restored')")
            .await,
        2
    );
    for endpoint in ["retire_question", "mend_question"] {
        let unknown = with(&form(), &[("id", &Uuid::nil().to_string()), ("retired", "true")]);
        assert_eq!(post(&app, endpoint, &cookie, &unknown).await.0, StatusCode::NOT_FOUND, "{endpoint}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_question_is_told_by_field() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    question(&app, &cookie).await;
    for (name, value, problem) in [
        ("topic", "nothing", "ChoiceUnknown"),
        ("kind", "none", "ChoiceUnknown"),
        ("correct", "3", "NumberInvalid"),
        ("stem_ar", "", "Required"),
        ("option2_ar", "جهد بلا أجر", "SameTwice"),
    ] {
        let wrong = with(&form(), &[(name, value)]);
        assert_eq!(post(&app, "create_question", &cookie, &wrong).await, invalid(name, problem));
    }
    assert_eq!(count(&app, "SELECT count(*) FROM questions").await, 1);
}

#[tokio::test]
async fn no_role_rewrites_a_question() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    question(&app, &cookie).await;
    for statement in [
        "UPDATE questions SET stem_ar = 'آخر'",
        "UPDATE question_options SET text_en = 'other'",
        "UPDATE question_options SET correct = NOT correct",
        "DELETE FROM question_options",
        "DELETE FROM questions",
    ] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
}

#[tokio::test]
async fn two_who_mend_a_question_at_once_make_one_new() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (_, other) = administrator(&app).await;
    let id = question(&app, &cookie).await;
    let one = with(&form(), &[("id", &id.to_string()), ("stem_en", "One")]);
    let two = with(&form(), &[("id", &id.to_string()), ("stem_en", "Two")]);
    let (first, second) =
        tokio::join!(post(&app, "mend_question", &cookie, &one), post(&app, "mend_question", &other, &two));
    let lost = refused("NoLongerPossible");
    assert!((first == lost) != (second == lost), "{first:?} {second:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM questions WHERE replaces IS NOT NULL").await, 1);
}

#[tokio::test]
async fn a_question_of_a_renewal_module_is_mended_within_it() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    sqlx::query("INSERT INTO topics VALUES ('law', 'النظام', 'Law', 'ق', 'R')").execute(&app.pool).await.unwrap();
    let id: Uuid = sqlx::query_scalar(
        "WITH module AS (
             INSERT INTO renewal_modules (kind, title_ar, title_en, reading_ar, reading_en, minutes)
             VALUES ('practitioner', 'ما الجديد', 'What is new', 'فقرة', 'Text', 5) RETURNING id)
         INSERT INTO questions (kind, topic, stem_ar, stem_en, module_id)
         SELECT 'practitioner', 'law', 'سؤال', 'Question', id FROM module RETURNING id",
    )
    .fetch_one(&app.pool)
    .await
    .unwrap();
    let mended = with(&form(), &[("id", &id.to_string())]);
    assert_eq!(post(&app, "mend_question", &cookie, &mended).await.0, StatusCode::OK);
    let within = "SELECT count(*) FROM questions WHERE module_id IS NOT NULL";
    assert_eq!(count(&app, within).await, 2);
}
