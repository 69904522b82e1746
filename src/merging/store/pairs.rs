//! Pairs, listed and opened.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::known;
use crate::error::AppError;
use crate::licences::model::masked_name;
use crate::merging::model::{Blocker, Chosen, Difference, Outcome, PairLine, Sameness, Standing};
use crate::place::{Order, Place, cut};
use crate::server::keys::{Keys, Purpose};
use crate::server::keyset;

/// Pairs on a page.
pub const PAGE: usize = 20;

/// Pairs that stand so, in an order by when they were found or settled, from a place in the list on; and where the next
/// page goes on.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    standing: Standing,
    order: Order,
    after: Option<Place>,
) -> Result<(Vec<PairLine>, Option<Place>), AppError> {
    let mut query = QueryBuilder::new(
        "SELECT c.id, c.found_at, c.settled_at, p.given_name, p.father_name, p.grandfather_name, p.family_name
         FROM likely_pairs c JOIN persons p ON p.id = c.one_id WHERE ",
    );
    let at = if standing == Standing::Waiting {
        query.push("c.state = 'waiting'");
        "c.found_at"
    } else {
        query.push("c.state <> 'waiting' AND c.state = ").push_bind(standing.code());
        "c.settled_at"
    };
    keyset::page(&mut query, [at, "c.id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.settled_at.unwrap_or(last.found_at), id: last.id });
    Ok((rows.into_iter().map(PairLine::from).collect(), next))
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    found_at: OffsetDateTime,
    settled_at: Option<OffsetDateTime>,
    given_name: Option<String>,
    father_name: Option<String>,
    grandfather_name: Option<String>,
    family_name: Option<String>,
}

impl From<Row> for PairLine {
    fn from(row: Row) -> Self {
        let further = [&row.father_name, &row.grandfather_name, &row.family_name];
        Self {
            pair: row.id,
            name: row
                .given_name
                .map(|given| masked_name(&given, further.into_iter().flatten().map(String::as_str)))
                .unwrap_or_default(),
            found_at: row.found_at,
            settled_at: row.settled_at,
        }
    }
}

/// A pair by its id.
pub struct Pair {
    /// In the order of their registration.
    pub people: [Uuid; 2],
    pub standing: Standing,
    pub found_at: OffsetDateTime,
    pub outcome: Option<Outcome>,
}

/// A pair, for an officer.
///
/// # Errors
/// [`AppError::NotFound`] when there is none; [`AppError::Forbidden`] for who is one of the two.
pub async fn pair(connection: &mut PgConnection, officer: Uuid, id: Uuid) -> Result<Pair, AppError> {
    let row = sqlx::query!(
        r#"SELECT c.state, c.found_at, c.settled_at, c.reason,
             ARRAY(SELECT p.id FROM persons p WHERE p.id IN (c.one_id, c.other_id) ORDER BY p.created_at, p.id)
                 AS "people!",
             $2 IN (SELECT records_of(c.one_id) UNION ALL SELECT records_of(c.other_id)) AS "own!"
         FROM likely_pairs c WHERE c.id = $1"#,
        id,
        officer
    )
    .fetch_one(connection)
    .await?;
    if row.own {
        return Err(AppError::Forbidden);
    }
    let standing = known(Standing::from_code(&row.state))?;
    let outcome = match (row.settled_at, row.reason.as_deref()) {
        (Some(at), Some(reason)) => {
            let chosen = if standing == Standing::Merged {
                Chosen::OnePerson(known(Sameness::from_code(reason))?)
            } else {
                Chosen::TwoPeople(known(Difference::from_code(reason))?)
            };
            Some(Outcome { at, chosen })
        }
        _ => None,
    };
    let people = row.people.try_into().ok();
    Ok(Pair { people: known(people)?, standing, found_at: row.found_at, outcome })
}

/// What is in the way of merging a record into another.
///
/// # Errors
/// When the database is away.
pub async fn blockers(
    connection: &mut PgConnection,
    gone: Uuid,
    kept: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Blocker>, AppError> {
    let codes = sqlx::query_scalar!(r#"SELECT b AS "b!" FROM merging_blockers($1, $2, $3) b"#, gone, kept, now)
        .fetch_all(connection)
        .await?;
    codes.iter().map(|code| known(Blocker::from_code(code))).collect()
}

/// The ID number of a record; empty once its account is closed.
///
/// # Errors
/// When the database is away.
pub async fn number(connection: &mut PgConnection, keys: &Keys, person: Uuid) -> Result<String, AppError> {
    let sealed = sqlx::query_scalar!("SELECT national_id_sealed FROM persons WHERE id = $1", person)
        .fetch_one(connection)
        .await?;
    Ok(keys.open(Purpose::NationalId, &sealed).unwrap_or_default())
}
