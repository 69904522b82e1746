//! A licence as other systems read it: an Open Badges 3.0 credential, which is a W3C Verifiable Credential 2.0, signed as
//! W3C's Securing Verifiable Credentials using JOSE and COSE has it (`application/vc+jwt`). Its holder downloads it.
//!
//! # What was chosen
//!
//! - The issuer is the register's address, as in the status lists; its keys stand at `/.well-known/jwks.json` under that
//!   address, where 1EdTech's guide looks for them. The header names the key by its id there and carries the key too,
//!   which Open Badges 3.0 (8.2) wants of whoever names no address of a single key. `typ` and `cty` are W3C's.
//! - The subject has no `id`: its holder has no address on the web, and a made-up one would say nothing. So there is no
//!   `sub` either. Who it is stands in `identifier`, as the full name in plain text, which Open Badges 3.0 allows: the
//!   holder alone downloads it, to show who they are, and a hash of a name hides it from nobody who guesses names.
//! - `nbf` and `exp` repeat `validFrom` and `validUntil`, as Open Badges 3.0 wants. Days are those of Riyadh: from the
//!   midnight that the first begins with until the one that the last ends with.
//! - Both languages stand in one text, since Open Badges 3.0 has one `name` of each thing, without a language.
//! - Nothing in it says when it was made, so within a year a licence is the same text each time.
//! - What was taken away or set aside is not handed out, like the papers; what was handed out before, the status lists
//!   tell of, at the places that the QR code names.

mod contents;
pub mod files;
mod model;
#[cfg(test)]
mod tests;
