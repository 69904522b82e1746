//! Planning sessions and series, and the list of them.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{administrator, count, fields, invalid, planned, post, with};
use crate::access::Role;
use crate::testing::TestApp;

const SESSIONS: &str = "SELECT count(*) FROM training_sessions";

#[tokio::test]
async fn a_session_is_planned_as_typed() {
    let app = TestApp::start().await;
    let (person, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let form = fields(programme, trainer, app.clock.now() + Duration::days(10));
    assert_eq!(post(&app, "plan_sessions", &cookie, &form).await.0, StatusCode::OK);
    let id = planned(&app).await;
    let noted = count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'session_planned'").await;
    assert_eq!(noted, 1);
    let by: Uuid = sqlx::query_scalar("SELECT planned_by FROM training_sessions").fetch_one(&app.pool).await.unwrap();
    assert_eq!(by, person);
    let (status, page) = app.get(&format!("/admin/sessions/{id}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let day = form.iter().find(|(name, _)| *name == "start_day").unwrap().1.clone();
    for part in ["قاعة النخيل", "Palm Hall", &format!("value=\"{day}\""), "value=\"30\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // It can be enrolled in.
    let (_, page) = app.get("/training", None).await;
    assert!(page.contains(&format!("/training/{id}")));
}

#[tokio::test]
async fn a_series_is_planned_whole_or_not_at_all() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let start = app.clock.now() + Duration::days(10);
    let series = with(&fields(programme, trainer, start), &[("rhythm", "weekly"), ("times", "4")]);
    // The trainer leads a session of old in the third week.
    let taken = app.session_at(programme, 5, trainer, "online", start + Duration::days(14)).await;
    assert_eq!(post(&app, "plan_sessions", &cookie, &series).await, invalid("trainer", "TrainerBusy"));
    assert_eq!(count(&app, SESSIONS).await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'session_planned'").await, 0);
    sqlx::query("UPDATE training_sessions SET cancelled_at = $2 WHERE id = $1")
        .bind(taken)
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap();
    assert_eq!(post(&app, "plan_sessions", &cookie, &series).await.0, StatusCode::OK);
    assert_eq!(count(&app, SESSIONS).await, 5);
    // Sent again, it finds the trainer busy.
    assert_eq!(post(&app, "plan_sessions", &cookie, &series).await, invalid("trainer", "TrainerBusy"));
    assert_eq!(
        post(&app, "plan_sessions", &cookie, &with(&series, &[("times", "1")])).await,
        invalid("times", "NumberInvalid")
    );
    let weeks: Vec<i32> = sqlx::query_scalar(
        "SELECT extract(day FROM starts_at - min(starts_at) OVER ())::integer FROM training_sessions
         WHERE planned_by IS NOT NULL ORDER BY starts_at",
    )
    .fetch_all(&app.pool)
    .await
    .unwrap();
    assert_eq!(weeks, [0, 7, 14, 21]);
}

#[tokio::test]
async fn what_cannot_be_planned_is_told_by_field() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let form = fields(programme, trainer, app.clock.now() + Duration::days(10));
    let reviewer = app.staff(Role::Reviewer).await.to_string();
    let nobody = Uuid::nil().to_string();
    for (name, value, problem) in [
        ("trainer", reviewer.as_str(), "TrainerUnknown"),
        ("trainer", &nobody, "TrainerUnknown"),
        ("programme", &nobody, "ProgrammeRetired"),
        ("place", "riyadh/nowhere", "PlaceUnknown"),
        ("seats", "0", "NumberInvalid"),
        ("venue_en", " ", "Required"),
        ("mode", "both", "Required"),
        ("end_time", "99:00", "TimeInvalid"),
    ] {
        assert_eq!(post(&app, "plan_sessions", &cookie, &with(&form, &[(name, value)])).await, invalid(name, problem));
    }
    let over = fields(programme, trainer, app.clock.now() - Duration::days(2));
    assert_eq!(post(&app, "plan_sessions", &cookie, &over).await, invalid("start_day", "DateOver"));
    sqlx::query("UPDATE programmes SET retired_at = now()").execute(&app.pool).await.unwrap();
    assert_eq!(post(&app, "plan_sessions", &cookie, &form).await, invalid("programme", "ProgrammeRetired"));
    assert_eq!(count(&app, SESSIONS).await, 0);
}

#[tokio::test]
async fn the_list_goes_on_by_place_and_shows_each_session_once() {
    let app = TestApp::start().await;
    let (person, cookie) = administrator(&app).await;
    let trainer = app.staff(Role::Trainer).await;
    let (programme, other) = (app.programme("practitioner").await, app.programme("management").await);
    let start = app.clock.now() + Duration::days(10);
    let mut ids = Vec::new();
    for place in 0..45 {
        // Many at the same moment: the place in the list is the id's too.
        ids.push(app.session_at(programme, 5, trainer, "online", start + Duration::days(place / 30)).await);
    }
    let elsewhere = app.session_at(other, 5, trainer, "in_person", start).await;
    ids.sort();
    for order in ["earliest", "latest"] {
        let path = format!("/admin/sessions?programme={programme}&mode=online&order={order}");
        assert_eq!(walk(&app, &cookie, path, &ids, elsewhere).await, ids, "{order}");
    }
    for (path, there) in [
        ("/admin/sessions?when=past".to_owned(), false),
        ("/admin/sessions?when=cancelled".to_owned(), false),
        ("/admin/sessions?region=makkah".to_owned(), false),
        (format!("/admin/sessions?programme={other}&region=riyadh"), true),
    ] {
        let (_, page) = app.get(&path, Some(&cookie)).await;
        assert_eq!(page.contains(&elsewhere.to_string()), there, "{path}");
        assert_eq!(page.contains("لا توجد دورات هنا"), !there, "{path}");
    }
    app.clock.advance(Duration::days(10) + Duration::hours(1));
    let cookie = app.sign_in(person).await;
    let (_, page) = app.get(&format!("/admin/sessions?when=past&programme={other}"), Some(&cookie)).await;
    assert!(page.contains(&elsewhere.to_string()));
}

/// Goes through a list page by page: which of these sessions it showed, sorted. None of them twice, and no other.
async fn walk(app: &TestApp, cookie: &str, mut path: String, ids: &[Uuid], other: Uuid) -> Vec<Uuid> {
    let mut seen = Vec::new();
    loop {
        let (status, page) = app.get(&path, Some(cookie)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!page.contains(&other.to_string()));
        let here: Vec<Uuid> =
            ids.iter().copied().filter(|id| page.contains(&format!("\"/admin/sessions/{id}\""))).collect();
        assert!((1..=20).contains(&here.len()));
        seen.extend(here);
        let Some(at) = page.find("rel=\"next\"") else { break };
        let tag = &page[page[..at].rfind('<').unwrap()..at + page[at..].find('>').unwrap()];
        let href = tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        path = href.replace("&amp;", "&");
    }
    seen.sort();
    seen
}

#[tokio::test]
async fn only_administrators_open_these_pages() {
    let app = TestApp::start().await;
    let trainer = app.sign_in(app.staff(Role::Trainer).await).await;
    let (_, cookie) = administrator(&app).await;
    for path in [
        "/admin/sessions",
        "/admin/sessions/new",
        "/admin/programmes",
        "/admin/questions",
        "/admin/questions/new",
        "/admin/downloads/questions.csv",
        "/admin/downloads/templates/sessions.csv",
    ] {
        assert_eq!(app.get(path, Some(&cookie)).await.0, StatusCode::OK, "{path}");
        assert_eq!(app.get(path, Some(&trainer)).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    for path in ["/admin/downloads/questions.csv", "/admin/downloads/templates/questions.csv"] {
        assert_eq!(app.get(path, None).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    // Whoever holds an administrator's mobile holds no second factor yet.
    let halfway = format!("session={}", app.sign_in_by_code(app.staff(Role::Administrator).await).await);
    for path in ["/admin/downloads/questions.csv", "/admin/downloads/templates/questions.csv"] {
        assert_eq!(app.get(path, Some(&halfway)).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(app.get("/admin/downloads/templates/people.csv", Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    for path in [
        "/admin/sessions/nonsense",
        "/admin/programmes/nonsense",
        "/admin/questions/nonsense",
        "/admin/imports/nonsense",
        "/admin/imports/new/people",
    ] {
        assert_eq!(app.get(path, Some(&cookie)).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
