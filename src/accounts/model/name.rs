//! Names: four parts in Arabic and, as a separate fact, the name in Latin letters.

use crate::error::{Fields, Problem};
use crate::text::one_line;

/// Characters of a part at most; the database says the same.
const LONGEST_PART: usize = 60;
const LONGEST_WHOLE: usize = 160;
const LONGEST_LATIN: usize = 160;

/// A name as on the ID. What was typed is what is shown; search has a key of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArabicName {
    pub given: String,
    pub father: Option<String>,
    pub grandfather: Option<String>,
    pub family: String,
}

impl ArabicName {
    /// Reads the four parts; only the first and the last are required. Problems go against the fields' names.
    pub fn parse(given: &str, father: &str, grandfather: &str, family: &str, fields: &mut Fields) -> Option<Self> {
        let given = fields.take("given_name", arabic_part(given));
        let father = fields.take("father_name", if_typed(father));
        let grandfather = fields.take("grandfather_name", if_typed(grandfather));
        let family = fields.take("family_name", arabic_part(family));
        Some(Self { given: given?, father: father?, grandfather: grandfather?, family: family? })
    }

    /// All parts, in order.
    pub fn full(&self) -> String {
        let parts = [Some(&self.given), self.father.as_ref(), self.grandfather.as_ref(), Some(&self.family)];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }
}

fn if_typed(typed: &str) -> Result<Option<String>, Problem> {
    match arabic_part(typed) {
        Err(Problem::Required) => Ok(None),
        part => part.map(Some),
    }
}

/// A part of a name.
fn arabic_part(typed: &str) -> Result<String, Problem> {
    arabic(typed, LONGEST_PART)
}

/// Reads a whole name in Arabic letters, as somebody without an account writes it.
///
/// # Errors
/// [`Problem::Required`], [`Problem::TooLong`], [`Problem::ArabicNameInvalid`].
pub fn whole_name(typed: &str) -> Result<String, Problem> {
    arabic(typed, LONGEST_WHOLE)
}

/// Arabic letters, those of Persian and Urdu names among them, with marks and spaces.
fn arabic(typed: &str, longest: usize) -> Result<String, Problem> {
    let line = one_line(typed);
    let letter = |c: char| matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' | '\u{0671}'..='\u{06D3}');
    let mark = |c: char| matches!(c, '\u{0640}' | '\u{064B}'..='\u{0655}' | '\u{0670}' | ' ');
    match line.chars().next() {
        None => Err(Problem::Required),
        Some(_) if line.chars().count() > longest => Err(Problem::TooLong),
        Some(first) if letter(first) && line.chars().all(|c| letter(c) || mark(c)) => Ok(line),
        Some(_) => Err(Problem::ArabicNameInvalid),
    }
}

/// A whole name in Latin letters, as in the passport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatinName(String);

impl LatinName {
    /// # Errors
    /// [`Problem::Required`], [`Problem::TooLong`], [`Problem::LatinNameInvalid`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let line = one_line(typed);
        // Basic Latin, Latin-1 and Latin Extended-A letters, which passports use.
        let letter = |c: char| c.is_ascii_alphabetic() || (matches!(c, '\u{C0}'..='\u{17F}') && c.is_alphabetic());
        match line.chars().next() {
            None => Err(Problem::Required),
            Some(_) if line.chars().count() > LONGEST_LATIN => Err(Problem::TooLong),
            Some(first) if letter(first) && line.chars().all(|c| letter(c) || " -'’.".contains(c)) => Ok(Self(line)),
            Some(_) => Err(Problem::LatinNameInvalid),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_first_and_the_family_name_are_required() {
        let mut fields = Fields::default();
        let name = ArabicName::parse(" سارة ", "", " ", "العتيبي", &mut fields).unwrap();
        assert_eq!(name.full(), "سارة العتيبي");
        assert!(fields.finish().is_ok());

        let mut fields = Fields::default();
        assert_eq!(ArabicName::parse("", "Ali", "", "", &mut fields), None);
        let error = fields.finish().unwrap_err();
        assert_eq!(error.problem_of("given_name"), Some(Problem::Required));
        assert_eq!(error.problem_of("father_name"), Some(Problem::ArabicNameInvalid));
        assert_eq!(error.problem_of("family_name"), Some(Problem::Required));
    }

    #[test]
    fn names_of_residents_are_read_too() {
        assert_eq!(arabic_part("پرویز").as_deref(), Ok("پرویز"));
        assert_eq!(LatinName::parse("José  O'Neil-Şahin").map(|name| name.0).as_deref(), Ok("José O'Neil-Şahin"));
        assert_eq!(LatinName::parse("سارة"), Err(Problem::LatinNameInvalid));
    }

    proptest! {
        #[test]
        fn arabic_words_are_kept_as_typed(words in proptest::collection::vec("[ء-غف-ي]{1,9}", 1..5)) {
            prop_assert_eq!(arabic_part(&words.join("  ")), Ok(words.join(" ")));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = (arabic_part(&typed), LatinName::parse(&typed));
        }
    }
}
