//! What a test belongs to, as its holder may see it, and the attempts at it.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::subject::Subject;
use crate::assessment::model::{AttemptState, Rules, Standing};
use crate::error::AppError;
use crate::server::database::internal;

/// What a test belongs to, and what that means for it.
pub struct Held {
    pub subject: Subject,
    pub person: Uuid,
    pub standing: Standing,
    /// The licence kind whose settings apply, and whose bank where there is no module.
    pub kind: String,
    /// The module whose questions are asked for a renewal.
    pub module: Option<Uuid>,
    /// Number of the licence to be renewed.
    pub licence: Option<String>,
    pub title_ar: String,
    pub title_en: String,
}

/// An enrolment of a person's own, or a licence of theirs as something to renew.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, or when it is another person's.
pub async fn held(
    connection: &mut PgConnection,
    id: Uuid,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Held, AppError> {
    let row = sqlx::query!(
        "SELECT e.state, g.kind, g.title_ar, g.title_en
         FROM enrolments e JOIN programmes g ON g.id = e.programme_id
         WHERE e.id = $1 AND e.person_id = $2",
        id,
        person
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return renewing(connection, id, person, now).await };
    Ok(Held {
        subject: Subject::Enrolment(id),
        person,
        standing: Standing::of_enrolment(&row.state),
        kind: row.kind,
        module: None,
        licence: None,
        title_ar: row.title_ar,
        title_en: row.title_en,
    })
}

/// A licence of a person's own, on whichever record of theirs, as something to renew, with the module in force.
async fn renewing(
    connection: &mut PgConnection,
    id: Uuid,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Held, AppError> {
    let row = sqlx::query!(
        r#"SELECT l.kind, l.number, renewal_refusal(l, $3) IS NULL AS "open!", m.id AS "module?",
             coalesce(m.title_ar, '') AS "title_ar!", coalesce(m.title_en, '') AS "title_en!",
             EXISTS (SELECT FROM renewal_needs(l, $3) WHERE code = 'renewal_module' AND met) AS "passed!"
         FROM licences l
         LEFT JOIN LATERAL (
             SELECT id, title_ar, title_en FROM renewal_modules
             WHERE kind = l.kind AND retired_at IS NULL AND published_at <= $3
             ORDER BY published_at DESC LIMIT 1) m ON true
         WHERE l.id = $1 AND l.person_id = ANY (ARRAY(SELECT records_of($2)))"#,
        id,
        person,
        now
    )
    .fetch_optional(connection)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Held {
        subject: Subject::Renewal(id),
        person,
        standing: match (row.passed, row.open) {
            (true, _) => Standing::Passed,
            (false, true) => Standing::RenewalOpen,
            (false, false) => Standing::RenewalClosed,
        },
        kind: row.kind,
        module: row.module,
        licence: Some(row.number),
        title_ar: row.title_ar,
        title_en: row.title_en,
    })
}

/// As [`held`], and nobody else starts or finishes its test until the transaction ends. Every writer locks what a test
/// belongs to before an attempt, so that none waits for another in a circle.
///
/// # Errors
/// As [`held`].
pub async fn held_and_locked(
    connection: &mut PgConnection,
    subject: Subject,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Held, AppError> {
    subject.lock(connection).await?;
    held(connection, subject.id(), person, now).await
}

/// The rules in force for a test.
///
/// # Errors
/// When a setting is missing, which a migrated database never lacks.
pub async fn rules(connection: &mut PgConnection, held: &Held, now: OffsetDateTime) -> Result<Rules, AppError> {
    let row = sqlx::query!(
        "SELECT setting(CASE WHEN $3 THEN 'renewal_questions' ELSE 'test_questions' END, $1, $2) AS questions,
             setting(CASE WHEN $3 THEN 'renewal_minutes' ELSE 'test_minutes' END, $1, $2) AS minutes,
             setting('pass_mark_percent', $1, $2) AS pass_mark, setting('test_attempts', $1, $2) AS attempts",
        held.kind,
        now,
        held.licence.is_some()
    )
    .fetch_one(connection)
    .await?;
    match (row.questions, row.minutes, row.pass_mark, row.attempts) {
        (Some(questions), Some(minutes), Some(pass_mark_percent), Some(attempts)) => {
            Ok(Rules { questions, minutes, pass_mark_percent, attempts })
        }
        _ => Err(internal(&"a setting of the test is missing")),
    }
}

/// One sitting of a test.
pub struct Attempt {
    pub id: Uuid,
    pub ordinal: i16,
    pub state: AttemptState,
    pub started_at: OffsetDateTime,
    pub deadline_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
    pub pass_mark_percent: i16,
    pub right_answers: Option<i16>,
    pub asked: i64,
    /// Taken on paper, recorded by a trainer and confirmed by an administrator.
    pub on_paper: bool,
}

/// All attempts at a test, the latest first.
///
/// # Errors
/// When the database is away.
pub async fn attempts(connection: &mut PgConnection, subject: Subject) -> Result<Vec<Attempt>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT id, ordinal, state, started_at, deadline_at, finished_at, pass_mark_percent, right_answers,
             asked_in(a) AS "asked!", paper_result_id IS NOT NULL AS "on_paper!"
         FROM attempts a WHERE enrolment_id = $1 OR renews = $1 ORDER BY ordinal DESC"#,
        subject.id()
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Attempt {
                id: row.id,
                ordinal: row.ordinal,
                state: AttemptState::from_code(&row.state).ok_or_else(|| internal(&"unknown state of an attempt"))?,
                started_at: row.started_at,
                deadline_at: row.deadline_at,
                finished_at: row.finished_at,
                pass_mark_percent: row.pass_mark_percent,
                right_answers: row.right_answers,
                asked: row.asked,
                on_paper: row.on_paper,
            })
        })
        .collect()
}

/// How many attempts are left, and from when on there is another where none is. Those at a renewal's test come back after
/// the days of a setting: who failed them all would else lose their licence by it.
///
/// # Errors
/// When the database is away.
pub async fn attempts_left(
    connection: &mut PgConnection,
    held: &Held,
    rules: Rules,
    attempts: &[Attempt],
    now: OffsetDateTime,
) -> Result<(i32, Option<OffsetDateTime>), AppError> {
    if held.licence.is_none() {
        return Ok((rules.attempts_left(i32::try_from(attempts.len()).unwrap_or(i32::MAX)), None));
    }
    let days = sqlx::query_scalar!("SELECT setting('renewal_retry_days', $1, $2)", held.kind, now)
        .fetch_one(connection)
        .await?
        .unwrap_or_default();
    let comes_back = |attempt: &Attempt| attempt.started_at + Duration::days(i64::from(days));
    let mut counted: Vec<OffsetDateTime> = attempts.iter().map(comes_back).filter(|again| *again > now).collect();
    let left = rules.attempts_left(i32::try_from(counted.len()).unwrap_or(i32::MAX));
    counted.sort();
    // The first whose return makes room, should the rule have become narrower meanwhile.
    let first = counted.len().checked_sub(usize::try_from(rules.attempts).unwrap_or_default());
    Ok((left, if left == 0 { first.and_then(|first| counted.get(first).copied()) } else { None }))
}
