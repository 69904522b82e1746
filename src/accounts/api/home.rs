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
    let licences = belongings.licences.into_iter().map(|licence| views::OwnLicence {
        number: licence.number,
        kind: licence.kind,
        status: licence.status,
        valid: licence.valid,
        renewable: licence.renewable,
    });
    let requests = belongings.facts.requests.into_iter().map(|request| views::OwnRequest {
        number: request.number,
        kind: request.kind,
        state: request.state,
    });
    let enrolments = belongings.enrolments.into_iter().map(|enrolment| views::OwnEnrolment {
        session: enrolment.facts.session,
        title: caller.choose(enrolment.title_ar, enrolment.title_en),
        state: enrolment.facts.state,
        starts_at: enrolment.facts.starts_at,
        offered_until: enrolment.facts.offered_until,
    });
    Ok(views::Home {
        given_name: belongings.given_name,
        kind,
        next,
        steps,
        licences: licences.collect(),
        requests: requests.collect(),
        enrolments: enrolments.collect(),
        new_messages,
    })
}
