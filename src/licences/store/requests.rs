//! Requests for a licence, as their applicant makes and follows them.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::DRAWS;
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, RequestState};
use crate::review::model::AgeBand;
use crate::server::database::{OnConstraint, internal};

/// The number of a person's open request of a kind.
///
/// # Errors
/// When the database is away.
pub async fn open_request(
    connection: &mut PgConnection,
    person: Uuid,
    kind: LicenceKind,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM licence_requests WHERE person_id = $1 AND kind = $2
           AND state IN ('draft', 'submitted', 'in_review', 'returned', 'appealed')",
        person,
        kind.code()
    )
    .fetch_optional(connection)
    .await?)
}

/// Submits a request and returns its number and `true`; or, where one of the kind is open, that one's and `false`.
/// `numbers` draws ten random digits.
///
/// # Errors
/// When the database is away.
pub async fn submit(
    connection: &mut PgConnection,
    person: Uuid,
    kind: LicenceKind,
    organisation: Option<Uuid>,
    mut numbers: impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<(String, bool), AppError> {
    for _ in 0..DRAWS {
        // Waits for a racing submission; then either index says that there is nothing to add.
        let number = sqlx::query_scalar!(
            "INSERT INTO licence_requests (number, person_id, kind, organisation_id, state, created_at, submitted_at,
                 answer_by)
             VALUES ($1, $2, $3, $4, 'submitted', $5, $5,
                 $5::timestamptz + make_interval(days => setting('review_days', $3, $5)))
             ON CONFLICT DO NOTHING RETURNING number",
            numbers(),
            person,
            kind.code(),
            organisation,
            now
        )
        .fetch_optional(&mut *connection)
        .await
        // Closed at this very moment.
        .on_constraint(&[("person_is_open", Problem::NoLongerPossible)])?;
        if let Some(number) = number {
            audit(connection, "request_submitted", person, &number, now).await?;
            return Ok((number, true));
        }
        if let Some(number) = open_request(connection, person, kind).await? {
            return Ok((number, false));
        }
    }
    Err(internal(&"no free request number was drawn"))
}

pub(super) async fn audit(
    connection: &mut PgConnection,
    action: &str,
    person: Uuid,
    number: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id)
         SELECT $1, $2, $3, id FROM licence_requests WHERE number = $4",
        now,
        person,
        action,
        number
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A request as its applicant sees it.
pub struct Request {
    pub kind: LicenceKind,
    pub state: RequestState,
    pub submitted_at: Option<OffsetDateTime>,
    pub answer_by: Option<OffsetDateTime>,
    pub organisation: Option<String>,
    /// Number of the licence it led to; after a correction, of the newest.
    pub licence: Option<String>,
    pub appealed_at: Option<OffsetDateTime>,
    /// Number of the licence it renews.
    pub renews: Option<String>,
}

/// A person's own request, on whichever record of theirs it stands, as it is at an instant.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for somebody else's alike.
pub async fn request(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Request, AppError> {
    let row = sqlx::query!(
        r#"SELECT q.kind, state_at(q, $4) AS "state!", q.submitted_at, q.answer_by, q.appealed_at, l.number AS "licence?",
             (SELECT number FROM licences WHERE id = q.renews) AS renews,
             CASE WHEN $3 THEN o.name_en ELSE o.name_ar END AS organisation
         FROM licence_requests q LEFT JOIN licences l ON l.request_id = q.id AND l.superseded_by IS NULL
         LEFT JOIN organisations o ON o.id = q.organisation_id
         WHERE q.number = $1 AND q.person_id = ANY (ARRAY(SELECT records_of($2)))"#,
        number,
        person,
        locale == Locale::en,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(Request {
        kind: kind(&row.kind)?,
        state: state(&row.state)?,
        submitted_at: row.submitted_at,
        answer_by: row.answer_by,
        organisation: row.organisation,
        licence: row.licence,
        appealed_at: row.appealed_at,
        renews: row.renews,
    })
}

/// Notes the age of an applicant on submission, in a band: the queue narrows by it.
///
/// # Errors
/// When the database is away.
pub async fn note_age_band(connection: &mut PgConnection, number: &str, band: AgeBand) -> Result<(), AppError> {
    sqlx::query!("UPDATE licence_requests SET age_band = $2 WHERE number = $1", number, band.code())
        .execute(connection)
        .await?;
    Ok(())
}

fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}

fn state(code: &str) -> Result<RequestState, AppError> {
    RequestState::from_code(code).ok_or_else(|| internal(&"unknown request state"))
}
