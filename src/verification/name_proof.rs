//! How a page says «the name matches» without holding the name: a keyed hash of the number, the visitor's address and
//! the ten minutes it is good for. Somebody else who is sent the link sees nothing of it.

use std::fmt::Write as _;

use time::Duration;

use crate::access::Caller;
use crate::licences::model::LicenceNumber;
use crate::server::rate::Limit;

/// Names one address may try.
pub const LIMIT: Limit = Limit { act: "check_name", most: 20, window: Duration::minutes(10) };

/// Seconds in which a proof is given; it holds in the next such time too.
const SPAN: i64 = 600;

/// The proof for the number's page.
pub fn give(caller: &Caller, number: &LicenceNumber) -> String {
    proof(caller, number, caller.now.unix_timestamp() / SPAN)
}

/// Whether a proof was given to this visitor for this number a moment ago.
pub fn holds(caller: &Caller, number: &LicenceNumber, given: &str) -> bool {
    let span = caller.now.unix_timestamp() / SPAN;
    [span, span - 1].into_iter().any(|span| proof(caller, number, span) == given)
}

fn proof(caller: &Caller, number: &LicenceNumber, span: i64) -> String {
    let said = format!("{} {} {span}", number.digits(), caller.address);
    let hash = caller.state.config.keys.hash("name-proof", &said);
    hash.iter().take(16).fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
