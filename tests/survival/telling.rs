//! Messages: one for every commit and none without, wherever the server is killed.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::database::{Database, PATIENCE, until_none};
use super::gateway::Gateway;
use super::server::Server;
use super::visitor::{Visitor, client};
use super::{HALVES, VISITORS};

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
