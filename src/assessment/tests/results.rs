//! Results are the database's own count, final, and told by no page before their time.

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{CANARY, Hall};
use crate::assessment::model::AttemptState;

#[tokio::test]
async fn settings_changed_meanwhile_move_no_goalposts() {
    let hall = Hall::new().await;
    hall.start().await;
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('pass_mark_percent', 90, $1), ('test_minutes', 1, $1)")
        .bind(hall.app.clock.now())
        .execute(&hall.app.pool)
        .await
        .unwrap();
    hall.app.clock.advance(time::Duration::minutes(20));
    hall.answer_right(1, 7).await;
    hall.finish(1).await;
    assert_eq!(hall.attempts().await, [(1, "passed".to_owned(), Some(7))]);
}

#[tokio::test]
async fn a_result_cannot_be_changed_by_anyone() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.answer_right(1, 2).await;
    hall.finish(1).await;
    let statements = [
        "UPDATE attempts SET state = 'passed'",
        "UPDATE attempts SET right_answers = 10",
        "UPDATE attempts SET finished_at = now()",
        "UPDATE attempts SET pass_mark_percent = 1",
        "DELETE FROM attempts",
        "UPDATE attempt_questions SET position = position + 100",
        "DELETE FROM attempt_questions",
        "UPDATE attempt_answers SET option_id = (SELECT id FROM question_options o
             WHERE o.question_id = attempt_answers.question_id AND correct)",
        "DELETE FROM attempt_answers",
        "UPDATE enrolments SET state = 'passed'",
        "UPDATE enrolments SET state = 'absent'",
    ];
    for statement in statements {
        for (role, pool) in [("application", &hall.app.pool), ("owner", &hall.app.owner)] {
            assert!(run(pool, statement).await.is_err(), "{role}: {statement}");
        }
    }
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(2))]);
}

#[tokio::test]
async fn an_open_attempt_is_graded_by_the_database_alone() {
    let hall = Hall::new().await;
    hall.start().await;
    // Whatever the update claims, the answers are counted.
    run(&hall.app.owner, "UPDATE attempts SET state = 'passed', finished_at = now(), right_answers = 10")
        .await
        .unwrap();
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(0))]);
}

#[tokio::test]
async fn no_answer_tells_which_option_is_right() {
    let hall = Hall::new().await;
    hall.start().await;
    for _ in 0..2 {
        for (endpoint, more) in [("overview", ""), ("sitting", "&position=1"), ("review", "")] {
            let (status, body) = hall.read(endpoint, more).await;
            let body = body.to_string();
            assert_eq!(status, StatusCode::OK);
            for secret in [CANARY, "correct", "right_answers", "safety"] {
                assert!(!body.contains(secret), "{endpoint} tells {secret}: {body}");
            }
        }
        let page = format!("/account/test/{}/question/1", hall.enrolment);
        let (status, html) = hall.app.get(&page, Some(&hall.cookie)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!html.contains(CANARY) && !html.contains("correct"), "{html}");
        // The options differ in nothing but their id and text.
        let (_, paper) = hall.read("sitting", "&position=1").await;
        for option in paper["Open"]["options"].as_array().unwrap() {
            let keys: Vec<_> = option.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["id", "text"]);
        }
        // Once more with an answer saved.
        let key = hall.key().await;
        hall.answer(1, 1, key[0][0]).await;
    }
    hall.answer_right(1, 4).await;
    hall.finish(1).await;
    let (_, result) = hall.read("result", "&ordinal=1").await;
    assert!(result.to_string().contains(CANARY));
    assert!(!result.to_string().contains("سؤال"), "a result names topics, not questions");
}

#[tokio::test]
async fn the_states_are_those_of_the_database() {
    let hall = Hall::new().await;
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = 'attempt'")
            .fetch_all(&hall.app.pool)
            .await
            .unwrap();
    for from in AttemptState::ALL {
        for to in AttemptState::ALL {
            let known = rows.iter().any(|(one, other)| one == from.code() && other == to.code());
            assert_eq!(from.can_become(to), known, "{from:?} to {to:?}");
        }
    }
    assert!(
        rows.iter().all(|(from, to)| AttemptState::from_code(from).is_some() && AttemptState::from_code(to).is_some())
    );
}

async fn run(pool: &PgPool, statement: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(statement).execute(pool).await.map(drop)
}
