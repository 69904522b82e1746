//! The sessions as administrators see them.

use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{PAGE, choices, count, kind};
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::place::{Place, cut};
use crate::programmes::model::{CancelReason, SessionFilter, SessionLine, SessionView, SessionsPage, When};
use crate::server::database::internal;
use crate::server::keyset;
use crate::training::model::SessionMode;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    title_ar: String,
    title_en: String,
    kind: String,
    mode: String,
    city_ar: String,
    city_en: String,
    region_ar: String,
    region_en: String,
    starts_at: OffsetDateTime,
    trainer_ar: String,
    trainer_en: String,
    seats: i32,
    taken: i32,
    waiting: i64,
}

impl Row {
    fn read(self, locale: Locale) -> Result<SessionLine, AppError> {
        let (city, region) = (pick(locale, self.city_ar, self.city_en), pick(locale, self.region_ar, self.region_en));
        let place = if city == region { city } else { format!("{city} · {region}") };
        Ok(SessionLine {
            id: self.id,
            title: pick(locale, self.title_ar, self.title_en),
            kind: kind(&self.kind)?,
            place: (self.mode == SessionMode::InPerson.code()).then_some(place),
            starts_at: self.starts_at,
            trainer: pick(locale, self.trainer_ar, self.trainer_en),
            seats: count(self.seats),
            taken: count(self.taken),
            waiting: count(self.waiting),
        })
    }
}

/// The sessions of a filter, from a place in the list on.
///
/// # Errors
/// When the database is away.
pub async fn sessions(
    connection: &mut PgConnection,
    filter: &SessionFilter,
    after: Option<Place>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionsPage, AppError> {
    let rows: Vec<Row> = statement(filter, after, now).build_query_as().fetch_all(&mut *connection).await?;
    let mut sessions = rows.into_iter().map(|row| row.read(locale)).collect::<Result<Vec<_>, _>>()?;
    let next = cut(&mut sessions, PAGE, |last| Place { at: last.starts_at, id: last.id }).map(|place| place.code());
    Ok(SessionsPage {
        sessions,
        next,
        programmes: choices::programmes(connection, locale, true).await?,
        regions: choices::regions(connection, locale).await?,
    })
}

/// The statement for a filter: only what narrows stands in it, and one of two orders.
fn statement(filter: &SessionFilter, after: Option<Place>, now: OffsetDateTime) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "SELECT s.id, p.title_ar, p.title_en, p.kind, s.mode, c.name_ar AS city_ar, c.name_en AS city_en,
                r.name_ar AS region_ar, r.name_en AS region_en, s.starts_at,
                concat_ws(' ', t.given_name, t.family_name) AS trainer_ar, coalesce(t.latin_name, '') AS trainer_en,
                s.seats, s.taken,
                (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id AND e.state = 'waitlisted') AS waiting
         FROM training_sessions s
         JOIN programmes p ON p.id = s.programme_id
         JOIN regions r ON r.code = s.region
         JOIN cities c ON c.region = s.region AND c.code = s.city
         JOIN persons t ON t.id = s.trainer_id
         WHERE ",
    );
    match filter.when {
        When::Cancelled => query.push("s.cancelled_at IS NOT NULL"),
        When::Upcoming => query.push("s.cancelled_at IS NULL AND s.starts_at > ").push_bind(now),
        When::Past => query.push("s.cancelled_at IS NULL AND s.starts_at <= ").push_bind(now),
    };
    if let Some(programme) = filter.programme {
        query.push(" AND s.programme_id = ").push_bind(programme);
    }
    if let Some(region) = &filter.region {
        query.push(" AND s.region = ").push_bind(region.clone());
    }
    if let Some(mode) = filter.mode {
        query.push(" AND s.mode = ").push_bind(mode.code());
    }
    keyset::page(&mut query, ["s.starts_at", "s.id"], filter.order(), after, PAGE);
    query
}

/// One session, with what it can be changed to.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn session(
    connection: &mut PgConnection,
    id: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionView, AppError> {
    let row = sqlx::query!(
        r#"SELECT s.programme_id, p.title_ar, p.title_en, s.mode, s.region, s.city, s.venue_ar, s.venue_en,
                  s.starts_at, s.ends_at, s.enrol_by, s.trainer_id, s.seats, s.taken, s.cancelled_at,
                  concat_ws(' ', t.given_name, t.family_name) AS "trainer_ar!",
                  coalesce(t.latin_name, '') AS "trainer_en!", k.reason AS "reason?", k.body AS "body?",
                  (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id AND e.state = 'waitlisted')
                      AS "waiting!"
           FROM training_sessions s
           JOIN programmes p ON p.id = s.programme_id
           JOIN persons t ON t.id = s.trainer_id
           LEFT JOIN session_cancellations k ON k.session_id = s.id
           WHERE s.id = $1"#,
        id
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let why = row.reason.as_deref().and_then(CancelReason::from_code).zip(row.body);
    Ok(SessionView {
        id,
        programme: row.programme_id,
        title: pick(locale, row.title_ar, row.title_en),
        mode: SessionMode::from_code(&row.mode).ok_or_else(|| internal(&"unknown session mode"))?,
        place: format!("{}/{}", row.region, row.city),
        venue_ar: row.venue_ar,
        venue_en: row.venue_en,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        enrol_by: row.enrol_by,
        trainer: row.trainer_id,
        trainer_name: pick(locale, row.trainer_ar, row.trainer_en),
        seats: count(row.seats),
        taken: count(row.taken),
        waiting: count(row.waiting),
        started: row.starts_at <= now,
        cancelled: row.cancelled_at.map(|at| (at, why)),
        choices: choices::choices(connection, locale).await?,
    })
}
