//! What a licence was on a day that is over, answered from its history, and a signed receipt of the answer.
//!
//! # What was a licence on a day?
//!
//! The worst that it was at any moment of the day in Riyadh, from its issue on; [`model::on_day`] says it from the events
//! alone, whoever has them.
//!
//! # What is a receipt?
//!
//! A compact JWS (RFC 7515, Ed25519) with `typ` `rukhsa-receipt+jwt`, signed by the key of the year. It says, in JSON:
//!
//! | | |
//! |-|-|
//! | `iss` | the register's address |
//! | `iat` | when it was asked, in seconds since 1970 |
//! | `number` | sixteen digits |
//! | `day` | the day asked about, as in `2026-01-03` |
//! | `answer` | `valid`, `suspended`, `revoked`, `superseded`, `expired`, `not_yet_valid`, `not_issued`, `not_found` |
//! | `reason` | the public code of why it was suspended or revoked |
//! | `checkpoint` | a signed checkpoint of the log of `crate::history` |
//! | `events` | what the answer follows from: each event's leaf, its position, and the path of nodes in base64url |
//!
//! The events are the first, the last before the day and those of the day: no more, so that a receipt tells nothing of a
//! licence's life but what was asked. That none was left out is the register's word, which it signs: who finds it in the
//! log convicts it. And whoever has a receipt has a checkpoint that the register cannot disown.

#[cfg(feature = "ssr")]
mod answering;
pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod words;

#[cfg(feature = "ssr")]
pub use routes::routes;
