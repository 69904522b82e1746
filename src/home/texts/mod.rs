//! The texts of the pages to read, one a file.

mod api;
mod help;
mod privacy;
mod report_forgery;

use super::reading::Text;
use crate::i18n::Locale;

/// The text of a page by its path's last part, or `None` where there is no such page. `origin` is where this portal
/// answers.
pub fn of(page: &str, locale: Locale, origin: &str) -> Option<Text> {
    match page {
        "api" => Some(api::text(locale, origin)),
        "help" => Some(help::text(locale)),
        "privacy" => Some(privacy::text(locale)),
        "report-forgery" => Some(report_forgery::text(locale)),
        _ => None,
    }
}
