//! The sheets that wait for the second officer.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::papers::model::WaitingPage;

/// The sheets that wait, oldest first; `after` as the URL of `/admin/results` spells it.
///
/// # Errors
/// When the database is away.
#[server(name = ReadWaiting, endpoint = "papers/waiting", input = GetUrl)]
pub async fn waiting(#[server(default)] after: String) -> Result<WaitingPage, AppError> {
    use crate::papers::store::waiting;
    use crate::place::Place;

    let caller = crate::access::authorise("papers/waiting")?;
    let mut connection = caller.connection().await?;
    let officer = caller.person()?;
    let (sheets, next) = waiting::list(&mut connection, officer, Place::parse(&after), caller.locale).await?;
    Ok(WaitingPage { sheets, next: next.map(|place| place.code()) })
}
