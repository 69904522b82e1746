//! Identity confirmed: seen by a trainer, with the document's holder there, at an in-person session of the trainer's own;
//! or named by the national single sign-on.

use sqlx::PgConnection;
use time::{Date, Duration, Month, OffsetDateTime};
use uuid::Uuid;

use super::audit;
use crate::calendar::HijriDay;
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, pick};
use crate::server::database::OnConstraint;
use crate::server::keys::{Keys, Purpose};
use crate::server::rate::Limit;
use crate::training::model::{BirthYears, SessionMode, Visitor};

/// Far more than come to a session; far fewer than it takes to try numbers out.
const LOOK_UPS: Limit = Limit { act: "identity_look_up", most: 60, window: Duration::hours(1) };

/// The years of a sealed birth date.
pub(super) fn birth_years(keys: &Keys, sealed: Option<&[u8]>) -> Option<BirthYears> {
    let plain = keys.open(Purpose::BirthDate, sealed?).ok()?;
    let mut parts = plain.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    let born = Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()?;
    Some(BirthYears { hijri: HijriDay::of(born).year, gregorian: born.year() })
}

/// Refuses unless the session is the trainer's own, in person, its day has come, and the days to mark are not over.
async fn in_person(
    connection: &mut PgConnection,
    session: Uuid,
    trainer: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let row = sqlx::query!(
        r#"SELECT mode, starts_at, marks_until(id, $3) AS "marks_until!" FROM training_sessions
         WHERE id = $1 AND trainer_id = $2 AND cancelled_at IS NULL"#,
        session,
        trainer,
        now
    )
    .fetch_optional(connection)
    .await?
    .ok_or(AppError::NotFound)?;
    if row.mode != SessionMode::InPerson.code() {
        return Problem::IdentityNeedsInPerson.refused();
    }
    if riyadh_day(now) < riyadh_day(row.starts_at) {
        return Problem::NotYetStarted.refused();
    }
    if now >= row.marks_until {
        return Problem::MarkingOver.refused();
    }
    Ok(())
}

/// Somebody registered under an ID number, found by the keyed hash of the number typed; the verified one first.
///
/// # Errors
/// [`AppError::NotFound`] for another trainer's session; refused outside an in-person session's time; invalid when
/// nobody with a complete profile has this number.
pub async fn find(
    connection: &mut PgConnection,
    keys: &Keys,
    session: Uuid,
    trainer: Uuid,
    national_id: &str,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    in_person(connection, session, trainer, now).await?;
    LOOK_UPS.count(connection, &keys.hash(LOOK_UPS.act, &trainer.to_string()), now).await?;
    sqlx::query_scalar!(
        "SELECT id FROM persons
         WHERE national_id_hash = $1 AND profile_completed_at IS NOT NULL AND merged_into IS NULL
         ORDER BY identity_verified_at NULLS LAST, created_at, id LIMIT 1",
        keys.hash("national-id", national_id)
    )
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::NobodyWithNationalId.on("national_id"))
}

/// Everybody registered under the ID number of `person`: several may name one until it is verified, and the trainer
/// picks the one whose mobile its owner knows.
///
/// # Errors
/// When the database is away. The caller has asked for the session's roster, and so knows that it is the trainer's.
pub async fn visitors(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    trainer: Uuid,
    locale: Locale,
) -> Result<Vec<Visitor>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT p.id, concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS "name_ar!",
                  coalesce(p.latin_name, '') AS "name_en!", p.birth_date_sealed,
                  (SELECT a.mobile_sealed FROM accounts a WHERE a.person_id = p.id
                   ORDER BY a.frozen_at NULLS FIRST, a.created_at DESC LIMIT 1) AS mobile,
                  p.identity_verified_at IS NOT NULL AS "identity_seen!", tied_by_team($2, p.id) AS "tied!"
           FROM persons p
           WHERE p.national_id_hash = (SELECT national_id_hash FROM persons WHERE id = $1)
             AND p.profile_completed_at IS NOT NULL AND p.merged_into IS NULL
           ORDER BY p.identity_verified_at NULLS LAST, p.created_at, p.id LIMIT 10"#,
        person,
        trainer
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mobile = row.mobile.and_then(|sealed| keys.open(Purpose::Mobile, &sealed).ok()).unwrap_or_default();
            Visitor {
                person: row.id,
                name: pick(locale, row.name_ar, row.name_en),
                born: birth_years(keys, row.birth_date_sealed.as_deref()),
                mobile_end: mobile.get(mobile.len().saturating_sub(2)..).unwrap_or_default().to_owned(),
                identity_seen: row.identity_seen,
                tied: row.tied,
            }
        })
        .collect())
}

/// Notes that the trainer compared a person with their document. Noting it again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] for another trainer's session or no such person; refused outside an in-person session's time,
/// across a tie of team, and when another account was verified as the owner of the ID number.
pub async fn confirm(
    connection: &mut PgConnection,
    session: Uuid,
    person: Uuid,
    trainer: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    in_person(connection, session, trainer, now).await?;
    // The name on the document is compared with the profile's: an empty one can be compared with nothing.
    let confirmed = sqlx::query!(
        "INSERT INTO identity_confirmations (person_id, method, confirmed_by, session_id, confirmed_at)
         SELECT id, 'trainer', $2, $3, $4 FROM persons
         WHERE id = $1 AND profile_completed_at IS NOT NULL AND merged_into IS NULL
         ON CONFLICT (person_id) DO NOTHING",
        person,
        trainer,
        session,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[
        ("identity_confirmed_by_other", Problem::TiedToPerson),
        ("identity_confirmed_in_person", Problem::IdentityNeedsInPerson),
        ("identity_confirmed_in_time", Problem::MarkingOver),
        ("persons_verified_national_id", Problem::AccountFrozen),
    ])?;
    if confirmed.rows_affected() == 1 {
        return audit(connection, Some(trainer), "identity_confirmed", person, now).await;
    }
    let before = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM identity_confirmations WHERE person_id = $1) AS "exists!""#,
        person
    )
    .fetch_one(connection)
    .await?;
    if before { Ok(()) } else { Err(AppError::NotFound) }
}

/// Notes that the national single sign-on named a person by the ID number of this keyed hash. False when it was noted
/// before, or when the person has another number or no complete profile: what is verified with it is then fixed.
///
/// # Errors
/// [`Problem::AccountFrozen`] when another account was verified as the owner of the ID number.
pub async fn confirm_by_single_sign_on(
    connection: &mut PgConnection,
    person: Uuid,
    national_id_hash: &[u8],
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let confirmed = sqlx::query!(
        "INSERT INTO identity_confirmations (person_id, method, confirmed_at)
         SELECT id, 'single_sign_on', $3 FROM persons
         WHERE id = $1 AND national_id_hash = $2 AND profile_completed_at IS NOT NULL AND merged_into IS NULL
         ON CONFLICT (person_id) DO NOTHING",
        person,
        national_id_hash,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("persons_verified_national_id", Problem::AccountFrozen)])?;
    if confirmed.rows_affected() == 0 {
        return Ok(false);
    }
    audit(connection, Some(person), "identity_confirmed", person, now).await?;
    Ok(true)
}
