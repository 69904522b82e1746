//! Statistics of questions, compared with figures worked out by hand.

use uuid::Uuid;

use super::administrator;
use crate::access::Role;
use crate::programmes::job::tally_all;
use crate::programmes::store::statistics;
use crate::testing::TestApp;

/// Three questions with two answers each: (question, right, wrong).
async fn bank(app: &TestApp) -> Vec<(Uuid, Uuid, Uuid)> {
    sqlx::query("INSERT INTO topics VALUES ('law', 'النظام', 'Law', 'ق', 'R')").execute(&app.pool).await.unwrap();
    let mut bank = Vec::new();
    for _ in 0..3 {
        let question: Uuid = sqlx::query_scalar(
            "INSERT INTO questions (kind, topic, stem_ar, stem_en) VALUES ('practitioner', 'law', 'س', 'Q') RETURNING id",
        )
        .fetch_one(&app.pool)
        .await
        .unwrap();
        let mut options = Vec::new();
        for correct in [true, false] {
            let option: Uuid = sqlx::query_scalar(
                "INSERT INTO question_options (question_id, text_ar, text_en, correct) VALUES ($1, 'ج', 'A', $2) RETURNING id",
            )
            .bind(question)
            .bind(correct)
            .fetch_one(&app.pool)
            .await
            .unwrap();
            options.push(option);
        }
        bank.push((question, options[0], options[1]));
    }
    bank
}

/// An ended attempt that answered each question right, wrong or not at all.
async fn attempt(app: &TestApp, session: Uuid, bank: &[(Uuid, Uuid, Uuid)], answers: [Option<bool>; 3], end: bool) {
    let person = app.person().await;
    let enrolment = app.attended(session, person).await;
    let attempt: Uuid = sqlx::query_scalar(
        "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         VALUES ($1, $2, 1, 70, $3, $3 + interval '30 minutes', 'open') RETURNING id",
    )
    .bind(enrolment)
    .bind(person)
    .bind(app.clock.now())
    .fetch_one(&app.pool)
    .await
    .unwrap();
    for ((place, (question, right, wrong)), answer) in (1i16..).zip(bank).zip(answers) {
        sqlx::query("INSERT INTO attempt_questions VALUES ($1, $2, $3, ARRAY[$4, $5])")
            .bind(attempt)
            .bind(place)
            .bind(question)
            .bind(right)
            .bind(wrong)
            .execute(&app.pool)
            .await
            .unwrap();
        let Some(answer) = answer else { continue };
        sqlx::query("INSERT INTO attempt_answers VALUES ($1, $2, $3, $4)")
            .bind(attempt)
            .bind(question)
            .bind(if answer { right } else { wrong })
            .bind(app.clock.now())
            .execute(&app.pool)
            .await
            .unwrap();
    }
    if end {
        sqlx::query("UPDATE attempts SET state = 'failed', finished_at = started_at WHERE id = $1")
            .bind(attempt)
            .execute(&app.pool)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_figures_are_those_worked_out_by_hand() {
    let app = TestApp::start().await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let session = app.session(programme, 200, trainer).await;
    let bank = bank(&app).await;
    let ids: Vec<Uuid> = bank.iter().map(|(question, ..)| *question).collect();
    // Of the first question: right with both others right, ten times; wrong with neither right, ten times; right with
    // one of the others right, five times; left out with one of the others right, five times.
    for (answers, times) in [
        ([Some(true), Some(true), Some(true)], 10),
        ([Some(false), Some(false), Some(false)], 10),
        ([Some(true), Some(true), Some(false)], 5),
        ([None, Some(false), Some(true)], 4),
    ] {
        for _ in 0..times {
            attempt(&app, session, &bank, answers, true).await;
        }
    }
    // Open: it does not count.
    attempt(&app, session, &bank, [Some(true), Some(true), Some(true)], false).await;
    let mut connection = app.pool.acquire().await.unwrap();
    tally_all(&app.pool).await.unwrap();
    let few = statistics::of(&mut connection, &ids).await.unwrap();
    assert_eq!((few[&ids[0]].asked, few[&ids[0]].too_few, few[&ids[0]].discrimination), (29, true, None));
    attempt(&app, session, &bank, [None, Some(false), Some(true)], true).await;
    tally_all(&app.pool).await.unwrap();
    let found = statistics::of(&mut connection, &ids).await.unwrap();
    let first = &found[&ids[0]];
    assert_eq!((first.asked, first.right_percent, first.too_few), (30, Some(50.0), false));
    // 15 hits with rest scores 1 (ten times) and 1/2 (five times), 15 misses with 0 (ten) and 1/2 (five):
    // means 5/6 and 1/6, all together 1/2 with variance 1/6, so (5/6 - 1/6) / sqrt(1/6) * sqrt(1/2 * 1/2) = sqrt(2/3).
    let expected = (2.0f64 / 3.0).sqrt();
    assert!((first.discrimination.unwrap() - expected).abs() < 1e-9, "{first:?}");
    assert!(found[&ids[1]].right_percent.unwrap() > 49.9);
}

#[tokio::test]
async fn where_all_scored_alike_there_is_no_discrimination() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let session = app.session(programme, 200, trainer).await;
    let bank = bank(&app).await;
    for _ in 0..30 {
        attempt(&app, session, &bank, [Some(true), Some(true), Some(true)], true).await;
    }
    let ids: Vec<Uuid> = bank.iter().map(|(question, ..)| *question).collect();
    tally_all(&app.pool).await.unwrap();
    let found = statistics::of(&mut app.pool.acquire().await.unwrap(), &ids).await.unwrap();
    let first = &found[&ids[0]];
    assert_eq!((first.discrimination, first.too_few, first.right_percent), (None, false, Some(100.0)));
    let (_, page) = app.get("/admin/questions", Some(&cookie)).await;
    assert!(page.contains("طُرح 30 مرة") && page.contains("لا يُحسب"), "{page}");
}

#[tokio::test]
async fn an_attempt_counts_once_however_many_add_at_once() {
    let app = TestApp::start().await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let session = app.session(programme, 200, trainer).await;
    let bank = bank(&app).await;
    for _ in 0..40 {
        attempt(&app, session, &bank, [Some(true), Some(false), None], true).await;
    }
    let adding = (0..8).map(|_| {
        let pool = app.pool.clone();
        async move { tally_all(&pool).await.unwrap() }
    });
    adding.collect::<tokio::task::JoinSet<()>>().join_all().await;
    tally_all(&app.pool).await.unwrap();
    let ids: Vec<Uuid> = bank.iter().map(|(question, ..)| *question).collect();
    let found = statistics::of(&mut app.pool.acquire().await.unwrap(), &ids).await.unwrap();
    let seen = ids.iter().map(|id| (found[id].asked, found[id].right_percent)).collect::<Vec<_>>();
    assert_eq!(seen, [(40, Some(100.0)), (40, Some(0.0)), (40, Some(0.0))]);
}
