//! Looking at programmes.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::programmes::model::{ProgrammeView, ProgrammesPage};

/// The programmes; every argument as the URL of `/admin/programmes` spells it.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but administrators.
#[server(endpoint = "programmes/programmes", input = GetUrl)]
pub async fn programmes(
    #[server(default)] retired: String,
    #[server(default)] kind: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<ProgrammesPage, AppError> {
    use crate::place::Place;
    use crate::programmes::model::ProgrammeFilter;
    use crate::programmes::store::programmes;

    let caller = crate::access::authorise("programmes/programmes")?;
    let filter = ProgrammeFilter::parse(&retired, &kind, &order);
    let mut connection = caller.connection().await?;
    programmes::programmes(&mut connection, filter, Place::parse(&after), caller.locale, caller.now).await
}

/// One programme.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this id.
#[server(endpoint = "programmes/programme", input = GetUrl)]
pub async fn programme(#[server(default)] id: String) -> Result<ProgrammeView, AppError> {
    use crate::programmes::store::programmes;

    let caller = crate::access::authorise("programmes/programme")?;
    let id = uuid::Uuid::parse_str(&id).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    programmes::programme(&mut connection, id).await
}
