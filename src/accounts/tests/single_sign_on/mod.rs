//! The national single sign-on, with a provider that a test has under its hand.

mod provider;
mod safety;
mod settling;
mod tokens;
mod turns;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use uuid::Uuid;

use super::count;
use crate::testing::TestApp;
use provider::{CLIENT, CODE, Provider, SECRET};

/// A portal with the single sign-on of a provider.
async fn start() -> (TestApp, Provider) {
    let provider = Provider::start().await;
    let app = start_with(&provider.issuer, &[]).await;
    (app, provider)
}

async fn start_with(issuer: &str, more: &[(&str, &str)]) -> TestApp {
    let variables = [
        ("RUKHSA_MODE", "development"),
        ("RUKHSA_SSO_ISSUER", issuer),
        ("RUKHSA_SSO_CLIENT_ID", CLIENT),
        ("RUKHSA_SSO_CLIENT_SECRET", SECRET),
    ];
    TestApp::start_with(&[variables.as_slice(), more].concat()).await
}

/// Opens a path as a browser does, with these cookies.
async fn open(app: &TestApp, path: &str, cookies: &[&str]) -> Response<Body> {
    let mut request = Request::get(path).header(header::ACCEPT, "text/html").header(header::HOST, "localhost:3000");
    if !cookies.is_empty() {
        request = request.header(header::COOKIE, cookies.join("; "));
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

fn location(response: &Response<Body>) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[header::LOCATION].to_str().unwrap()
}

/// The cookie of this name that an answer sets, as a request sends it.
fn cookie(response: &Response<Body>, name: &str) -> Option<String> {
    let set = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut own = set.filter(|cookie| cookie.starts_with(&format!("{name}=")));
    own.next().map(|cookie| cookie.split(';').next().unwrap().to_owned())
}

/// A turn that a browser has begun.
struct Turn {
    /// The cookie that binds it to the browser.
    browser: String,
    state: String,
    nonce: String,
}

/// Begins a turn; the provider remembers its challenge.
async fn begin(app: &TestApp, provider: &Provider) -> Turn {
    let response = open(app, "/sign-in/national", &[]).await;
    let address = location(&response);
    let (page, query) = address.split_once('?').unwrap();
    assert_eq!(page, format!("{}/authorise", provider.issuer));
    let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let of = |name: &str| query.iter().find(|(key, _)| key == name).unwrap().1.clone();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("scope", "openid"),
        ("redirect_uri", "http://localhost:3000/sign-in/national/callback"),
        ("code_challenge_method", "S256"),
        ("prompt", "login"),
    ] {
        assert_eq!(of(name), value);
    }
    provider.says.lock().unwrap().challenge = of("code_challenge");
    Turn { browser: cookie(&response, "national").unwrap(), state: of("state"), nonce: of("nonce") }
}

/// Comes back with the right code.
async fn come_back(app: &TestApp, turn: &Turn, session: Option<&str>) -> Response<Body> {
    let path = format!("/sign-in/national/callback?state={}&code={CODE}", turn.state);
    let cookies: Vec<&str> = [Some(turn.browser.as_str()), session].into_iter().flatten().collect();
    open(app, &path, &cookies).await
}

/// A whole turn in which the provider answers for this ID number.
async fn turn_of(app: &TestApp, provider: &Provider, national_id: &str, session: Option<&str>) -> Response<Body> {
    let turn = begin(app, provider).await;
    let claims = provider.right_claims(app, &turn.nonce, national_id);
    provider.says.lock().unwrap().id_token = claims;
    come_back(app, &turn, session).await
}

async fn is_verified(app: &TestApp, person: Uuid) -> bool {
    sqlx::query_scalar("SELECT identity_verified_at IS NOT NULL FROM persons WHERE id = $1")
        .bind(person)
        .fetch_one(&app.owner)
        .await
        .unwrap()
}

async fn sign_ins(app: &TestApp) -> i64 {
    count(app, "SELECT count(*) FROM sign_in_sessions").await
}
