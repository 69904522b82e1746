//! Reading sessions: anybody may.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::training::model::{SessionDetails, SessionsPage};

/// The sessions open for enrolment; every argument as the URL of `/training` spells it.
///
/// # Errors
/// [`AppError::Unavailable`] when the database is away.
#[server(endpoint = "training/sessions", input = GetUrl)]
pub async fn sessions(
    #[server(default)] kind: String,
    #[server(default)] region: String,
    #[server(default)] mode: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<SessionsPage, AppError> {
    use crate::training::model::Filter;
    use crate::training::store::browse;

    let caller = crate::access::authorise("training/sessions")?;
    let filter = Filter::parse(&kind, &region, &mode, &order);
    let mut connection = caller.reader().await?;
    browse::sessions(&mut connection, &filter, &after, caller.locale, caller.now).await
}

/// One session, and what the caller can do about it.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id.
#[server(endpoint = "training/session", input = GetUrl)]
pub async fn session(#[server(default)] id: String) -> Result<SessionDetails, AppError> {
    use crate::training::store::session;

    let caller = crate::access::authorise("training/session")?;
    let id = uuid::Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    let person = caller.actor.as_ref().map(|actor| actor.person);
    let mut connection = caller.reader().await?;
    session::details(&mut connection, id, person, caller.locale, caller.now).await
}
