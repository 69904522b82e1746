//! What the lists are narrowed to. All of it lives in the URL; what cannot be read counts as not asked.

mod programme;
mod question;
mod session;

pub use programme::ProgrammeFilter;
pub use question::QuestionFilter;
pub use session::{SessionFilter, When};

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
