//! The key that names are searched and compared by. The original is always what is shown.

use unicode_normalization::UnicodeNormalization;

use crate::text::one_line;

/// NFKC; without harakat, tatweel and dagger alef; one letter for each family of look-alikes; «عبد ال…» joined; single
/// spaces.
pub fn name_key(name: &str) -> String {
    let folded: String = name.nfkc().filter(|c| !is_mark(*c)).map(fold).collect();
    let mut key = String::with_capacity(folded.len());
    for word in one_line(&folded).split(' ') {
        let joins = word.starts_with("ال") && (key == "عبد" || key.ends_with(" عبد"));
        if !key.is_empty() && !joins {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Vowel signs, Qur'anic signs, tatweel and dagger alef.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}')
}

fn fold(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ى' | 'ئ' | 'ی' => 'ي',
        'ؤ' => 'و',
        'ک' => 'ك',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("أحمد", "احمد"),
            ("فاطمة", "فاطمه"),
            ("مُحَمَّـد", "محمد"),
            ("عبد الرحمٰن", "عبدالرحمن"),
            ("سعد بن عبد  الله", "سعد بن عبدالله"),
            ("موسى مؤيد رائد", "موسي مويد رايد"),
            ("کریم", "كريم"),
            ("ﻋﻠﻲ", "علي"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} {other}");
        }
    }

    #[test]
    fn other_names_keep_other_keys() {
        assert_ne!(name_key("عبد القادر"), name_key("القادر"));
        assert_eq!(name_key("معبد الحربي"), "معبد الحربي");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "[\u{0621}-\u{0655}\u{0670}-\u{06D3} ]{0,40}") {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&key), key.clone());
            prop_assert!(!key.contains("  "));
        }

        #[test]
        fn no_name_panics(name in "\\PC*") {
            let _ = name_key(&name);
        }
    }
}
