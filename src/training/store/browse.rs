//! The list of sessions, as everybody sees it.

use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{count, kind};
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::licences::model::LicenceKind;
use crate::place::{Order, Place, Ranked, cut};
use crate::server::keyset;
use crate::training::model::{Filter, SessionCard, SessionMode, SessionOrder, SessionsPage};

/// Sessions on a page.
pub const PAGE: usize = 12;

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
    enrol_by: OffsetDateTime,
    free: i32,
    waiting: i64,
}

impl Row {
    fn shown(self, locale: Locale) -> Result<SessionCard, AppError> {
        let place = (self.mode == SessionMode::InPerson.code())
            .then(|| joined(&[pick(locale, self.city_ar, self.city_en), pick(locale, self.region_ar, self.region_en)]));
        Ok(SessionCard {
            id: self.id,
            title: pick(locale, self.title_ar, self.title_en),
            kind: kind(&self.kind)?,
            place,
            starts_at: self.starts_at,
            enrol_by: self.enrol_by,
            seats_left: if self.waiting > 0 { 0 } else { count(i64::from(self.free)) },
            waiting: count(self.waiting),
        })
    }
}

/// The sessions open for enrolment, from a place in the list on, as the URL spells it: each order has places of its own.
/// A region narrows the sessions held in one: an online one is open to every region.
///
/// # Errors
/// When the database is away.
pub async fn sessions(
    connection: &mut PgConnection,
    filter: &Filter,
    after: &str,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionsPage, AppError> {
    let mut rows: Vec<Row> = statement(filter, after, now).build_query_as().fetch_all(&mut *connection).await?;
    let next = cut(&mut rows, PAGE, |last| {
        let place = Place { at: last.starts_at, id: last.id };
        if filter.order == SessionOrder::Seats { Ranked { count: last.free, place }.code() } else { place.code() }
    });
    let sessions = rows.into_iter().map(|row| row.shown(locale)).collect::<Result<_, _>>()?;
    Ok(SessionsPage { sessions, next, regions: regions(connection, locale).await? })
}

/// The statement for a filter: only what narrows stands in it, and one of three orders.
fn statement(filter: &Filter, after: &str, now: OffsetDateTime) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "SELECT s.id, p.title_ar, p.title_en, p.kind, s.mode, c.name_ar AS city_ar, c.name_en AS city_en,
                r.name_ar AS region_ar, r.name_en AS region_en, s.starts_at, s.enrol_by, s.seats - s.taken AS free,
                (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id AND e.state = 'waitlisted') AS waiting
         FROM training_sessions s
         JOIN programmes p ON p.id = s.programme_id
         JOIN regions r ON r.code = s.region
         JOIN cities c ON c.region = s.region AND c.code = s.city
         WHERE s.cancelled_at IS NULL AND s.starts_at > ",
    );
    query.push_bind(now).push(" AND s.enrol_by > ").push_bind(now);
    if let Some(kind) = filter.kind.map(LicenceKind::code) {
        query.push(" AND p.kind = ").push_bind(kind);
    }
    if let Some(region) = &filter.region {
        query.push(" AND (s.mode = 'online' OR s.region = ").push_bind(region.clone()).push(")");
    }
    if let Some(mode) = filter.mode.map(SessionMode::code) {
        query.push(" AND s.mode = ").push_bind(mode);
    }
    match filter.order {
        SessionOrder::Soonest => by_start(&mut query, Order::Earliest, after),
        SessionOrder::Latest => by_start(&mut query, Order::Latest, after),
        SessionOrder::Seats => by_seats(&mut query, after),
    }
    query
}

fn by_start(query: &mut QueryBuilder<Postgres>, order: Order, after: &str) {
    keyset::page::<Uuid>(query, ["s.starts_at", "s.id"], order, Place::parse(after), PAGE);
}

/// Free seats count downwards, so that all three columns go one way and an index gives them.
fn by_seats(query: &mut QueryBuilder<Postgres>, after: &str) {
    if let Some(Ranked { count, place }) = Ranked::parse(after) {
        query.push(" AND (s.taken - s.seats, s.starts_at, s.id) > (").push_bind(count.saturating_neg()).push(", ");
        query.push_bind(place.at).push(", ").push_bind(place.id).push(")");
    }
    query.push(" ORDER BY s.taken - s.seats, s.starts_at, s.id");
    keyset::limit(query, PAGE);
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
