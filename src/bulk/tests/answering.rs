//! The job: every row answered once and as its own page answers it, whoever is killed or comes second.

use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;
use time::Duration as Span;
use uuid::Uuid;

use super::{KIND, answered, states, taken, unknown, valid, view};
use crate::bulk::job::{answer_piece, work_off};
use crate::bulk::model::{MOST_ROWS, RowState};
use crate::bulk::store;
use crate::licences::model::{LicenceNumber, LicenceStatus};
use crate::licences::tests::{count, licensed, ready, together};
use crate::oversight::tests::{corrected, revoked, suspended};
use crate::server::{database, jobs};
use crate::testing::TestApp;
use crate::verification::store::look_up_all;

const WAITING: &str = "SELECT count(*) FROM bulk_rows WHERE state = 'waiting'";
/// Everything that was answered, in one text.
const ANSWERS: &str =
    "SELECT md5(string_agg(concat_ws('|', line, number, state, kind, valid_from, valid_until), ',' ORDER BY line))
     FROM bulk_rows WHERE check_id = $1";

#[tokio::test]
async fn each_number_gets_the_status_that_its_page_shows() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let mut numbers = Vec::new();
    for _ in 0..4 {
        numbers.push(valid(&app).await);
    }
    let person = ready(&app, KIND).await;
    numbers.push(licensed(&app, person, KIND, now - Span::days(1000)).await);
    numbers.push(unknown());
    suspended(&app, &numbers[1]).await;
    revoked(&app, &numbers[2]).await;
    corrected(&app, &numbers[3]).await;
    let mut lines: Vec<&str> = numbers.iter().map(LicenceNumber::digits).collect();
    lines.extend(["12", numbers[0].digits()]);
    let check = answered(&app, &lines).await;
    let found = view(&app, check, "").await;
    let expected = [
        RowState::Was(LicenceStatus::Valid),
        RowState::Was(LicenceStatus::Suspended),
        RowState::Was(LicenceStatus::Revoked),
        RowState::Was(LicenceStatus::Superseded),
        RowState::Was(LicenceStatus::Expired),
        RowState::NotFound,
        RowState::Malformed,
        RowState::Was(LicenceStatus::Valid),
    ];
    assert_eq!(states(&found), expected);
    for (row, number) in found.rows.iter().zip(&numbers) {
        let (_, page) = app.get(&format!("/api/verification/look_up?number={}", number.digits()), None).await;
        let page: serde_json::Value = serde_json::from_str(&page).unwrap();
        let status = page["licence"]["status"].as_str().unwrap_or("not_found");
        assert_eq!((row.state.code(), &row.holder), (status, &page["licence"]["name"].as_str().map(str::to_owned)));
        assert_eq!(row.licence.map(|(kind, _)| kind), (status != "not_found").then_some(KIND));
    }
    assert_eq!(
        found.counts.iter().find(|(state, _)| *state == RowState::Was(LicenceStatus::Valid)),
        Some(&(RowState::Was(LicenceStatus::Valid), 2))
    );
    let narrowed = view(&app, check, "&state=valid").await;
    assert_eq!((narrowed.rows.len(), narrowed.total()), (2, 8));
    let none = view(&app, check, "&state=not_yet_valid").await;
    assert!(none.rows.is_empty());
}

#[tokio::test]
async fn who_was_erased_is_answered_like_a_number_that_never_was() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let erased = licensed(&app, person, KIND, app.clock.now()).await;
    let before = answered(&app, &[erased.digits()]).await;
    app.erase(person).await;
    let check = answered(&app, &[erased.digits(), unknown().digits()]).await;
    let rows = view(&app, check, "").await.rows;
    let shape =
        |place: usize| (rows[place].state, rows[place].licence, rows[place].holder.clone(), rows[place].answered_at);
    assert_eq!(shape(0), shape(1));
    // An answer of before stands for its time, without the name.
    let rows = view(&app, before, "").await.rows;
    assert_eq!((rows[0].state, &rows[0].holder), (RowState::Was(LicenceStatus::Valid), &None));
}

/// So many people with a licence, written past the guards by the owner; their numbers.
async fn register(app: &TestApp, many: usize) -> Vec<String> {
    let numbers: Vec<String> = (0..many).map(|_| unknown().digits().to_owned()).collect();
    for table in ["persons", "licence_requests", "licences"] {
        sqlx::query(AssertSqlSafe(format!("ALTER TABLE {table} DISABLE TRIGGER USER")))
            .execute(&app.owner)
            .await
            .unwrap();
    }
    for statement in [
        "ALTER TABLE licences ENABLE TRIGGER licences_take_place",
        "INSERT INTO persons (id, national_id_sealed, national_id_hash, given_name, family_name, name_key, latin_name, region,
             city, email, birth_date_sealed, profile_completed_at, identity_verified_at)
         SELECT md5(n)::uuid, '', sha256(n::bytea), 'محمد', 'القحطاني', 'محمد القحطاني', 'Mohammed', 'riyadh', 'riyadh',
             'm@example.org', '', now(), now() FROM unnest($1::text[]) n",
        "INSERT INTO licence_requests (id, number, person_id, kind, state, created_at, submitted_at)
         SELECT md5('q' || n)::uuid, lpad(i::text, 10, '0'), md5(n)::uuid, 'practitioner', 'approved', now(), now()
         FROM unnest($1::text[]) WITH ORDINALITY AS sent(n, i)",
        "INSERT INTO licences (id, number, request_id, person_id, kind, state, issued_at, valid)
         SELECT md5('l' || n)::uuid, n, md5('q' || n)::uuid, md5(n)::uuid, 'practitioner', 'active', now(),
             daterange(current_date - 10, current_date + 20) FROM unnest($1::text[]) n",
        "ANALYZE",
    ] {
        let mut query = sqlx::query(statement);
        if statement.contains("$1") {
            query = query.bind(&numbers);
        }
        query.execute(&app.owner).await.unwrap();
    }
    numbers
}

/// A list as long as may be: licences, and every tenth number unknown.
async fn longest(app: &TestApp) -> Uuid {
    let mut numbers = register(app, MOST_ROWS / 10 * 9).await;
    numbers.extend((0..MOST_ROWS / 10).map(|_| unknown().digits().to_owned()));
    taken(app, "file", numbers.join("\n").as_bytes()).await
}

async fn answers(app: &TestApp, check: Uuid) -> String {
    sqlx::query_scalar(ANSWERS).bind(check).fetch_one(&app.pool).await.unwrap()
}

#[tokio::test]
async fn ten_thousand_numbers_are_answered_in_moments() {
    let app = TestApp::start().await;
    let sending = Instant::now();
    let check = longest(&app).await;
    let sent = sending.elapsed();
    let answering = Instant::now();
    work_off(&app.state, check).await.unwrap();
    let took = answering.elapsed();
    let showing = Instant::now();
    let first = view(&app, check, "").await;
    let shown = showing.elapsed();
    println!("10,000 numbers: register and list written in {sent:?}, answered in {took:?}, first page in {shown:?}");
    assert_eq!(first.counts, [(RowState::Was(LicenceStatus::Valid), 9_000), (RowState::NotFound, 1_000)]);
    assert_eq!((first.rows.len(), first.next), (100, Some(100)));
    let second = view(&app, check, "&after=100").await;
    assert_eq!(second.rows[0].line, 101);
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[tokio::test]
async fn a_run_that_is_killed_is_taken_up_where_it_was_and_gives_the_same() {
    let app = TestApp::start().await;
    let check = longest(&app).await;
    assert!(answer_piece(&app.state, check).await.unwrap());
    assert_eq!(count(&app, WAITING).await, 9_000);
    assert_eq!(view(&app, check, "").await.waiting(), 9_000);
    let (_, page) = app.get(&format!("/verify/bulk/{check}"), None).await;
    assert!(page.contains("value=\"1000\"") && page.contains("1000 من 10000"), "{page}");
    // Killed with a piece written and not committed.
    let mut tx = database::begin_as(&app.pool, None).await.unwrap();
    let piece = store::piece(&mut tx, check, 1_000).await.unwrap();
    let numbers: Vec<&str> = piece.iter().map(|(_, number)| number.as_str()).collect();
    let found = look_up_all(&mut tx, &numbers, app.clock.now()).await.unwrap();
    let rows: Vec<_> = piece.iter().map(|(line, number)| (*line, found.get(number))).collect();
    store::answer(&mut tx, check, &rows, app.clock.now()).await.unwrap();
    drop(tx);
    work_off(&app.state, check).await.unwrap();
    let first = answers(&app, check).await;
    assert_eq!(count(&app, WAITING).await, 0);
    // A piece that is written a second time, by a run thought dead, changes nothing.
    let mut connection = app.pool.acquire().await.unwrap();
    let none: Vec<_> = piece.iter().map(|(line, _)| (*line, None)).collect();
    store::answer(&mut connection, check, &none, app.clock.now()).await.unwrap();
    drop(connection);
    work_off(&app.state, check).await.unwrap();
    assert_eq!(answers(&app, check).await, first);
}

#[tokio::test]
async fn the_queue_answers_it_also_after_its_server_stopped_half_way() {
    let app = TestApp::start().await;
    let check = longest(&app).await;
    // The queue goes by the database's clock.
    sqlx::query("UPDATE graphile_worker._private_jobs SET run_at = now()").execute(&app.owner).await.unwrap();
    let until = async |most: i64| {
        while count(&app, WAITING).await > most {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let run = async |most: i64| {
        let running = jobs::run(app.state.clone(), crate::cli::tasks, until(most));
        tokio::time::timeout(Duration::from_secs(90), running).await.expect("the job answers what waits");
    };
    run(9_999).await;
    let left = count(&app, WAITING).await;
    // Whoever had it gives no sign of life any more.
    sqlx::query("UPDATE graphile_worker._private_workers SET last_heartbeat_at = now() - interval '1 hour'")
        .execute(&app.owner)
        .await
        .unwrap();
    run(0).await;
    println!("stopped with {left} rows left, then answered");
    assert_eq!(
        view(&app, check, "").await.counts,
        [(RowState::Was(LicenceStatus::Valid), 9_000), (RowState::NotFound, 1_000)]
    );
}

#[tokio::test]
async fn two_runs_at_once_answer_each_row_once() {
    let app = TestApp::start().await;
    let check = longest(&app).await;
    for done in together((0..3).map(|_| work_off(&app.state, check))).await {
        done.unwrap();
    }
    assert_eq!(count(&app, WAITING).await, 0);
    assert_eq!(
        view(&app, check, "").await.counts,
        [(RowState::Was(LicenceStatus::Valid), 9_000), (RowState::NotFound, 1_000)]
    );
}

#[tokio::test]
async fn a_run_waits_for_what_another_holds_in_case_that_one_is_killed() {
    let app = TestApp::start().await;
    let check = taken(&app, "numbers", unknown().digits().as_bytes()).await;
    let mut other = database::begin_as(&app.pool, None).await.unwrap();
    assert_eq!(store::piece(&mut other, check, 10).await.unwrap().len(), 1);
    let kill = async {
        let blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted
             AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())";
        while count(&app, blocked).await == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drop(other);
    };
    let (done, ()) = tokio::join!(work_off(&app.state, check), kill);
    done.unwrap();
    assert_eq!(states(&view(&app, check, "").await), [RowState::NotFound]);
}

#[tokio::test]
async fn the_database_keeps_answers_their_beginning_and_the_length_of_lists() {
    let app = TestApp::start().await;
    let check = answered(&app, &[valid(&app).await.digits(), "12"]).await;
    let refusal = async |statement: &'static str| {
        let error = sqlx::query(statement).bind(check).execute(&app.pool).await.unwrap_err();
        let error = error.as_database_error().unwrap();
        error.constraint().unwrap_or(error.message()).to_owned()
    };
    for statement in [
        "UPDATE bulk_rows SET state = 'revoked' WHERE check_id = $1 AND state = 'valid'",
        "UPDATE bulk_rows SET state = 'waiting', answered_at = NULL WHERE check_id = $1 AND state = 'valid'",
        "UPDATE bulk_rows SET state = 'not_found' WHERE check_id = $1 AND state = 'malformed'",
    ] {
        assert_eq!(refusal(statement).await, "bulk_rows_append_only", "{statement}");
    }
    for statement in
        ["UPDATE bulk_rows SET number = NULL WHERE check_id = $1", "DELETE FROM bulk_rows WHERE check_id = $1"]
    {
        assert!(refusal(statement).await.contains("permission denied"), "{statement}");
    }
    for answered in [
        "INSERT INTO bulk_rows (check_id, line, number, state, answered_at) VALUES ($1, 3, '4821093755162049', 'not_found', now())",
        "INSERT INTO bulk_rows (check_id, line, number, state, kind, valid_from, valid_until, answered_at)
         VALUES ($1, 3, '4821093755162049', 'valid', 'practitioner', current_date, current_date + 1, now())",
        "INSERT INTO bulk_rows SELECT check_id, 3, number, typed, problem, state, kind, valid_from, valid_until, answered_at
         FROM bulk_rows WHERE check_id = $1 AND state = 'valid'",
    ] {
        assert_eq!(refusal(answered).await, "bulk_rows_begin", "{answered}");
    }
    let more = "INSERT INTO bulk_rows (check_id, line, number, state)
         SELECT $1, n, '4821093755162049', 'waiting' FROM generate_series(3, 10001) n";
    assert_eq!(refusal(more).await, "bulk_rows_most");
}
