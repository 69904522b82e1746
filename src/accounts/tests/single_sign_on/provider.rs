//! A provider that says what a test has it say. What a real one makes of our requests, the browser tests show.

use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openidconnect::PrivateSigningKey;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::Duration;
use tokio::net::TcpListener;

use crate::server::keys::random_bytes;
use crate::testing::TestApp;

pub const CLIENT: &str = "rukhsa";
pub const SECRET: &str = "a secret: of tests";
pub const CODE: &str = "the-code";

/// What it says next.
pub struct Says {
    /// Of the request that began the turn; the verifier is compared with it.
    pub challenge: String,
    pub id_token: Value,
    /// What the header of the ID token says of its signature.
    pub algorithm: &'static str,
    pub user_info: Value,
    /// The key that signs, and the ones that are published.
    pub key: Key,
    pub published: Vec<Value>,
}

/// A signing key and its name.
pub struct Key(CoreEdDsaPrivateSigningKey);

impl Key {
    pub fn new(name: &str) -> Self {
        // RFC 8410: what comes before the 32 bytes of an Ed25519 key in PKCS #8.
        let head = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
        let der = [head.as_slice(), &random_bytes::<32>()].concat();
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
        let name = openidconnect::JsonWebKeyId::new(name.to_owned());
        Self(CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(name)).unwrap())
    }

    pub fn public(&self) -> Value {
        serde_json::to_value(self.0.as_verification_key()).unwrap()
    }

    fn sign(&self, algorithm: &str, claims: &Value) -> String {
        let head = json!({ "alg": algorithm, "kid": self.public()["kid"] });
        let [head, claims] = [&head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{head}.{claims}");
        let signature = self.0.sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap();
        let signature = if algorithm == "none" { String::new() } else { URL_SAFE_NO_PAD.encode(signature) };
        format!("{signed}.{signature}")
    }
}

/// A provider at an address of its own.
#[derive(Clone)]
pub struct Provider {
    pub issuer: String,
    pub says: Arc<Mutex<Says>>,
}

impl Provider {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = Key::new("first");
        let says = Says {
            challenge: String::new(),
            id_token: Value::Null,
            algorithm: "EdDSA",
            user_info: Value::Null,
            published: vec![key.public()],
            key,
        };
        let provider = Self { issuer, says: Arc::new(Mutex::new(says)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(user_info))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// The claims of a right ID token for the turn of this nonce.
    pub fn right_claims(&self, app: &TestApp, nonce: &str, national_id: &str) -> Value {
        let now = app.clock.now();
        json!({
            "iss": self.issuer, "aud": CLIENT, "sub": "someone", "nonce": nonce, "national_id": national_id,
            "iat": now.unix_timestamp(), "exp": (now + Duration::minutes(5)).unix_timestamp(),
        })
    }
}

async fn document(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorise"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    Json(json!({ "keys": provider.says.lock().unwrap().published }))
}

/// The token, to who has the client's secret, the code, and the verifier of the challenge.
async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<Vec<(String, String)>>,
) -> Response {
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let says = provider.says.lock().unwrap();
    // RFC 6749 section 2.3.1: the secret is form-encoded before it goes into the header.
    let secret: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{secret}")));
    let ours = headers.get(header::AUTHORIZATION).is_some_and(|given| *given == basic);
    let proved = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier"))) == says.challenge;
    let right = field("grant_type") == "authorization_code"
        && field("code") == CODE
        && field("redirect_uri") == "http://localhost:3000/sign-in/national/callback";
    if !(ours && proved && right) {
        let refused = json!({ "error": "invalid_grant", "error_description": "words of the provider" });
        return (StatusCode::BAD_REQUEST, Json(refused)).into_response();
    }
    let id_token = says.key.sign(says.algorithm, &says.id_token);
    Json(json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": id_token }))
        .into_response()
}

async fn user_info(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    if headers.get(header::AUTHORIZATION).is_none_or(|given| given != "Bearer access") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(provider.says.lock().unwrap().user_info.clone()).into_response()
}
