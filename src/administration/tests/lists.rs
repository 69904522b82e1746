//! The audit log, the staff and who read one's record, followed to their end in both orders.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::administrator;
use crate::access::Role;
use crate::testing::{List, TestApp};

/// Writes an entry of the log, at the time of the app's clock and some seconds.
async fn note(app: &TestApp, action: &str, subject: Uuid, seconds: i64) {
    sqlx::query("INSERT INTO audit_entries (at, action, subject_id, actor_role) VALUES ($1, $2, $3, 'administrator')")
        .bind(app.clock.now() + Duration::seconds(seconds))
        .bind(action)
        .bind(subject)
        .execute(&app.pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn entries_of_the_log_are_each_there_once() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let mut written = 0;
    // Two at one instant: the place in the list is told by more than the time.
    let mut write = async || {
        written += 1;
        note(&app, "listed", Uuid::nil(), written / 2).await;
    };
    for _ in 0..60 {
        write().await;
    }
    let stored = "SELECT id::text FROM audit_entries WHERE action = 'listed' ORDER BY at, id";
    let path = "/api/administration/audit?action=listed&";
    let list = List { app: &app, path, cookie: Some(&cookie), names: ("entries", "id"), stored };
    list.gives_each_row_once(&mut write).await;
    // Saved, it goes as it is shown.
    let earliest: Vec<String> = sqlx::query_scalar(stored).fetch_all(&app.owner).await.unwrap();
    let (_, file) = app.get("/admin/audit.csv?action=listed&order=earliest", Some(&cookie)).await;
    let saved: Vec<&str> = file.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(saved, earliest);
    let (_, page) = app.get("/admin/audit?action=nobody_did&order=earliest", Some(&cookie)).await;
    assert!(page.contains("الاختيار: nobody_did") && page.contains("href=\"/admin/audit?order=earliest\""), "{page}");
}

#[tokio::test]
async fn the_staff_is_each_there_once() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for _ in 0..25 {
        app.staff(Role::Trainer).await;
    }
    let stored = "SELECT person_id::text FROM staff_roles WHERE role = 'trainer' ORDER BY granted_at, id";
    let everybody = "SELECT person_id::text FROM staff_roles ORDER BY granted_at, id";
    for (path, stored) in [("?role=trainer&", stored), ("?", everybody)] {
        let path = format!("/api/administration/staff{path}");
        let list = List { app: &app, path: &path, cookie: Some(&cookie), names: ("staff", "person"), stored };
        list.gives_each_row_once(async || {
            app.clock.advance(Duration::seconds(1));
            app.staff(Role::Trainer).await;
        })
        .await;
    }
}

#[tokio::test]
async fn readings_of_ones_record_are_each_there_once() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let mut read = 0;
    let mut again = async || {
        read += 1;
        note(&app, "person_viewed", person, read).await;
    };
    for _ in 0..25 {
        again().await;
    }
    // A reading is told by its time alone: whose it was stays with the office.
    for path in ["/api/administration/access_log?", "/api/administration/access_log?role=administrator&"] {
        let list = List { app: &app, path, cookie: Some(&cookie), names: ("entries", "at"), stored: "" };
        let seen = list.followed("earliest", &mut again).await;
        let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = 'person_viewed'")
            .fetch_one(&app.owner)
            .await
            .unwrap();
        assert_eq!(i64::try_from(seen.iter().collect::<BTreeSet<_>>().len()).unwrap(), stored);
        let mut turned = list.followed("latest", &mut again).await;
        turned.reverse();
        assert_eq!(turned, seen);
    }
    let (_, page) = app.get("/account/access-log?role=reviewer", Some(&cookie)).await;
    assert!(page.contains("الاختيار: مراجع") && page.contains("href=\"/account/access-log\""), "{page}");
}

#[tokio::test]
async fn a_page_past_the_end_is_not_called_an_empty_list_anywhere() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    // Of the year 1: behind every row of a list that goes from the latest on.
    let at = "-62135596800000000";
    let (number, id) = (format!("{at}_1"), format!("{at}_{}", Uuid::max()));
    for (path, query, after) in [
        ("/admin/audit", "order=latest&after=", &number),
        ("/admin/staff", "order=latest&after=", &id),
        ("/admin/duplicates", "order=latest&after=", &id),
        ("/admin/messages", "after=", &id),
        ("/admin/messages", "channel=sms&after=", &id),
        ("/admin/messages", "jobs_after=", &number),
        ("/admin/results", "order=latest&after=", &id),
        ("/admin/results", "kind=practitioner&order=latest&after=", &id),
        ("/admin/programmes", "order=latest&after=", &id),
        ("/admin/sessions", "order=latest&after=", &id),
        ("/account/messages", "after=", &id),
        ("/account/messages", "state=new&after=", &id),
        ("/account/access-log", "after=", &number),
    ] {
        let (status, page) = app.get(&format!("{path}?{query}{after}"), Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(page.contains("لا مزيد من هنا"), "{path}?{query}: {page}");
        assert!(page.contains("أول القائمة"), "{path}?{query}: {page}");
    }
    let (_, page) = app.get("/admin/staff?role=reviewer", Some(&cookie)).await;
    assert!(!page.contains("لا مزيد من هنا"), "the first page of an empty list says so");
}
