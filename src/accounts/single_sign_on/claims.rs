//! The types of the provider's answers: the library's own, with every further claim of a token kept by its name.

use std::collections::HashMap;
use std::fmt;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, EmptyExtraTokenFields, IdTokenFields, StandardErrorResponse, StandardTokenResponse,
    SubjectIdentifier,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The claims that `OpenID` Connect Core 1.0 gives no name to.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Claims(HashMap<String, Value>);

impl AdditionalClaims for Claims {}

/// Personal data: what is in it is nobody's to read in a log.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims")
    }
}

impl Claims {
    /// The number, written as text or not, under a name; under `sub`, the subject.
    pub fn number(&self, name: &str, subject: &SubjectIdentifier) -> Option<String> {
        if name == "sub" {
            return Some(subject.as_str().to_owned());
        }
        match self.0.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

pub type Tokens = StandardTokenResponse<
    IdTokenFields<
        Claims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

pub type Client<Auth, Device, Introspection, Revocation, Token, UserInfo> = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    Auth,
    Device,
    Introspection,
    Revocation,
    Token,
    UserInfo,
>;
