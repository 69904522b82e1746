//! A licence as an officer sees it.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState, LicenceStatus, Validity};
use crate::oversight::model::{Act, Outcome, Reason};
use crate::server::database::internal;

/// A licence by its number.
pub struct Found {
    pub id: Uuid,
    pub holder: Uuid,
    pub kind: LicenceKind,
    pub state: LicenceState,
    pub status: LicenceStatus,
    pub issued: Date,
    pub valid: Validity,
    /// The organisation it was issued for, in the language asked for.
    pub organisation: Option<String>,
    /// Whether the officer may act on it: no tie to its holder.
    pub untied: bool,
}

/// The licence of a number, for an officer.
///
/// # Errors
/// [`AppError::NotFound`] for a number that was never issued and for one whose holder was erased.
pub async fn found(
    connection: &mut PgConnection,
    officer: Uuid,
    number: &LicenceNumber,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"SELECT l.id, l.person_id, l.kind, l.state, l.issued_at, lower(l.valid) AS "from!", upper(l.valid) AS "until!",
             renewed(l) AS "renewed!", may_decide($2, l.person_id, l.organisation_id) AS "untied!",
             CASE WHEN $3 THEN o.name_en ELSE o.name_ar END AS organisation
         FROM licences l JOIN persons p ON p.id = l.person_id LEFT JOIN organisations o ON o.id = l.organisation_id
         WHERE l.number = $1 AND p.given_name IS NOT NULL"#,
        number.digits(),
        officer,
        locale == Locale::en
    )
    .fetch_one(connection)
    .await?;
    let valid = Validity::new(row.from, row.until);
    let state = state(&row.state)?;
    Ok(Found {
        id: row.id,
        holder: row.person_id,
        kind: kind(&row.kind)?,
        state,
        status: LicenceStatus::at(state, valid, row.renewed, now),
        issued: riyadh_day(row.issued_at),
        valid,
        organisation: row.organisation,
        untied: row.untied,
    })
}

/// The licences of a holder that have not ended, by number and kind: those that a correction issues anew, and of which
/// a revocation may take one along.
///
/// # Errors
/// When the database is away.
pub async fn live_licences(
    connection: &mut PgConnection,
    holder: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<(String, LicenceKind)>, AppError> {
    let rows = sqlx::query!(
        "SELECT number, kind FROM licences
         WHERE person_id = $1 AND state IN ('active', 'suspended') AND upper(valid) > $2 ORDER BY lower(valid), id",
        holder,
        riyadh_day(now)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|row| Ok((row.number, kind(&row.kind)?))).collect()
}

/// A proposal that waits for a second officer.
pub struct OpenProposal {
    pub id: Uuid,
    pub act: Act,
    pub reason: Reason,
    pub text: Option<String>,
    pub proposed_at: OffsetDateTime,
    pub proposed_by: Uuid,
    /// The licences that a revocation takes besides the one it is about.
    pub also: Vec<String>,
}

/// The proposal that waits about a licence.
///
/// # Errors
/// When the database is away.
pub async fn open_proposal(
    connection: &mut PgConnection,
    licence: Uuid,
    now: OffsetDateTime,
) -> Result<Option<OpenProposal>, AppError> {
    let row = sqlx::query!(
        r#"SELECT p.id AS "id!", p.act AS "act!", p.reason AS "reason!", t.body AS "text?",
             p.proposed_at AS "proposed_at!", p.proposed_by AS "proposed_by!",
             ARRAY(SELECT l.number FROM taken_by_revocation($1, $2) l WHERE p.act = 'revoke' AND l.id <> $1) AS "also!"
         FROM open_proposals($1) p LEFT JOIN proposal_texts t ON t.proposal_id = p.id AND t.part = 'proposed'"#,
        licence,
        now
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(OpenProposal {
            id: row.id,
            act: act(&row.act)?,
            reason: reason(&row.reason)?,
            text: row.text,
            proposed_at: row.proposed_at,
            proposed_by: row.proposed_by,
            also: row.also,
        })
    })
    .transpose()
}

/// A proposal of which something became.
pub struct Settled {
    pub act: Act,
    pub reason: Reason,
    pub text: Option<String>,
    pub proposed_at: OffsetDateTime,
    pub outcome: Outcome,
    pub settled_at: OffsetDateTime,
    /// Why it was refused.
    pub answer: Option<String>,
}

/// The proposals about a licence that are settled, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn settled_proposals(connection: &mut PgConnection, licence: Uuid) -> Result<Vec<Settled>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT p.act, p.reason, p.proposed_at, o.outcome, o.at, t.body AS "text?", a.body AS "answer?"
         FROM licence_proposals p JOIN proposal_outcomes o ON o.proposal_id = p.id
         LEFT JOIN proposal_texts t ON t.proposal_id = p.id AND t.part = 'proposed'
         LEFT JOIN proposal_texts a ON a.proposal_id = p.id AND a.part = 'refused'
         WHERE p.licence_id = $1 ORDER BY p.proposed_at, p.id LIMIT 200"#,
        licence
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Settled {
                act: act(&row.act)?,
                reason: reason(&row.reason)?,
                text: row.text,
                proposed_at: row.proposed_at,
                outcome: Outcome::from_code(&row.outcome).ok_or_else(|| internal(&"unknown outcome"))?,
                settled_at: row.at,
                answer: row.answer,
            })
        })
        .collect()
}

pub(super) fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}

fn state(code: &str) -> Result<LicenceState, AppError> {
    LicenceState::from_code(code).ok_or_else(|| internal(&"unknown licence state"))
}

pub(super) fn act(code: &str) -> Result<Act, AppError> {
    Act::from_code(code).ok_or_else(|| internal(&"unknown act"))
}

pub(super) fn reason(code: &str) -> Result<Reason, AppError> {
    Reason::from_code(code).ok_or_else(|| internal(&"unknown reason"))
}
