//! A database of its own, migrated as in production.

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool};

/// Longer than the jobs of a server that was killed wait for another.
pub const PATIENCE: Duration = Duration::from_secs(90);

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct Database {
    /// As its owner.
    pub pool: PgPool,
    /// As the application.
    pub url: String,
}

fn options(variable: &str) -> PgConnectOptions {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} names a database")).parse().unwrap()
}

impl Database {
    /// A new one in the Postgres of the tests.
    pub async fn new() -> Self {
        let owner = options("DATABASE_OWNER_URL");
        let name = Self::create(&owner).await;
        // It is the server that is killed, not Postgres: no commit needs to wait for the disk.
        execute(&owner, format!("ALTER DATABASE {name} SET synchronous_commit = off")).await;
        Self::migrated(owner.database(&name), options("DATABASE_URL").database(&name)).await
    }

    /// A new one in another Postgres, whose commits wait for the disk.
    pub async fn on(owner: PgConnectOptions, application: PgConnectOptions) -> Self {
        let name = Self::create(&owner).await;
        Self::migrated(owner.database(&name), application.database(&name)).await
    }

    /// By its name the next run of the unit tests knows it as left over, and drops it.
    async fn create(owner: &PgConnectOptions) -> String {
        let name = format!("rukhsa_test_{}_survival_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        execute(owner, format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")).await;
        name
    }

    async fn migrated(owner: PgConnectOptions, application: PgConnectOptions) -> Self {
        let migrated = Command::new(env!("CARGO_BIN_EXE_rukhsa"))
            .arg("migrate")
            .env("DATABASE_OWNER_URL", owner.to_url_lossy().as_str())
            .status()
            .unwrap();
        assert!(migrated.success());
        let pool = PgPoolOptions::new().max_connections(1).connect_with(owner).await.unwrap();
        Self { url: application.to_url_lossy().to_string(), pool }
    }
}

/// Waits until a query counts none.
pub async fn until_none(pool: &PgPool, query: &'static str) {
    let none = async {
        while sqlx::query_scalar::<_, i64>(query).fetch_one(pool).await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, none).await.unwrap_or_else(|_| panic!("still some: {query}"));
}

async fn execute(options: &PgConnectOptions, statement: String) {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
}
