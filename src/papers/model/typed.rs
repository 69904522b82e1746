//! What a trainer typed: the number of questions of the paper, and the right answers of each person.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{FEWEST_QUESTIONS, MOST_QUESTIONS};
use crate::error::{AppError, Fields, Problem};
use crate::programmes::model::number;

/// Stands before an id in the name of a field: what begins with a digit there is read as a place in a list.
const BEFORE_ID: &str = "of-";

/// The field of somebody's right answers, by their enrolment.
pub fn right_field(enrolment: Uuid) -> String {
    format!("right[{BEFORE_ID}{enrolment}]")
}

/// Results of one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// Questions on the paper.
    pub asked: i16,
    /// Enrolments and their right answers.
    pub right: Vec<(Uuid, i16)>,
}

impl Sheets {
    /// Reads what was typed, in any digits; who has nothing beside them has no result.
    ///
    /// # Errors
    /// Every field that needs mending, at once; [`AppError::Malformed`] for what names no enrolment.
    pub fn read(asked: &str, right: &BTreeMap<String, String>) -> Result<Self, AppError> {
        let mut fields = Fields::default();
        let asked = fields.take("asked", number(asked, FEWEST_QUESTIONS.into(), MOST_QUESTIONS.into()));
        let mut read = Vec::new();
        let mut typed = 0;
        for (enrolment, right) in right.iter().filter(|(_, right)| !right.trim().is_empty()) {
            let enrolment = enrolment.strip_prefix(BEFORE_ID).and_then(|id| Uuid::parse_str(id).ok());
            let enrolment = enrolment.ok_or(AppError::Malformed)?;
            let most = asked.unwrap_or(MOST_QUESTIONS);
            typed += 1;
            if let Some(right) = fields.take(&right_field(enrolment), number(right, 0, most.into())) {
                read.push((enrolment, right));
            }
        }
        if typed == 0 {
            fields.refuse("right", Problem::NoResultTyped);
        }
        fields.finish()?;
        asked.map(|asked| Self { asked, right: read }).ok_or(AppError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "of-00000000-0000-4000-8000-000000000001";

    fn read(asked: &str, right: &[(&str, &str)]) -> Result<Sheets, AppError> {
        let right = right.iter().map(|(id, right)| ((*id).to_owned(), (*right).to_owned())).collect();
        Sheets::read(asked, &right)
    }

    #[test]
    fn any_digits_are_read_and_empty_fields_are_nobodys_result() {
        let other = ID.replace("01", "02");
        let sheets = read("٢٠", &[(ID, " ۱۴ "), (other.as_str(), " ")]).unwrap();
        assert_eq!(sheets, Sheets { asked: 20, right: vec![(Uuid::parse_str(&ID[3..]).unwrap(), 14)] });
    }

    #[test]
    fn all_that_needs_mending_is_told_at_once() {
        let error = read("4", &[(ID, "201")]).unwrap_err();
        assert_eq!(error.problem_of("asked"), Some(Problem::NumberInvalid));
        assert_eq!(error.problem_of(&format!("right[{ID}]")), Some(Problem::NumberInvalid));
        let error = read("20", &[(ID, "21")]).unwrap_err();
        assert_eq!(error.problem_of(&format!("right[{ID}]")), Some(Problem::NumberInvalid));
        let error = read("", &[]).unwrap_err();
        assert_eq!(error.problem_of("asked"), Some(Problem::Required));
        assert_eq!(error.problem_of("right"), Some(Problem::NoResultTyped));
        for unknown in ["x", "of-x", &ID[3..]] {
            assert_eq!(read("20", &[(unknown, "3")]), Err(AppError::Malformed), "{unknown}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_within_the_bounds(asked in "\\PC{0,6}", right in "\\PC{0,6}") {
            if let Ok(sheets) = read(&asked, &[(ID, &right)]) {
                prop_assert!((FEWEST_QUESTIONS..=MOST_QUESTIONS).contains(&sheets.asked));
                prop_assert!((0..=sheets.asked).contains(&sheets.right[0].1));
            }
        }
    }
}
