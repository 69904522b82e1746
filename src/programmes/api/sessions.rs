//! Looking at sessions.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::programmes::model::{SessionView, SessionsPage};

/// The sessions; every argument as the URL of `/admin/sessions` spells it.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but administrators.
#[server(endpoint = "programmes/sessions", input = GetUrl)]
pub async fn sessions(
    #[server(default)] when: String,
    #[server(default)] programme: String,
    #[server(default)] region: String,
    #[server(default)] mode: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<SessionsPage, AppError> {
    use crate::place::Place;
    use crate::programmes::model::SessionFilter;
    use crate::programmes::store::sessions;

    let caller = crate::access::authorise("programmes/sessions")?;
    let filter = SessionFilter::parse(&when, &programme, &region, &mode, &order);
    let mut connection = caller.connection().await?;
    sessions::sessions(&mut connection, &filter, Place::parse(&after), caller.locale, caller.now).await
}

/// One session, with what it can be changed to.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id.
#[server(endpoint = "programmes/session", input = GetUrl)]
pub async fn session(#[server(default)] id: String) -> Result<SessionView, AppError> {
    use crate::programmes::store::sessions;

    let caller = crate::access::authorise("programmes/session")?;
    let id = uuid::Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    sessions::session(&mut connection, id, caller.locale, caller.now).await
}
