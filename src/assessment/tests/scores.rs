//! The score is what an independent count says, whatever was answered.

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use super::Hall;
use crate::testing::scale;

#[tokio::test]
async fn the_score_is_the_count_of_right_answers() {
    let hall = Hall::with_questions(15).await;
    // Attempts enough for all rounds.
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('test_attempts', 10000, '2020-01-01')")
        .execute(&hall.app.pool)
        .await
        .unwrap();
    let strategy = (
        prop::collection::vec(prop::option::weighted(0.9, 0usize..4), 10),
        prop::collection::vec((0usize..10, 0usize..4), 0..6),
    );
    let mut runner = TestRunner::default();
    for _ in 0..scale(6, 60) {
        let (answers, changes) = strategy.new_tree(&mut runner).unwrap().current();
        let ordinal = begin(&hall).await;
        let key = hall.key().await;
        let mut last = [None; 10];
        let first = answers.into_iter().enumerate().filter_map(|(question, option)| option.map(|o| (question, o)));
        for (question, option) in first.chain(changes) {
            let position = i16::try_from(question + 1).unwrap();
            assert_eq!(hall.answer(ordinal, position, key[question][option]).await.0, StatusCode::OK);
            last[question] = Some(option);
        }
        assert_eq!(hall.finish(ordinal).await.0, StatusCode::OK);
        let right = last.iter().filter(|option| **option == Some(0)).count();
        let (_, state, counted) = hall.attempts().await.pop().unwrap();
        assert_eq!(counted, i16::try_from(right).ok(), "{last:?}");
        assert_eq!(state, if right >= 7 { "passed" } else { "failed" });
        if right >= 7 {
            return_to_attended(&hall).await;
        }
    }
}

/// Opens the next attempt and tells its ordinal.
async fn begin(hall: &Hall) -> i16 {
    assert_eq!(hall.start().await.0, StatusCode::OK);
    hall.attempts().await.pop().unwrap().0
}

/// A pass ends an enrolment; the next round needs it once more, which only a test may arrange.
async fn return_to_attended(hall: &Hall) {
    let mut tx = hall.app.owner.begin().await.unwrap();
    sqlx::query("ALTER TABLE enrolments DISABLE TRIGGER USER").execute(&mut *tx).await.unwrap();
    sqlx::query("UPDATE enrolments SET state = 'attended' WHERE id = $1")
        .bind(Uuid::parse_str(&hall.enrolment).unwrap())
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("ALTER TABLE enrolments ENABLE TRIGGER USER").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}
