//! What the register signs, and how anybody checks it: pure, for the server and for the browser.

mod claims;
mod jws;
mod key;
mod receipt;
mod status;
#[cfg(test)]
mod tests;

pub use claims::{Claims, LONGEST_ADDRESS, issuer_of};
pub use jws::{Refusal, TokenHeader, verify};
pub use key::{ALGORITHM, Jwk, Jwks, PublicKey};
pub use receipt::{ReceiptHeader, open_receipt};
pub use status::{BYTES, ENTRIES, ListCredential, ListHeader, ListSubject, Place, Purpose, StatusList, TTL, path};
