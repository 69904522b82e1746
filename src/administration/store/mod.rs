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

/// Takes one row more than a page holds away again; its being there says that the list goes on after the last one left.
fn cut<T>(mut rows: Vec<T>, page: usize) -> (Vec<T>, bool) {
    let more = rows.len() > page;
    rows.truncate(page);
    (rows, more)
}
