//! What a test belongs to: an enrolment in a programme, or a licence that is to be renewed.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

/// What a test belongs to, by its id. Paths and forms name either by the id alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Enrolment(Uuid),
    Renewal(Uuid),
}

impl Subject {
    pub fn id(self) -> Uuid {
        match self {
            Self::Enrolment(id) | Self::Renewal(id) => id,
        }
    }

    /// As the two columns of an attempt: the enrolment, and the licence it renews.
    pub fn columns(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Enrolment(id) => (Some(id), None),
            Self::Renewal(id) => (None, Some(id)),
        }
    }

    /// Locks its row.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn lock(self, connection: &mut PgConnection) -> Result<(), AppError> {
        match self {
            Self::Enrolment(id) => {
                sqlx::query!("SELECT FROM enrolments WHERE id = $1 FOR UPDATE", id).execute(connection).await?;
            }
            // Those who point at the licence need not wait.
            Self::Renewal(id) => {
                sqlx::query!("SELECT FROM licences WHERE id = $1 FOR NO KEY UPDATE", id).execute(connection).await?;
            }
        }
        Ok(())
    }
}
