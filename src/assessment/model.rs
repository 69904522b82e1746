//! What the test is: the states of an attempt, its rules, its score. Pure, for both targets.

use serde::{Deserialize, Serialize};

/// Where one sitting of the test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    Open,
    Passed,
    Failed,
}

impl AttemptState {
    pub const ALL: [Self; 3] = [Self::Open, Self::Passed, Self::Failed];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// Reads [`AttemptState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets an attempt go from this state to another. A result is final.
    pub fn can_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Open, Self::Passed | Self::Failed))
    }
}

/// What an enrolment, or the licence to be renewed, means for its test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Attendance is not recorded: the test is not open yet.
    NotAttended,
    Attended,
    /// The licence can be renewed: its test is open.
    RenewalOpen,
    /// The licence cannot be renewed now.
    RenewalClosed,
    Passed,
    Failed,
}

impl Standing {
    /// From the state of an enrolment.
    pub fn of_enrolment(code: &str) -> Self {
        match code {
            "attended" => Self::Attended,
            "passed" => Self::Passed,
            "failed" => Self::Failed,
            _ => Self::NotAttended,
        }
    }

    /// Whether the test can be taken.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Attended | Self::RenewalOpen)
    }
}

/// The rules in force for the tests of one licence kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub questions: i32,
    pub minutes: i32,
    pub pass_mark_percent: i32,
    pub attempts: i32,
}

impl Rules {
    /// Whether a test can be held by them at all.
    pub fn usable(self) -> bool {
        (1..=200).contains(&self.questions)
            && (1..=24 * 60).contains(&self.minutes)
            && (1..=100).contains(&self.pass_mark_percent)
    }

    /// How many attempts are left after so many.
    pub fn attempts_left(self, used: i32) -> i32 {
        (self.attempts - used).max(0)
    }
}

/// A score as a whole percentage, rounded down: what is shown never passes what was reached.
pub fn percent(right: i32, asked: i32) -> i32 {
    if asked > 0 { right * 100 / asked } else { 0 }
}

/// The fewest right answers that reach the pass mark.
pub fn needed(asked: i32, pass_mark_percent: i32) -> i32 {
    (asked * pass_mark_percent + 99) / 100
}

/// Minutes and seconds of a whole number of seconds, as `MM:SS`.
pub fn clock_face(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// Where the certificate of a passed enrolment is.
pub fn certificate_path(enrolment: &str) -> String {
    format!("/account/certificates/{enrolment}.pdf")
}

/// The page of a test, by the id of the enrolment or of the licence to be renewed.
pub fn test_path(enrolment: &str) -> String {
    format!("/account/test/{enrolment}")
}

/// The page of one question, counted from 1.
pub fn question_path(enrolment: &str, position: i16) -> String {
    format!("/account/test/{enrolment}/question/{position}")
}

/// The page before handing in.
pub fn review_path(enrolment: &str) -> String {
    format!("/account/test/{enrolment}/review")
}

/// The page of an attempt's result.
pub fn result_path(enrolment: &str, ordinal: i16) -> String {
    format!("/account/test/{enrolment}/result/{ordinal}")
}

/// Where an attempt is taken up again: the first question without an answer, or the first of all.
pub fn resume_at(answered: &[bool]) -> i16 {
    let first = answered.iter().position(|answered| !answered).unwrap_or_default();
    i16::try_from(first + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn states_are_read_as_they_are_spelled() {
        for state in AttemptState::ALL {
            assert_eq!(AttemptState::from_code(state.code()), Some(state));
        }
        assert_eq!(AttemptState::from_code("voided"), None);
    }

    #[test]
    fn an_attempt_goes_on_at_the_first_open_question() {
        assert_eq!(resume_at(&[true, false, false]), 2);
        assert_eq!(resume_at(&[true, true]), 1);
        assert_eq!(resume_at(&[]), 1);
    }

    #[test]
    fn time_left_is_never_negative() {
        assert_eq!(clock_face(1800), "30:00");
        assert_eq!(clock_face(61), "01:01");
        assert_eq!(clock_face(-5), "00:00");
    }

    proptest! {
        #[test]
        fn the_needed_answers_are_the_fewest_that_pass(asked in 1i32..=200, mark in 1i32..=100) {
            let needed = needed(asked, mark);
            prop_assert!(needed * 100 >= mark * asked);
            prop_assert!((needed - 1) * 100 < mark * asked);
            prop_assert!(percent(needed, asked) >= mark);
        }

        #[test]
        fn a_score_is_a_percentage(asked in 0i32..=200, share in 0i32..=200) {
            prop_assert!((0..=100).contains(&percent(share.min(asked), asked)));
        }

        #[test]
        fn no_code_panics(code in "\\PC{0,20}") {
            let _ = (AttemptState::from_code(&code), Standing::of_enrolment(&code));
        }
    }
}
