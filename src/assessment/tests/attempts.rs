//! Starting, answering, time, and handing in.

use axum::http::StatusCode;
use time::Duration;
use together::join_all;
use uuid::Uuid;

use super::{Hall, bank, refused};
use crate::access::Role;
use crate::assessment::job;
use crate::testing::scale;

/// Runs futures at the same time, in tasks of their own.
mod together {
    pub async fn join_all<T: Send + 'static>(
        all: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
    ) -> Vec<T> {
        let tasks: Vec<_> = all.into_iter().map(tokio::spawn).collect();
        let mut done = Vec::new();
        for task in tasks {
            done.push(task.await.unwrap());
        }
        done
    }
}

/// More at once than the pool has connections: whoever held one and waited for a second would wait in vain.
const TABS: usize = 48;

#[tokio::test]
async fn starting_in_many_tabs_at_once_opens_one_attempt() {
    for _ in 0..scale(2, 20) {
        let hall = std::sync::Arc::new(Hall::new().await);
        let answers = join_all((0..TABS).map(|_| {
            let hall = hall.clone();
            async move { hall.start().await.0 }
        }))
        .await;
        assert!(answers.iter().all(|status| *status == StatusCode::OK), "{answers:?}");
        assert_eq!(hall.attempts().await, [(1, "open".to_owned(), None)]);
    }
}

#[tokio::test]
async fn two_tests_are_never_open_at_once() {
    let hall = Hall::new().await;
    bank(&hall.app, "team_leader", 12).await;
    let trainer = hall.app.staff(Role::Trainer).await;
    let programme = hall.app.programme("team_leader").await;
    let session = hall.app.session(programme, 5, trainer).await;
    let other = hall.app.attended(session, hall.person).await.to_string();
    assert_eq!(hall.start().await.0, StatusCode::OK);
    let second = hall.app.post("assessment/start", Some(&hall.cookie), &[("enrolment", &other)]).await;
    assert_eq!(second, (StatusCode::CONFLICT, refused("OtherTestOpen")));
}

#[tokio::test]
async fn questions_and_options_are_drawn_at_random() {
    let hall = Hall::with_questions(40).await;
    hall.start().await;
    let first = hall.key().await;
    hall.finish(1).await;
    hall.start().await;
    let second = hall.key().await;
    assert_eq!((first.len(), second.len()), (10, 10));
    assert_ne!(first, second);
    let right_places: Vec<i32> = sqlx::query_scalar(
        "SELECT array_position(q.option_order, o.id) FROM attempt_questions q
         JOIN question_options o ON o.question_id = q.question_id AND o.correct",
    )
    .fetch_all(&hall.app.pool)
    .await
    .unwrap();
    assert!(right_places.iter().any(|place| *place != right_places[0]), "{right_places:?}");
}

#[tokio::test]
async fn another_phone_goes_on_where_the_first_stopped() {
    let hall = Hall::new().await;
    hall.start().await;
    let key = hall.key().await;
    assert_eq!(hall.answer(1, 1, key[0][2]).await.0, StatusCode::OK);
    let elsewhere = hall.app.sign_in(hall.person).await;
    let path = format!("/api/assessment/sitting?enrolment={}&position=1", hall.enrolment);
    let (_, body) = hall.app.get(&path, Some(&elsewhere)).await;
    let paper: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(paper["Open"]["chosen"], key[0][2].to_string());
    assert_eq!(paper["Open"]["answered"][0], true);
    let (_, overview) = hall.read("overview", "").await;
    assert_eq!(overview["open"]["resume"], 2);
}

#[tokio::test]
async fn the_latest_choice_is_the_answer() {
    let hall = Hall::new().await;
    hall.start().await;
    let key = hall.key().await;
    hall.answer(1, 1, key[0][1]).await;
    hall.answer(1, 1, key[0][0]).await;
    hall.finish(1).await;
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(1))]);
}

#[tokio::test]
async fn an_option_of_another_question_is_no_answer() {
    let hall = Hall::new().await;
    hall.start().await;
    let key = hall.key().await;
    for option in [key[1][0], Uuid::new_v4()] {
        assert_eq!(hall.answer(1, 1, option).await, (StatusCode::CONFLICT, refused("ChoiceUnknown")));
    }
    assert_eq!(hall.answer(1, 11, key[0][0]).await.0, StatusCode::NOT_FOUND);
    assert_eq!(hall.answer(2, 1, key[0][0]).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_answer_after_the_deadline_is_refused() {
    let hall = Hall::new().await;
    hall.start().await;
    let key = hall.key().await;
    hall.app.clock.advance(Duration::minutes(29));
    assert_eq!(hall.answer(1, 1, key[0][0]).await.0, StatusCode::OK);
    hall.app.clock.advance(Duration::minutes(2));
    assert_eq!(hall.answer(1, 2, key[1][0]).await, (StatusCode::CONFLICT, refused("AttemptClosed")));
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(1))]);
}

#[tokio::test]
async fn handing_in_late_ends_at_the_deadline_with_what_was_saved() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.answer_right(1, 7).await;
    hall.app.clock.advance(Duration::minutes(45));
    assert_eq!(hall.finish(1).await.0, StatusCode::OK);
    let at_deadline: bool =
        sqlx::query_scalar("SELECT finished_at = deadline_at FROM attempts").fetch_one(&hall.app.pool).await.unwrap();
    assert!(at_deadline);
    assert_eq!(hall.attempts().await, [(1, "passed".to_owned(), Some(7))]);
    assert_eq!(hall.enrolment_state().await, "passed");
    let (_, result) = hall.read("result", "&ordinal=1").await;
    assert_eq!((&result["ending"], &result["passed"]), (&"out_of_time".into(), &true.into()));
}

#[tokio::test]
async fn the_job_ends_what_nobody_came_back_to() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.answer_right(1, 3).await;
    job::close_all(&hall.app.pool, hall.app.clock.now()).await.unwrap();
    assert_eq!(hall.attempts().await[0].1, "open");
    hall.app.clock.advance(Duration::minutes(31));
    for _ in 0..2 {
        job::close_all(&hall.app.pool, hall.app.clock.now()).await.unwrap();
    }
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(3))]);
    assert_eq!(hall.enrolment_state().await, "attended");
}

#[tokio::test]
async fn handing_in_twice_counts_once_and_never_a_later_attempt() {
    let hall = Hall::new().await;
    hall.start().await;
    assert_eq!(hall.finish(1).await.0, StatusCode::OK);
    hall.start().await;
    assert_eq!(hall.finish(1).await.0, StatusCode::OK);
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(0)), (2, "open".to_owned(), None)]);
    assert_eq!(hall.finish(3).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn answers_racing_a_hand_in_are_counted_or_refused() {
    for _ in 0..scale(2, 20) {
        let hall = std::sync::Arc::new(Hall::new().await);
        hall.start().await;
        let key = hall.key().await;
        let saving = join_all(key.into_iter().enumerate().map(|(index, options)| {
            let hall = hall.clone();
            async move {
                if index == 5 {
                    hall.finish(1).await;
                }
                hall.answer(1, i16::try_from(index + 1).unwrap(), options[0]).await
            }
        }))
        .await;
        let saved = saving.iter().filter(|(status, _)| *status == StatusCode::OK).count();
        assert!(saving.iter().all(|(status, body)| *status == StatusCode::OK || *body == refused("AttemptClosed")));
        let attempts = hall.attempts().await;
        assert_eq!(attempts[0].2, i16::try_from(saved).ok());
    }
}

#[tokio::test]
async fn the_button_leads_on_and_a_question_may_be_left_for_later() {
    let hall = Hall::new().await;
    hall.start().await;
    for (position, path) in [("1", "question/2"), ("10", "review")] {
        let body = format!("enrolment={}&attempt=1&position={position}&next=true", hall.enrolment);
        let request = axum::http::Request::post("/api/assessment/answer")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .header("host", "localhost:3000")
            .header("origin", "http://localhost:3000")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &hall.cookie)
            .body(axum::body::Body::from(body))
            .unwrap();
        let response = hall.app.send(request).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()["location"], format!("/account/test/{}/{path}", hall.enrolment));
    }
    let fields = [("enrolment", &*hall.enrolment), ("attempt", "1"), ("position", "1")];
    let (status, _) = hall.app.post("assessment/answer", Some(&hall.cookie), &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
