//! Asking for a renewal: a request like any other that names the licence it renews.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::Standing;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceKind;
use crate::server::database::{OnConstraint, internal};

/// How often a number that exists is drawn anew before something must be wrong with the random source.
const DRAWS: usize = 20;

/// The open request of a kind.
pub struct OpenRequest {
    pub number: String,
    /// Whether it renews the licence asked about.
    pub renews_it: bool,
}

/// A person's open request of a kind, and whether it renews a licence.
///
/// # Errors
/// When the database is away.
pub async fn open_request(
    connection: &mut PgConnection,
    person: Uuid,
    kind: LicenceKind,
    licence: Uuid,
) -> Result<Option<OpenRequest>, AppError> {
    Ok(sqlx::query_as!(
        OpenRequest,
        r#"SELECT number, coalesce(renews IN (SELECT versions_of($3)), false) AS "renews_it!" FROM licence_requests
         WHERE person_id = $1 AND kind = $2 AND state IN ('draft', 'submitted', 'in_review', 'returned', 'appealed')"#,
        person,
        kind.code(),
        licence
    )
    .fetch_optional(connection)
    .await?)
}

/// Submits the renewal of a licence and returns its number and `true`; or, where one is open, that one's and `false`.
/// `numbers` draws ten random digits.
///
/// # Errors
/// What the register refuses: [`Problem::RequestExists`] for another open request of the kind, and the problems of
/// [`crate::renewal::model::Refusal`].
pub async fn submit(
    connection: &mut PgConnection,
    person: Uuid,
    licence: &Standing,
    mut numbers: impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<(String, bool), AppError> {
    for _ in 0..DRAWS {
        let number = sqlx::query_scalar!(
            "WITH submitted AS (
                 INSERT INTO licence_requests (number, person_id, kind, organisation_id, renews, state, created_at,
                     submitted_at, answer_by)
                 VALUES ($1, $2, $3, $4, $5, 'submitted', $6, $6,
                     $6::timestamptz + make_interval(days => setting('review_days', $3, $6)))
                 ON CONFLICT DO NOTHING RETURNING id, number
             ), noted AS (
                 INSERT INTO audit_entries (at, actor_id, action, subject_id)
                 SELECT $6, $2, 'renewal_submitted', id FROM submitted)
             SELECT number FROM submitted",
            numbers(),
            person,
            licence.kind.code(),
            licence.organisation,
            licence.id,
            now
        )
        .fetch_optional(&mut *connection)
        .await
        .on_constraint(&[
            ("licence_requests_renews_own", Problem::NotRenewable),
            ("licence_requests_renewal_final", Problem::NotRenewable),
            ("licence_requests_renewal_renewed", Problem::RenewedAlready),
            ("licence_requests_renewal_ended", Problem::RenewalTooLate),
            ("licence_requests_renewal_suspended", Problem::RenewalSuspended),
            ("licence_requests_renewal_early", Problem::RenewalTooEarly),
            ("licence_requests_renewal_module", Problem::PrerequisitesMissing),
            // Closed or merged at this very moment.
            ("person_is_open", Problem::NoLongerPossible),
        ])?;
        if let Some(number) = number {
            return Ok((number, true));
        }
        match open_request(connection, person, licence.kind, licence.id).await? {
            Some(open) if open.renews_it => return Ok((open.number, false)),
            Some(_) => return Problem::RequestExists.refused(),
            None => {}
        }
    }
    Err(internal(&"no free request number was drawn"))
}

/// What a request renews: id, number and days after which it begins, of the licence as it was asked for. `None` for an
/// ordinary one.
///
/// # Errors
/// When the database is away.
pub async fn renewed_by_request(
    connection: &mut PgConnection,
    number: &str,
) -> Result<Option<(Uuid, String, Date)>, AppError> {
    let row = sqlx::query!(
        r#"SELECT l.id, l.number, upper(l.valid) AS "until!" FROM licence_requests q JOIN licences l ON l.id = q.renews
         WHERE q.number = $1"#,
        number
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.number, row.until.previous_day().unwrap_or(row.until))))
}
