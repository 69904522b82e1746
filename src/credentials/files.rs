//! The credential to download. Not a server function, so it asks the matrix for the function whose data it hands out.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::contents;
use crate::access::{Actor, permit};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::LicenceNumber;
use crate::licences::store;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;
use crate::signing;

/// Its route; the layer of sign-in stands around it.
pub fn routes() -> Router<AppState> {
    Router::new().route("/account/licences/{number}/credential.jwt", get(credential))
}

async fn credential(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Path(number): Path<String>,
) -> Response {
    let actor = actor.map(|Extension(actor)| actor);
    match signed(&state, actor.as_ref(), &number).await {
        Ok((number, credential)) => {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vc+jwt"));
            let saved_as = format!("attachment; filename=\"licence-{}.jwt\"", number.digits());
            if let Ok(disposition) = HeaderValue::try_from(saved_as) {
                headers.insert(header::CONTENT_DISPOSITION, disposition);
            }
            (headers, credential).into_response()
        }
        Err(error) => answer(&error),
    }
}

/// The credential of one of the actor's own licences that counts, or counted in its days.
async fn signed(state: &AppState, actor: Option<&Actor>, number: &str) -> Result<(LicenceNumber, String), AppError> {
    permit("licences/card", actor)?;
    let person = actor.ok_or(AppError::SignInNeeded)?.person;
    let number = LicenceNumber::parse(number).map_err(|_| AppError::NotFound)?;
    let now = state.clock.now();
    let mut connection = state.pool.acquire().await?;
    let mut card = store::card(&mut connection, person, &number, Locale::ar, now).await?;
    if !card.status.is_printed() {
        return Err(AppError::NotFound);
    }
    // A card names its organisation in one language.
    let organisation = match card.organisation.take() {
        Some(in_arabic) => {
            let in_english = store::card(&mut connection, person, &number, Locale::en, now).await?.organisation;
            Some([in_arabic.clone(), in_english.unwrap_or(in_arabic)])
        }
        None => None,
    };
    let key = signing::signing_key(&mut connection, state, now).await?;
    drop(connection);
    let credential = contents::credential(&state.config.origin, &number, card, organisation)?;
    Ok((number, signing::signed_credential(&key, &credential)))
}
