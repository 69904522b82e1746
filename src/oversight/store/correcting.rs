//! A name put right: every live licence of its holder is issued anew, in the transaction that changes the name.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::acting::{audit, note_text};
use crate::accounts::store::mending::{Mended, mend};
use crate::accounts::store::profiles;
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::oversight::model::Reason;
use crate::server::database::{OnConstraint, internal};
use crate::server::keys::Keys;

/// How often a colliding number is drawn anew before something must be wrong with the random source.
const DRAWS: usize = 20;

/// A licence that was issued anew.
pub struct Reissued {
    pub holder: Uuid,
    pub old: LicenceNumber,
    pub new: LicenceNumber,
}

/// Changes the name of a licence's holder and issues each licence of theirs that has not ended anew, with the days it
/// had; what was suspended stays so. `numbers` draws fifteen random digits.
///
/// # Errors
/// [`AppError::NotFound`], [`Problem::NoLongerPossible`] when the licence is revoked, superseded or has ended,
/// [`Problem::NothingChanged`] when the name is as before, [`Problem::TiedToPerson`], [`Problem::ProposalOpen`] when one
/// waits about any of the licences.
pub async fn correct(
    connection: &mut PgConnection,
    keys: &Keys,
    officer: Uuid,
    number: &LicenceNumber,
    correction: (&Mended, Reason, &str),
    mut numbers: impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<Vec<Reissued>, AppError> {
    let (name, reason, text) = correction;
    // Two corrections of one person take turns.
    let holder = sqlx::query_scalar!(
        "SELECT p.id FROM persons p JOIN licences l ON l.person_id = p.id
         WHERE l.number = $1 AND p.given_name IS NOT NULL FOR NO KEY UPDATE OF p",
        number.digits()
    )
    .fetch_one(&mut *connection)
    .await?;
    let live = sqlx::query!(
        "SELECT id, number FROM licences WHERE person_id = ANY (ARRAY(SELECT records_of($1)))
           AND state IN ('active', 'suspended') AND upper(valid) > $2
         ORDER BY id FOR NO KEY UPDATE",
        holder,
        riyadh_day(now)
    )
    .fetch_all(&mut *connection)
    .await?;
    if !live.iter().any(|one| one.number == number.digits()) {
        return Problem::NoLongerPossible.refused();
    }
    if is_as_before(connection, holder, name).await? {
        return Problem::NothingChanged.refused();
    }
    // First the old ones end, then the name changes, then the new ones begin: no licence ever says what it did not when it
    // was issued, and the database sees to that.
    let mut successors = Vec::with_capacity(live.len());
    for one in &live {
        let successor = Uuid::new_v4();
        let event = sqlx::query_scalar!(
            "INSERT INTO licence_events (licence_id, event, reason, actor_id, at, successor_id)
             VALUES ($1, 'superseded', $2, $3, $4, $5) RETURNING id",
            one.id,
            reason.code(),
            officer,
            now,
            successor
        )
        .fetch_one(&mut *connection)
        .await
        .on_constraint(&[
            ("licence_events_possible", Problem::NoLongerPossible),
            ("licence_events_untied", Problem::TiedToPerson),
            ("licence_events_none_open", Problem::ProposalOpen),
        ])?;
        note_text(connection, event, text).await?;
        successors.push(successor);
    }
    for record in records(connection, holder).await? {
        mend(connection, keys, record, name, now).await?;
    }
    let mut reissued = Vec::with_capacity(live.len());
    for (one, successor) in live.into_iter().zip(successors) {
        let new = issue_anew(connection, one.id, successor, &mut numbers, now).await?;
        audit(connection, officer, "licence_corrected", one.id, now).await?;
        let old = LicenceNumber::parse(&one.number).map_err(|_| internal(&"a stored number is malformed"))?;
        reissued.push(Reissued { holder, old, new });
    }
    Ok(reissued)
}

/// Every record of the holder: one person has one name.
async fn records(connection: &mut PgConnection, holder: Uuid) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(r#"SELECT records_of($1) AS "id!""#, holder).fetch_all(connection).await?)
}

async fn is_as_before(connection: &mut PgConnection, holder: Uuid, new: &Mended) -> Result<bool, AppError> {
    let stands = profiles::get(connection, holder).await?;
    let name = new.name.as_ref().is_none_or(|name| {
        [Some(&name.given), name.father.as_ref(), name.grandfather.as_ref(), Some(&name.family)]
            == [&stands.given_name, &stands.father_name, &stands.grandfather_name, &stands.family_name]
                .map(Option::as_ref)
    });
    Ok(name && new.latin_name.as_ref().is_none_or(|latin| Some(latin.as_str()) == stands.latin_name.as_deref()))
}

/// The licence that takes another's place. Its history the database begins by itself.
async fn issue_anew(
    connection: &mut PgConnection,
    corrected: Uuid,
    id: Uuid,
    numbers: &mut impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<LicenceNumber, AppError> {
    for _ in 0..DRAWS {
        let number = LicenceNumber::from_digits15(&numbers()).ok_or_else(|| internal(&"not fifteen digits drawn"))?;
        let written = sqlx::query!(
            "INSERT INTO licences (id, number, request_id, person_id, kind, organisation_id, state, issued_at, valid,
                 corrects)
             SELECT $1, $2, request_id, person_id, kind, organisation_id, 'active', $3, valid, id
             FROM licences WHERE id = $4 ON CONFLICT (number) DO NOTHING",
            id,
            number.digits(),
            now,
            corrected
        )
        .execute(&mut *connection)
        .await?
        .rows_affected();
        if written == 1 {
            return Ok(number);
        }
    }
    Err(internal(&"no free licence number was drawn"))
}
