//! What the lists are narrowed to. All of it lives in the URL; what cannot be read counts as not asked.

mod programme;
mod question;
mod session;

pub use programme::ProgrammeFilter;
pub use question::QuestionFilter;
pub use session::{SessionFilter, When};

/// In which order a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Earliest,
    Latest,
}

impl Order {
    /// As the URL spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::Latest => "latest",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Earliest, Self::Latest].into_iter().find(|order| order.code() == code)
    }

    /// The other one.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Earliest => Self::Latest,
            Self::Latest => Self::Earliest,
        }
    }

    /// As the URL spells it, empty where it is what goes without saying.
    fn code_unless(self, usual: Self) -> &'static str {
        if self == usual { "" } else { self.code() }
    }
}

/// The path of a list with what is asked of it. No value needs escaping.
fn href(path: &str, values: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        values.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_widest_lists_have_plain_paths() {
        assert_eq!(SessionFilter::default().href(""), "/admin/sessions");
        assert_eq!(ProgrammeFilter::parse("", "", "").href(""), "/admin/programmes");
        assert_eq!(QuestionFilter::parse("", "", "", "", "").href(""), "/admin/questions");
        let filter = SessionFilter::parse("past", "", "riyadh", "online", "earliest");
        assert_eq!(filter.href("1_a"), "/admin/sessions?when=past&region=riyadh&mode=online&order=earliest&after=1_a");
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics_or_needs_escaping(typed in "\\PC*") {
            for path in [
                SessionFilter::parse(&typed, &typed, &typed, &typed, &typed).href(""),
                ProgrammeFilter::parse(&typed, &typed, &typed).href(""),
                QuestionFilter::parse(&typed, &typed, &typed, &typed, &typed).href(""),
            ] {
                prop_assert!(path.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
