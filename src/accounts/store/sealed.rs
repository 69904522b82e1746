//! Personal data as it is stored: sealed to be read again, hashed to be found.

use time::Date;

use crate::accounts::model::age::read_iso;
use crate::accounts::model::{Mobile, NationalId};
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::keys::{Keys, Purpose};

/// A value twice: sealed, and as the keyed hash that equal values share.
#[derive(Clone)]
pub struct Sealed {
    pub sealed: Vec<u8>,
    pub hash: Vec<u8>,
}

/// A national ID, to be stored or looked up.
pub fn national_id(keys: &Keys, id: &NationalId) -> Sealed {
    Sealed { sealed: keys.seal(Purpose::NationalId, id.as_str()), hash: keys.hash("national-id", id.as_str()) }
}

/// A mobile, to be stored or looked up.
pub fn mobile(keys: &Keys, mobile: &Mobile) -> Sealed {
    Sealed { sealed: keys.seal(Purpose::Mobile, mobile.as_str()), hash: keys.hash("mobile", mobile.as_str()) }
}

/// The mobile that was sealed.
///
/// # Errors
/// When it does not open, which is a fault of ours.
pub fn open_mobile(keys: &Keys, sealed: &[u8]) -> Result<Mobile, AppError> {
    let opened = keys.open(Purpose::Mobile, sealed).map_err(|error| internal(&error))?;
    Mobile::parse(&opened).map_err(|_| internal(&"a sealed mobile is none"))
}

/// A birth date, to be stored.
pub fn birth_date(keys: &Keys, birth: Date) -> Vec<u8> {
    keys.seal(Purpose::BirthDate, &birth.to_string())
}

/// The birth date that was sealed.
///
/// # Errors
/// When it does not open, which is a fault of ours.
pub fn open_birth_date(keys: &Keys, sealed: &[u8]) -> Result<Date, AppError> {
    let opened = keys.open(Purpose::BirthDate, sealed).map_err(|error| internal(&error))?;
    read_iso(&opened).ok_or_else(|| internal(&"a sealed birth date is none"))
}
