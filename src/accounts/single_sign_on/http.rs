//! Requests to the provider: short, small, and never led elsewhere.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::redirect::Policy;

use crate::accounts::model::NationalTurn;

/// How long the provider may take for one request. A sign-in makes four at most, and an answer of ours may take 25 s.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Bytes of an answer at most; documents, keys and tokens are far smaller.
const LARGEST: usize = 256 * 1024;

/// What went wrong on the way, without a word of the provider's.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("{0}")]
    Request(#[from] reqwest::Error),
    #[error("{0}")]
    Response(#[from] openidconnect::http::Error),
    #[error("the answer is too large")]
    TooLarge,
}

/// # Errors
/// [`NationalTurn::Away`] when this machine cannot speak TLS.
pub fn client() -> Result<reqwest::Client, NationalTurn> {
    // A redirect could lead a request of ours to any address that the server reaches.
    let built = reqwest::Client::builder().redirect(Policy::none()).timeout(TIMEOUT).build();
    built.map_err(|error| {
        tracing::error!(error.kind = "single_sign_on", error.cause = %error);
        NationalTurn::Away
    })
}

/// Sends a request of the library's.
///
/// # Errors
/// When the provider does not answer in time, or with too much.
pub async fn call(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let mut answer = client.execute(request.try_into()?).await?;
    let mut response = openidconnect::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await? {
        if body.len() + part.len() > LARGEST {
            return Err(HttpError::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok(response.body(body)?)
}
