//! What the database refuses, asked by hand: as the application's role and as the owner.

use axum::http::StatusCode;
use time::Duration;

use super::{Hall, rule};
use crate::access::Role;
use crate::papers::model::SheetState;

#[tokio::test]
async fn the_enum_mirrors_the_databases_state_machine() {
    let hall = Hall::new().await;
    let mut steps: Vec<(String, String)> = Vec::new();
    for from in SheetState::ALL {
        for to in SheetState::ALL.into_iter().filter(|to| from.can_become(*to)) {
            steps.push((from.code().to_owned(), to.code().to_owned()));
        }
    }
    steps.sort();
    let there: Vec<(String, String)> = sqlx::query_as(
        "SELECT from_state, to_state FROM state_transitions WHERE machine = 'paper_result' ORDER BY 1, 2",
    )
    .fetch_all(&hall.app.pool)
    .await
    .unwrap();
    assert_eq!(steps, there);
}

#[tokio::test]
async fn what_was_recorded_is_fixed_and_decided_once() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("13").await;
    let rewriting = [
        "UPDATE paper_results SET right_answers = 20",
        "UPDATE paper_results SET asked = 14",
        "UPDATE paper_results SET pass_mark_percent = 1",
        "UPDATE paper_results SET recorded_by = (SELECT id FROM persons WHERE id <> recorded_by LIMIT 1)",
        "UPDATE paper_results SET recorded_at = recorded_at - interval '1 day'",
        "UPDATE paper_results SET enrolment_id = gen_random_uuid()",
    ];
    for statement in rewriting {
        assert!(sqlx::query(statement).execute(&hall.app.pool).await.is_err(), "{statement}");
        let done = sqlx::query(statement).execute(&hall.app.owner).await;
        assert_eq!(rule(done), "paper_results_fixed", "{statement}");
    }
    assert!(sqlx::query("DELETE FROM paper_results").execute(&hall.app.pool).await.is_err());
    let deleted = sqlx::query("DELETE FROM paper_results").execute(&hall.app.owner).await;
    assert_eq!(rule(deleted), "paper_results_append_only");
    // Decided by nobody, or decided and yet waiting.
    for statement in
        ["UPDATE paper_results SET state = 'withdrawn'", "UPDATE paper_results SET decided_at = recorded_at"]
    {
        for pool in hall.pools() {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
    hall.settle(&hall.app.pool, sheet, "declined", hall.officer).await.unwrap();
    for pool in hall.pools() {
        for (state, by) in [("confirmed", hall.officer), ("withdrawn", hall.trainer), ("waiting", hall.officer)] {
            assert_eq!(rule(hall.settle(pool, sheet, state, by).await), "paper_results_fixed", "{state}");
        }
    }
    assert_eq!(hall.attempts().await.len(), 0);
}

#[tokio::test]
async fn the_pass_mark_is_nobodys_to_write() {
    let hall = Hall::new().await;
    let statement =
        "INSERT INTO paper_results (enrolment_id, asked, right_answers, recorded_by, recorded_at, pass_mark_percent)
         VALUES ($1, 20, 1, $2, $3, 1)";
    let write =
        |pool| sqlx::query(statement).bind(hall.enrolment).bind(hall.trainer).bind(hall.app.clock.now()).execute(pool);
    assert!(write(&hall.app.pool).await.is_err());
    write(&hall.app.owner).await.unwrap();
    let mark: i16 =
        sqlx::query_scalar("SELECT pass_mark_percent FROM paper_results").fetch_one(&hall.app.pool).await.unwrap();
    assert_eq!(mark, 70);
}

#[tokio::test]
async fn sheets_are_within_bounds_and_one_waits_at_a_time() {
    let hall = Hall::new().await;
    for (right, asked, refusing) in [
        (2, 4, "paper_results_asked"),
        (2, 201, "paper_results_asked"),
        (21, 20, "paper_results_right"),
        (-1, 20, "paper_results_right"),
    ] {
        for pool in hall.pools() {
            assert_eq!(rule(hall.write(pool, hall.trainer, right, asked).await), refusing, "{right} of {asked}");
        }
    }
    hall.write(&hall.app.pool, hall.trainer, 0, 5).await.unwrap();
    for pool in hall.pools() {
        assert_eq!(rule(hall.write(pool, hall.trainer, 5, 5).await), "paper_results_one_waiting");
    }
}

#[tokio::test]
async fn a_sheet_is_of_who_attended_and_by_the_trainer_of_an_in_person_session() {
    let mut hall = Hall::new().await;
    let other = hall.app.staff(Role::Trainer).await;
    for pool in hall.pools() {
        assert_eq!(rule(hall.write(pool, other, 5, 5).await), "paper_results_of_own_session");
        assert_eq!(rule(hall.write(pool, hall.officer, 5, 5).await), "paper_results_by_trainer");
    }
    let starts_at = hall.app.clock.now() + Duration::days(3);
    let programme = hall.app.programme("practitioner").await;
    let online = hall.app.session_at(programme, 5, hall.trainer, "online", starts_at).await;
    hall.enrolment = hall.app.attended(online, hall.app.person().await).await;
    assert_eq!(rule(hall.write(&hall.app.pool, hall.trainer, 5, 5).await), "paper_results_of_own_session");
    hall.next().await;
    sqlx::query("UPDATE enrolments SET state = 'absent' WHERE id = $1")
        .bind(hall.enrolment)
        .execute(&hall.app.pool)
        .await
        .unwrap();
    assert_eq!(rule(hall.write(&hall.app.pool, hall.trainer, 5, 5).await), "paper_results_attended");
    // Under a sheet that waits, attendance stays.
    hall.next().await;
    hall.write(&hall.app.pool, hall.trainer, 5, 5).await.unwrap();
    for pool in hall.pools() {
        let mended = sqlx::query("UPDATE enrolments SET state = 'absent' WHERE id = $1").bind(hall.enrolment);
        assert_eq!(rule(mended.execute(pool).await), "enrolments_attendance_tested");
    }
}

#[tokio::test]
async fn an_attempt_on_paper_is_a_confirmed_sheet() {
    let mut hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    for pool in hall.pools() {
        assert_eq!(rule(hall.begin(pool, Some(sheet)).await), "attempts_paper_confirmed", "it waits");
        assert_eq!(rule(hall.begin(pool, None).await), "attempts_no_paper_waiting", "online");
        let passed = sqlx::query("UPDATE enrolments SET state = 'passed' WHERE id = $1").bind(hall.enrolment);
        assert_eq!(rule(passed.execute(pool).await), "enrolments_result_from_test");
    }
    hall.settle(&hall.app.pool, sheet, "declined", hall.officer).await.unwrap();
    for pool in hall.pools() {
        assert_eq!(rule(hall.begin(pool, Some(sheet)).await), "attempts_paper_confirmed", "it was declined");
    }
    // Of somebody else, and twice.
    hall.next().await;
    let sheet = hall.waiting("13").await;
    hall.confirm(sheet).await;
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(13), true)]);
    for pool in hall.pools() {
        assert_eq!(rule(hall.begin(pool, Some(sheet)).await), "attempts_once_a_paper");
    }
    hall.next().await;
    for pool in hall.pools() {
        assert_eq!(rule(hall.begin(pool, Some(sheet)).await), "attempts_paper_confirmed", "another's");
    }
}

#[tokio::test]
async fn the_database_counts_from_the_sheet_whatever_is_claimed() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("13").await;
    // By hand, as the application may: the confirmation makes the attempt, and leaves it open.
    hall.settle(&hall.app.pool, sheet, "confirmed", hall.officer).await.unwrap();
    assert_eq!(hall.attempts().await, [(1, "open".to_owned(), None, true)]);
    for statement in [
        "UPDATE attempts SET paper_result_id = NULL",
        "UPDATE attempts SET pass_mark_percent = 1",
        "INSERT INTO attempt_questions SELECT a.id, 1, q.id, ARRAY[]::uuid[] FROM attempts a, questions q LIMIT 1",
    ] {
        for pool in hall.pools() {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
    let claim = "UPDATE attempts SET state = 'passed', right_answers = 20, finished_at = started_at";
    sqlx::query(claim).execute(&hall.app.owner).await.unwrap();
    assert_eq!(hall.attempts().await, [(1, "failed".to_owned(), Some(13), true)]);
    assert_eq!(rule(sqlx::query(claim).execute(&hall.app.owner).await), "attempts_result_final");
}

#[tokio::test]
async fn a_test_under_way_and_used_up_attempts_keep_sheets_out() {
    let hall = Hall::new().await;
    assert_eq!(hall.start().await.0, StatusCode::OK);
    for pool in hall.pools() {
        assert_eq!(rule(hall.write(pool, hall.trainer, 5, 5).await), "paper_results_no_open_attempt");
    }
    sqlx::query("UPDATE attempts SET finished_at = started_at").execute(&hall.app.pool).await.unwrap();
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('test_attempts', 1, '2020-01-01')")
        .execute(&hall.app.pool)
        .await
        .unwrap();
    for pool in hall.pools() {
        assert_eq!(rule(hall.write(pool, hall.trainer, 5, 5).await), "paper_results_attempts_left");
    }
}
