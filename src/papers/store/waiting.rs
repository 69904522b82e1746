//! The sheets that wait for the second officer, of all sessions.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::licences::model::{LicenceKind, masked_name};
use crate::papers::model::{Deciding, Score, WaitingLine};
use crate::place::{Order, Place, cut};
use crate::server::keyset;

/// Sheets on a page.
pub const PAGE: usize = 20;

/// The sheets that wait, all or those of a licence kind's programmes, in an order, from a place in the list on; and where
/// the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    officer: Uuid,
    kind: Option<LicenceKind>,
    order: Order,
    after: Option<Place>,
    locale: Locale,
) -> Result<(Vec<WaitingLine>, Option<Place>), AppError> {
    // The first value, the officer, is asked for more than once.
    let mut query = QueryBuilder::new(
        "SELECT r.id, r.recorded_at, r.right_answers, r.asked, r.pass_mark_percent, e.person_id, e.session_id,
             s.starts_at, g.title_ar, g.title_en, p.given_name, p.father_name, p.grandfather_name, p.family_name,
             concat_ws(' ', t.given_name, t.father_name, t.family_name) AS trainer_ar,
             coalesce(t.latin_name, '') AS trainer_en, p.closed_at IS NOT NULL AS closed,
             -- What `may_decide` says of each, of all at once.
             e.person_id NOT IN (SELECT tied_people($1)) AS untied, r.recorded_by IN (SELECT records_of(",
    );
    query.push_bind(officer).push(
        ")) AS own
         FROM paper_results r JOIN enrolments e ON e.id = r.enrolment_id JOIN persons p ON p.id = e.person_id
         JOIN persons t ON t.id = r.recorded_by JOIN training_sessions s ON s.id = e.session_id
         JOIN programmes g ON g.id = e.programme_id
         WHERE r.state = 'waiting'",
    );
    if let Some(kind) = kind.map(LicenceKind::code) {
        query.push(" AND g.kind = ").push_bind(kind);
    }
    keyset::page(&mut query, ["r.recorded_at", "r.id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.recorded_at, id: last.id });
    Ok((rows.into_iter().map(|row| row.shown(locale)).collect(), next))
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    recorded_at: OffsetDateTime,
    right_answers: i16,
    asked: i16,
    pass_mark_percent: i16,
    person_id: Uuid,
    session_id: Uuid,
    starts_at: OffsetDateTime,
    title_ar: String,
    title_en: String,
    given_name: Option<String>,
    father_name: Option<String>,
    grandfather_name: Option<String>,
    family_name: Option<String>,
    trainer_ar: String,
    trainer_en: String,
    closed: bool,
    own: bool,
    untied: bool,
}

impl Row {
    fn shown(self, locale: Locale) -> WaitingLine {
        let further = [&self.father_name, &self.grandfather_name, &self.family_name];
        let name = self.given_name.as_ref().map(|given| {
            let further = further.into_iter().flatten().map(String::as_str);
            masked_name(given, further)
        });
        WaitingLine {
            id: self.id,
            person: self.person_id,
            name: name.unwrap_or_default(),
            session: self.session_id,
            title: pick(locale, self.title_ar, self.title_en),
            starts_at: self.starts_at,
            trainer: pick(locale, self.trainer_ar, self.trainer_en),
            score: Score { right: self.right_answers, asked: self.asked, pass_mark_percent: self.pass_mark_percent },
            recorded_at: self.recorded_at,
            deciding: match (self.own, self.untied, self.closed) {
                (true, ..) => Deciding::Own,
                (_, false, _) => Deciding::Tied,
                (.., true) => Deciding::Closed,
                _ => Deciding::Open,
            },
        }
    }
}
