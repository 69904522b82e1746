//! The request being answered, as the application reads it on the server.

use axum::http::{HeaderMap, header};

use super::facts::Facts;
use super::locale;
use crate::access::SignedIn;
use crate::i18n::Locale;

/// The language of a request: by its cookie, or by the header of a request made without cookies.
pub fn locale_of(headers: &HeaderMap) -> Locale {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::HeaderName::from_static(locale::HEADER)) == Some("en") {
        return Locale::en;
    }
    text(header::COOKIE).map_or(Locale::ar, locale::chosen)
}

/// The facts of the request being answered.
pub fn facts() -> Facts {
    let Ok(caller) = crate::access::caller() else { return Facts::default() };
    Facts {
        signed_in: SignedIn {
            signed_in: caller.actor.is_some(),
            roles: caller.actor.map(|actor| actor.roles).unwrap_or_default(),
        },
        kept: crate::server::kept_form::of_request(),
        development: caller.state.config.is_development(),
        single_sign_on: caller.state.config.single_sign_on.is_some(),
    }
}

/// The language to render in.
pub fn locale() -> Locale {
    crate::access::caller().map_or(Locale::ar, |caller| caller.locale)
}
