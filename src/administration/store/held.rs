//! Everything that is held on a person, on every record of theirs. Reads tables of every feature; changes none. A test
//! names, for every table and column that leads to a person, what of this it is in, or why it is in none.

mod belongings;
mod licences;
mod person;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::administration::model::{Held, HeldReading, Instant, Reading};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::server::keys::Keys;

/// All of it, opened for its owner; what has a name in two languages in the reader's.
///
/// # Errors
/// When the database is away.
pub async fn everything(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Held, AppError> {
    Ok(Held {
        at: Instant(now),
        profile: person::profile(connection, keys, person, locale).await?,
        merged: person::merged(connection, keys, person, locale).await?,
        sign_ins: person::sign_ins(connection, person).await?,
        factors: person::factors(connection, person).await?,
        guardians: person::guardians(connection, person).await?,
        consents: person::consents(connection, person).await?,
        roles: person::roles(connection, person, locale).await?,
        enrolments: belongings::enrolments(connection, person, locale).await?,
        attempts: belongings::attempts(connection, person, locale).await?,
        papers: belongings::papers(connection, person, locale).await?,
        requests: belongings::requests(connection, person, now).await?,
        licences: licences::licences(connection, person, now).await?,
        messages: belongings::messages(connection, keys, person, locale).await?,
        readings: readings(connection, person).await?,
    })
}

async fn readings(connection: &mut PgConnection, person: Uuid) -> Result<Vec<HeldReading>, AppError> {
    let codes = Reading::ALL.map(|reading| reading.code().to_owned());
    let rows = sqlx::query!(
        r#"SELECT at, coalesce(actor_role, '') AS "role!", action FROM audit_entries
         WHERE subject_id = ANY (ARRAY(SELECT records_of($1))) AND action = ANY ($2) AND actor_id IS DISTINCT FROM $1 ORDER BY at DESC, id DESC"#,
        person,
        &codes
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| HeldReading { at: Instant(row.at), role: row.role, action: row.action }).collect())
}
