//! The portal as a relying party of W3C Web Authentication. A passkey belongs to the host of `RUKHSA_ORIGIN`: under
//! another host it is another portal's, and a look-alike site gets no answer from it.

use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, Url, Uuid, Webauthn, WebauthnBuilder,
    WebauthnError,
};

use crate::error::{AppError, Problem};
use crate::server::config::Config;
use crate::server::database::internal;

fn relying_party(config: &Config) -> Result<Webauthn, AppError> {
    let origin = Url::parse(&config.origin).map_err(|error| internal(&error))?;
    let host = origin.host_str().unwrap_or_default().to_owned();
    WebauthnBuilder::new(&host, &origin)
        .and_then(|builder| builder.rp_name("رخصة").build())
        .map_err(|error| internal(&error))
}

/// An answer that does not fit, whatever the cause: the log has it.
fn refused<T>(error: WebauthnError) -> Result<T, AppError> {
    tracing::info!(error.kind = "passkey", error.cause = %error);
    Problem::PasskeyRefused.refused()
}

/// A challenge to make a passkey, on a device that has none of `known`, and what its answer is checked against. The device
/// checks who holds it: by finger, face or number.
///
/// # Errors
/// When the origin cannot have passkeys.
pub fn begin_adding(
    config: &Config,
    person: Uuid,
    name: &str,
    known: &[Passkey],
) -> Result<(CreationChallengeResponse, PasskeyRegistration), AppError> {
    let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
    relying_party(config)?.start_passkey_registration(person, name, name, Some(known)).map_err(|error| internal(&error))
}

/// The passkey that a device made.
///
/// # Errors
/// [`Problem::PasskeyRefused`] when the answer is not to this challenge, origin or host.
pub fn finish_adding(config: &Config, answer: &str, state: &PasskeyRegistration) -> Result<Passkey, AppError> {
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| AppError::Malformed)?;
    relying_party(config)?.finish_passkey_registration(&answer, state).or_else(refused)
}

/// A challenge to use one of these passkeys, and what its answer is checked against.
///
/// # Errors
/// [`Problem::PasskeyRefused`] when there are none.
pub fn begin_using(
    config: &Config,
    passkeys: &[Passkey],
) -> Result<(RequestChallengeResponse, PasskeyAuthentication), AppError> {
    // To a list of none, a device would answer with any passkey it has.
    if passkeys.is_empty() {
        return Problem::PasskeyRefused.refused();
    }
    relying_party(config)?.start_passkey_authentication(passkeys).or_else(refused)
}

/// What a device answered: which passkey, and how often it was used.
///
/// # Errors
/// [`Problem::PasskeyRefused`] when the answer is not to this challenge, or not by one of its passkeys.
pub fn finish_using(
    config: &Config,
    answer: &str,
    state: &PasskeyAuthentication,
) -> Result<AuthenticationResult, AppError> {
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| AppError::Malformed)?;
    relying_party(config)?.finish_passkey_authentication(&answer, state).or_else(refused)
}
