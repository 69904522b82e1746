//! Arabic and English texts as typed keys, generated from `locales/` by the build script.

use leptos::prelude::use_context;

#[allow(clippy::pedantic, unused_imports, dead_code, reason = "generated code")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

pub use generated::i18n::{I18nKeys, Locale};
pub use leptos_i18n::td_string;

/// The language of the page, fixed while it is shown: a change of language loads the page anew. The context of
/// `leptos_i18n`, which follows changes and asks cookies and headers, would cost a first visit 10 KB for nothing.
pub fn use_locale() -> Locale {
    use_context().unwrap_or_default()
}

/// The Arabic or the English of two texts.
pub fn pick<T>(locale: Locale, ar: T, en: T) -> T {
    match locale {
        Locale::ar => ar,
        Locale::en => en,
    }
}
