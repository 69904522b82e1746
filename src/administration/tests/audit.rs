//! The audit log: narrowed, paged, exported; fast however long it is.

use std::time::{Duration as Elapsed, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use uuid::Uuid;

use super::{administrator, noted};
use crate::access::Role;
use crate::administration::model::AuditFilter;
use crate::administration::store::log;
use crate::place::Place;
use crate::testing::{TestApp, scale};

/// So many entries, a minute apart, the newest a minute ago: of 200 actors, 10 actions and as many subjects as entries
/// but one, which has every thousandth.
async fn fill(app: &TestApp, entries: i32) {
    let mut tx = app.pool.begin().await.unwrap();
    sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *tx).await.unwrap();
    sqlx::query(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id)
         SELECT $2 - i * interval '1 minute', uuid(lpad((i % 200)::text, 32, '0')), 'test_act_' || chr(97 + i % 10),
             CASE WHEN i % 1000 = 0 THEN uuid(lpad('f', 32, '0')) ELSE gen_random_uuid() END
         FROM generate_series($1, 1, -1) i",
    )
    .bind(entries)
    .bind(app.clock.now())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

fn id(digits: &str) -> String {
    format!("{digits:0>32}").parse::<Uuid>().unwrap().to_string()
}

/// The ids of every page of the log under a filter.
async fn ids(app: &TestApp, cookie: &str, filter: &str) -> Vec<i64> {
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/administration/audit?{filter}&after={after}");
        let page: Value = serde_json::from_str(&app.get(&path, Some(cookie)).await.1).unwrap();
        seen.extend(page["entries"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return seen,
        }
    }
}

/// The ids that a condition gives, newest first.
async fn expected(app: &TestApp, condition: &'static str) -> Vec<i64> {
    let statement = format!("SELECT id FROM audit_entries WHERE {condition} ORDER BY at DESC, id DESC");
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_all(&app.pool).await.unwrap()
}

#[tokio::test]
async fn every_filter_shows_its_entries_and_no_others_page_by_page() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    fill(&app, 3_000).await;
    let (actor, subject) = (id("7"), id("f"));
    let cases: [(String, &'static str); 5] = [
        ("action=test_act_c".to_owned(), "action = 'test_act_c'"),
        (format!("actor={actor}"), "actor_id = '00000000-0000-0000-0000-000000000007'"),
        (format!("subject={subject}"), "subject_id = '00000000-0000-0000-0000-00000000000f'"),
        (
            format!("actor={actor}&action=test_act_h"),
            "actor_id = '00000000-0000-0000-0000-000000000007' AND action = 'test_act_h'",
        ),
        (format!("actor={actor}&action=test_act_a"), "false"),
    ];
    for (filter, condition) in cases {
        assert_eq!(ids(&app, &cookie, &filter).await, expected(&app, condition).await, "{filter}");
    }
    let day = crate::calendar::riyadh_day(app.clock.now()) - time::Duration::days(1);
    let filter = format!("from={day}&to={day}");
    let found = ids(&app, &cookie, &filter).await;
    assert_eq!(found.len(), 24 * 60, "a day has as many minutes");
}

#[tokio::test]
async fn the_page_names_staff_and_leads_on() {
    let app = TestApp::start().await;
    let (admin, cookie) = administrator(&app).await;
    let person = app.verified_person().await;
    let fields = [("person", person.to_string()), ("role", "trainer".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("administration/grant_role", Some(&cookie), &fields).await;
    fill(&app, 60).await;
    let (status, page) = app.get("/admin/audit", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    for shown in [
        "منح دور",
        "محمد عبد الله القحطاني",
        "test_act_a",
        "rel=\"next\"",
        "/admin/audit.csv",
        "value=\"role_granted\"",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains(&format!("/admin/people/{person}")));
    let narrow = app.get(&format!("/admin/audit?actor={admin}&from=2000-01-01&to=2000-01-02"), Some(&cookie)).await.1;
    assert!(narrow.contains("لا شيء يوافق ما اختير") && narrow.contains("value=\"2000-01-01\""), "{narrow}");
}

async fn download(app: &TestApp, path: &str, cookie: Option<&str>) -> (StatusCode, String, Vec<u8>) {
    let mut request = Request::get(path).header(header::HOST, "localhost:3000").header(header::ACCEPT, "*/*");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let status = response.status();
    let name = response.headers().get(header::CONTENT_DISPOSITION).map(|name| name.to_str().unwrap().to_owned());
    (status, name.unwrap_or_default(), to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap().to_vec())
}

#[tokio::test]
async fn an_export_is_the_whole_narrowed_log_and_is_noted() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    // More than two batches.
    fill(&app, 5_000).await;
    let (status, name, body) = download(&app, "/admin/audit.csv?action=", Some(&cookie)).await;
    assert_eq!((status, name.as_str()), (StatusCode::OK, "attachment; filename=\"audit.csv\""));
    assert_eq!(noted(&app, "audit_exported").await, 1);
    let text = String::from_utf8(body).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("id,at,actor_id,actor_role,action,subject_id,detail"));
    let exported: Vec<i64> = lines.map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!(exported, expected(&app, "true").await);
    let one = String::from_utf8(download(&app, "/admin/audit.csv?action=test_act_c", Some(&cookie)).await.2).unwrap();
    assert_eq!(one.lines().count(), 501);
    assert!(one.lines().skip(1).all(|line| line.split(',').count() == 7 && line.contains(",test_act_c,")), "{one}");
}

#[tokio::test]
async fn an_export_is_the_administrators_alone() {
    let app = TestApp::start().await;
    administrator(&app).await;
    assert_eq!(download(&app, "/admin/audit.csv", None).await.0, StatusCode::UNAUTHORIZED);
    for person in [app.person().await, app.staff(Role::Trainer).await, app.staff(Role::Reviewer).await] {
        let cookie = app.sign_in(person).await;
        assert_eq!(download(&app, "/admin/audit.csv", Some(&cookie)).await.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(noted(&app, "audit_exported").await, 0);
}

#[tokio::test]
async fn the_log_holds_codes_and_is_never_rewritten() {
    let app = TestApp::start().await;
    for detail in ["محمد", "a b", "a,b", "=cmd()", ""] {
        let refused = sqlx::query("INSERT INTO audit_entries (at, action, detail) VALUES (now(), 'x', $1)")
            .bind(detail)
            .execute(&app.pool)
            .await
            .unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some("audit_entries_detail_is_code"));
    }
    fill(&app, 1).await;
    for statement in ["UPDATE audit_entries SET actor_role = 'x'", "DELETE FROM audit_entries"] {
        assert!(sqlx::query(statement).execute(&app.owner).await.is_err(), "{statement}");
    }
}

/// No page of the log may keep the database longer.
const LONGEST: Elapsed = Elapsed::from_millis(50);

#[tokio::test]
async fn a_page_of_any_filter_is_fast_in_a_long_log() {
    let app = TestApp::start().await;
    let entries = i32::try_from(scale(50_000, 500_000)).unwrap();
    fill(&app, entries).await;
    sqlx::query("ANALYZE audit_entries").execute(&app.owner).await.unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    let middle = app.clock.now() - time::Duration::minutes(i64::from(entries / 2));
    let (actor, subject, day) = (id("7"), id("f"), crate::calendar::riyadh_day(middle).to_string());
    let cases = [
        AuditFilter::default(),
        AuditFilter::parse("test_act_c", "", "", "", "", ""),
        AuditFilter::parse("", &actor, "", "", "", ""),
        AuditFilter::parse("", "", &subject, "", "", ""),
        AuditFilter::parse("", "", "", &day, &day, ""),
        AuditFilter::parse("test_act_h", &actor, "", "", "", ""),
        // Nobody ever did this: the whole log must not be read to find that out.
        AuditFilter::parse("test_act_a", &actor, "", "", "", ""),
        AuditFilter::parse("test_act_c", "", &subject, "", "", ""),
        AuditFilter::parse("nobody_did", "", "", "", &day, ""),
        AuditFilter::parse("test_act_h", &actor, "", &day, &day, ""),
    ];
    let turned = cases.clone().map(|filter| AuditFilter { order: filter.order.turned(), ..filter });
    for filter in cases.into_iter().chain(turned) {
        for after in [None, Some(Place { at: middle, id: 0 })] {
            // The best of five: other tests run beside this one.
            let mut best = Elapsed::MAX;
            for _ in 0..5 {
                let start = Instant::now();
                log::entries(&mut connection, &filter, after, 50).await.unwrap();
                best = best.min(start.elapsed());
            }
            assert!(best < LONGEST, "{filter:?} {after:?}: {best:?}");
        }
    }
    let start = Instant::now();
    assert_eq!(log::actions(&mut connection).await.unwrap().len(), 10);
    assert!(start.elapsed() < LONGEST * 4, "{:?}", start.elapsed());
}
