//! A trainer's own sessions.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::browse::joined;
use super::count;
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::place::{Order, Place, cut};
use crate::server::keyset;
use crate::training::model::{SessionMode, TrainerSession, TrainerWhen};

/// Sessions on a page.
pub const PAGE: usize = 20;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    title_ar: String,
    title_en: String,
    mode: String,
    venue_ar: String,
    venue_en: String,
    city_ar: String,
    city_en: String,
    starts_at: OffsetDateTime,
    people: i64,
    marked: i64,
}

impl Row {
    fn shown(self, locale: Locale) -> TrainerSession {
        TrainerSession {
            id: self.id,
            title: pick(locale, self.title_ar, self.title_en),
            place: (self.mode == SessionMode::InPerson.code()).then(|| {
                joined(&[pick(locale, self.venue_ar, self.venue_en), pick(locale, self.city_ar, self.city_en)])
            }),
            starts_at: self.starts_at,
            people: count(self.people),
            marked: count(self.marked),
        }
    }
}

/// A trainer's sessions ahead or ended, in an order by their start, from a place in the list on; and where the next page
/// goes on.
///
/// # Errors
/// When the database is away.
pub async fn sessions(
    connection: &mut PgConnection,
    trainer: Uuid,
    (when, order): (TrainerWhen, Order),
    after: Option<Place>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<(Vec<TrainerSession>, Option<Place>), AppError> {
    let mut query = QueryBuilder::new(
        "SELECT s.id, p.title_ar, p.title_en, s.mode, s.venue_ar, s.venue_en, c.name_ar AS city_ar,
                c.name_en AS city_en, s.starts_at,
                (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id
                     AND e.state IN ('enrolled', 'attended', 'absent', 'passed', 'failed')) AS people,
                (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id
                     AND e.state IN ('attended', 'absent', 'passed', 'failed')) AS marked
         FROM training_sessions s
         JOIN programmes p ON p.id = s.programme_id
         JOIN cities c ON c.region = s.region AND c.code = s.city
         WHERE s.cancelled_at IS NULL AND s.trainer_id = ",
    );
    query.push_bind(trainer);
    let ended = match when {
        TrainerWhen::Ahead => " AND s.ends_at > ",
        TrainerWhen::Ended => " AND s.ends_at <= ",
    };
    query.push(ended).push_bind(now);
    keyset::page(&mut query, ["s.starts_at", "s.id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.starts_at, id: last.id });
    Ok((rows.into_iter().map(|row| row.shown(locale)).collect(), next))
}
