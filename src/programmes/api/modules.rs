//! Looking at renewal modules.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::programmes::model::{ModuleView, ModulesPage};

/// Every renewal module.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but administrators.
#[server(endpoint = "programmes/modules", input = GetUrl)]
pub async fn modules() -> Result<ModulesPage, AppError> {
    use crate::programmes::store::modules;

    let caller = crate::access::authorise("programmes/modules")?;
    let mut connection = caller.connection().await?;
    modules::modules(&mut connection, caller.locale, caller.now).await
}

/// One renewal module.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id.
#[server(endpoint = "programmes/module", input = GetUrl)]
pub async fn module(#[server(default)] id: String) -> Result<ModuleView, AppError> {
    use crate::programmes::store::modules;

    let caller = crate::access::authorise("programmes/module")?;
    let id = uuid::Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    modules::module(&mut connection, id, caller.locale, caller.now).await
}
