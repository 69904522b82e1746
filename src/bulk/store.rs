//! Every query of lists.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::job::AnswerList;
use super::model::{Asked, KEPT, Row, RowState, Wrong};
use crate::error::AppError;
use crate::licences::model::{LicenceKind, Validity};
use crate::server::database::internal;
use crate::server::jobs;
use crate::verification::store::Shown;

/// Keeps a list, with the job that answers it, and returns its id.
///
/// # Errors
/// When the database is away.
pub async fn keep(connection: &mut PgConnection, rows: &[(i32, Asked)], now: OffsetDateTime) -> Result<Uuid, AppError> {
    let check = sqlx::query_scalar!("INSERT INTO bulk_checks (created_at) VALUES ($1) RETURNING id", now)
        .fetch_one(&mut *connection)
        .await?;
    let lines: Vec<i32> = rows.iter().map(|(line, _)| *line).collect();
    let (mut numbers, mut typed, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (_, asked) in rows {
        let (number, text, problem) = match asked {
            Asked::Number(number) => (Some(number.as_str()), None, None),
            Asked::Wrong(text, wrong) => {
                (None, Some(text.as_str()).filter(|text| !text.is_empty()), Some(wrong.code()))
            }
        };
        numbers.push(number);
        typed.push(text);
        problems.push(problem);
    }
    sqlx::query!(
        "INSERT INTO bulk_rows (check_id, line, number, typed, problem, state)
         SELECT $1, line, number, typed, problem, CASE WHEN number IS NULL THEN 'malformed' ELSE 'waiting' END
         FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS sent(line, number, typed, problem)",
        check,
        &lines,
        &numbers as &[Option<&str>],
        &typed as &[Option<&str>],
        &problems as &[Option<&str>]
    )
    .execute(&mut *connection)
    .await?;
    jobs::add(connection, &AnswerList { check }, now, Some(&check.to_string())).await?;
    Ok(check)
}

/// Takes rows that wait: line and number. Those that another transaction has taken are passed over.
///
/// # Errors
/// When the database is away.
pub async fn piece(connection: &mut PgConnection, check: Uuid, most: i64) -> Result<Vec<(i32, String)>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT line, number AS "number!" FROM bulk_rows WHERE check_id = $1 AND state = 'waiting'
         ORDER BY line LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED"#,
        check,
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.line, row.number)).collect())
}

/// Whether rows still wait, after whoever held the first of them has let go.
///
/// # Errors
/// When the database is away, or another transaction holds it for longer than a lock is waited for.
pub async fn wait_for_others(connection: &mut PgConnection, check: Uuid) -> Result<bool, AppError> {
    let waiting = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM bulk_rows WHERE check_id = $1 AND state = 'waiting') AS "waiting!""#,
        check
    )
    .fetch_one(&mut *connection)
    .await?;
    if waiting {
        sqlx::query_scalar!(
            "SELECT line FROM bulk_rows WHERE check_id = $1 AND state = 'waiting' ORDER BY line LIMIT 1 FOR NO KEY UPDATE",
            check
        )
        .fetch_optional(connection)
        .await?;
    }
    Ok(waiting)
}

/// Writes the answers of rows that wait: by line, the licence that was found.
///
/// # Errors
/// When the database is away.
pub async fn answer(
    connection: &mut PgConnection,
    check: Uuid,
    answers: &[(i32, Option<&Shown>)],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let state =
        |found: Option<&Shown>| found.map_or(RowState::NotFound, |licence| RowState::Was(licence.status)).code();
    let lines: Vec<i32> = answers.iter().map(|(line, _)| *line).collect();
    let states: Vec<&str> = answers.iter().map(|(_, found)| state(*found)).collect();
    let kinds: Vec<Option<&str>> = answers.iter().map(|(_, found)| found.map(|one| one.kind.code())).collect();
    let from: Vec<Option<Date>> = answers.iter().map(|(_, found)| found.map(|one| one.valid.from)).collect();
    let to: Vec<Option<Date>> = answers.iter().map(|(_, found)| found.map(|one| one.valid.to)).collect();
    sqlx::query!(
        "UPDATE bulk_rows r SET state = found.state, kind = found.kind, valid_from = found.first,
             valid_until = found.last + 1, answered_at = $7
         FROM unnest($2::int[], $3::text[], $4::text[], $5::date[], $6::date[]) AS found(line, state, kind, first, last)
         WHERE r.check_id = $1 AND r.line = found.line AND r.state = 'waiting'",
        check,
        &lines,
        &states as &[&str],
        &kinds as &[Option<&str>],
        &from as &[Option<Date>],
        &to as &[Option<Date>],
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A list and how far it is.
pub struct Progress {
    pub created_at: OffsetDateTime,
    /// How many rows are in each state.
    pub counts: Vec<(RowState, i64)>,
    /// When the first of its rows was looked up.
    pub answered_from: Option<OffsetDateTime>,
}

/// How far a list is.
///
/// # Errors
/// [`AppError::NotFound`] for one that is not there, or not any more.
pub async fn progress(connection: &mut PgConnection, check: Uuid, now: OffsetDateTime) -> Result<Progress, AppError> {
    let rows = sqlx::query!(
        r#"SELECT c.created_at, r.state, count(*) AS "count!", min(r.answered_at) AS first
         FROM bulk_checks c JOIN bulk_rows r ON r.check_id = c.id
         WHERE c.id = $1 AND c.created_at > $2 GROUP BY c.created_at, r.state"#,
        check,
        now - KEPT
    )
    .fetch_all(connection)
    .await?;
    let created_at = rows.first().ok_or(AppError::NotFound)?.created_at;
    let count = |state: RowState| rows.iter().find(|row| row.state == state.code()).map(|row| (state, row.count));
    Ok(Progress {
        created_at,
        counts: RowState::ALL.into_iter().filter_map(count).collect(),
        answered_from: rows.iter().filter_map(|row| row.first).min(),
    })
}

/// Rows of a list in their order, after a line, of a state where one is given; their holders are not named.
///
/// # Errors
/// When the database is away.
pub async fn rows(
    connection: &mut PgConnection,
    check: Uuid,
    state: Option<RowState>,
    after: i32,
    most: usize,
) -> Result<Vec<Row>, AppError> {
    let rows = sqlx::query_as!(
        Kept,
        "SELECT line, number, typed, problem, state, kind, valid_from, valid_until, answered_at FROM bulk_rows
         WHERE check_id = $1 AND line > $2 AND ($3::text IS NULL OR state = $3) ORDER BY line LIMIT $4",
        check,
        after,
        state.map(RowState::code),
        i64::try_from(most).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Kept::row).collect()
}

struct Kept {
    line: i32,
    number: Option<String>,
    typed: Option<String>,
    problem: Option<String>,
    state: String,
    kind: Option<String>,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
    answered_at: Option<OffsetDateTime>,
}

impl Kept {
    fn row(self) -> Result<Row, AppError> {
        let asked = match (self.number, self.problem.as_deref().and_then(Wrong::from_code)) {
            (Some(number), _) => Asked::Number(number),
            (None, Some(wrong)) => Asked::Wrong(self.typed.unwrap_or_default(), wrong),
            (None, None) => return Err(internal(&"unknown problem of a row")),
        };
        let kind = self.kind.as_deref().and_then(LicenceKind::from_code);
        let valid = self.valid_from.zip(self.valid_until).map(|(from, until)| Validity::new(from, until));
        Ok(Row {
            line: self.line,
            asked,
            state: RowState::from_code(&self.state).ok_or_else(|| internal(&"unknown state of a row"))?,
            licence: kind.zip(valid),
            holder: None,
            answered_at: self.answered_at,
        })
    }
}

/// Deletes lists whose day is over.
///
/// # Errors
/// When the database is away.
pub async fn forget(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM bulk_checks WHERE created_at <= $1", now - KEPT).execute(connection).await?;
    Ok(())
}
