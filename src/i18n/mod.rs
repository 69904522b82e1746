//! Arabic and English texts as typed keys, generated from `locales/` by the build script.

#[allow(clippy::pedantic, unused_imports, dead_code, reason = "generated code")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

pub use generated::i18n::{I18nContextProvider, I18nKeys, Locale, use_i18n};
// The text of a key, read once: a change of language loads the page anew, so nothing needs to follow it.
pub use leptos_i18n::{td_string, tu_string};
