//! Messages: one for every commit and none without, wherever the server is killed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::PgPool;
use tokio::sync::mpsc;

use super::database::{Database, PATIENCE, until_none};
use super::gateway::Gateway;
use super::renewals::officer;
use super::server::Server;
use super::sorts::{Sort, Told};
use super::{HALVES, VISITORS};

/// How often the server is killed: ten times, a hundred where `TEST_SCALE` is 100.
fn kills() -> u32 {
    let percent = std::env::var("TEST_SCALE").ok().and_then(|percent| percent.parse::<u32>().ok());
    percent.unwrap_or_default().clamp(10, 100)
}

/// What happened without its message, and messages of what did not happen: each query counts some.
const UNTOLD: &[(&str, &str)] = &[
    (
        "seats given up and offers",
        "SELECT abs((SELECT count(*) FROM enrolments WHERE state = 'cancelled')
             - (SELECT count(*) FROM enrolments WHERE state = 'offered'))",
    ),
    (
        "offers and their messages",
        "SELECT count(*) FROM (SELECT person_id FROM enrolments WHERE state = 'offered') e
         FULL JOIN (SELECT person_id FROM messages WHERE template = 'seat_offered') m USING (person_id)
         WHERE e.person_id IS NULL OR m.person_id IS NULL",
    ),
    (
        "suspended licences and their messages",
        "SELECT count(*) FROM (SELECT person_id FROM licences WHERE state = 'suspended') l
         FULL JOIN (SELECT person_id FROM messages WHERE template = 'licence_suspended') m USING (person_id)
         WHERE l.person_id IS NULL OR m.person_id IS NULL",
    ),
    (
        "results that were declined and their messages",
        "SELECT count(*) FROM (SELECT e.person_id FROM paper_results r JOIN enrolments e ON e.id = r.enrolment_id
             WHERE r.state = 'declined') r
         FULL JOIN (SELECT person_id FROM messages WHERE template = 'paper_declined') m USING (person_id)
         WHERE r.person_id IS NULL OR m.person_id IS NULL",
    ),
    (
        "renewals and their messages",
        "SELECT count(*) FROM (SELECT l.person_id FROM licences l JOIN licence_requests q ON q.id = l.request_id
             WHERE q.renews IS NOT NULL) l
         FULL JOIN (SELECT person_id FROM messages WHERE template = 'licence_issued') m USING (person_id)
         WHERE l.person_id IS NULL OR m.person_id IS NULL",
    ),
    (
        "messages twice",
        "SELECT count(*) FROM (SELECT FROM messages WHERE person_id IS NOT NULL
             GROUP BY person_id, template HAVING count(*) > 1) m",
    ),
];

/// Kills the server behind a gateway that never answers, so that wherever it is killed after a commit it is before the
/// message was sent.
async fn kill_before_sending(told: &Arc<Told>, kill: u32) {
    let sort = Sort::ALL[usize::try_from(kill).unwrap() % Sort::ALL.len()];
    if sort == Sort::Renewal {
        told.begin_batch().await;
    }
    let silent = Gateway::open().await;
    let sms = [("RUKHSA_SMS_URL", silent.url.as_str()), ("RUKHSA_SMS_TOKEN", "token")];
    let server = Server::start(&told.database, &sms).await;
    let address = server.address;
    match kill % 3 {
        // Once the gateway has a message and the server waits for its answer.
        0 => {
            let ((), taken) = tokio::join!(told.acts(sort, address), silent.takes());
            server.kill();
            drop(taken);
        }
        // As soon as a commit is acknowledged.
        1 => {
            told.acts(sort, address).await;
            server.kill();
        }
        // Among many, some of which are committed, some not yet.
        _ => {
            let many = if sort == Sort::Renewal { 0 } else { VISITORS };
            let others: Vec<_> = (0..many)
                .map(|_| {
                    let told = Arc::clone(told);
                    tokio::spawn(async move { told.act(sort, address).await })
                })
                .collect();
            told.acts(sort, address).await;
            server.kill();
            for other in others {
                other.await.unwrap();
            }
        }
    }
    let pool = &told.database.pool;
    // What it had asked Postgres to commit may be committed after its death.
    until_none(
        pool,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user",
    )
    .await;
    for (what, query) in HALVES[..3].iter().chain(UNTOLD) {
        let halves: i64 = sqlx::query_scalar(*query).fetch_one(pool).await.unwrap();
        assert_eq!(halves, 0, "{what} after kill {kill}, of {sort:?}");
    }
    for statement in [
        // A code is of use for five minutes, and so many kills take longer. Both at once: they are compared.
        "WITH asked AS (UPDATE code_attempts SET expires_at = created_at + interval '1 day')
         UPDATE messages SET useful_until = created_at + interval '1 day' WHERE useful_until IS NOT NULL",
        // The next server need not wait until this one's silence shows that it is dead.
        "UPDATE graphile_worker._private_workers SET last_heartbeat_at = now() - interval '1 hour'",
    ] {
        sqlx::query(statement).execute(pool).await.unwrap();
    }
}

/// Waits until all batches are finished and all deliveries sent, as long as messages go on arriving; which did.
async fn all_arrived(pool: &PgPool, arriving: &mut mpsc::UnboundedReceiver<String>) -> Vec<String> {
    let waiting = "SELECT (SELECT count(*) FROM renewal_batches WHERE finished_at IS NULL)
         + (SELECT count(*) FROM deliveries WHERE state <> 'sent')";
    let (mut arrived, mut last) = (Vec::new(), Instant::now());
    loop {
        let left: i64 = sqlx::query_scalar(waiting).fetch_one(pool).await.unwrap();
        let before = arrived.len();
        while let Ok(one) = arriving.try_recv() {
            arrived.push(one);
        }
        if left == 0 {
            return arrived;
        }
        if arrived.len() > before {
            last = Instant::now();
        }
        assert!(last.elapsed() < PATIENCE, "{left} left, none arrives after {}", arrived.len());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_a_message_for_every_commit_and_none_without() {
    let database = Database::new().await;
    let server = Server::start(&database, &[]).await;
    let (visitor, cookie) = officer(&database, &server, &["reviewer", "administrator"]).await;
    until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE state <> 'sent'").await;
    server.kill();
    let told = Arc::new(Told::prepare(database, visitor, cookie, kills()).await);
    let pool = &told.database.pool;
    let before: Vec<String> = sqlx::query_scalar("SELECT id::text FROM deliveries").fetch_all(pool).await.unwrap();
    for kill in 0..kills() {
        kill_before_sending(&told, kill).await;
    }
    told.all_is_there().await;

    // Who was not answered for ten seconds waits for a while; the test does not.
    let now = "UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at < now() + interval '1 hour'";
    sqlx::query(now).execute(pool).await.unwrap();
    // A gateway that answers: each message arrives, once.
    let gateway = Gateway::open().await;
    let sms = [("RUKHSA_SMS_URL", gateway.url.as_str()), ("RUKHSA_SMS_TOKEN", "token")];
    let _server = Server::start(&told.database, &sms).await;
    let (note, mut arriving) = mpsc::unbounded_channel();
    let answering = tokio::spawn(async move {
        loop {
            let taken = gateway.takes().await;
            note.send(taken.delivery()).unwrap();
            taken.answer().await;
        }
    });
    let mut arrived = all_arrived(pool, &mut arriving).await;
    answering.abort();
    arrived.extend(before);
    arrived.sort();
    let sent: Vec<String> = sqlx::query_scalar("SELECT id::text FROM deliveries WHERE channel = 'sms' ORDER BY 1")
        .fetch_all(pool)
        .await
        .unwrap();
    assert_eq!(arrived, sent);
    for (what, query) in UNTOLD {
        let untold: i64 = sqlx::query_scalar(*query).fetch_one(pool).await.unwrap();
        assert_eq!(untold, 0, "{what} at the end");
    }
    told.all_is_there().await;
}
