//! The address in a licence's QR code: the page that answers live and, behind the `#`, which no browser sends, a token
//! that anybody can check. Made anew each time, and each time the same within a year.

use super::jws::{compact, room, token_header};
use super::model::{Claims, LONGEST_ADDRESS};
use crate::server::signing_keys::SigningKey;

/// `https://HOST/v/{number}#{token}`, in [`LONGEST_ADDRESS`] bytes: the masked name is cut where it leaves no room.
pub fn signed_address(origin: &str, key: &SigningKey, claims: Claims) -> String {
    let page = format!("{origin}/v/{}#", claims.number.digits());
    let header = token_header(key);
    let claims = claims.within(room(&header, LONGEST_ADDRESS.saturating_sub(page.len())));
    format!("{page}{}", compact(key, &header, &claims.encode()))
}
