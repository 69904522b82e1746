//! Settling a pair: two people, or one. The rules are the database's; what it refuses is turned into words here.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::pairs;
use crate::access::Role;
use crate::administration::store::audit::note;
use crate::error::{AppError, Problem};
use crate::merging::model::{Difference, Sameness};
use crate::messages::store::tell;
use crate::messages::templates::Telling;
use crate::server::database::OnConstraint;
use crate::server::keys::Keys;

/// What the database refuses of pairs. The page says beforehand what is in the way; who meets one of these was overtaken.
const REFUSALS: [(&str, Problem); 13] = [
    ("likely_pairs_by_other", Problem::TiedToPerson),
    ("likely_pairs_by_administrator", Problem::NoLongerPossible),
    ("merges_of_pair", Problem::NoLongerPossible),
    ("merges_closed", Problem::NoLongerPossible),
    ("merges_merged", Problem::NoLongerPossible),
    ("merges_identity", Problem::NoLongerPossible),
    ("merges_licence", Problem::NoLongerPossible),
    ("merges_open_request", Problem::NoLongerPossible),
    ("merges_enrolment", Problem::NoLongerPossible),
    ("merges_open_test", Problem::NoLongerPossible),
    ("merges_staff_role", Problem::NoLongerPossible),
    ("merges_team", Problem::NoLongerPossible),
    ("merges_organisation", Problem::NoLongerPossible),
];

/// Says that a pair is two people. It does not come back.
///
/// # Errors
/// [`Problem::NoLongerPossible`] when it waits no more; [`Problem::TiedToPerson`] for who is one of the two.
pub async fn dismiss(
    connection: &mut PgConnection,
    pair: Uuid,
    by: Uuid,
    why: Difference,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let dismissed = sqlx::query!(
        "UPDATE likely_pairs SET state = 'dismissed', settled_at = $2, settled_by = $3, reason = $4
         WHERE id = $1 AND state = 'waiting'",
        pair,
        now,
        by,
        why.code()
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    if dismissed.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    note(connection, by, Role::Administrator, "pair_dismissed", Some(pair), Some(why.code()), now).await
}

/// A merge as it is made.
pub struct Merge {
    pub pair: Uuid,
    /// The record that stays; the other of the pair goes.
    pub keep: Uuid,
    pub why: Sameness,
    pub by: Uuid,
}

/// Merges a pair, ends every sign-in of the record that went, and tells its person on the mobiles of both.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such pair or the record that stays is none of it; [`Problem::NoLongerPossible`]
/// when something is in the way; [`Problem::TiedToPerson`] for who is one of the two.
pub async fn merge(
    connection: &mut PgConnection,
    keys: &Keys,
    merge: &Merge,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let gone = sqlx::query_scalar!(
        "SELECT CASE $2::uuid WHEN one_id THEN other_id WHEN other_id THEN one_id END AS gone
         FROM likely_pairs WHERE id = $1",
        merge.pair,
        merge.keep
    )
    .fetch_one(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    // In the order of the rule that does it again: what is written below refers to both, and two merges that cross would
    // each hold what the other waits for.
    sqlx::query!("SELECT FROM take_turn_at_comparing()").execute(&mut *connection).await?;
    sqlx::query!("SELECT id FROM persons WHERE id IN ($1, $2) ORDER BY id FOR UPDATE", gone, merge.keep)
        .fetch_all(&mut *connection)
        .await?;
    let number = pairs::number(connection, keys, merge.keep).await?;
    let telling = Telling::RecordsMerged { ends_in: number.get(number.len().saturating_sub(2)..).unwrap_or_default() };
    // Before its account is frozen, while its mobile is still known as one.
    tell(connection, keys, gone, &telling, now).await?;
    sqlx::query!(
        "INSERT INTO merges (person_id, into_id, pair_id, reason, merged_by, merged_at) VALUES ($1, $2, $3, $4, $5, $6)",
        gone,
        merge.keep,
        merge.pair,
        merge.why.code(),
        merge.by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    tell(connection, keys, merge.keep, &telling, now).await?;
    for (subject, other) in [(gone, merge.keep), (merge.keep, gone)] {
        let (role, other) = (Role::Administrator, other.to_string());
        note(connection, merge.by, role, "records_merged", Some(subject), Some(&other), now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merging::model::Blocker;

    #[test]
    fn whatever_is_in_the_way_is_refused_in_words() {
        for blocker in Blocker::ALL {
            let rule = format!("merges_{}", blocker.code());
            assert!(REFUSALS.iter().any(|(name, _)| *name == rule), "{rule}");
        }
    }
}
