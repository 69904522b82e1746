//! Files: looked at row by row, imported whole or not at all, and once.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{administrator, count, invalid, post};
use crate::access::Role;
use crate::programmes::model::{ImportKind, local_day};
use crate::testing::TestApp;

const SESSIONS: &str = "SELECT count(*) FROM training_sessions";

/// A file of sessions: (key, programme's code, days from now, trainer, seats) a row.
fn file(app: &TestApp, rows: &[(&str, &str, i64, &str, &str)]) -> String {
    let mut lines = vec![ImportKind::Sessions.columns().join(",")];
    for (key, programme, days, trainer, seats) in rows {
        let day = local_day(app.clock.now() + Duration::days(*days));
        lines.push(format!(
            "{key},{programme},in_person,riyadh/riyadh,\"قاعة، الملز\",Hall,{day},16:00,,21:00,{day},12:00,{trainer},{seats}"
        ));
    }
    lines.join("\r\n")
}

async fn check(app: &TestApp, cookie: &str, what: &str, csv: String) -> Uuid {
    let form = [("what", what.to_owned()), ("csv", csv)];
    let (status, answer) = post(app, "check_file", cookie, &form).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    sqlx::query_scalar("SELECT id FROM csv_imports ORDER BY sent_at DESC LIMIT 1").fetch_one(&app.pool).await.unwrap()
}

async fn run(app: &TestApp, cookie: &str, import: Uuid) {
    assert_eq!(post(app, "run_import", cookie, &[("import", import.to_string())]).await.0, StatusCode::OK);
}

async fn code_of(app: &TestApp, programme: Uuid) -> String {
    sqlx::query_scalar("SELECT code FROM programmes WHERE id = $1").bind(programme).fetch_one(&app.pool).await.unwrap()
}

#[tokio::test]
async fn a_file_with_bad_rows_says_which_and_why_and_imports_nothing() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let code = code_of(&app, app.programme("practitioner").await).await;
    let trainer = app.staff(Role::Trainer).await.to_string();
    let nobody = Uuid::nil().to_string();
    let csv = file(
        &app,
        &[
            ("a-1", &code, 10, &trainer, "30"),
            ("a-2", "no-such-programme", 11, &trainer, "30"),
            ("a-3", &code, 12, &nobody, "30"),
            // At the same time as the first: found although neither is there yet.
            ("a-4", &code, 10, &trainer, "30"),
            ("a-1", &code, 13, &trainer, "30"),
            ("a-6", &code, -3, &trainer, "none"),
        ],
    ) + "\r\nshort,row";
    let import = check(&app, &cookie, "sessions", csv).await;
    assert_eq!(count(&app, SESSIONS).await, 0);
    let report: serde_json::Value = sqlx::query_scalar("SELECT report FROM csv_imports WHERE id = $1")
        .bind(import)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    let bad = |column: &str, problem: &str| serde_json::json!({ "field": column, "problem": problem });
    let found: Vec<(u64, serde_json::Value)> =
        report.as_array().unwrap().iter().map(|row| (row["row"].as_u64().unwrap(), row["verdict"].clone())).collect();
    let expected = [
        (2, serde_json::json!("new")),
        (3, serde_json::json!({ "bad": [bad("programme", "ChoiceUnknown")] })),
        (4, serde_json::json!({ "bad": [bad("trainer", "TrainerUnknown")] })),
        (5, serde_json::json!({ "bad": [bad("trainer", "TrainerBusy")] })),
        (6, serde_json::json!({ "bad": [bad("key", "KeyTwice")] })),
        (7, serde_json::json!({ "bad": [bad("seats", "NumberInvalid"), bad("start_day", "DateOver")] })),
        (8, serde_json::json!({ "bad": [bad("", "CsvRow")] })),
    ];
    assert_eq!(found, expected);
    let (status, page) = app.get(&format!("/admin/imports/{import}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("6 سطور تحتاج إلى تصحيح") && page.contains("لدى المدرب دورة أخرى"), "{page}");
    run(&app, &cookie, import).await;
    assert_eq!(count(&app, SESSIONS).await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM csv_imports WHERE imported_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_file_sent_twice_is_imported_once() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let code = code_of(&app, app.programme("practitioner").await).await;
    let trainer = app.staff(Role::Trainer).await.to_string();
    let csv = file(&app, &[("b-1", &code, 10, &trainer, "30"), ("b-2", &code, 11, &trainer, "٢٥")]);
    let first = check(&app, &cookie, "sessions", csv.clone()).await;
    assert_eq!(count(&app, SESSIONS).await, 0);
    // Both were looked at before either was imported.
    let second = check(&app, &cookie, "sessions", csv.clone()).await;
    tokio::join!(run(&app, &cookie, first), run(&app, &cookie, second), run(&app, &cookie, first));
    assert_eq!(count(&app, SESSIONS).await, 2);
    assert_eq!(count(&app, "SELECT count(*) FROM training_sessions WHERE seats = 25").await, 1);
    let third = check(&app, &cookie, "sessions", csv + "\r\n").await;
    let (_, page) = app.get(&format!("/admin/imports/{third}"), Some(&cookie)).await;
    assert!(page.contains("كل سطور هذا الملف مستوردة من قبل"), "{page}");
    run(&app, &cookie, third).await;
    assert_eq!(count(&app, SESSIONS).await, 2);
    assert_eq!(
        post(&app, "run_import", &cookie, &[("import", Uuid::nil().to_string())]).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_no_such_file_is_refused() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for (csv, problem) in [("", "Required"), ("key,programme\na,b", "CsvHeader"), ("nonsense", "CsvHeader")] {
        let form = [("what", "sessions".to_owned()), ("csv", csv.to_owned())];
        assert_eq!(post(&app, "check_file", &cookie, &form).await, invalid("csv", problem));
    }
    let long = (0..501).map(|_| "a".to_owned()).collect::<Vec<_>>();
    let csv = ImportKind::Questions.columns().join(",") + "\n" + &long.join("\n");
    let form = [("what", "questions".to_owned()), ("csv", csv)];
    assert_eq!(post(&app, "check_file", &cookie, &form).await, invalid("csv", "TooManyRows"));
    assert_eq!(count(&app, "SELECT count(*) FROM csv_imports").await, 0);
}

#[tokio::test]
async fn questions_are_exported_and_come_back_as_they_were() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    sqlx::query("INSERT INTO topics VALUES ('law', 'النظام', 'Law', 'ق', 'R')").execute(&app.pool).await.unwrap();
    let header = ImportKind::Questions.columns().join("\t");
    let csv = format!(
        "{header}\nlaw-1\tpractitioner\tlaw\t=سؤال\tQuestion, \"one\"\tأ\tA\tب\tB\t\t\t\t\t2\t\nlaw-2\tmanagement\tlaw\tآخر\tOther\tج\tC\tد\tD\tه\tE\t\t\t1\t\n"
    )
    .replace("\"one\"", "one");
    let import = check(&app, &cookie, "questions", csv).await;
    run(&app, &cookie, import).await;
    assert_eq!(count(&app, "SELECT count(*) FROM questions").await, 2);
    assert_eq!(count(&app, "SELECT count(*) FROM question_options").await, 5);
    assert_eq!(count(&app, "SELECT count(*) FROM question_options WHERE correct AND text_en IN ('B', 'C')").await, 2);
    let (status, exported) = app.get("/admin/downloads/questions.csv", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(exported.contains("'=سؤال") && exported.contains("\"Question, one\""), "{exported}");
    let (_, narrowed) = app.get("/admin/downloads/questions.csv?kind=management", Some(&cookie)).await;
    assert!(narrowed.contains("law-2") && !narrowed.contains("law-1"));
    // Sent back, it is known.
    let again = check(&app, &cookie, "questions", exported.clone()).await;
    run(&app, &cookie, again).await;
    assert_eq!(count(&app, "SELECT count(*) FROM questions").await, 2);
    // Under other keys it makes the same questions anew.
    let renamed = exported.replace("law-1", "new-1").replace("law-2", "new-2");
    let other = check(&app, &cookie, "questions", renamed).await;
    run(&app, &cookie, other).await;
    let alike = "SELECT count(*) FROM questions a JOIN questions b ON a.import_key = 'law-1' AND b.import_key = 'new-1'
                   AND (a.kind, a.topic, a.stem_ar, a.stem_en) = (b.kind, b.topic, b.stem_ar, b.stem_en)";
    assert_eq!(count(&app, alike).await, 1);
}

/// Sends a file as a browser does, and where that leads.
async fn upload(app: &TestApp, cookie: Option<&str>, what: &str, contents: &[u8]) -> (StatusCode, String) {
    use axum::body::Body;
    use axum::http::{Request, header};

    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n".to_vec();
    body.extend_from_slice(contents);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let mut request = Request::post(format!("/admin/uploads/{what}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = app.send(request.body(Body::from(body)).unwrap()).await;
    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    (response.status(), to.unwrap_or_default())
}

#[tokio::test]
async fn a_file_that_is_sent_is_looked_at_like_a_pasted_one() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let code = code_of(&app, app.programme("practitioner").await).await;
    let trainer = app.staff(Role::Trainer).await.to_string();
    let csv = file(&app, &[("c-1", &code, 10, &trainer, "30")]);
    let (status, to) = upload(&app, Some(&cookie), "sessions", csv.as_bytes()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = app.get(&to, Some(&cookie)).await;
    assert!(page.contains("سطر واحد جاهز للاستيراد"), "{page}");
    let import: Uuid = to.rsplit('/').next().unwrap().parse().unwrap();
    run(&app, &cookie, import).await;
    assert_eq!(count(&app, SESSIONS).await, 1);
    let (status, to) = upload(&app, Some(&cookie), "sessions", b"\xff\xfe").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/admin/imports/new/sessions?problem=CsvNotUtf8"));
    let (_, page) = app.get(&to, Some(&cookie)).await;
    assert!(page.contains("ليس الملف بترميز UTF-8"), "{page}");
    assert_eq!(upload(&app, Some(&cookie), "people", b"a").await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        upload(&app, Some(&cookie), "sessions", &vec![b'a'; 1024 * 1024 + 1]).await.0,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(upload(&app, None, "sessions", csv.as_bytes()).await.0, StatusCode::UNAUTHORIZED);
    let volunteer = app.sign_in(app.verified_person().await).await;
    assert_eq!(upload(&app, Some(&volunteer), "sessions", csv.as_bytes()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(count(&app, "SELECT count(*) FROM csv_imports").await, 1);
}
