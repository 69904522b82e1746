//! A write that was acknowledged is there, whoever hung up before it.

use std::time::Duration;

use sqlx::PgPool;

use super::form;
use super::probes::{BEGUN, RELEASED};
use crate::server::database;
use crate::testing::{TestApp, scale};

async fn count(pool: &PgPool, act: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM rate_counters WHERE act = $1").bind(act).fetch_one(pool).await.unwrap()
}

/// A transaction given up at whatever point it has reached.
async fn give_up(pool: PgPool, after: Duration) {
    let _ = tokio::time::timeout(after, async {
        let mut tx = database::begin_as(&pool, None).await?;
        sqlx::query("INSERT INTO rate_counters (act, who, window_start, count) VALUES ('dropped', $1, now(), 1)")
            .bind(crate::server::keys::random_bytes::<8>().as_slice())
            .execute(&mut *tx)
            .await?;
        tx.rollback().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn futures_dropped_while_they_begin_poison_no_connection() {
    let app = TestApp::start().await;
    for round in 0..u32::try_from(scale(3, 30)).unwrap() {
        let given_up = (0..200u32).map(|turn| {
            tokio::spawn(give_up(app.pool.clone(), Duration::from_micros(u64::from((turn * 37 + round * 11) % 4000))))
        });
        for task in given_up.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        // One write on each connection of the pool, all held at once so that none is asked twice.
        let mut held = Vec::new();
        for _ in 0..app.pool.options().get_max_connections() {
            held.push(app.pool.acquire().await.unwrap());
        }
        for (place, connection) in (0u32..).zip(&mut held) {
            sqlx::query("INSERT INTO rate_counters (act, who, window_start, count) VALUES ('kept', $1, now(), 1)")
                .bind((round * 1000 + place).to_be_bytes().as_slice())
                .execute(&mut **connection)
                .await
                .unwrap();
        }
        let written = i64::try_from(held.len()).unwrap() * i64::from(round + 1);
        // Asked as the owner, on a connection of its own: an open transaction would hide what it wrote.
        assert_eq!(count(&app.owner, "kept").await, written);
    }
    assert_eq!(count(&app.owner, "dropped").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_goes_on_when_its_client_hangs_up() {
    let app = TestApp::start().await;
    let asked = tokio::spawn(tower::ServiceExt::oneshot(app.router.clone(), form("/api/test/slow_write", "")));
    BEGUN.acquire().await.unwrap().forget();
    asked.abort();
    assert!(asked.await.unwrap_err().is_cancelled());
    RELEASED.add_permits(1);
    let written = async {
        while count(&app.owner, "slow").await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), written).await.expect("the write was finished");
}
