//! Marks that were made without a connection: each arrives once, none is lost, and a refusal is told.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::{enrol, enrolment, noted, number, session_with};
use crate::access::Role;
use crate::testing::TestApp;
use crate::training::model::EnrolmentState as State;

/// A mark as a phone sends it: id, enrolment, mark, milliseconds.
type Sent = (Uuid, Uuid, &'static str, i64);

async fn send(app: &TestApp, cookie: &str, session: Uuid, marks: &[Sent]) -> (StatusCode, Value) {
    let mut fields = vec![("session".to_owned(), session.to_string())];
    for (place, (id, enrolment, mark, made_at)) in marks.iter().enumerate() {
        fields.push((format!("marks[{place}][id]"), id.to_string()));
        fields.push((format!("marks[{place}][enrolment]"), enrolment.to_string()));
        fields.push((format!("marks[{place}][mark]"), (*mark).to_owned()));
        fields.push((format!("marks[{place}][made_at]"), made_at.to_string()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.post("training/send_marks", Some(cookie), &fields).await
}

/// A full hall on its day: its trainer, their cookie, and everybody's enrolments.
async fn hall(app: &TestApp, people: usize) -> (Uuid, Uuid, String, Vec<Uuid>) {
    let (session, trainer) = session_with(app, 60).await;
    let mut enrolments = Vec::new();
    for _ in 0..people {
        let person = app.person().await;
        enrol(app, session, person).await.unwrap();
        enrolments.push(enrolment(app, session, person).await.0);
    }
    app.clock.advance(Duration::days(10));
    (session, trainer, app.sign_in(trainer).await, enrolments)
}

fn milliseconds(app: &TestApp) -> i64 {
    app.clock.now().unix_timestamp() * 1000
}

async fn received(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM received_marks").fetch_one(&app.pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_marks_sent_twice_at_once_are_forty_marks() {
    let app = Arc::new(TestApp::start().await);
    let (session, _, cookie, enrolments) = hall(&app, 40).await;
    let made_at = milliseconds(&app) - 60_000;
    let marks: Vec<Sent> = (0..)
        .zip(&enrolments)
        .map(|(place, id)| (Uuid::new_v4(), *id, if place % 4 == 0 { "absent" } else { "present" }, made_at + place))
        .collect();
    // The same marks in the other order from another tab, and again by the first.
    let mut backwards = marks.clone();
    backwards.reverse();
    let sending = [marks.clone(), backwards, marks.clone()].map(|marks| {
        let (app, cookie) = (app.clone(), cookie.clone());
        tokio::spawn(async move { send(&app, &cookie, session, &marks).await })
    });
    let mut applied = 0;
    for sent in sending {
        let (status, answers) = sent.await.unwrap();
        assert_eq!(status, StatusCode::OK, "{answers}");
        let answers = answers.as_array().unwrap();
        assert_eq!(answers.len(), 40);
        for answer in answers {
            match answer.get("Applied") {
                Some(_) => applied += 1,
                None => assert_eq!(*answer, json!("AlreadyThere")),
            }
        }
    }
    assert_eq!((applied, received(&app).await), (40, 40));
    assert_eq!(number(&app, session, State::Attended).await, 30);
    assert_eq!(number(&app, session, State::Absent).await, 10);
    for (_, enrolment, mark, _) in &marks {
        let action = if *mark == "present" { "attended" } else { "absent" };
        assert_eq!(noted(&app, action, *enrolment).await, 1);
    }
}

#[tokio::test]
async fn marks_of_one_person_are_applied_in_the_order_they_were_made() {
    let app = TestApp::start().await;
    let (session, _, cookie, enrolments) = hall(&app, 1).await;
    let (id, now) = (enrolments[0], milliseconds(&app));
    let (early, late) = ((Uuid::new_v4(), id, "absent", now - 9000), (Uuid::new_v4(), id, "present", now - 5000));
    let (_, answers) = send(&app, &cookie, session, &[late, early]).await;
    assert_eq!(answers, json!([{ "Applied": "attended" }, { "Applied": "absent" }]));
    assert_eq!(number(&app, session, State::Attended).await, 1);
    // From another phone, made before both: the later mark stands, and its trainer is told each time.
    let older = (Uuid::new_v4(), id, "absent", now - 60_000);
    for _ in 0..2 {
        assert_eq!(send(&app, &cookie, session, &[older]).await.1, json!([{ "Refused": "MarkOvertaken" }]));
    }
    assert_eq!(number(&app, session, State::Attended).await, 1);
    // A phone whose clock is a year ahead makes no mark that cannot be mended.
    let ahead = (Uuid::new_v4(), id, "absent", now + 31_536_000_000);
    assert_eq!(send(&app, &cookie, session, &[ahead]).await.1, json!([{ "Applied": "absent" }]));
    app.clock.advance(Duration::minutes(1));
    let mended = (Uuid::new_v4(), id, "present", milliseconds(&app));
    assert_eq!(send(&app, &cookie, session, &[mended]).await.1, json!([{ "Applied": "attended" }]));
}

#[tokio::test]
async fn one_mark_that_is_refused_holds_up_no_other() {
    let app = TestApp::start().await;
    let (session, _, cookie, enrolments) = hall(&app, 3).await;
    let now = milliseconds(&app);
    let tested = app.person().await;
    let tested = app.passed(session, tested).await;
    let stranger_session = app.session(app.programme("management").await, 5, app.staff(Role::Trainer).await).await;
    let stranger = app.person().await;
    enrol(&app, stranger_session, stranger).await.unwrap();
    let stranger = enrolment(&app, stranger_session, stranger).await.0;
    let marks: Vec<Sent> = vec![
        (Uuid::new_v4(), enrolments[0], "present", now - 5),
        (Uuid::new_v4(), tested, "absent", now - 4),
        (Uuid::new_v4(), stranger, "present", now - 3),
        (Uuid::new_v4(), Uuid::nil(), "present", now - 2),
        (Uuid::new_v4(), enrolments[1], "absent", now - 1),
    ];
    let expected = |first: Value, last: Value| json!([first, { "Refused": "NoLongerPossible" }, { "Refused": "NotOnRoster" }, { "Refused": "NotOnRoster" }, last]);
    let (status, answers) = send(&app, &cookie, session, &marks).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answers, expected(json!({ "Applied": "attended" }), json!({ "Applied": "absent" })));
    // An answer that was lost is given again, refusals too.
    let (_, again) = send(&app, &cookie, session, &marks).await;
    assert_eq!(again, expected(json!("AlreadyThere"), json!("AlreadyThere")));
    assert_eq!(number(&app, stranger_session, State::Enrolled).await, 1);
    // Another trainer with the same marks changes nothing.
    let other = app.sign_in(app.staff(Role::Trainer).await).await;
    assert_eq!(send(&app, &other, session, &marks[..1]).await.0, StatusCode::NOT_FOUND, "and uses none up");
}

#[tokio::test]
async fn an_id_that_is_used_for_another_mark_keeps_nothing_of_the_batch() {
    let app = TestApp::start().await;
    let (session, _, cookie, enrolments) = hall(&app, 2).await;
    let (id, now) = (Uuid::new_v4(), milliseconds(&app));
    let marks = [(id, enrolments[0], "present", now - 2), (id, enrolments[1], "present", now - 1)];
    assert_eq!(send(&app, &cookie, session, &marks).await.0, StatusCode::BAD_REQUEST);
    assert_eq!((number(&app, session, State::Enrolled).await, received(&app).await), (2, 0));
}

#[tokio::test]
async fn marks_before_the_day_are_refused_and_too_many_are_not_read() {
    let app = TestApp::start().await;
    let (session, trainer) = session_with(&app, 5).await;
    let person = app.person().await;
    enrol(&app, session, person).await.unwrap();
    let (id, ..) = enrolment(&app, session, person).await;
    let cookie = app.sign_in(trainer).await;
    let mark = (Uuid::new_v4(), id, "present", milliseconds(&app));
    assert_eq!(send(&app, &cookie, session, &[mark]).await.1, json!([{ "Refused": "NotYetStarted" }]));
    assert_eq!(
        send(&app, &cookie, session, &[(Uuid::new_v4(), id, "present", i64::MAX)]).await.1,
        json!([{ "Refused": "TimeInvalid" }])
    );
    let many: Vec<Sent> = (0..201).map(|place| (Uuid::new_v4(), id, "present", place)).collect();
    assert_eq!(send(&app, &cookie, session, &many).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(&app, &cookie, session, &[]).await, (StatusCode::OK, json!([])));
}

#[tokio::test]
async fn without_javascript_each_mark_is_a_form_of_its_own() {
    let app = TestApp::start().await;
    let (session, _, cookie, enrolments) = hall(&app, 1).await;
    let (_, page) = app.get(&format!("/trainer/{session}"), Some(&cookie)).await;
    assert!(page.contains("method=\"post\" action=\"/api/training/mark_attendance\""), "{page}");
    assert!(page.contains(&format!("name=\"enrolment\" value=\"{}\"", enrolments[0])), "{page}");
    assert!(page.contains("name=\"mark\" value=\"present\"") && page.contains("name=\"mark\" value=\"absent\""));
}
