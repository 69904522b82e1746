//! Renewal modules: listed, made, changed. None is ever gone.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{audit, count, kind};
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, pick};
use crate::licences::model::LicenceKind;
use crate::programmes::model::{ModuleLine, ModuleState, ModuleTexts, ModuleView, ModulesPage};
use crate::server::database::OnConstraint;

/// A module as it is kept.
struct Row {
    id: Uuid,
    kind: String,
    title_ar: String,
    title_en: String,
    reading_ar: String,
    reading_en: String,
    minutes: i16,
    published_at: Option<OffsetDateTime>,
    retired_at: Option<OffsetDateTime>,
    questions: i64,
    asked: i32,
}

impl Row {
    fn line(&self, locale: Locale) -> Result<ModuleLine, AppError> {
        Ok(ModuleLine {
            id: self.id,
            title: pick(locale, &self.title_ar, &self.title_en).clone(),
            kind: kind(&self.kind)?,
            state: ModuleState::of(self.published_at.is_some(), self.retired_at.is_some()),
            published_at: self.published_at,
            retired_at: self.retired_at,
            questions: count(self.questions),
            asked: count(self.asked),
        })
    }
}

/// Every module, the latest of each kind first, or one by its id.
async fn rows(connection: &mut PgConnection, id: Option<Uuid>, now: OffsetDateTime) -> Result<Vec<Row>, AppError> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT id, kind, title_ar, title_en, reading_ar, reading_en, minutes, published_at, retired_at,
                  questions_of_module(id) AS "questions!", setting('renewal_questions', kind, $2) AS "asked!"
           FROM renewal_modules WHERE $1::uuid IS NULL OR id = $1 ORDER BY kind, created_at DESC, id"#,
        id,
        now
    )
    .fetch_all(connection)
    .await?)
}

/// Every module.
///
/// # Errors
/// When the database is away.
pub async fn modules(
    connection: &mut PgConnection,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<ModulesPage, AppError> {
    let rows = rows(connection, None, now).await?;
    let modules: Vec<ModuleLine> = rows.iter().map(|row| row.line(locale)).collect::<Result<_, _>>()?;
    let in_force =
        |kind: LicenceKind| modules.iter().any(|line| line.kind == kind && line.state == ModuleState::InForce);
    let without = LicenceKind::ALL.into_iter().filter(|kind| !in_force(*kind)).collect();
    Ok(ModulesPage { modules, without })
}

/// One module.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn module(
    connection: &mut PgConnection,
    id: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<ModuleView, AppError> {
    let row = rows(connection, Some(id), now).await?.pop().ok_or(AppError::NotFound)?;
    let other = sqlx::query!(
        "SELECT title_ar, title_en FROM renewal_modules
         WHERE kind = $1 AND id <> $2 AND published_at IS NOT NULL AND retired_at IS NULL",
        row.kind,
        id
    )
    .fetch_optional(connection)
    .await?;
    Ok(ModuleView {
        line: row.line(locale)?,
        title_ar: row.title_ar,
        title_en: row.title_en,
        reading_ar: row.reading_ar,
        reading_en: row.reading_en,
        minutes: count(row.minutes),
        in_force: other.map(|other| pick(locale, other.title_ar, other.title_en)),
    })
}

/// Makes a module, as a draft that nobody is asked.
///
/// # Errors
/// When the database is away.
pub async fn create(
    connection: &mut PgConnection,
    kind: LicenceKind,
    texts: &ModuleTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO renewal_modules (kind, title_ar, title_en, reading_ar, reading_en, minutes, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        kind.code(),
        texts.title_ar,
        texts.title_en,
        texts.reading_ar,
        texts.reading_en,
        texts.minutes,
        now
    )
    .fetch_one(&mut *connection)
    .await?;
    audit(connection, by, "module_created", id, now).await?;
    Ok(id)
}

/// Changes the texts of a module; its licence stays. The same again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::ModuleRetired`] for one that is retired, perhaps meanwhile.
pub async fn change(
    connection: &mut PgConnection,
    id: Uuid,
    texts: &ModuleTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let changed = sqlx::query!(
        "UPDATE renewal_modules SET title_ar = $2, title_en = $3, reading_ar = $4, reading_en = $5, minutes = $6
         WHERE id = $1 AND (title_ar, title_en, reading_ar, reading_en, minutes) IS DISTINCT FROM ($2, $3, $4, $5, $6)",
        id,
        texts.title_ar,
        texts.title_en,
        texts.reading_ar,
        texts.reading_en,
        texts.minutes
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("renewal_modules_retired", Problem::ModuleRetired)])?;
    if changed.rows_affected() == 1 {
        return audit(connection, by, "module_changed", id, now).await;
    }
    exists(connection, id).await
}

/// # Errors
/// [`AppError::NotFound`] when there is no module of this id.
pub(super) async fn exists(connection: &mut PgConnection, id: Uuid) -> Result<(), AppError> {
    sqlx::query_scalar!("SELECT id FROM renewal_modules WHERE id = $1", id).fetch_one(connection).await?;
    Ok(())
}
