//! Receipts to download. Not a server function, so it asks the matrix for the one whose answer it hands out.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::answering;
use super::model::day_asked;
use crate::access::permit;
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::LicenceNumber;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// The route; it knows nobody who asks.
pub fn routes() -> Router<AppState> {
    Router::new().route("/verify/{number}/on.jws", get(receipt))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    date: String,
}

/// `/verify/{number}/on.jws?date=2026-01-03`: a receipt of now.
async fn receipt(State(state): State<AppState>, Path(number): Path<String>, Query(asked): Query<Asked>) -> Response {
    match made(&state, &number, &asked.date).await {
        Ok((name, receipt)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/jose".to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, receipt).into_response()
        }
        Err(error) => answer(&error),
    }
}

/// The name of the file and the receipt.
async fn made(state: &AppState, number: &str, date: &str) -> Result<(String, String), AppError> {
    permit("receipts/ask", None)?;
    let number = LicenceNumber::parse(number).map_err(|problem| problem.on("number"))?;
    let now = state.clock.now();
    let day = day_asked(date, [""; 4], riyadh_day(now)).map_err(|problem| problem.on("date"))?;
    let told = answering::answer(state, &number, day, now).await?;
    Ok((format!("rukhsa-{}-{day}.jws", number.digits()), told.receipt))
}
