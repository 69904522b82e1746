//! The page of a number, at the speed its look-up allows.
//!
//! Rendering it takes several times as long as finding the licence, and all pages of one shape (language, kind, status)
//! differ in a dozen places only. So the first of each shape is rendered twice: for the number asked, and for a made-up
//! one that differs in every place. A [`Stencil`] is cut from the first and must give the second to the byte; from then
//! on it gives the pages of that shape. What it cannot give, and every page of somebody signed in, is rendered.

mod cut;
mod gzip;
mod holes;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;
use leptos::prelude::use_context;

use super::answering::answer;
use super::api::Answer;
use crate::access::Actor;
use crate::app::request::locale_of;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::LicenceNumber;
use crate::server::layers::headers::page_policy;
use crate::server::state::AppState;
use crate::ui::form::KeptForm;
use cut::Stencil;
use holes::{Shape, holes, made_up};

/// The answer to the look-up that a page is about to make.
#[derive(Clone)]
struct Known(Answer);

/// The answer, where it is known already, to the look-up of the page being rendered.
pub fn known() -> Option<Answer> {
    use_context::<Parts>()?.extensions.get::<Known>().map(|known| known.0.clone())
}

/// Marks a page that a stencil gave, for tests. It never leaves the process.
#[derive(Clone, Copy)]
pub struct Given;

/// What is known of a shape.
#[derive(Clone)]
enum Cut {
    Proven(Arc<Stencil>),
    /// No stencil gives its pages: they are rendered.
    Never,
}

/// The stencils cut so far.
#[derive(Clone)]
pub struct Stencils {
    state: AppState,
    cut: Arc<Mutex<HashMap<Shape, Cut>>>,
}

impl Stencils {
    pub fn new(state: AppState) -> Self {
        Self { state, cut: Arc::default() }
    }

    fn known(&self, shape: Shape) -> Option<Cut> {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).get(&shape).cloned()
    }

    fn keep(&self, shape: Shape, stencil: Option<Stencil>) {
        let cut = stencil.map_or(Cut::Never, |stencil| Cut::Proven(Arc::new(stencil)));
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).insert(shape, cut);
    }
}

/// Stands before the pages: answers for a number by a stencil where it can.
pub async fn layer(State(stencils): State<Stencils>, request: Request, next: Next) -> Response {
    let Some((path, number)) = asked(&request) else { return next.run(request).await };
    let locale = locale_of(request.headers());
    // The page tells what went wrong.
    let Ok(answer) = look_up(&stencils.state, &number, locale).await else { return next.run(request).await };
    let Some(shape) = Shape::of(path, locale, &answer) else { return next.run(knowing(request, answer)).await };
    match stencils.known(shape) {
        Some(Cut::Proven(stencil)) => {
            let nonce = Nonce::new().to_string();
            if let Some(holes) = holes(locale, &number, &answer, &nonce) {
                return given(&stencil, &holes, &nonce, request.headers());
            }
        }
        Some(Cut::Never) => {}
        None => return rendered_and_cut(&stencils, shape, locale, &number, answer, request, next).await,
    }
    next.run(knowing(request, answer)).await
}

async fn look_up(state: &AppState, number: &LicenceNumber, locale: Locale) -> Result<Answer, AppError> {
    let mut connection = state.readers.acquire().await?;
    answer(&mut connection, number, locale, state.clock.now()).await
}

/// The number that a visitor asks for, without a question or a form that the page must tell more of.
fn asked(request: &Request) -> Option<(&'static str, LicenceNumber)> {
    let extensions = request.extensions();
    if request.method() != Method::GET
        || request.uri().query().is_some()
        || extensions.get::<Actor>().is_some()
        || extensions.get::<KeptForm>().is_some()
    {
        return None;
    }
    ["/verify/", "/v/"].into_iter().find_map(|path| {
        let typed = request.uri().path().strip_prefix(path)?;
        let number = LicenceNumber::parse(typed).ok()?;
        // Typed any other way, the page shows what was typed.
        (number.digits() == typed).then_some((path, number))
    })
}

fn knowing(mut request: Request, answer: Answer) -> Request {
    request.extensions_mut().insert(Known(answer));
    request
}

/// A page by its stencil.
fn given(stencil: &Stencil, holes: &[String], nonce: &str, asked: &HeaderMap) -> Response {
    let zipped = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(takes_gzip);
    let body = if zipped { stencil.gzipped(holes) } else { stencil.filled(holes).into_bytes() };
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if zipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Ok(policy) = HeaderValue::from_str(&page_policy(nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.extensions_mut().insert(Given);
    response
}

/// Whether an `Accept-Encoding` lists gzip (RFC 9110, 12.5.3).
fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|one| {
        let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
        coding.trim() == "gzip" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// The first page of its shape, as the page itself renders it; its stencil is kept if it proves right.
async fn rendered_and_cut(
    stencils: &Stencils,
    shape: Shape,
    locale: Locale,
    number: &LicenceNumber,
    answer: Answer,
    request: Request,
    next: Next,
) -> Response {
    let Some((other_number, other_answer)) = made_up(&answer) else { return next.run(request).await };
    let mut other = Request::new(Body::empty());
    *other.headers_mut() = request.headers().clone();
    *other.uri_mut() = format!("{}{}", shape.path, other_number.digits()).parse().unwrap_or_else(|_| Uri::default());
    let (response, page) = read(next.clone().run(knowing(request, answer.clone())).await).await;
    let (proof, proving_page) = read(next.run(knowing(other, other_answer.clone())).await).await;
    // A page that failed says nothing of its shape: the next one may not.
    if response.status() == StatusCode::OK && proof.status() == StatusCode::OK {
        let stencil = nonce_of(&response).zip(nonce_of(&proof)).and_then(|(nonce, other_nonce)| {
            let these = holes(locale, number, &answer, nonce)?;
            let others = holes(locale, &other_number, &other_answer, other_nonce)?;
            let cut = Stencil::cut(&page, &these);
            if let Err(hole) = cut {
                tracing::warn!(stencil.shape = ?shape, stencil.lacks = hole);
            }
            cut.ok().filter(|stencil| stencil.filled(&others) == proving_page)
        });
        if stencil.is_none() {
            tracing::warn!(stencil.shape = ?shape, "pages of this shape are rendered: no stencil gives them");
        }
        stencils.keep(shape, stencil);
    }
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, Body::from(page))
}

/// A response and its text apart.
async fn read(response: Response) -> (Response, String) {
    let (parts, body) = response.into_parts();
    // Our own page, which ends.
    let page = to_bytes(body, usize::MAX).await.unwrap_or_default();
    (Response::from_parts(parts, Body::empty()), String::from_utf8_lossy(&page).into_owned())
}

/// The nonce of a rendered page's scripts.
fn nonce_of(response: &Response) -> Option<&str> {
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    policy.split_once("'nonce-")?.1.split_once('\'').map(|(nonce, _)| nonce)
}

#[cfg(test)]
mod tests {
    use super::takes_gzip;

    #[test]
    fn gzip_is_given_to_who_lists_it() {
        assert!(takes_gzip("gzip, deflate, br"));
        assert!(takes_gzip("br;q=1.0, gzip;q=0.8"));
        assert!(!takes_gzip("br"));
        assert!(!takes_gzip("gzip;q=0, br"));
        assert!(!takes_gzip(""));
    }
}
