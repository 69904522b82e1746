//! PDFs to download. Not server functions, so each asks the matrix for the function whose data it hands out.

use std::convert::Infallible;

use axum::Router;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use uuid::Uuid;

use super::press::printed;
use super::typesetting::Template;
use super::{contents, store};
use crate::access::{Actor, permit};
use crate::app::request::locale_of;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::LicenceNumber;
use crate::licences::qr;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// A browser's own reader of PDFs may be an object with inline style in the answer's place; nothing else is let in.
const POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// Their routes but for one; the layer of sign-in stands around them.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/account/licences/{number}/card.pdf", get(card))
        .route("/account/certificates/{file}", get(certificate))
}

/// `/account/licences/{number}.pdf`. The router knows no ending of a part, and takes it for the page of a number: so this
/// stands between that page and the layer of sign-in.
pub async fn beside_pages(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let number = path.strip_prefix("/account/licences/").and_then(|rest| rest.strip_suffix(".pdf")).map(str::to_owned);
    match number {
        Some(number) if !number.contains('/') && [Method::GET, Method::HEAD].contains(request.method()) => {
            let (mut parts, _) = request.into_parts();
            let Ok(asked) = Asked::from_request_parts(&mut parts, &state).await;
            sent(asked.licence(Template::Licence, &number).await)
        }
        _ => next.run(request).await,
    }
}

async fn card(asked: Asked, Path(number): Path<String>) -> Response {
    sent(asked.licence(Template::Card, &number).await)
}

async fn certificate(asked: Asked, Path(file): Path<String>) -> Response {
    sent(asked.certificate(&file).await)
}

/// Who asks, and in which language.
struct Asked {
    state: AppState,
    actor: Option<Actor>,
    locale: Locale,
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let actor = parts.extensions.get().cloned();
        Ok(Self { state: state.clone(), actor, locale: locale_of(&parts.headers) })
    }
}

impl Asked {
    /// Whoever may call the function at `endpoint`.
    fn person(&self, endpoint: &str) -> Result<Uuid, AppError> {
        permit(endpoint, self.actor.as_ref())?;
        Ok(self.actor.as_ref().ok_or(AppError::SignInNeeded)?.person)
    }

    /// One of one's own licences that is handed out on paper.
    async fn licence(&self, template: Template, number: &str) -> Result<Pdf, AppError> {
        let person = self.person("licences/card")?;
        let number = LicenceNumber::parse(number).map_err(|_| AppError::NotFound)?;
        let mut connection = self.state.pool.acquire().await?;
        let now = self.state.clock.now();
        let card = crate::licences::store::card(&mut connection, person, &number, self.locale, now).await?;
        if !card.status.is_printed() {
            return Err(AppError::NotFound);
        }
        let address = qr::address(&mut connection, &self.state, (&number, &card), now).await?;
        drop(connection);
        let paper = contents::licence(self.locale, &number, card, address, &self.state.config.origin)?;
        self.print(template, paper, number.digits()).await
    }

    /// The certificate of one of one's own enrolments that was passed.
    async fn certificate(&self, file: &str) -> Result<Pdf, AppError> {
        let person = self.person("assessment/overview")?;
        let enrolment = file.strip_suffix(".pdf").and_then(|id| id.parse().ok()).ok_or(AppError::NotFound)?;
        let mut connection = self.state.pool.acquire().await?;
        let passed = store::passed(&mut connection, person, enrolment, self.locale).await?;
        drop(connection);
        let paper = contents::certificate(self.locale, passed);
        self.print(Template::Certificate, paper, &enrolment.to_string()).await
    }

    async fn print(
        &self,
        template: Template,
        paper: impl serde::Serialize + Send + 'static,
        of: &str,
    ) -> Result<Pdf, AppError> {
        let name = format!("{}-{of}", template.name());
        Ok(Pdf { bytes: printed(template, paper, format!("{name} {}", self.locale)).await?, name })
    }
}

/// A document and the name it is saved under, in ASCII, without its ending.
struct Pdf {
    name: String,
    bytes: Vec<u8>,
}

fn sent(printed: Result<Pdf, AppError>) -> Response {
    let Pdf { name, bytes } = match printed {
        Ok(pdf) => pdf,
        Err(error) => return answer(&error),
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if let Ok(disposition) = HeaderValue::try_from(format!("inline; filename=\"{name}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    (headers, bytes).into_response()
}
