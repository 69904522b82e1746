//! Rules: what is in force, their history, a change.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::{SettingLine, SettingView};
use crate::error::AppError;

/// Every rule with what is in force of it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/settings", input = GetUrl)]
pub async fn settings() -> Result<Vec<SettingLine>, AppError> {
    let caller = crate::access::authorise("administration/settings")?;
    let mut connection = caller.connection().await?;
    crate::administration::store::settings::in_force(&mut connection, caller.now).await
}

/// One rule with its history, from before a change on.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown key.
#[server(endpoint = "administration/setting", input = GetUrl)]
pub async fn setting(
    #[server(default)] key: String,
    #[server(default)] before: String,
) -> Result<SettingView, AppError> {
    use crate::administration::model::SettingKey;
    use crate::administration::store::settings;

    let caller = crate::access::authorise("administration/setting")?;
    let key = SettingKey::from_code(&key).ok_or(AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    // Before the history is read: a change made meanwhile is then shown, and not known to the form.
    let version = settings::version(&mut connection, key).await?;
    let in_force = settings::in_force(&mut connection, caller.now).await?;
    let (changes, next) =
        settings::changes(&mut connection, key, before.parse().ok(), caller.locale, caller.now).await?;
    let values = in_force.into_iter().find(|line| line.key == key).map(|line| line.values).unwrap_or_default();
    Ok(SettingView { key, version, values, changes, next })
}

/// Changes a rule, for all kinds or for one, from a day on. `seen` is the version that its author saw.
///
/// # Errors
/// Every field that needs mending, at once; [`crate::error::Problem::SettingChanged`] when somebody was faster.
#[server(endpoint = "administration/change_setting")]
pub async fn change_setting(
    #[server(default)] key: String,
    #[server(default)] seen: String,
    #[server(default)] kind: String,
    #[server(default)] value: String,
    #[server(default)] from_day: String,
    #[server(default)] from_month: String,
    #[server(default)] from_year: String,
    #[server(default)] from_calendar: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use crate::administration::model::{LONGEST_REASON, SettingKey, effective_from};
    use crate::administration::store::settings::{self, Change};
    use crate::calendar::{Calendar, parse_day};
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceKind;
    use crate::text::paragraph;

    let caller = crate::access::authorise("administration/change_setting")?;
    let key = SettingKey::from_code(&key).ok_or(AppError::NotFound)?;
    let seen: i64 = seen.parse().map_err(|_| AppError::Malformed)?;
    let mut fields = Fields::default();
    let kind = match kind.as_str() {
        "" => Some(None),
        code => fields.take(
            "kind",
            LicenceKind::from_code(code).filter(|_| key.by_kind()).map(Some).ok_or(Problem::ChoiceUnknown),
        ),
    };
    let value = fields.take("value", key.parse(&value));
    let from = Calendar::from_code(&from_calendar)
        .ok_or(Problem::ChoiceUnknown)
        .and_then(|calendar| parse_day(calendar, &from_day, &from_month, &from_year))
        .and_then(|day| effective_from(day, caller.now));
    let from = fields.take("from_day", from);
    let reason = fields.take("reason", paragraph(&reason, LONGEST_REASON));
    fields.finish()?;
    let (Some(kind), Some(value), Some(effective_from), Some(reason)) = (kind, value, from, reason) else {
        return Err(AppError::Malformed);
    };
    let change = Change { key, kind, value, effective_from, reason: &reason, seen };
    let mut tx = caller.begin().await?;
    settings::change(&mut tx, &change, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/settings/{}", key.code()));
    Ok(())
}
