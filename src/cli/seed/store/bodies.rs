//! Organisations and teams of the demonstration set.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::name_key::name_key;
use crate::cli::seed::data;
use crate::error::AppError;

/// An approved organisation.
pub async fn insert_organisation(
    connection: &mut PgConnection,
    organisation: &data::Organisation,
    at: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO organisations (name_ar, name_en, name_key, sector, unified_number, region,
             non_profit_use_declared, approved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        organisation.name_ar,
        organisation.name_en,
        name_key(&organisation.name_ar),
        organisation.sector,
        organisation.unified_number,
        organisation.region,
        organisation.non_profit_use_declared,
        at
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// Somebody's role in an organisation.
pub async fn insert_organisation_role(
    connection: &mut PgConnection,
    organisation: Uuid,
    person: Uuid,
    role: &str,
    since: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO organisation_roles (organisation_id, person_id, role, since) VALUES ($1, $2, $3, $4)",
        organisation,
        person,
        role,
        since
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// An approved team.
pub async fn insert_team(
    connection: &mut PgConnection,
    team: &data::Team,
    organisation: Uuid,
    leader: Uuid,
    deputy: Uuid,
    at: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id,
             deputy_id, approved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        team.code,
        team.name_ar,
        team.name_en,
        name_key(&team.name_ar),
        team.purpose_ar,
        team.purpose_en,
        team.region,
        organisation,
        leader,
        deputy,
        at
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// Somebody's place in a team.
pub async fn insert_membership(
    connection: &mut PgConnection,
    team: Uuid,
    person: Uuid,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("INSERT INTO memberships (team_id, person_id, joined_at) VALUES ($1, $2, $3)", team, person, at)
        .execute(connection)
        .await?;
    Ok(())
}
