//! The end of every statement that reads a page of a list by keyset.

use sqlx::{Encode, Postgres, QueryBuilder, Type};

use crate::place::{Order, Place};

/// Ends a statement whose conditions stand: where the page begins, in which order it goes, and how many rows are read.
/// That is one more than it holds, by which [`crate::place::cut`] knows whether there are more. `columns` are the time
/// and the id of a place: by an index over both, the rows come in either order without being sorted.
pub fn page<I>(
    query: &mut QueryBuilder<Postgres>,
    columns: [&'static str; 2],
    order: Order,
    after: Option<Place<I>>,
    rows: usize,
) where
    I: for<'q> Encode<'q, Postgres> + Type<Postgres>,
{
    let [at, id] = columns;
    let (beyond, direction) = match order {
        Order::Earliest => (">", ""),
        Order::Latest => ("<", " DESC"),
    };
    if let Some(place) = after {
        query.push(format_args!(" AND ({at}, {id}) {beyond} (")).push_bind(place.at).push(", ");
        query.push_bind(place.id).push(")");
    }
    query.push(format_args!(" ORDER BY {at}{direction}, {id}{direction}"));
    limit(query, rows);
}

/// Has a statement read one row more than a page holds.
pub fn limit(query: &mut QueryBuilder<Postgres>, rows: usize) {
    query.push(" LIMIT ").push_bind(i64::try_from(rows + 1).unwrap_or(i64::MAX));
}
