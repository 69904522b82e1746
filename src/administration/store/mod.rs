//! Every query of the administrator's desk, and of what people may do with what is held on them.

pub mod access_log;
pub mod audit;
pub mod closing;
pub mod held;
pub mod log;
pub mod people;
pub mod settings;
pub mod staff;

use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::server::database::internal;

/// A licence kind as the database spells it.
fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}
