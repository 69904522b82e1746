//! Renewal modules: one of a kind in force, with questions enough, and none ever gone.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{administrator, count, invalid, post, refused, with};
use crate::testing::TestApp;

const IN_FORCE: &str = "SELECT count(*) FROM renewal_modules WHERE published_at IS NOT NULL AND retired_at IS NULL";

fn form(title: &str) -> Vec<(&'static str, String)> {
    vec![
        ("kind", "practitioner".to_owned()),
        ("title_ar", format!("وحدة {title}")),
        ("title_en", format!("Module {title}")),
        ("reading_ar", "فقرة أولى\r\n\r\n\r\nفقرة ثانية".to_owned()),
        ("reading_en", "One".to_owned()),
        ("minutes", "٥".to_owned()),
    ]
}

/// A draft made at the desk.
async fn draft(app: &TestApp, cookie: &str, title: &str) -> Uuid {
    assert_eq!(post(app, "create_module", cookie, &form(title)).await.0, StatusCode::OK);
    sqlx::query_scalar("SELECT id FROM renewal_modules WHERE title_en = $1")
        .bind(format!("Module {title}"))
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// Gives a module of practitioners so many questions.
async fn ask(app: &TestApp, module: Uuid, questions: i32) {
    sqlx::query("INSERT INTO topics VALUES ('news', 'أ', 'A', 'ب', 'B') ON CONFLICT DO NOTHING")
        .execute(&app.pool)
        .await
        .unwrap();
    sqlx::query(
        "WITH asked AS (
             INSERT INTO questions (kind, topic, stem_ar, stem_en, module_id)
             SELECT 'practitioner', 'news', 'سؤال', 'Question', $1 FROM generate_series(1, $2) RETURNING id)
         INSERT INTO question_options (question_id, text_ar, text_en, correct) SELECT id, 'ج', 'A', true FROM asked",
    )
    .bind(module)
    .bind(questions)
    .execute(&app.pool)
    .await
    .unwrap();
}

/// A module that can be put in force.
async fn ready(app: &TestApp, cookie: &str, title: &str) -> Uuid {
    let module = draft(app, cookie, title).await;
    ask(app, module, 5).await;
    module
}

async fn act(app: &TestApp, endpoint: &str, cookie: &str, module: Uuid) -> (StatusCode, serde_json::Value) {
    post(app, endpoint, cookie, &[("module", module.to_string())]).await
}

#[tokio::test]
async fn a_module_takes_the_place_of_the_one_in_force_and_that_one_stays() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (_, page) = app.get("/admin/modules", Some(&cookie)).await;
    assert!(page.contains("لا توجد وحدات بعد") && page.contains("فلا يستطيع أحد تجديدها"), "{page}");
    let (old, new) = (ready(&app, &cookie, "old").await, ready(&app, &cookie, "new").await);
    assert_eq!(count(&app, IN_FORCE).await, 0);
    for module in [old, old, new, new] {
        assert_eq!(act(&app, "publish_module", &cookie, module).await.0, StatusCode::OK);
        assert_eq!(count(&app, IN_FORCE).await, 1);
    }
    let published = "SELECT count(*) FROM audit_entries WHERE action = 'module_published'";
    let retired = "SELECT count(*) FROM audit_entries WHERE action = 'module_retired'";
    assert_eq!((count(&app, published).await, count(&app, retired).await), (2, 1));
    let (_, page) = app.get(&format!("/admin/modules/{old}"), Some(&cookie)).await;
    assert!(page.contains("هذه الوحدة موقوفة") && page.contains("فقرة ثانية") && page.contains("«وحدة new»"), "{page}");
    assert!(!page.contains("change_module"));
    let changed = with(&form("other"), &[("module", &old.to_string())]);
    assert_eq!(post(&app, "change_module", &cookie, &changed).await, refused("ModuleRetired"));
    // It can come back; then the newer one is retired.
    assert_eq!(act(&app, "publish_module", &cookie, old).await.0, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(act(&app, "retire_module", &cookie, old).await.0, StatusCode::OK);
    }
    assert_eq!((count(&app, IN_FORCE).await, count(&app, retired).await), (0, 3));
    for endpoint in ["publish_module", "retire_module"] {
        assert_eq!(act(&app, endpoint, &cookie, Uuid::nil()).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_texts_of_a_module_are_changed_and_what_is_wrong_is_told_by_field() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let module = draft(&app, &cookie, "one").await;
    let changed = with(&form("two"), &[("module", &module.to_string())]);
    for _ in 0..2 {
        assert_eq!(post(&app, "change_module", &cookie, &changed).await.0, StatusCode::OK);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'module_changed'").await, 1);
    let (_, page) = app.get(&format!("/admin/modules/{module}"), Some(&cookie)).await;
    assert!(page.contains("Module two") && page.contains("فقرة أولى\n\nفقرة ثانية"), "{page}");
    for (name, value, problem) in
        [("title_ar", "", "Required"), ("reading_en", &*"a".repeat(6001), "TooLong"), ("minutes", "0", "NumberInvalid")]
    {
        let wrong = with(&changed, &[(name, value)]);
        for endpoint in ["create_module", "change_module"] {
            assert_eq!(post(&app, endpoint, &cookie, &wrong).await, invalid(name, problem), "{endpoint}");
        }
    }
    let wrong = with(&form("three"), &[("kind", "none")]);
    assert_eq!(post(&app, "create_module", &cookie, &wrong).await, invalid("kind", "Required"));
    let unknown = with(&changed, &[("module", &Uuid::nil().to_string())]);
    assert_eq!(post(&app, "change_module", &cookie, &unknown).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_module_comes_into_force_with_questions_enough_for_its_test() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let module = draft(&app, &cookie, "short").await;
    ask(&app, module, 4).await;
    // Neither one of the kind's bank counts, nor one that is retired, nor one without a right answer.
    sqlx::query(
        "INSERT INTO questions (kind, topic, stem_ar, stem_en, module_id, retired_at)
         VALUES ('practitioner', 'news', 'س', 'Q', NULL, NULL), ('practitioner', 'news', 'س', 'Q', $1, now()),
                ('practitioner', 'news', 'س', 'Q', $1, NULL)",
    )
    .bind(module)
    .execute(&app.pool)
    .await
    .unwrap();
    assert_eq!(act(&app, "publish_module", &cookie, module).await, refused("ModuleNotReady"));
    let (_, page) = app.get(&format!("/admin/modules/{module}"), Some(&cookie)).await;
    assert!(page.contains("فلا تُنشر بعد") && !page.contains("publish_module"), "{page}");
    let insert = "INSERT INTO renewal_modules (kind, title_ar, title_en, reading_ar, reading_en, minutes, published_at)
                  VALUES ('management', 'أ', 'A', 'ب', 'B', 5, now())";
    for statement in ["UPDATE renewal_modules SET published_at = now()", insert] {
        for pool in [&app.pool, &app.owner] {
            assert_eq!(constraint(pool, statement).await, "renewal_modules_ready", "{statement}");
        }
    }
    ask(&app, module, 1).await;
    assert_eq!(act(&app, "publish_module", &cookie, module).await.0, StatusCode::OK);
}

/// The constraint that refuses a statement.
async fn constraint(pool: &sqlx::PgPool, statement: &'static str) -> String {
    let error = sqlx::query(statement).execute(pool).await.unwrap_err();
    error.into_database_error().and_then(|error| error.constraint().map(str::to_owned)).unwrap_or_default()
}

#[tokio::test]
async fn no_role_rewrites_what_a_module_was() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (old, new) = (ready(&app, &cookie, "old").await, ready(&app, &cookie, "new").await);
    for module in [old, new] {
        assert_eq!(act(&app, "publish_module", &cookie, module).await.0, StatusCode::OK);
    }
    for (statement, expected) in [
        ("UPDATE renewal_modules SET kind = 'management' WHERE retired_at IS NULL", "renewal_modules_fixed"),
        ("UPDATE renewal_modules SET reading_ar = 'آخر' WHERE retired_at IS NOT NULL", "renewal_modules_retired"),
        ("UPDATE renewal_modules SET retired_at = NULL", "renewal_modules_one_in_force"),
    ] {
        assert_eq!(constraint(&app.owner, statement).await, expected, "{statement}");
        assert!(sqlx::query(statement).execute(&app.pool).await.is_err(), "{statement}");
    }
    for pool in [&app.pool, &app.owner] {
        assert!(sqlx::query("DELETE FROM renewal_modules").execute(pool).await.is_err());
    }
}

#[tokio::test]
async fn of_two_modules_put_in_force_at_once_one_stands() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for round in 0..5 {
        let one = ready(&app, &cookie, &format!("one {round}")).await;
        let two = ready(&app, &cookie, &format!("two {round}")).await;
        let (first, second) =
            tokio::join!(act(&app, "publish_module", &cookie, one), act(&app, "publish_module", &cookie, two));
        assert_eq!((first.0, second.0), (StatusCode::OK, StatusCode::OK));
        assert_eq!(count(&app, IN_FORCE).await, 1);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM renewal_modules WHERE retired_at IS NOT NULL").await, 9);
}
