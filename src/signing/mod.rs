//! What the register signs, so that a licence can be checked without asking it: a token in the QR code of each card, the
//! status lists, credentials for other systems, and the keys that all are checked with, at `/.well-known/jwks.json`.
//!
//! # How a verifier decides without a connection
//!
//! 1. [`model::verify`] checks the token against the keys it keeps. If refused: the licence is not the register's, or is
//!    signed with a key that the verifier has not fetched yet; nothing that the token says counts.
//! 2. Past the last valid day in Riyadh, it has ended; before the first, it has not begun.
//! 3. The last list of each purpose that it fetched, [`model::StatusList`], at the token's place: revoked, or suspended.
//!    A licence that a correction replaced, and one whose holder was erased, stand there as revoked. A list older than
//!    [`model::TTL`] still says what was revoked before; what it does not say is uncertain, and the verifier says so, with
//!    the list's age.
//! 4. What is shown, first that applies: revoked, expired, suspended, not yet valid, valid.
//!
//! That a licence was renewed needs no bit: the old card's dates still hold. Where there is a connection, the live answer
//! goes before all of this, and leads on to what took a licence's place.
//!
//! # What is signed
//!
//! Everything with Ed25519 by the key of the year (`server::signing_keys`), as long as the register goes by that key; in the
//! header its `alg` is the one of [`model::ALGORITHM`], which says why. A licence's token has a header of `alg` and
//! `kid` alone, and [`model::Claims`] as its payload. Whatever else is signed has a `typ`, so that none is taken for
//! another; of what W3C gives the same one, a credential about a person has a `cty` beside it, and a status list has not.

pub mod model;

#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
mod credential;
#[cfg(feature = "ssr")]
pub mod job;
#[cfg(feature = "ssr")]
mod jws;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod publishing;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;

#[cfg(feature = "ssr")]
pub use address::signed_address;
#[cfg(feature = "ssr")]
pub use credential::signed_credential;
#[cfg(feature = "ssr")]
pub use jws::{key_at, key_in_force, receipt, signing_key};
#[cfg(feature = "ssr")]
pub use publishing::{NotPublished, publish};
#[cfg(feature = "ssr")]
pub use routes::routes;
