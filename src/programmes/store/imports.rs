//! Files to be imported: looked at by the very code that imports, and undone; then taken whole or not at all.

use std::collections::HashSet;

use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{audit, mending, planning};
use crate::error::{AppError, FieldError, Problem};
use crate::programmes::model::{Import, ImportKind, RowReport, Verdict, code};
use crate::programmes::rows::{self, Cells};
use crate::server::database::internal;

/// What an act of importing is done by, and when.
#[derive(Clone, Copy)]
struct Act {
    by: Uuid,
    now: OffsetDateTime,
}

/// Keeps a file with what is found in it. Nothing of it is imported.
///
/// # Errors
/// By field `csv` when it cannot be read as a file of this kind.
pub async fn check(
    connection: &mut PgConnection,
    kind: ImportKind,
    contents: &str,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let report = tried(connection, kind, contents, Act { by, now }).await?;
    Ok(sqlx::query_scalar!(
        "INSERT INTO csv_imports (what, contents, report, sent_by, sent_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        kind.code(),
        contents,
        serde_json::to_value(&report).map_err(|error| internal(&error))?,
        by,
        now
    )
    .fetch_one(connection)
    .await?)
}

/// A file that was sent, with what was found in it when it was last looked at.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn import(connection: &mut PgConnection, id: Uuid) -> Result<Import, AppError> {
    let row = sqlx::query!("SELECT what, report, imported_at FROM csv_imports WHERE id = $1", id)
        .fetch_one(connection)
        .await?;
    Ok(Import {
        id,
        kind: what(&row.what)?,
        rows: serde_json::from_value(row.report).map_err(|error| internal(&error))?,
        imported_at: row.imported_at,
    })
}

/// Imports a file: every row that is not there yet, or none where any is bad, and then notes anew what is wrong. A file
/// that was imported stays so, however often it is asked for.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn run(connection: &mut PgConnection, id: Uuid, by: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    let row = sqlx::query!("SELECT what, contents, imported_at FROM csv_imports WHERE id = $1 FOR UPDATE", id)
        .fetch_one(&mut *connection)
        .await?;
    if row.imported_at.is_some() {
        return Ok(());
    }
    let (kind, act) = (what(&row.what)?, Act { by, now });
    let mut trial = connection.begin().await?;
    let report = take(&mut trial, kind, &row.contents, act).await?;
    let good = !report.iter().any(RowReport::is_bad);
    if good {
        trial.commit().await?;
        audit(connection, by, "file_imported", id, now).await?;
    } else {
        trial.rollback().await?;
    }
    sqlx::query!(
        "UPDATE csv_imports SET report = $2, imported_at = CASE WHEN $3 THEN $4::timestamptz END WHERE id = $1",
        id,
        serde_json::to_value(&report).map_err(|error| internal(&error))?,
        good,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn what(code: &str) -> Result<ImportKind, AppError> {
    ImportKind::from_code(code).ok_or_else(|| internal(&"unknown kind of file"))
}

/// What importing would find, undone.
async fn tried(
    connection: &mut PgConnection,
    kind: ImportKind,
    contents: &str,
    act: Act,
) -> Result<Vec<RowReport>, AppError> {
    let mut trial = connection.begin().await?;
    let report = take(&mut trial, kind, contents, act).await?;
    trial.rollback().await?;
    Ok(report)
}

/// Takes every row it can, each in a savepoint of its own so that one that is refused does not hide the next.
async fn take(
    connection: &mut PgConnection,
    kind: ImportKind,
    contents: &str,
    act: Act,
) -> Result<Vec<RowReport>, AppError> {
    planning::take_turn(connection).await?;
    let mut seen = HashSet::new();
    let mut report = Vec::new();
    for (row, cells) in rows::read(kind, contents)? {
        let cells = match cells {
            Ok(cells) => cells,
            Err(problem) => {
                report.push(RowReport { row, key: String::new(), verdict: bad("", problem) });
                continue;
            }
        };
        let key = cells.of("key").trim().to_owned();
        let verdict = match code(&key) {
            Err(problem) => bad("key", problem),
            Ok(own) if !seen.insert(own.clone()) => bad("key", Problem::KeyTwice),
            Ok(own) => {
                let mut step = connection.begin().await?;
                let taken = match kind {
                    ImportKind::Sessions => session(&mut step, &own, &cells, act).await,
                    ImportKind::Questions => question(&mut step, &own, &cells, act).await,
                };
                match taken {
                    Ok(verdict) => {
                        step.commit().await?;
                        verdict
                    }
                    Err(AppError::Invalid(problems)) => {
                        step.rollback().await?;
                        Verdict::Bad(problems)
                    }
                    Err(error) => return Err(error),
                }
            }
        };
        report.push(RowReport { row, key, verdict });
    }
    Ok(report)
}

fn bad(column: &str, problem: Problem) -> Verdict {
    Verdict::Bad(vec![FieldError { field: column.to_owned(), problem }])
}

async fn session(
    connection: &mut PgConnection,
    key: &str,
    cells: &Cells,
    Act { by, now }: Act,
) -> Result<Verdict, AppError> {
    let there = sqlx::query_scalar!("SELECT id FROM training_sessions WHERE import_key = $1", key)
        .fetch_optional(&mut *connection)
        .await?;
    if there.is_some() {
        return Ok(Verdict::Already);
    }
    // A file names programmes by their codes.
    let programme = sqlx::query_scalar!("SELECT id FROM programmes WHERE code = $1", cells.of("programme").trim())
        .fetch_optional(&mut *connection)
        .await?
        .map_or_else(|| cells.of("programme").to_owned(), |id| id.to_string());
    let plan = cells.plan(programme).read(now)?;
    planning::insert(connection, &plan, Some(key), by, now).await?;
    Ok(Verdict::New)
}

async fn question(
    connection: &mut PgConnection,
    key: &str,
    cells: &Cells,
    Act { by, now }: Act,
) -> Result<Verdict, AppError> {
    let there = sqlx::query_scalar!("SELECT id FROM questions WHERE import_key = $1 OR id::text = $1 LIMIT 1", key)
        .fetch_optional(&mut *connection)
        .await?;
    if there.is_some() {
        return Ok(Verdict::Already);
    }
    let texts = cells.question().read()?;
    mending::create(connection, &texts, None, Some(key), by, now).await?;
    Ok(Verdict::New)
}
