//! Endpoints: opened, listed, given other secrets, closed.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::REFUSALS;
use crate::access::Role;
use crate::administration::store::audit;
use crate::error::{AppError, Problem};
use crate::organisations::model::EndpointLine;
use crate::server::database::OnConstraint;
use crate::server::keys::{Keys, Purpose};

/// Opens an endpoint of an organisation; its id.
///
/// # Errors
/// [`AppError::NotFound`] for no organisation; [`Problem::EndpointOpen`] for one that is open already;
/// [`Problem::NoLongerPossible`] for an organisation that is not approved, and when who opens it is an administrator no more.
pub async fn open(
    connection: &mut PgConnection,
    keys: &Keys,
    (organisation, url, secret): (Uuid, &str, &str),
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    sqlx::query_scalar!("SELECT id FROM organisations WHERE id = $1", organisation).fetch_one(&mut *connection).await?;
    let id = sqlx::query_scalar!(
        "INSERT INTO webhook_endpoints (organisation_id, url, secret_sealed, opened_by, opened_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
        organisation,
        url,
        keys.seal(Purpose::WebhookSecret, secret),
        by,
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    note(connection, by, "webhook_opened", organisation, id, now).await?;
    Ok(id)
}

/// Closes an endpoint: what is still to be sent to it is not. The organisation whose it was.
///
/// # Errors
/// [`AppError::NotFound`] for none; [`Problem::NoLongerPossible`] for one that was closed before, and when who closes it is an
/// administrator no more.
pub async fn close(
    connection: &mut PgConnection,
    endpoint: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let (organisation, _) = one(&mut *connection, endpoint, now).await?;
    let closed = sqlx::query!(
        "UPDATE webhook_endpoints SET closed_at = $3, closed_by = $2 WHERE id = $1 AND closed_at IS NULL",
        endpoint,
        by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    if closed.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    note(connection, by, "webhook_closed", organisation, endpoint, now).await?;
    Ok(organisation)
}

/// Gives an endpoint another secret; the one before signs too for 24 hours, which the database sees to. `rotations` is how
/// many went before the one that is replaced, so that of two who replace it at once one does. The organisation whose it is.
///
/// # Errors
/// [`AppError::NotFound`] for none; [`Problem::NoLongerPossible`] for a closed one, one whose secret was replaced meanwhile,
/// one of an organisation that is not approved, and when who replaces it is an administrator no more.
pub async fn rotate(
    connection: &mut PgConnection,
    keys: &Keys,
    (endpoint, rotations, secret): (Uuid, i32, &str),
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let (organisation, _) = one(&mut *connection, endpoint, now).await?;
    let rotated = sqlx::query!(
        "UPDATE webhook_endpoints
         SET secret_sealed = $3, rotations = rotations + 1, rotated_by = $4, rotated_at = $5
         WHERE id = $1 AND rotations = $2 AND closed_at IS NULL",
        endpoint,
        rotations,
        keys.seal(Purpose::WebhookSecret, secret),
        by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    if rotated.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    note(connection, by, "webhook_secret_rotated", organisation, endpoint, now).await?;
    Ok(organisation)
}

/// Drops the secrets that sign no more.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM webhook_old_secrets WHERE ends_at <= $1", now).execute(connection).await?;
    Ok(())
}

/// Notes what was done to an endpoint, or to a delivery, of an organisation.
pub(super) async fn note(
    connection: &mut PgConnection,
    by: Uuid,
    action: &str,
    organisation: Uuid,
    what: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let what = what.to_string();
    audit::note(connection, by, Role::Administrator, action, Some(organisation), Some(&what), now).await
}

/// Endpoints shown of an organisation: more than anybody has.
const MOST: i64 = 100;

/// The endpoints of an organisation: the open ones first, then the newest.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    organisation: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<EndpointLine>, AppError> {
    Ok(sqlx::query_as!(
        EndpointLine,
        "SELECT e.id, e.url, e.opened_at, e.closed_at, e.rotations, e.rotated_at,
             (SELECT max(s.ends_at) FROM webhook_old_secrets s WHERE s.endpoint_id = e.id AND s.ends_at > $3)
                 AS old_signs_until
         FROM webhook_endpoints e WHERE e.organisation_id = $1
         ORDER BY e.closed_at IS NOT NULL, e.opened_at DESC, e.id LIMIT $2",
        organisation,
        MOST,
        now
    )
    .fetch_all(connection)
    .await?)
}

/// An endpoint, and the organisation whose it is.
///
/// # Errors
/// [`AppError::NotFound`]
pub async fn one(
    connection: &mut PgConnection,
    endpoint: Uuid,
    now: OffsetDateTime,
) -> Result<(Uuid, EndpointLine), AppError> {
    let row = sqlx::query!(
        "SELECT e.organisation_id, e.url, e.opened_at, e.closed_at, e.rotations, e.rotated_at,
             (SELECT max(s.ends_at) FROM webhook_old_secrets s WHERE s.endpoint_id = e.id AND s.ends_at > $2)
                 AS old_signs_until
         FROM webhook_endpoints e WHERE e.id = $1",
        endpoint,
        now
    )
    .fetch_one(connection)
    .await?;
    let line = EndpointLine {
        id: endpoint,
        url: row.url,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        rotations: row.rotations,
        rotated_at: row.rotated_at,
        old_signs_until: row.old_signs_until,
    };
    Ok((row.organisation_id, line))
}
