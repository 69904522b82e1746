//! The connection pool, transactions that name the person acting, and constraints as problems.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::error::{AppError, Problem};

/// The migrations, in the order of their numbers.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// How long a request waits for a connection. In a rush for one session everybody waits for its row; whoever waits gets
/// an answer, not an error.
const WAIT: Duration = Duration::from_secs(20);

/// Opens a pool that survives what sqlx alone does not: a future dropped inside `begin` may hand its connection back
/// still in a transaction, and later writes on it would be acknowledged and lost. Hence the rollback on every return.
///
/// # Errors
/// When the URL is malformed. The database need not be there yet.
pub fn pool(url: &str) -> Result<PgPool, sqlx::Error> {
    Ok(pool_with(url.parse()?))
}

/// As [`pool`], for options already read.
pub fn pool_with(options: PgConnectOptions) -> PgPool {
    let options = options.application_name("rukhsa").options([
        ("idle_in_transaction_session_timeout", "15s"),
        ("statement_timeout", "20s"),
        ("lock_timeout", "10s"),
        // The rollback below says so each time there was nothing to roll back.
        ("client_min_messages", "error"),
    ]);
    PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(WAIT)
        .test_before_acquire(false)
        .after_release(|connection, _| {
            Box::pin(async move {
                // Outside a transaction this is a warning and no more.
                Ok(connection.execute("ROLLBACK").await.is_ok())
            })
        })
        .connect_lazy_with(options)
}

/// A pool for reading alone, for what anybody may ask: it has no transactions to be left open, so it spares the
/// rollback on every return; Postgres itself refuses a write on it; and a rush for seats does not hold up who verifies.
pub fn readers_with(options: PgConnectOptions) -> PgPool {
    let options = options
        .application_name("rukhsa-readers")
        .options([("default_transaction_read_only", "on"), ("statement_timeout", "20s")]);
    PgPoolOptions::new().max_connections(8).acquire_timeout(WAIT).test_before_acquire(false).connect_lazy_with(options)
}

/// Begins a transaction in which `rukhsa.person` names who acts, for row-level rules in the database.
///
/// # Errors
/// When the database is away.
pub async fn begin_as(pool: &PgPool, person: Option<Uuid>) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    name_person(&mut tx, person).await?;
    Ok(tx)
}

/// As [`begin_as`], on a connection that is held already.
///
/// # Errors
/// When the database is away.
pub async fn begin_on(
    connection: &mut PgConnection,
    person: Option<Uuid>,
) -> Result<Transaction<'_, Postgres>, sqlx::Error> {
    let mut tx = connection.begin().await?;
    name_person(&mut tx, person).await?;
    Ok(tx)
}

async fn name_person(connection: &mut PgConnection, person: Option<Uuid>) -> Result<(), sqlx::Error> {
    let name = person.map(|id| id.to_string()).unwrap_or_default();
    sqlx::query_scalar!("SELECT set_config('rukhsa.person', $1, true)", name).fetch_one(connection).await?;
    Ok(())
}

/// Writes that the database's rules may refuse.
pub trait OnConstraint<T> {
    /// Turns the violation of a named constraint into the problem it means; other errors stay what they are.
    ///
    /// # Errors
    /// [`AppError::Refused`] with the problem, or what the error is otherwise.
    fn on_constraint(self, meanings: &[(&str, Problem)]) -> Result<T, AppError>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, meanings: &[(&str, Problem)]) -> Result<T, AppError> {
        self.map_err(|error| {
            let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
            meanings
                .iter()
                .find(|(name, _)| Some(*name) == constraint)
                .map_or_else(|| AppError::from(error), |(_, problem)| AppError::Refused(*problem))
        })
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed => {
                tracing::warn!(error.kind = "database_away", error.cause = %error);
                Self::Unavailable
            }
            sqlx::Error::Database(refusal) => match refusal.code().as_deref() {
                // Ended by an administrator, by a crash, or still starting: it goes away as a connection does.
                Some("57P01" | "57P02" | "57P03" | "53300") => {
                    tracing::warn!(error.kind = "database_away", error.cause = %refusal);
                    Self::Unavailable
                }
                // A character that no text of Postgres holds: U+0000.
                Some("22021") => Self::Malformed,
                _ => internal(&refusal),
            },
            error => internal(&error),
        }
    }
}

/// Logs a cause that the user must not see, under a reference that they can quote.
pub fn internal(cause: &dyn std::fmt::Display) -> AppError {
    let reference = super::keys::random_digits(8);
    tracing::error!(error.reference = %reference, error.cause = %cause);
    AppError::Internal { reference }
}

/// Asks the database for a sign of life.
///
/// # Errors
/// When it gives none.
pub async fn ping(pool: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!("SELECT 1 AS alive").fetch_one(pool).await.map(drop)
}
