//! Questions placed in the bank of a renewal module: by the form, and by files.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{administrator, count, invalid, post, with};
use crate::programmes::model::ImportKind;
use crate::testing::TestApp;

fn form(module: &str) -> Vec<(&'static str, String)> {
    [
        ("kind", "practitioner"),
        ("topic", "news"),
        ("stem_ar", "ما الجديد؟"),
        ("stem_en", "What is new?"),
        ("option1_ar", "أ"),
        ("option1_en", "A"),
        ("option2_ar", "ب"),
        ("option2_en", "B"),
        ("correct", "1"),
        ("module", module),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// A module of this kind, and a topic.
async fn module(app: &TestApp, kind: &str) -> String {
    sqlx::query("INSERT INTO topics VALUES ('news', 'أ', 'A', 'ب', 'B') ON CONFLICT DO NOTHING")
        .execute(&app.pool)
        .await
        .unwrap();
    let id: Uuid = sqlx::query_scalar(
        "INSERT INTO renewal_modules (kind, title_ar, title_en, reading_ar, reading_en, minutes)
         VALUES ($1, 'وحدة ' || $1, 'Module ' || $1, 'ب', 'B', 5) RETURNING id",
    )
    .bind(kind)
    .fetch_one(&app.pool)
    .await
    .unwrap();
    id.to_string()
}

const PLACED: &str = "SELECT count(*) FROM questions WHERE module_id IS NOT NULL";

#[tokio::test]
async fn a_question_is_placed_in_a_module_of_its_own_licence() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (own, other) = (module(&app, "practitioner").await, module(&app, "management").await);
    for wrong in [&*other, &Uuid::nil().to_string(), "news"] {
        let answer = post(&app, "create_question", &cookie, &form(wrong)).await;
        assert_eq!(answer, invalid("module", "ModuleUnknown"), "{wrong}");
    }
    for place in [&*own, ""] {
        assert_eq!(post(&app, "create_question", &cookie, &form(place)).await.0, StatusCode::OK);
    }
    assert_eq!((count(&app, PLACED).await, count(&app, "SELECT count(*) FROM questions").await), (1, 2));
    let (_, page) = app.get(&format!("/admin/questions/new?module={own}"), Some(&cookie)).await;
    assert!(page.contains(&format!("value=\"{own}\" selected")), "{page}");
    let elsewhere = "INSERT INTO questions (kind, topic, stem_ar, stem_en, module_id)
        SELECT 'practitioner', 'news', 'س', 'Q', id FROM renewal_modules WHERE kind = 'management'";
    for pool in [&app.pool, &app.owner] {
        let error = sqlx::query(elsewhere).execute(pool).await.unwrap_err().into_database_error().unwrap();
        assert_eq!(error.constraint(), Some("questions_module_of_kind"));
    }
}

#[tokio::test]
async fn what_takes_its_place_stays_in_the_module() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (own, other) = (module(&app, "practitioner").await, module(&app, "practitioner").await);
    assert_eq!(post(&app, "create_question", &cookie, &form(&own)).await.0, StatusCode::OK);
    let id: Uuid = sqlx::query_scalar("SELECT id FROM questions").fetch_one(&app.pool).await.unwrap();
    let (_, page) = app.get(&format!("/admin/questions/{id}"), Some(&cookie)).await;
    assert!(page.contains("«وحدة practitioner»") && !page.contains("type=\"radio\" id=\"kind\""), "{page}");
    let moved = with(&form(&other), &[("id", &id.to_string()), ("kind", "management")]);
    assert_eq!(post(&app, "mend_question", &cookie, &moved).await, invalid("kind", "ModuleUnknown"));
    let moved = with(&form(&other), &[("id", &id.to_string())]);
    assert_eq!(post(&app, "mend_question", &cookie, &moved).await.0, StatusCode::OK);
    let there: i64 = sqlx::query_scalar("SELECT count(*) FROM questions WHERE module_id::text = $1")
        .bind(&own)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(there, 2);
    let (_, list) = app.get(&format!("/admin/questions?module={other}"), Some(&cookie)).await;
    assert!(list.contains("لا توجد أسئلة هنا"), "{list}");
}

#[tokio::test]
async fn a_file_places_questions_in_modules_and_is_written_with_them() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (own, other) = (module(&app, "practitioner").await, module(&app, "management").await);
    let header = ImportKind::Questions.columns().join(",");
    let row = |key: &str, module: &str| format!("{key},practitioner,news,س,Q,أ,A,ب,B,,,,,2,{module}");
    let send = async |csv: String| {
        let form = [("what", "questions".to_owned()), ("csv", csv)];
        assert_eq!(post(&app, "check_file", &cookie, &form).await.0, StatusCode::OK);
        let import: Uuid =
            sqlx::query_scalar("SELECT id FROM csv_imports ORDER BY sent_at DESC, imported_at DESC LIMIT 1")
                .fetch_one(&app.pool)
                .await
                .unwrap();
        app.clock.advance(time::Duration::SECOND);
        assert_eq!(post(&app, "run_import", &cookie, &[("import", import.to_string())]).await.0, StatusCode::OK);
        app.get(&format!("/admin/imports/{import}"), Some(&cookie)).await.1
    };
    let page = send([header.clone(), row("a", &own), row("b", &other)].join("\n")).await;
    assert!(page.contains("لا وحدة تجديد بهذا المعرّف") && page.contains("<code>module</code>"), "{page}");
    assert_eq!(count(&app, "SELECT count(*) FROM questions").await, 0);
    send([header, row("a", &own), row("b", "")].join("\n")).await;
    assert_eq!((count(&app, PLACED).await, count(&app, "SELECT count(*) FROM questions").await), (1, 2));
    let (_, exported) = app.get(&format!("/admin/downloads/questions.csv?module={own}"), Some(&cookie)).await;
    assert!(exported.contains(&own) && !exported.contains("\nb,"), "{exported}");
    // Under another key the file makes the same question anew, in the same module.
    send(exported.replace("\na,", "\nc,")).await;
    assert_eq!(count(&app, PLACED).await, 2);
}
