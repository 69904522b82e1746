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
    let mut connection = caller.connection().await?;
    let belongings = home::belongings(&mut connection, caller.person()?, caller.now).await?;
    let new_messages = crate::messages::store::unopened(&mut connection, caller.person()?).await?;
    let (kind, steps, next) = path(&belongings.facts, caller.now);
    let given_name = belongings.given_name.clone();
    let (licences, requests, enrolments) = belongings.lists(caller.locale);
    Ok(views::Home { given_name, kind, next, steps, licences, requests, enrolments, new_messages })
}
