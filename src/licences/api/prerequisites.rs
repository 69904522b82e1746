//! What a kind asks for, before anything is asked for.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::Date;

use crate::error::AppError;
use crate::licences::model::{LicenceKind, Requirement};

/// What somebody about to ask for a licence sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    pub kind: LicenceKind,
    pub requirements: Vec<Requirement>,
    /// Number of the open request of this kind.
    pub open_request: Option<String>,
    /// Number of the licence of this kind that has not ended.
    pub running_licence: Option<String>,
    /// Organisations to ask for, as (id, name): for the management licence.
    pub organisations: Vec<(String, String)>,
    /// What goes into the request, once all prerequisites are met.
    pub answers: Option<Answers>,
}

/// The answers to check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    pub name: String,
    pub latin_name: String,
    pub birth_date: Date,
    pub place: String,
}

/// What the signed-in person meets and misses of a kind, given as in paths.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown kind.
#[server(endpoint = "licences/prerequisites", input = GetUrl)]
pub async fn prerequisites(kind: String) -> Result<Application, AppError> {
    use crate::licences::store;

    let caller = crate::access::authorise("licences/prerequisites")?;
    let kind = LicenceKind::from_slug(&kind).ok_or(AppError::NotFound)?;
    let (person, locale, now) = (caller.person()?, caller.locale, caller.now);
    let mut connection = caller.connection().await?;
    let requirements = store::requirements(&mut connection, person, kind, None, locale, now).await?;
    let organisations = match kind {
        LicenceKind::Management => store::managed_organisations(&mut connection, person, locale).await?,
        _ => Vec::new(),
    };
    let answers = if requirements.iter().all(|one| one.met) {
        store::applicant(&mut connection, &caller.state.config.keys, person, locale).await?.map(|one| Answers {
            name: one.name,
            latin_name: one.latin_name,
            birth_date: one.birth_date,
            place: one.place,
        })
    } else {
        None
    };
    // A management licence runs for one organisation: whether it does is known when one is chosen.
    let running_licence = match kind {
        LicenceKind::Management => None,
        _ => store::running_licence(&mut connection, person, kind, None, now).await?,
    };
    Ok(Application {
        kind,
        requirements,
        open_request: store::open_request(&mut connection, person, kind).await?,
        running_licence,
        organisations: organisations.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        answers,
    })
}
