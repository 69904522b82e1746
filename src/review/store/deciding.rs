//! Deciding, and undoing in time.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::LicenceKind;
use crate::licences::store::{requirements, running_licence};
use crate::renewal::store::is_possible;
use crate::review::job::TakeEffect;
use crate::review::model::{EFFECT_AFTER, FieldReason, Outcome, RejectReason, RequestField};
use crate::server::database::{OnConstraint, internal};
use crate::server::jobs;

/// A decision with its reasons.
pub enum Verdict {
    Approve,
    /// Each field that needs mending, why, and what more there is to say of it.
    Return(Vec<(RequestField, FieldReason, Option<String>)>),
    Reject(RejectReason, String),
}

impl Verdict {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Approve => Outcome::Approved,
            Self::Return(_) => Outcome::Returned,
            Self::Reject(..) => Outcome::Rejected,
        }
    }
}

/// A decision just made.
pub struct Decided {
    pub id: Uuid,
    pub request: Uuid,
    pub effective_at: OffsetDateTime,
}

/// Decides a request: the decision, and the job that settles it once it takes effect. Nobody is told before.
///
/// # Errors
/// [`Problem::RequestTakenBack`] when this reviewer does not hold it (any more) or has decided it,
/// [`Problem::TiedToPerson`] when they may not decide it, [`Problem::AppealIsFinal`] for returning an appeal, and
/// [`Problem::PrerequisitesMissing`] or [`Problem::LicenceStillValid`] when an approval could not take effect as things
/// stand.
pub async fn decide(
    connection: &mut PgConnection,
    reviewer: Uuid,
    number: &str,
    verdict: &Verdict,
    now: OffsetDateTime,
) -> Result<Decided, AppError> {
    let decided = note_decision(connection, reviewer, number, verdict, now).await?;
    jobs::add(connection, &TakeEffect { request: decided.request }, decided.effective_at, None).await?;
    Ok(decided)
}

/// As [`decide`], for who sees to its effect themselves.
///
/// # Errors
/// As [`decide`].
pub async fn note_decision(
    connection: &mut PgConnection,
    reviewer: Uuid,
    number: &str,
    verdict: &Verdict,
    now: OffsetDateTime,
) -> Result<Decided, AppError> {
    let held = sqlx::query!(
        "SELECT id, person_id, kind, organisation_id, renews FROM licence_requests
         WHERE number = $1 AND state = 'in_review' AND claimed_by = $2 FOR UPDATE",
        number,
        reviewer
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(held) = held else { return Problem::RequestTakenBack.refused() };
    let effective_at = now + EFFECT_AFTER;
    let reason = match verdict {
        Verdict::Reject(reason, _) => Some(reason.code()),
        _ => None,
    };
    let id = sqlx::query_scalar!(
        "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at, reason)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        held.id,
        verdict.outcome().code(),
        reviewer,
        now,
        effective_at,
        reason
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("decisions_by_claimant", Problem::RequestTakenBack),
        ("decisions_one_standing", Problem::RequestTakenBack),
        ("decisions_untied_reviewer", Problem::TiedToPerson),
        ("decisions_other_reviewer", Problem::TiedToPerson),
        ("decisions_appeal_final", Problem::AppealIsFinal),
    ])?;
    match verdict {
        Verdict::Approve => {
            let kind = LicenceKind::from_code(&held.kind).ok_or_else(|| internal(&"unknown licence kind"))?;
            possible(connection, held.person_id, kind, held.organisation_id, held.renews, effective_at).await?;
        }
        Verdict::Return(fields) => {
            for (field, reason, text) in fields {
                note_field(connection, id, *field, *reason, text.as_deref()).await?;
            }
        }
        Verdict::Reject(_, text) => note_text(connection, id, "", text).await?,
    }
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, 'request_' || $4, $3)",
        now,
        reviewer,
        held.id,
        verdict.outcome().code()
    )
    .execute(connection)
    .await?;
    Ok(Decided { id, request: held.id, effective_at })
}

/// Whether the register would issue the licence at an instant. It has the last word then; this spares the detour.
async fn possible(
    connection: &mut PgConnection,
    person: Uuid,
    kind: LicenceKind,
    organisation: Option<Uuid>,
    renews: Option<Uuid>,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    if let Some(licence) = renews {
        return if is_possible(connection, licence, at).await? {
            Ok(())
        } else {
            Problem::PrerequisitesMissing.refused()
        };
    }
    let requirements = requirements(connection, person, kind, organisation, Locale::ar, at).await?;
    if requirements.iter().any(|one| !one.met) {
        return Problem::PrerequisitesMissing.refused();
    }
    match running_licence(connection, person, kind, organisation, at).await? {
        Some(_) => Problem::LicenceStillValid.refused(),
        None => Ok(()),
    }
}

async fn note_field(
    connection: &mut PgConnection,
    decision: Uuid,
    field: RequestField,
    reason: FieldReason,
    text: Option<&str>,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO returned_fields (decision_id, field, reason) VALUES ($1, $2, $3)",
        decision,
        field.code(),
        reason.code()
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[
        ("returned_fields_of_decision", Problem::ChoiceUnknown),
        ("name_on_licence", Problem::NameOnLicence),
    ])?;
    match text {
        Some(text) => note_text(connection, decision, field.code(), text).await,
        None => Ok(()),
    }
}

async fn note_text(connection: &mut PgConnection, decision: Uuid, field: &str, body: &str) -> Result<(), AppError> {
    sqlx::query!("INSERT INTO decision_texts (decision_id, field, body) VALUES ($1, $2, $3)", decision, field, body)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes a decision back before it takes effect; the request is the reviewer's again. Returns its number. Doing so again
/// changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown decision and another reviewer's alike, [`Problem::TooLateToUndo`] after ten
/// seconds.
pub async fn undo(
    connection: &mut PgConnection,
    reviewer: Uuid,
    decision: Uuid,
    now: OffsetDateTime,
) -> Result<String, AppError> {
    let made = sqlx::query!(
        r#"SELECT q.id, q.number, w.kind AS "withdrawal?"
         FROM decisions d JOIN licence_requests q ON q.id = d.request_id
         LEFT JOIN decision_withdrawals w ON w.decision_id = d.id
         WHERE d.id = $1 AND d.reviewer_id = $2"#,
        decision,
        reviewer
    )
    .fetch_one(&mut *connection)
    .await?;
    match made.withdrawal.as_deref() {
        Some("undone") => return Ok(made.number),
        Some(_) => return Problem::TooLateToUndo.refused(),
        None => {}
    }
    let undone = sqlx::query!(
        "INSERT INTO decision_withdrawals (decision_id, kind, by_id, withdrawn_at) VALUES ($1, 'undone', $2, $3)
         ON CONFLICT DO NOTHING",
        decision,
        reviewer,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("decision_withdrawals_in_time", Problem::TooLateToUndo)])?
    .rows_affected();
    if undone == 1 {
        sqlx::query!(
            "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, 'decision_undone', $3)",
            now,
            reviewer,
            made.id
        )
        .execute(connection)
        .await?;
    }
    Ok(made.number)
}
