//! The list of sessions, as everybody sees it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{count, kind};
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::place::{Place, cut};
use crate::training::model::{Filter, SessionCard, SessionMode, SessionsPage};

/// Sessions on a page.
const PAGE: usize = 12;

/// The sessions open for enrolment, soonest first, from a place in the list on. A region narrows the sessions held in
/// one: an online one is open to every region.
///
/// # Errors
/// When the database is away.
pub async fn sessions(
    connection: &mut PgConnection,
    filter: &Filter,
    after: Option<Place>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionsPage, AppError> {
    let rows = sqlx::query!(
        r#"SELECT s.id, p.title_ar, p.title_en, p.kind, s.mode, c.name_ar AS city_ar, c.name_en AS city_en,
                  r.name_ar AS region_ar, r.name_en AS region_en, s.starts_at, s.enrol_by,
                  s.seats - s.taken AS "left!",
                  (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id AND e.state = 'waitlisted')
                      AS "waiting!"
           FROM training_sessions s
           JOIN programmes p ON p.id = s.programme_id
           JOIN regions r ON r.code = s.region
           JOIN cities c ON c.region = s.region AND c.code = s.city
           WHERE s.cancelled_at IS NULL AND s.starts_at > $1 AND s.enrol_by > $1
             AND ($2::text IS NULL OR p.kind = $2)
             AND ($3::text IS NULL OR s.region = $3 OR s.mode = 'online')
             AND ($4::text IS NULL OR s.mode = $4)
             AND ($5::timestamptz IS NULL OR (s.starts_at, s.id) > ($5, $6::uuid))
           ORDER BY s.starts_at, s.id
           LIMIT $7"#,
        now,
        filter.kind.map(crate::licences::model::LicenceKind::code),
        filter.region.as_deref(),
        filter.mode.map(SessionMode::code),
        after.map(|place| place.at),
        after.map(|place| place.id),
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut sessions = Vec::with_capacity(rows.len());
    for row in rows {
        let place = (row.mode == SessionMode::InPerson.code())
            .then(|| joined(&[pick(locale, row.city_ar, row.city_en), pick(locale, row.region_ar, row.region_en)]));
        sessions.push(SessionCard {
            id: row.id,
            title: pick(locale, row.title_ar, row.title_en),
            kind: kind(&row.kind)?,
            place,
            starts_at: row.starts_at,
            enrol_by: row.enrol_by,
            seats_left: if row.waiting > 0 { 0 } else { count(i64::from(row.left)) },
            waiting: count(row.waiting),
        });
    }
    let next = cut(&mut sessions, PAGE, |last| Place { at: last.starts_at, id: last.id }).map(|place| place.code());
    Ok(SessionsPage { sessions, next, regions: regions(connection, locale).await? })
}

async fn regions(connection: &mut PgConnection, locale: Locale) -> Result<Vec<(String, String)>, AppError> {
    let rows =
        sqlx::query!("SELECT code, name_ar, name_en FROM regions ORDER BY position").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.code, pick(locale, row.name_ar, row.name_en))).collect())
}

/// Parts of a place, as one text; a city that bears its region's name is named once.
pub(super) fn joined(parts: &[String]) -> String {
    let mut said: Vec<&str> = Vec::new();
    for part in parts {
        if said.last() != Some(&part.as_str()) {
            said.push(part);
        }
    }
    said.join(" · ")
}
