//! The proposals that wait for a second officer, of all licences.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::licence::{act, kind, reason};
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::oversight::model::{Act, Reason};
use crate::place::{Order, Place, cut};
use crate::server::keyset;

/// Proposals on a page.
pub const PAGE: usize = 20;

/// A proposal in the list.
pub struct Waiting {
    pub id: Uuid,
    /// Number of the licence.
    pub number: String,
    pub kind: LicenceKind,
    pub act: Act,
    pub reason: Reason,
    pub proposed_at: OffsetDateTime,
    /// Whether the officer who asks proposed it.
    pub own: bool,
    /// Whether they have no tie to its holder.
    pub untied: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    kind: String,
    act: String,
    reason: String,
    proposed_at: OffsetDateTime,
    own: bool,
    untied: bool,
}

/// The proposals that wait, all or those of an act, in an order, from a place in the list on; and where the next page
/// goes on.
///
/// # Errors
/// When the database is away.
pub async fn waiting(
    connection: &mut PgConnection,
    officer: Uuid,
    act_alone: Option<Act>,
    order: Order,
    after: Option<Place>,
    now: OffsetDateTime,
) -> Result<(Vec<Waiting>, Option<Place>), AppError> {
    // The first value, the officer, is asked for more than once.
    let mut query = QueryBuilder::new(
        "SELECT p.id, l.number, l.kind, p.act, p.reason, p.proposed_at,
             -- What `may_decide` says of each, of all at once.
             l.person_id NOT IN (SELECT tied_people($1)) AND (l.organisation_id IS NULL OR l.organisation_id NOT IN (
                 SELECT organisation_id FROM organisation_roles WHERE person_id = $1 AND until IS NULL)) AS untied,
             p.proposed_by = ",
    );
    query.push_bind(officer).push(
        " AS own
         FROM licence_proposals p JOIN licences l ON l.id = p.licence_id
         JOIN persons h ON h.id = l.person_id AND h.given_name IS NOT NULL
         WHERE NOT EXISTS (SELECT FROM proposal_outcomes o WHERE o.proposal_id = p.id)
           AND EXISTS (SELECT FROM open_proposals(l.id) o WHERE o.id = p.id) AND upper(l.valid) > ",
    );
    query.push_bind(riyadh_day(now));
    if let Some(act) = act_alone.map(Act::code) {
        query.push(" AND p.act = ").push_bind(act);
    }
    keyset::page(&mut query, ["p.proposed_at", "p.id"], order, after, PAGE);
    let rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let mut waiting = rows
        .into_iter()
        .map(|row| {
            Ok(Waiting {
                id: row.id,
                number: row.number,
                kind: kind(&row.kind)?,
                act: act(&row.act)?,
                reason: reason(&row.reason)?,
                proposed_at: row.proposed_at,
                own: row.own,
                untied: row.untied,
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    let next = cut(&mut waiting, PAGE, |last| Place { at: last.proposed_at, id: last.id });
    Ok((waiting, next))
}
