//! `kill -9` of the server itself, as a process, and of Postgres: what was acknowledged is there afterwards, nothing is
//! there by half, and what was under way is taken up again.

mod database;
mod gateway;
mod lists;
mod postgres;
mod renewals;
mod server;
mod telling;
mod visitor;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};

use database::{Database, PATIENCE, until_none};
use gateway::Gateway;
use postgres::Postgres;
use server::Server;
use visitor::{Acknowledged, Visitor, client};

/// Visitors who write at the same time, so that a kill always finds writes under way.
const VISITORS: usize = 12;

/// Rows that are there without what belongs to them: each query counts some.
const HALVES: &[(&str, &str)] = &[
    (
        "askings for a code and the messages that carry it",
        "SELECT count(*) FROM code_attempts a
         FULL JOIN messages m ON m.created_at = a.created_at AND m.useful_until = a.expires_at
         WHERE a.id IS NULL OR m.id IS NULL",
    ),
    (
        "messages and how they travel",
        "SELECT count(*) FROM messages m FULL JOIN deliveries d ON d.message_id = m.id
         WHERE m.id IS NULL OR d.id IS NULL",
    ),
    (
        "deliveries to be sent and the jobs that send them",
        "SELECT count(*) FROM (SELECT id FROM deliveries WHERE state IN ('queued', 'failed')) d
         FULL JOIN (SELECT payload ->> 'id' AS id FROM graphile_worker._private_jobs j
             JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'send_message') j
             ON j.id = d.id::text
         WHERE d.id IS NULL AND NOT EXISTS (SELECT FROM deliveries WHERE id::text = j.id) OR j.id IS NULL",
    ),
    (
        "people and their accounts",
        "SELECT count(*) FROM persons p FULL JOIN accounts a ON a.person_id = p.id WHERE p.id IS NULL OR a.id IS NULL",
    ),
    (
        "accounts and the sign-in that made them",
        "SELECT count(*) FROM accounts a FULL JOIN sign_in_sessions s ON s.account_id = a.id
         WHERE a.id IS NULL OR s.id IS NULL",
    ),
    (
        "codes used up and the sign-ins they gave",
        "SELECT abs((SELECT count(*) FROM code_attempts WHERE used_at IS NOT NULL)
             - (SELECT count(*) FROM sign_in_sessions))",
    ),
];

/// Lets visitors write until so many writes were acknowledged, and kills what they write to among them. Returns what
/// was acknowledged, and adds the requests that were left undone.
async fn kill_amid_writes(
    address: SocketAddr,
    kill: impl FnOnce(),
    enough: usize,
    visitors: &AtomicU32,
    cut: &AtomicU32,
) -> Vec<Acknowledged> {
    let (note, mut noted) = mpsc::unbounded_channel();
    let (acknowledged, killed) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicBool::new(false)));
    let writing: Vec<_> = (0..VISITORS)
        .map(|_| {
            let (note, acknowledged, killed) = (note.clone(), Arc::clone(&acknowledged), Arc::clone(&killed));
            let first = visitors.fetch_add(10_000, Ordering::Relaxed);
            tokio::spawn(async move {
                let client = client();
                for serial in (first..).take_while(|_| !killed.load(Ordering::Relaxed)) {
                    let visitor = Visitor::new(&client, address, serial);
                    let ended = visitor.signs_in(|one| {
                        note.send(one).unwrap();
                        acknowledged.add_permits(1);
                    });
                    if let Err(cut) = ended.await {
                        return cut.under_way;
                    }
                }
                false
            })
        })
        .collect();
    drop(note);
    let waited = acknowledged.acquire_many(u32::try_from(enough).unwrap());
    tokio::time::timeout(PATIENCE, waited).await.expect("writes are acknowledged").unwrap().forget();
    kill();
    killed.store(true, Ordering::Relaxed);
    for visitor in writing {
        cut.fetch_add(u32::from(visitor.await.unwrap()), Ordering::Relaxed);
    }
    let mut all = Vec::new();
    while let Some(one) = noted.recv().await {
        all.push(one);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_and_nothing_is_there_by_half() {
    let database = Database::new().await;
    let (visitors, cut) = (AtomicU32::new(0), AtomicU32::new(0));
    let mut acknowledged = Vec::new();
    for enough in [1, 20, 55, 90] {
        let server = Server::start(&database, &[]).await;
        let address = server.address;
        acknowledged.extend(kill_amid_writes(address, || server.kill(), enough, &visitors, &cut).await);
        nothing_is_there_by_half(&database).await;
    }
    assert!(cut.load(Ordering::Relaxed) > 0, "no kill came among writes");

    let server = Server::start(&database, &[]).await;
    all_is_there(&acknowledged, &database, server.address).await;
    until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE state <> 'sent'").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_the_end_of_postgres() {
    let postgres = Postgres::start();
    let database = Database::on(postgres.owner(), postgres.application()).await;
    let (visitors, cut) = (AtomicU32::new(0), AtomicU32::new(0));
    let mut acknowledged = Vec::new();
    let server = Server::start(&database, &[]).await;
    for enough in [1, 20, 55] {
        let kill = || postgres.killed_and_started();
        acknowledged.extend(kill_amid_writes(server.address, kill, enough, &visitors, &cut).await);
        // The same server, by itself.
        assert!(server.is_ready_within(Duration::from_secs(10)).await);
        nothing_is_there_by_half(&database).await;
    }
    assert!(cut.load(Ordering::Relaxed) > 0, "no kill came among writes");
    all_is_there(&acknowledged, &database, server.address).await;
    until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE state <> 'sent'").await;
}

async fn nothing_is_there_by_half(database: &Database) {
    for (what, query) in HALVES {
        let halves: i64 = sqlx::query_scalar(*query).fetch_one(&database.pool).await.unwrap();
        assert_eq!(halves, 0, "{what}");
    }
}

/// Everything acknowledged is in the database, and the server at this address knows it.
async fn all_is_there(acknowledged: &[Acknowledged], database: &Database, address: SocketAddr) {
    for one in acknowledged {
        match one {
            Acknowledged::Asked(attempt) => {
                let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM code_attempts WHERE id = $1::uuid)")
                    .bind(attempt)
                    .fetch_one(&database.pool)
                    .await
                    .unwrap();
                assert!(there, "the asking {attempt} is gone");
            }
            Acknowledged::SignedIn(visitor, cookie) => {
                assert!(visitor.at(address).is_signed_in(cookie).await, "a sign-in is gone");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_under_way_is_sent_by_the_next_server() {
    let database = Database::new().await;
    let gateway = Gateway::open().await;
    let sms = [("RUKHSA_SMS_URL", gateway.url.as_str()), ("RUKHSA_SMS_TOKEN", "token")];
    let server = Server::start(&database, &sms).await;
    Visitor::new(&client(), server.address, 0).asks().await.unwrap();
    let first = gateway.takes().await;
    // The gateway has the message, and the server waits for its answer.
    server.kill();
    drop(first);

    let _next = Server::start(&database, &sms).await;
    let again = tokio::time::timeout(PATIENCE, gateway.takes()).await.expect("the message comes again");
    again.answer().await;
    until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE state <> 'sent'").await;
    until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE failures > 0").await;
}
