//! The talk with the provider: where it is, where its people confirm, and what it says of who came back (`OpenID` Connect
//! Core 1.0, authorisation code flow with PKCE). Nothing that it answers is shown to anybody.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreGenderClaim, CoreJwsSigningAlgorithm,
    CoreProviderMetadata,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RequestTokenError, SubjectIdentifier,
    TokenResponse, UserInfoClaims, UserInfoError,
};
use time::{Duration, OffsetDateTime};

use super::claims::{Claims, Client, Tokens};
use super::http;
use crate::accounts::model::{NationalId, NationalTurn};
use crate::accounts::store::single_sign_on::{Begun, Taken};
use crate::server::config::SingleSignOn;
use crate::server::keys::token_hash;

/// How long what was read of the provider is relied on. Keys that it changes meanwhile are looked for at once.
const KNOWN_FOR: Duration = Duration::minutes(10);

/// Signatures with a public key. Those with the shared secret could be made by whoever reads our configuration.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The client with what discovery always finds.
type Discovered =
    Client<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The provider that is configured, and what was last read of it.
pub struct Provider {
    configured: SingleSignOn,
    known: Mutex<Option<(OffsetDateTime, Arc<CoreProviderMetadata>)>>,
}

impl Provider {
    pub fn new(configured: SingleSignOn) -> Self {
        Self { configured, known: Mutex::new(None) }
    }

    /// The address at the provider where a turn goes on.
    ///
    /// # Errors
    /// [`NationalTurn::Away`] when the provider does not say where that is.
    pub async fn address(&self, begun: Begun, now: OffsetDateTime) -> Result<String, NationalTurn> {
        let client = self.client(&*self.discovered(now).await?);
        let (state, nonce) = (CsrfToken::new(begun.state), Nonce::new(begun.nonce));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(begun.verifier));
        let (address, _, _) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .set_pkce_challenge(challenge)
            // Whoever sits there now must confirm, not whoever was last at the provider in this browser.
            .add_prompt(CoreAuthPrompt::Login)
            .url();
        Ok(address.into())
    }

    /// Whether an answer that names its issuer (RFC 9207) names this one.
    pub fn is_issuer(&self, named: &str) -> bool {
        self.configured.issuer.as_str() == named
    }

    /// The ID number of who confirmed, for the code that their browser brought back.
    ///
    /// # Errors
    /// [`NationalTurn::Away`] when the provider does not answer; [`NationalTurn::Failed`] when it does not know the code,
    /// or when what it says of the person does not hold or names no ID number.
    pub async fn identify(&self, code: String, turn: Taken, now: OffsetDateTime) -> Result<NationalId, NationalTurn> {
        let client = self.client(&*self.discovered(now).await?);
        let http = http::client()?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| failed("token_endpoint", &error))?
            .set_pkce_verifier(PkceCodeVerifier::new(turn.verifier))
            .request_async(&|request| http::call(http.clone(), request))
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(error) => away("token", &error),
                // What the error quotes of the answer stays with the provider.
                RequestTokenError::ServerResponse(error) => failed("token", error.error()),
                error => failed("token", &error),
            })?;
        let claims = match verified(&client, &tokens, &turn.nonce_hash, now) {
            // A key may have taken the place of one that has its name, or no name.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                self.forget();
                let client = self.client(&*self.discovered(now).await?);
                verified(&client, &tokens, &turn.nonce_hash, now)
            }
            claims => claims,
        };
        let (subject, claims) = claims.map_err(|error| failed("id_token", &error))?;
        let name = &self.configured.id_claim;
        let number = match claims.number(name, &subject) {
            Some(number) => Some(number),
            None => user_info(&client, &http, &tokens, &subject).await?.number(name, &subject),
        };
        let number = number.ok_or_else(|| failed("id_claim", &"the claim is missing"))?;
        NationalId::parse(&number).map_err(|_| failed("id_claim", &"the claim is no ID number"))
    }

    fn client(&self, known: &CoreProviderMetadata) -> Discovered {
        let SingleSignOn { client_id, client_secret, redirect, .. } = self.configured.clone();
        let methods = known.token_endpoint_auth_methods_supported();
        let client = Client::from_provider_metadata(known.clone(), client_id, Some(client_secret));
        // Discovery 1.0 section 3: where nothing is said, the secret goes in the header.
        let in_body = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let auth = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        client.set_redirect_uri(redirect).set_auth_type(auth)
    }

    /// The provider's document and keys (Discovery 1.0), read anew now and then.
    async fn discovered(&self, now: OffsetDateTime) -> Result<Arc<CoreProviderMetadata>, NationalTurn> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, known)) = known
            && now - at < KNOWN_FOR
        {
            return Ok(known);
        }
        let http = http::client()?;
        let call = |request| http::call(http.clone(), request);
        let found = CoreProviderMetadata::discover_async(self.configured.issuer.clone(), &call).await;
        let found = Arc::new(found.map_err(|error| away("discovery", &error))?);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&found)));
        Ok(found)
    }

    fn forget(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Subject and further claims of an ID token whose signature, issuer, audience, end and nonce are right.
fn verified(
    client: &Discovered,
    tokens: &Tokens,
    nonce_hash: &[u8],
    now: OffsetDateTime,
) -> Result<(SubjectIdentifier, Claims), ClaimsVerificationError> {
    let token =
        tokens.id_token().ok_or_else(|| ClaimsVerificationError::Other("the answer holds no ID token".to_owned()))?;
    let now = SystemTime::from(now);
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || now.into());
    let same_nonce = |nonce: Option<&Nonce>| {
        let same = nonce.is_some_and(|nonce| token_hash(nonce.secret()) == nonce_hash);
        if same { Ok(()) } else { Err("the nonce is another turn's".to_owned()) }
    };
    let claims = token.claims(&verifier, same_nonce)?;
    Ok((claims.subject().clone(), claims.additional_claims().clone()))
}

/// What the provider tells of the subject elsewhere: with a code, it may hand out there what a scope stands for (Core 1.0
/// section 5.4).
async fn user_info(
    client: &Discovered,
    http: &reqwest::Client,
    tokens: &Tokens,
    subject: &SubjectIdentifier,
) -> Result<Claims, NationalTurn> {
    let asked = client.user_info(tokens.access_token().clone(), Some(subject.clone()));
    let asked = asked.map_err(|error| failed("id_claim", &error))?;
    let told: Result<UserInfoClaims<Claims, CoreGenderClaim>, _> =
        asked.request_async(&|request| http::call(http.clone(), request)).await;
    match told {
        Ok(told) => Ok(told.additional_claims().clone()),
        Err(UserInfoError::Request(error)) => Err(away("user_info", &error)),
        Err(error) => Err(failed("user_info", &error)),
    }
}

fn failed(step: &'static str, cause: &dyn std::fmt::Display) -> NationalTurn {
    tracing::warn!(error.kind = "single_sign_on", error.step = step, error.cause = %cause);
    NationalTurn::Failed
}

fn away(step: &'static str, cause: &dyn std::fmt::Display) -> NationalTurn {
    tracing::warn!(error.kind = "single_sign_on_away", error.step = step, error.cause = %cause);
    NationalTurn::Away
}
