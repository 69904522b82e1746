//! What was typed into a form that failed without JavaScript, or whose answer its page is to show, kept for ten minutes so
//! that the page can show it again. Encrypted in Postgres, keyed by the hash of a cookie.

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method};
use leptos::prelude::use_context;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::error::AppError;
use crate::server::keys::{Keys, Purpose, token_hash};
use crate::ui::form::KeptForm;

const LIFETIME: Duration = Duration::minutes(10);

/// Fields that are never kept: a code is used once.
const NEVER_KEPT: [&str; 1] = ["code"];

/// Marks an answer that the page of its form shows. It goes no further than the layer around server functions.
pub const SHOW_AGAIN: HeaderName = HeaderName::from_static("x-show-again");

/// Has the form that is being answered kept for its page, which shows the answer where there is no JavaScript to.
pub fn show_again() {
    let posted = use_context::<Parts>().is_some_and(|parts| parts.method == Method::POST);
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>().filter(|_| posted) {
        response.insert_header(SHOW_AGAIN, HeaderValue::from_static("1"));
    }
}

/// The form kept for the page being rendered, if one is.
pub fn of_request() -> Option<KeptForm> {
    use_context::<Parts>()?.extensions.get::<KeptForm>().cloned()
}

/// Keeps a form under a cookie's token, in place of an earlier one.
///
/// # Errors
/// When the database is away.
pub async fn keep(
    connection: &mut PgConnection,
    keys: &Keys,
    token: &str,
    mut form: KeptForm,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    form.fields.retain(|(name, _)| !NEVER_KEPT.contains(&name.as_str()));
    let contents = serde_json::to_string(&form).map_err(|error| super::database::internal(&error))?;
    sqlx::query!(
        "INSERT INTO kept_forms (cookie_hash, contents, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (cookie_hash) DO UPDATE SET contents = excluded.contents, expires_at = excluded.expires_at",
        token_hash(token),
        keys.seal(Purpose::KeptForm, &contents),
        now + LIFETIME
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The form kept under a cookie's token for the page at `path`.
///
/// # Errors
/// When the database is away.
pub async fn kept(
    connection: &mut PgConnection,
    keys: &Keys,
    token: &str,
    path: &str,
    now: OffsetDateTime,
) -> Result<Option<KeptForm>, AppError> {
    let contents = sqlx::query_scalar!(
        "SELECT contents FROM kept_forms WHERE cookie_hash = $1 AND expires_at > $2",
        token_hash(token),
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(contents
        .and_then(|contents| keys.open(Purpose::KeptForm, &contents).ok())
        .and_then(|contents| serde_json::from_str::<KeptForm>(&contents).ok())
        .filter(|form| form.page == path))
}

/// Forgets what is kept under a cookie's token.
///
/// # Errors
/// When the database is away.
pub async fn forget(connection: &mut PgConnection, token: &str) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM kept_forms WHERE cookie_hash = $1", token_hash(token)).execute(connection).await?;
    Ok(())
}

/// Drops forms whose ten minutes are over.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM kept_forms WHERE expires_at <= $1", now).execute(connection).await?;
    Ok(())
}
