//! One licence by its number, as strangers may see it.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::accounts::name_key::name_key;
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState, LicenceStatus, Validity, masked_name};
use crate::oversight::model::Reason;
use crate::server::database::internal;

/// A licence as strangers may see it.
pub struct Shown {
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub issued: Date,
    pub valid: Validity,
    /// Of a suspension or a revocation, while it is what is shown.
    pub reason: Option<Reason>,
    /// The number and status of the licence that a correction put in its place, the last where it was corrected again.
    pub successor: Option<(LicenceNumber, LicenceStatus)>,
    pub masked_name: String,
    /// The organisation it was issued for, or the team its holder leads, in Arabic and English.
    pub body: Option<(String, String)>,
}

impl Shown {
    /// Whether it says whose it is: what a correction replaced does so in its successor alone.
    pub fn stands(&self) -> bool {
        self.successor.is_none()
    }
}

/// The licence of a number. `None` for one that was never issued and for one whose holder was erased: the same
/// statement finds both out.
///
/// # Errors
/// When the database is away.
pub async fn look_up(
    connection: &mut PgConnection,
    number: &LicenceNumber,
    now: OffsetDateTime,
) -> Result<Option<Shown>, AppError> {
    Ok(look_up_all(connection, &[number.digits()], now).await?.remove(number.digits()))
}

/// The licences of many numbers, each sixteen digits, by their numbers.
///
/// # Errors
/// When the database is away.
pub async fn look_up_all(
    connection: &mut PgConnection,
    numbers: &[&str],
    now: OffsetDateTime,
) -> Result<HashMap<String, Shown>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT number AS "number!", kind AS "kind!", state AS "state!", issued_at AS "issued_at!",
             valid_from AS "valid_from!", valid_until AS "valid_until!", renewed AS "renewed!",
             given_name AS "given_name!", father_name, grandfather_name, family_name, body_ar, body_en, reason,
             new_number, new_state, new_renewed
         FROM shown_licences($1, $2)"#,
        numbers as &[&str],
        riyadh_day(now)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|row| Ok((row.number.clone(), row.shown(now)?))).collect()
}

/// A row of `shown_licences`.
struct Row {
    number: String,
    kind: String,
    state: String,
    issued_at: OffsetDateTime,
    valid_from: Date,
    valid_until: Date,
    renewed: bool,
    given_name: String,
    father_name: Option<String>,
    grandfather_name: Option<String>,
    family_name: Option<String>,
    body_ar: Option<String>,
    body_en: Option<String>,
    reason: Option<String>,
    new_number: Option<String>,
    new_state: Option<String>,
    new_renewed: Option<bool>,
}

impl Row {
    fn shown(self, now: OffsetDateTime) -> Result<Shown, AppError> {
        let (Some(kind), Some(state)) = (LicenceKind::from_code(&self.kind), LicenceState::from_code(&self.state))
        else {
            return Err(internal(&"unknown kind or state of a licence"));
        };
        let valid = Validity::new(self.valid_from, self.valid_until);
        let status = LicenceStatus::at(state, valid, self.renewed, now);
        // A correction has the days of what it corrects.
        let successor = self.new_number.zip(self.new_state).and_then(|(number, state)| {
            let state = LicenceState::from_code(&state)?;
            let renewed = self.new_renewed.unwrap_or_default();
            Some((LicenceNumber::parse(&number).ok()?, LicenceStatus::at(state, valid, renewed, now)))
        });
        let told = matches!(status, LicenceStatus::Suspended | LicenceStatus::Revoked);
        let further = [self.father_name, self.grandfather_name, self.family_name];
        Ok(Shown {
            kind,
            status,
            issued: riyadh_day(self.issued_at),
            valid,
            reason: self.reason.as_deref().filter(|_| told).and_then(Reason::from_code),
            successor,
            masked_name: masked_name(&self.given_name, further.iter().flatten().map(String::as_str)),
            body: self.body_ar.zip(self.body_en),
        })
    }
}

/// Whether a full name, in Arabic or Latin script, is that of the holder of a number. False for unknown numbers too, and
/// for those that a correction replaced: the name is the new licence's.
///
/// # Errors
/// When the database is away.
pub async fn name_matches(
    connection: &mut PgConnection,
    number: &LicenceNumber,
    typed: &str,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM licences l JOIN persons p ON p.id = l.person_id
             WHERE l.number = $1 AND p.given_name IS NOT NULL AND l.superseded_by IS NULL
               AND (p.name_key = $2 OR lower(p.latin_name) = lower($3))) AS "matches!""#,
        number.digits(),
        name_key(typed),
        crate::text::one_line(typed)
    )
    .fetch_one(connection)
    .await?)
}
