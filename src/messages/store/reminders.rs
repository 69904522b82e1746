//! Reminders that a licence is about to end: at 60, 30 and 7 days, each once.

use sqlx::{PgConnection, PgPool};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::tell;
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::messages::templates::Telling;
use crate::server::config::Config;
use crate::server::database::{self, internal};
use crate::ui::number::grouped;

/// Reminders in a transaction at most.
const BATCH: usize = 100;

/// Gives every reminder that is due and was not given, late ones too. Several may do it at once, and it may be killed
/// and begun again: each is given once.
///
/// # Errors
/// When the database is away.
pub async fn remind(pool: &PgPool, config: &Config, now: OffsetDateTime) -> Result<(), AppError> {
    loop {
        let mut tx = database::begin_as(pool, None).await?;
        let due = due(&mut tx, riyadh_day(now)).await?;
        for one in &due {
            if claim(&mut tx, one, now).await? && !one.overtaken {
                give(&mut tx, config, one, now).await?;
            }
        }
        tx.commit().await?;
        // What was due is given by now, here or by somebody who was faster.
        if due.len() < BATCH {
            return Ok(());
        }
    }
}

/// A reminder that is due and was not given.
struct Due {
    licence: Uuid,
    days: i16,
    /// A later one is due as well, and is given in its place.
    overtaken: bool,
    person: Uuid,
    kind: String,
    number: String,
    last_day: Date,
}

/// Some of what is due on a day, in one order, so that two who claim them never wait for each other. A licence that was
/// issued after a reminder's day needs no such reminder, nor does one on a record that was merged or closed: it is not renewed.
async fn due(connection: &mut PgConnection, today: Date) -> Result<Vec<Due>, AppError> {
    Ok(sqlx::query_as!(
        Due,
        r#"WITH ending AS (
               SELECT l.id, l.person_id, l.kind, l.number, upper(l.valid) - 1 AS last_day,
                   (l.issued_at AT TIME ZONE 'Asia/Riyadh')::date AS issued_on
               FROM licences l
               WHERE l.state = 'active' AND upper(l.valid) > $1 AND upper(l.valid) <= $1 + 61
                 AND EXISTS (SELECT FROM persons WHERE id = l.person_id AND merged_into IS NULL AND closed_at IS NULL)
                 AND NOT EXISTS (SELECT FROM licences later
                     WHERE later.person_id = l.person_id AND later.kind = l.kind
                       AND later.organisation_id IS NOT DISTINCT FROM l.organisation_id
                       AND later.state <> 'revoked' AND lower(later.valid) >= upper(l.valid))
           ), due AS (
               SELECT e.*, d.days, row_number() OVER (PARTITION BY e.id ORDER BY d.days) > 1 AS overtaken
               FROM ending e, unnest(ARRAY[60, 30, 7]::smallint[]) AS d(days)
               WHERE e.last_day - $1 <= d.days AND e.last_day - d.days > e.issued_on
           )
           SELECT id AS "licence!", days AS "days!", overtaken AS "overtaken!", person_id AS "person!",
               kind AS "kind!", number AS "number!", last_day AS "last_day!"
           FROM due d
           WHERE NOT EXISTS (SELECT FROM licence_reminders r WHERE r.licence_id = d.id AND r.days = d.days)
           ORDER BY id, days LIMIT $2"#,
        today,
        i64::try_from(BATCH).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?)
}

/// Whether a reminder is ours to give: who notes it first gives it; another waits for them, and finds it there.
async fn claim(connection: &mut PgConnection, due: &Due, now: OffsetDateTime) -> Result<bool, AppError> {
    let claimed = sqlx::query!(
        "INSERT INTO licence_reminders (licence_id, days, overtaken, reminded_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (licence_id, days) DO NOTHING",
        due.licence,
        due.days,
        due.overtaken,
        now
    )
    .execute(connection)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

async fn give(connection: &mut PgConnection, config: &Config, due: &Due, now: OffsetDateTime) -> Result<(), AppError> {
    let kind = LicenceKind::from_code(&due.kind).ok_or_else(|| internal(&"unknown kind"))?;
    let telling = Telling::LicenceExpiring {
        kind,
        number: &grouped(&due.number, 4),
        last_day: due.last_day,
        days_left: (due.last_day - riyadh_day(now)).whole_days(),
        link: &format!("{}/account/renew/{}", config.origin, due.number),
    };
    tell(connection, &config.keys, due.person, &telling, now).await
}
