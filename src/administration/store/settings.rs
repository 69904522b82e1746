//! Rules, and their changes.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{audit, kind};
use crate::access::Role;
use crate::administration::model::{ChangeStanding, SettingChange, SettingKey, SettingLine, SettingValue};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::LicenceKind;
use crate::place::cut;
use crate::server::database::OnConstraint;

/// Changes on a page.
const PAGE: usize = 20;

/// Every rule with what is in force of it, in the order of [`SettingKey::ALL`].
///
/// # Errors
/// When the database is away.
pub async fn in_force(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<SettingLine>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (s.key, s.kind) s.key, s.kind, s.value, s.changed_by IS NULL AS "assumed!",
             EXISTS (SELECT FROM settings p WHERE p.key = s.key AND p.effective_from > $1) AS "planned!"
         FROM settings s WHERE s.effective_from <= $1
         ORDER BY s.key, s.kind NULLS FIRST, s.effective_from DESC"#,
        now
    )
    .fetch_all(connection)
    .await?;
    let mut lines: Vec<SettingLine> =
        SettingKey::ALL.map(|key| SettingLine { key, values: Vec::new(), planned: false }).into();
    for row in rows {
        let of = row.kind.as_deref().map(kind).transpose()?;
        if let Some(line) = lines.iter_mut().find(|line| line.key.code() == row.key) {
            line.values.push(SettingValue { kind: of, value: row.value, assumed: row.assumed });
            line.planned |= row.planned;
        }
    }
    Ok(lines)
}

/// The number of the newest change of a rule, which its next change names.
///
/// # Errors
/// [`AppError::NotFound`] for a key without any row.
pub async fn version(connection: &mut PgConnection, key: SettingKey) -> Result<i64, AppError> {
    sqlx::query_scalar!("SELECT max(version) FROM settings WHERE key = $1", key.code())
        .fetch_one(connection)
        .await?
        .ok_or(AppError::NotFound)
}

/// The changes of a rule, the last made first, from before one of them on; and where the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn changes(
    connection: &mut PgConnection,
    key: SettingKey,
    before: Option<i64>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<(Vec<SettingChange>, Option<i64>), AppError> {
    let mut rows = sqlx::query!(
        r#"SELECT s.version, s.kind, s.value, s.effective_from > $3 AS "planned!",
             nullif(s.effective_from, '-infinity') AS effective_from, nullif(s.next, 'infinity') AS next,
             coalesce(s.next <= $3, false) AS "over!", s.changed_at, s.reason,
             CASE WHEN $4 THEN p.latin_name ELSE concat_ws(' ', p.given_name, p.father_name, p.family_name) END AS by
         FROM (SELECT *, lead(effective_from) OVER (PARTITION BY kind ORDER BY effective_from) AS next
               FROM settings WHERE key = $1) s
         LEFT JOIN persons p ON p.id = s.changed_by
         WHERE $2::bigint IS NULL OR s.version < $2
         ORDER BY s.version DESC LIMIT $5"#,
        key.code(),
        before,
        now,
        locale == Locale::en,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    let next = cut(&mut rows, PAGE, |row| row.version);
    let changes = rows
        .into_iter()
        .map(|row| {
            let same_day = |from: OffsetDateTime| row.next.is_some_and(|next| next - from < SAME_DAY);
            let standing = if row.effective_from.is_some_and(same_day) {
                ChangeStanding::Replaced
            } else if row.planned {
                ChangeStanding::Planned
            } else if row.over {
                ChangeStanding::Past
            } else {
                ChangeStanding::InForce
            };
            Ok(SettingChange {
                kind: row.kind.as_deref().map(kind).transpose()?,
                value: row.value,
                effective_from: row.effective_from,
                standing,
                changed_at: row.changed_at,
                changed_by: row.by.filter(|name| !name.is_empty()),
                reason: row.reason,
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    Ok((changes, next))
}

/// Changes planned for one day stand a microsecond apart, the last made last; so that the last made holds.
const SAME_DAY: time::Duration = time::Duration::seconds(1);

/// A change as it is made.
pub struct Change<'a> {
    pub key: SettingKey,
    /// `None` for all kinds.
    pub kind: Option<LicenceKind>,
    pub value: i32,
    pub effective_from: OffsetDateTime,
    pub reason: &'a str,
    /// The newest change that its author saw.
    pub seen: i64,
}

/// Notes a change. It takes the place of one planned for the same instant.
///
/// # Errors
/// [`Problem::SettingChanged`] when the rule was changed since its author looked; [`Problem::OutOfBounds`].
pub async fn change(
    connection: &mut PgConnection,
    change: &Change<'_>,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO settings (key, kind, value, effective_from, changed_by, changed_at, reason, replaces)
         SELECT $1::text, $2::text, $3::integer, coalesce(
                 (SELECT max(effective_from) + interval '1 microsecond' FROM settings
                  WHERE key = $1 AND kind IS NOT DISTINCT FROM $2
                    AND effective_from >= $4 AND effective_from < $4 + interval '1 second'), $4::timestamptz),
             $5::uuid, $6::timestamptz, $7::text, $8::bigint",
        change.key.code(),
        change.kind.map(LicenceKind::code),
        change.value,
        change.effective_from,
        by,
        now,
        change.reason,
        change.seen
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[
        ("settings_one_successor", Problem::SettingChanged),
        ("settings_replaces", Problem::SettingChanged),
        ("settings_key_kind_effective_from_key", Problem::SettingChanged),
        ("settings_value_sensible", Problem::OutOfBounds),
    ])?;
    audit::note(connection, by, Role::Administrator, "setting_changed", None, Some(change.key.code()), now).await
}
