//! What people take away on paper: their licences as a sheet and as a card for the wallet, and certificates of the
//! programmes they passed. PDFs, made by the server when asked for.

mod contents;
pub mod files;
mod press;
mod store;
#[cfg(test)]
mod tests;
mod typesetting;
