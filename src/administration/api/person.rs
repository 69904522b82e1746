//! People: found by their exact ID number, seen by their id. Both are noted.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::PersonView;
use crate::error::AppError;

/// Looks a person up by their exact ID number and leads to their page. The number stays out of the address.
///
/// # Errors
/// Invalid when it is no number or nobody's; [`AppError::TooMany`] for who looks up more than anybody needs.
#[server(endpoint = "administration/find_person")]
pub async fn find_person(#[server(default)] national_id: String) -> Result<(), AppError> {
    use crate::accounts::model::NationalId;
    use crate::administration::model::Reading;
    use crate::administration::store::{audit, people};
    use crate::error::Problem;

    let caller = crate::access::authorise("administration/find_person")?;
    let actor = caller.person()?;
    let national_id = NationalId::parse(&national_id).map_err(|problem| problem.on("national_id"))?;
    // Not in a transaction: a look-up that finds nobody counts too.
    let mut connection = caller.connection().await?;
    let found = people::find(&mut connection, &caller.state.config.keys, &national_id, actor, caller.now).await?;
    let reading = Reading::PersonLookedUp;
    audit::note(&mut connection, actor, reading.role(), reading.code(), found, None, caller.now).await?;
    let person = found.ok_or_else(|| Problem::NobodyRegistered.on("national_id"))?;
    leptos_axum::redirect(&format!("/admin/people/{person}"));
    Ok(())
}

/// A person with what is theirs.
///
/// # Errors
/// [`AppError::NotFound`] for nobody.
#[server(endpoint = "administration/person", input = GetUrl)]
pub async fn person(#[server(default)] person: String) -> Result<PersonView, AppError> {
    use uuid::Uuid;

    use crate::accounts::store::home;
    use crate::administration::model::Reading;
    use crate::administration::store::{audit, people, staff};

    let caller = crate::access::authorise("administration/person")?;
    let actor = caller.person()?;
    let person = Uuid::parse_str(&person).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let known = people::person(&mut connection, person, caller.locale, caller.now).await?;
    audit::reading(&mut connection, actor, Reading::PersonViewed, &[person], caller.now).await?;
    let roles = staff::roles_of(&mut connection, person).await?;
    let belongings = home::belongings(&mut connection, person, caller.now).await?;
    let (licences, requests, enrolments) = belongings.lists(caller.locale);
    Ok(PersonView {
        person,
        name: known.name,
        registered_at: known.registered_at,
        closed_at: known.closed_at,
        merged_into: known.merged_into,
        identity: known.identity,
        frozen: known.frozen,
        licences,
        requests,
        enrolments,
        roles,
        sessions_to_come: known.sessions_to_come,
        same_number: known.same_number,
        is_self: person == actor,
    })
}
