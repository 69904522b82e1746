//! Decisions looked back on: one's own, those about a request, and how long requests waited.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::held::kind;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::LicenceKind;
use crate::place::{Order, Place, cut};
use crate::review::model::{FieldReason, Outcome, RejectReason, RequestField, Standing};
use crate::server::database::internal;
use crate::server::keyset;

/// Decisions on a page.
pub const PAGE: usize = 20;
/// Waiting times are those of this long.
const RECENT: Duration = Duration::days(30);

/// A decision of a reviewer's own.
pub struct Made {
    pub id: Uuid,
    /// Number of the request.
    pub number: String,
    pub kind: LicenceKind,
    pub outcome: Outcome,
    pub standing: Standing,
    pub appeal: bool,
    pub decided_at: OffsetDateTime,
    pub effective_at: OffsetDateTime,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    kind: String,
    outcome: String,
    appeal: bool,
    withdrawal: Option<String>,
    decided_at: OffsetDateTime,
    effective_at: OffsetDateTime,
}

impl Row {
    fn read(self, now: OffsetDateTime) -> Result<Made, AppError> {
        Ok(Made {
            kind: kind(&self.kind)?,
            outcome: outcome(&self.outcome)?,
            standing: Standing::of(self.withdrawal.as_deref(), self.effective_at <= now),
            id: self.id,
            number: self.number,
            appeal: self.appeal,
            decided_at: self.decided_at,
            effective_at: self.effective_at,
        })
    }
}

fn outcome(code: &str) -> Result<Outcome, AppError> {
    Outcome::from_code(code).ok_or_else(|| internal(&"unknown outcome"))
}

/// One decision of a reviewer's own.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one and another reviewer's alike.
pub async fn decision(
    connection: &mut PgConnection,
    reviewer: Uuid,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Made, AppError> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT d.id, q.number, q.kind, d.outcome, d.appeal, w.kind AS "withdrawal?", d.decided_at, d.effective_at
         FROM decisions d JOIN licence_requests q ON q.id = d.request_id
         LEFT JOIN decision_withdrawals w ON w.decision_id = d.id
         WHERE d.id = $1 AND d.reviewer_id = $2"#,
        id,
        reviewer
    )
    .fetch_one(connection)
    .await?;
    row.read(now)
}

/// A reviewer's decisions in an order, from a place in the list on; and where the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn decisions(
    connection: &mut PgConnection,
    reviewer: Uuid,
    outcome: Option<Outcome>,
    order: Order,
    after: Option<Place>,
    now: OffsetDateTime,
) -> Result<(Vec<Made>, Option<Place>), AppError> {
    let mut query = QueryBuilder::new(
        "SELECT d.id, q.number, q.kind, d.outcome, d.appeal, w.kind AS withdrawal, d.decided_at, d.effective_at
         FROM decisions d JOIN licence_requests q ON q.id = d.request_id
         LEFT JOIN decision_withdrawals w ON w.decision_id = d.id
         WHERE d.reviewer_id = ",
    );
    query.push_bind(reviewer);
    if let Some(outcome) = outcome.map(Outcome::code) {
        query.push(" AND d.outcome = ").push_bind(outcome);
    }
    keyset::page(&mut query, ["d.decided_at", "d.id"], order, after, PAGE);
    let rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let mut made = rows.into_iter().map(|row| row.read(now)).collect::<Result<Vec<_>, _>>()?;
    let next = cut(&mut made, PAGE, |last| Place { at: last.decided_at, id: last.id });
    Ok((made, next))
}

/// A decision about a request that took effect.
pub struct PastRound {
    pub at: OffsetDateTime,
    pub outcome: Outcome,
    pub reason: Option<RejectReason>,
    pub text: Option<String>,
    pub fields: Vec<(RequestField, FieldReason, Option<String>)>,
}

/// The decisions about a request that have taken effect, oldest first, with their reasons.
///
/// # Errors
/// When the database is away.
pub async fn rounds(
    connection: &mut PgConnection,
    request: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<PastRound>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT d.id, d.decided_at, d.outcome, d.reason, whole.body AS "text?", f.field AS "field?",
             f.reason AS "field_reason?", part.body AS "field_text?"
         FROM decisions d LEFT JOIN decision_texts whole ON whole.decision_id = d.id AND whole.field = ''
         LEFT JOIN returned_fields f ON f.decision_id = d.id
         LEFT JOIN decision_texts part ON part.decision_id = d.id AND part.field = f.field
         WHERE d.request_id = $1 AND d.effective_at <= $2
           AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
         ORDER BY d.decided_at, d.id, f.field"#,
        request,
        now
    )
    .fetch_all(connection)
    .await?;
    let mut rounds: Vec<(Uuid, PastRound)> = Vec::new();
    for row in rows {
        if rounds.last().is_none_or(|(id, _)| *id != row.id) {
            let reason = row.reason.as_deref().and_then(RejectReason::from_code);
            let outcome = outcome(&row.outcome)?;
            let round = PastRound { at: row.decided_at, outcome, reason, text: row.text, fields: Vec::new() };
            rounds.push((row.id, round));
        }
        let field = row.field.as_deref().and_then(RequestField::from_code);
        let reason = row.field_reason.as_deref().and_then(FieldReason::from_code);
        if let (Some((_, round)), Some(field), Some(reason)) = (rounds.last_mut(), field, reason) {
            round.fields.push((field, reason, row.field_text));
        }
    }
    Ok(rounds.into_iter().map(|(_, round)| round).collect())
}

/// How long requests waited, from submission (or appeal) to the effect of their decision.
pub struct WaitingTimes {
    /// Half of them waited no longer.
    pub median_minutes: Option<i64>,
    /// Nine of ten waited no longer.
    pub p90_minutes: Option<i64>,
}

/// Waiting times of the decisions that took effect in the last 30 days.
///
/// # Errors
/// When the database is away.
pub async fn waiting_times(connection: &mut PgConnection, now: OffsetDateTime) -> Result<WaitingTimes, AppError> {
    Ok(sqlx::query_as!(
        WaitingTimes,
        r#"SELECT round(w.quantiles[1] / 60)::bigint AS median_minutes, round(w.quantiles[2] / 60)::bigint AS p90_minutes
         FROM (SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
                   ORDER BY extract(epoch FROM d.effective_at - d.waiting_since)::float8) AS quantiles
               FROM decisions d
               WHERE d.effective_at > $2 AND d.effective_at <= $1
                 AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)) w"#,
        now,
        now - RECENT
    )
    .fetch_one(connection)
    .await?)
}

/// The regions to narrow the queue to, as (code, name).
///
/// # Errors
/// When the database is away.
pub async fn regions(connection: &mut PgConnection, locale: Locale) -> Result<Vec<(String, String)>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT code, CASE WHEN $1 THEN name_en ELSE name_ar END AS "name!" FROM regions ORDER BY position"#,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}
