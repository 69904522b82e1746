//! A database a test: copied from a template that is migrated once a build, dropped by the next run.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, PgPool};
use tokio::sync::OnceCell;

use crate::server::{database, jobs};

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

fn owner_options() -> PgConnectOptions {
    std::env::var("DATABASE_OWNER_URL").expect("DATABASE_OWNER_URL names the owner's database").parse().unwrap()
}

fn app_options() -> PgConnectOptions {
    std::env::var("DATABASE_URL").expect("DATABASE_URL names the application's database").parse().unwrap()
}

async fn owner_connection() -> PgConnection {
    PgConnection::connect_with(&owner_options()).await.unwrap()
}

/// The template of this run, made at its first use; leftovers of runs that have ended are dropped.
async fn template() -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let mut connection = owner_connection().await;
            // A test that runs others leaves what is there to the next run: dropping waits for all that was written.
            if std::env::var_os("TEST_WITHIN").is_none() {
                drop_leftovers(&mut connection).await;
            }
            let name = format!("rukhsa_test_{}_template", std::process::id());
            create(&mut connection, &name, "template0").await;
            let pool =
                PgPoolOptions::new().max_connections(1).connect_with(owner_options().database(&name)).await.unwrap();
            database::MIGRATOR.run(&pool).await.unwrap();
            jobs::migrate(&pool).await.unwrap();
            pool.close().await;
            name
        })
        .await
}

async fn drop_leftovers(connection: &mut PgConnection) {
    let names: Vec<String> =
        sqlx::query_scalar("SELECT datname FROM pg_database WHERE datname LIKE 'rukhsa\\_test\\_%'")
            .fetch_all(&mut *connection)
            .await
            .unwrap();
    for name in names {
        let pid = name.split('_').nth(2).unwrap_or_default();
        if !std::path::Path::new(&format!("/proc/{pid}")).exists() {
            // Another run may be dropping it too.
            let _ = connection.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).await;
        }
    }
}

async fn create(connection: &mut PgConnection, name: &str, template: &str) {
    connection
        .execute(sqlx::AssertSqlSafe(format!(
            "CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )))
        .await
        .unwrap();
}

/// A new database: the application's pool and the owner's.
pub async fn new() -> (PgPool, PgPool) {
    let template = template().await;
    let name = format!("rukhsa_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    create(&mut owner_connection().await, &name, template).await;
    // What is written here outlives no crash of Postgres, and needs not wait for the disk.
    let pool = database::pool_with(app_options().database(&name).options([("synchronous_commit", "off")]));
    let owner = PgPoolOptions::new().max_connections(2).connect_with(owner_options().database(&name)).await.unwrap();
    (pool, owner)
}
