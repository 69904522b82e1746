//! The language of a page: Arabic, unless the visitor chose English. A browser's own preference is not a choice.

use crate::i18n::Locale;

/// Name of the cookie that keeps the choice.
pub const COOKIE: &str = "lang";

/// Name of the header by which the service worker, which asks without cookies, names the language.
pub const HEADER: &str = "rukhsa-language";

/// The language a cookie header chooses.
pub fn chosen(cookies: &str) -> Locale {
    let english = cookies.split(';').any(|one| one.trim().strip_prefix(COOKIE).is_some_and(|rest| rest == "=en"));
    if english { Locale::en } else { Locale::ar }
}

/// The language and the direction of a document, as HTML spells them.
pub fn direction(locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::ar => ("ar", "rtl"),
        Locale::en => ("en", "ltr"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_unless_english_was_chosen() {
        assert_eq!(chosen(""), Locale::ar);
        assert_eq!(chosen("a=b; lang=en"), Locale::en);
        assert_eq!(chosen("mylang=en; lang=fr"), Locale::ar);
    }
}
