//! `kill -9` of the server itself, as a process: what it had acknowledged is there afterwards, nothing is there by half,
//! and what was under way is taken up again.

mod database;
mod gateway;
mod server;
mod visitor;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::{Semaphore, mpsc};

use database::{Database, PATIENCE, until_none};
use gateway::Gateway;
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

/// Lets visitors write until so many writes were acknowledged, and kills the server among them. Returns what was
/// acknowledged, and adds the requests that were left without an answer.
async fn kill_amid_writes(server: Server, enough: usize, visitors: &AtomicU32, cut: &AtomicU32) -> Vec<Acknowledged> {
    let (note, mut noted) = mpsc::unbounded_channel();
    let acknowledged = Arc::new(Semaphore::new(0));
    let writing: Vec<_> = (0..VISITORS)
        .map(|_| {
            let (note, acknowledged) = (note.clone(), Arc::clone(&acknowledged));
            let (address, first) = (server.address, visitors.fetch_add(10_000, Ordering::Relaxed));
            tokio::spawn(async move {
                let client = client();
                for serial in first.. {
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
    server.kill();
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
        acknowledged.extend(kill_amid_writes(server, enough, &visitors, &cut).await);
        for (what, query) in HALVES {
            let halves: i64 = sqlx::query_scalar(*query).fetch_one(&database.pool).await.unwrap();
            assert_eq!(halves, 0, "{what}");
        }
    }
    assert!(cut.load(Ordering::Relaxed) > 0, "no kill came among writes");

    let server = Server::start(&database, &[]).await;
    for one in &acknowledged {
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
                assert!(visitor.at(server.address).is_signed_in(cookie).await, "a sign-in is gone");
            }
        }
    }
    until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE state <> 'sent'").await;
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

/// How often the server is killed: ten times, a hundred where `TEST_SCALE` is 100.
fn kills() -> u32 {
    let percent = std::env::var("TEST_SCALE").ok().and_then(|percent| percent.parse::<u32>().ok());
    percent.unwrap_or_default().clamp(10, 100)
}

/// Somebody new asks for a code; returns the id of the asking.
async fn asks(server: SocketAddr, visitors: &AtomicU32) -> String {
    Visitor::new(&client(), server, visitors.fetch_add(1, Ordering::Relaxed)).asks().await.unwrap()
}

/// Kills the server behind a gateway that never answers, so that wherever it is killed after a commit it is before the
/// message was sent. Returns what was acknowledged, and adds the requests that were left without an answer.
async fn kill_before_sending(
    database: &Database,
    kill: u32,
    visitors: &Arc<AtomicU32>,
    cut: &mut usize,
) -> Vec<String> {
    let silent = Gateway::open().await;
    let sms = [("RUKHSA_SMS_URL", silent.url.as_str()), ("RUKHSA_SMS_TOKEN", "token")];
    let server = Server::start(database, &sms).await;
    match kill % 3 {
        // Once the gateway has a message and the server waits for its answer.
        0 => {
            let (asked, taken) = tokio::join!(asks(server.address, visitors), silent.takes());
            server.kill();
            drop(taken);
            vec![asked]
        }
        // As soon as a commit is acknowledged.
        1 => {
            let asked = asks(server.address, visitors).await;
            server.kill();
            vec![asked]
        }
        // Among many, some of which are committed, some not yet.
        _ => {
            let others: Vec<_> = (0..VISITORS)
                .map(|_| {
                    let (address, visitors) = (server.address, Arc::clone(visitors));
                    let serial = visitors.fetch_add(1, Ordering::Relaxed);
                    tokio::spawn(async move { Visitor::new(&client(), address, serial).asks().await })
                })
                .collect();
            let mut asked = vec![asks(server.address, visitors).await];
            server.kill();
            for other in others {
                match other.await.unwrap() {
                    Ok(attempt) => asked.push(attempt),
                    Err(ended) => *cut += usize::from(ended.under_way),
                }
            }
            asked
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_a_message_for_every_commit_and_none_without() {
    let database = Database::new().await;
    let (visitors, mut cut) = (Arc::new(AtomicU32::new(0)), 0);
    let mut asked = BTreeSet::new();
    for kill in 0..kills() {
        asked.extend(kill_before_sending(&database, kill, &visitors, &mut cut).await);
        for (what, query) in HALVES {
            let halves: i64 = sqlx::query_scalar(*query).fetch_one(&database.pool).await.unwrap();
            assert_eq!(halves, 0, "{what} after kill {kill}");
        }
        // A code is of use for five minutes, and so many kills take longer.
        for statement in [
            "UPDATE code_attempts SET expires_at = created_at + interval '1 day'",
            "UPDATE messages SET useful_until = created_at + interval '1 day'",
        ] {
            sqlx::query(statement).execute(&database.pool).await.unwrap();
        }
    }
    let committed: Vec<String> =
        sqlx::query_scalar("SELECT id::text FROM code_attempts").fetch_all(&database.pool).await.unwrap();
    assert!(asked.iter().all(|one| committed.contains(one)), "what was acknowledged is there");
    assert!(committed.len() <= asked.len() + cut, "{} of {} and {cut}", committed.len(), asked.len());

    // A gateway that answers: each message arrives, once.
    let gateway = Gateway::open().await;
    let sms = [("RUKHSA_SMS_URL", gateway.url.as_str()), ("RUKHSA_SMS_TOKEN", "token")];
    // Who was not answered for ten seconds waits for a while; the test does not.
    sqlx::query("UPDATE graphile_worker._private_jobs SET run_at = now()").execute(&database.pool).await.unwrap();
    let _server = Server::start(&database, &sms).await;
    let mut arrived = Vec::new();
    let all = async {
        while arrived.len() < committed.len() {
            let taken = gateway.takes().await;
            arrived.push(taken.delivery());
            taken.answer().await;
        }
        until_none(&database.pool, "SELECT count(*) FROM deliveries WHERE state <> 'sent'").await;
    };
    tokio::time::timeout(PATIENCE, all).await.expect("every message arrives");
    arrived.sort();
    let sent: Vec<String> =
        sqlx::query_scalar("SELECT id::text FROM deliveries ORDER BY 1").fetch_all(&database.pool).await.unwrap();
    assert_eq!(arrived, sent);
}
