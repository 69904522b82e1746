//! The signed-in home.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::accounts::model::views;
use crate::error::AppError;

/// Where the person who asks stands, and what is theirs.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/home", input = GetUrl)]
pub async fn home() -> Result<views::Home, AppError> {
    use crate::accounts::model::path::path;
    use crate::accounts::store::home;

    let caller = crate::access::authorise("accounts/home")?;
    let belongings = home::belongings(&mut *caller.connection().await?, caller.person()?, caller.now).await?;
    let (kind, steps, next) = path(&belongings.facts, caller.now);
    let given_name = belongings.given_name.clone();
    let (licences, requests, enrolments) = belongings.lists(caller.locale);
    Ok(views::Home { given_name, kind, next, steps, licences, requests, enrolments })
}
