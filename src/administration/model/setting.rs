//! The rules that an administrator changes without a release.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime};

use crate::calendar::{RIYADH, riyadh_day};
use crate::error::Problem;
use crate::text::digits;

/// Characters of a reason at most; the database says the same.
pub const LONGEST_REASON: usize = 500;
/// How far ahead a change can be planned: a date beyond is a slip of the keys.
const FURTHEST: Duration = Duration::days(10 * 366);

/// A rule, by the key that the database knows it under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingKey {
    ValidityMonths,
    FeeHalalas,
    PassMarkPercent,
    TestAttempts,
    TestMinutes,
    TestQuestions,
    OfferHours,
    UnmarkedDays,
    ReviewDays,
    AppealDays,
    RenewalOpensDays,
    RenewalQuestions,
    RenewalMinutes,
    RenewalRetryDays,
    QuietFromHour,
    QuietUntilHour,
    MessagesPerDay,
    ApiKeyDays,
    ApiKeyOverlapDays,
}

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Months,
    Halalas,
    Percent,
    Attempts,
    Minutes,
    Questions,
    Hours,
    Days,
    /// A full hour of the day, in Riyadh.
    OClock,
    Messages,
}

impl SettingKey {
    pub const ALL: [Self; 19] = [
        Self::ValidityMonths,
        Self::FeeHalalas,
        Self::PassMarkPercent,
        Self::TestAttempts,
        Self::TestMinutes,
        Self::TestQuestions,
        Self::OfferHours,
        Self::UnmarkedDays,
        Self::ReviewDays,
        Self::AppealDays,
        Self::RenewalOpensDays,
        Self::RenewalQuestions,
        Self::RenewalMinutes,
        Self::RenewalRetryDays,
        Self::QuietFromHour,
        Self::QuietUntilHour,
        Self::MessagesPerDay,
        Self::ApiKeyDays,
        Self::ApiKeyOverlapDays,
    ];

    /// As the database and paths spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ValidityMonths => "validity_months",
            Self::FeeHalalas => "fee_halalas",
            Self::PassMarkPercent => "pass_mark_percent",
            Self::TestAttempts => "test_attempts",
            Self::TestMinutes => "test_minutes",
            Self::TestQuestions => "test_questions",
            Self::OfferHours => "offer_hours",
            Self::UnmarkedDays => "unmarked_days",
            Self::ReviewDays => "review_days",
            Self::AppealDays => "appeal_days",
            Self::RenewalOpensDays => "renewal_opens_days",
            Self::RenewalQuestions => "renewal_questions",
            Self::RenewalMinutes => "renewal_minutes",
            Self::RenewalRetryDays => "renewal_retry_days",
            Self::QuietFromHour => "quiet_from_hour",
            Self::QuietUntilHour => "quiet_until_hour",
            Self::MessagesPerDay => "messages_per_day",
            Self::ApiKeyDays => "api_key_days",
            Self::ApiKeyOverlapDays => "api_key_overlap_days",
        }
    }

    /// Reads [`SettingKey::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.code() == code)
    }

    pub fn unit(self) -> Unit {
        match self {
            Self::ValidityMonths => Unit::Months,
            Self::FeeHalalas => Unit::Halalas,
            Self::PassMarkPercent => Unit::Percent,
            Self::TestAttempts => Unit::Attempts,
            Self::TestMinutes | Self::RenewalMinutes => Unit::Minutes,
            Self::TestQuestions | Self::RenewalQuestions => Unit::Questions,
            Self::OfferHours => Unit::Hours,
            Self::UnmarkedDays
            | Self::ReviewDays
            | Self::AppealDays
            | Self::RenewalOpensDays
            | Self::RenewalRetryDays
            | Self::ApiKeyDays
            | Self::ApiKeyOverlapDays => Unit::Days,
            Self::QuietFromHour | Self::QuietUntilHour => Unit::OClock,
            Self::MessagesPerDay => Unit::Messages,
        }
    }

    /// The least and the most that makes sense, in the key's unit. The database says the same; a test compares the two.
    pub fn bounds(self) -> (i32, i32) {
        match self {
            Self::ValidityMonths => (1, 120),
            Self::FeeHalalas => (0, 10_000_000),
            Self::PassMarkPercent | Self::TestQuestions | Self::RenewalQuestions => (1, 100),
            Self::TestAttempts => (1, 20),
            Self::TestMinutes | Self::RenewalMinutes => (5, 240),
            Self::OfferHours => (1, 168),
            Self::UnmarkedDays | Self::ReviewDays | Self::RenewalRetryDays | Self::ApiKeyOverlapDays => (1, 60),
            Self::AppealDays | Self::RenewalOpensDays => (1, 365),
            Self::QuietFromHour | Self::QuietUntilHour => (0, 23),
            Self::MessagesPerDay => (1, 200),
            Self::ApiKeyDays => (1, 1095),
        }
    }

    /// Whether each kind of licence may have a value of its own.
    pub fn by_kind(self) -> bool {
        !matches!(
            self,
            Self::QuietFromHour
                | Self::QuietUntilHour
                | Self::MessagesPerDay
                | Self::ApiKeyDays
                | Self::ApiKeyOverlapDays
        )
    }

    /// Reads a value typed in any digits.
    ///
    /// # Errors
    /// [`Problem::Required`] when nothing was typed, [`Problem::OutOfBounds`] when it is no number or a senseless one.
    pub fn parse(self, typed: &str) -> Result<i32, Problem> {
        let number = digits(typed).ok_or(Problem::OutOfBounds)?;
        if number.is_empty() {
            return Err(Problem::Required);
        }
        let (least, most) = self.bounds();
        number.parse().ok().filter(|value| (least..=most).contains(value)).ok_or(Problem::OutOfBounds)
    }
}

/// When a change that is to hold from a day on takes effect: at once when the day is today, else as the day begins in
/// Riyadh.
///
/// # Errors
/// [`Problem::DateTooEarly`] for a day that is over, [`Problem::DateInvalid`] for one more than ten years ahead.
pub fn effective_from(day: Date, now: OffsetDateTime) -> Result<OffsetDateTime, Problem> {
    let today = riyadh_day(now);
    if day < today {
        Err(Problem::DateTooEarly)
    } else if day == today {
        Ok(now)
    } else if day - today > FURTHEST {
        Err(Problem::DateInvalid)
    } else {
        Ok(day.midnight().assume_offset(RIYADH))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn keys_are_spelt_and_read() {
        for key in SettingKey::ALL {
            assert_eq!(SettingKey::from_code(key.code()), Some(key));
        }
    }

    #[test]
    fn a_value_is_read_within_its_bounds() {
        for key in SettingKey::ALL {
            let (least, most) = key.bounds();
            assert_eq!(key.parse(&least.to_string()), Ok(least));
            assert_eq!(key.parse(&most.to_string()), Ok(most));
            assert_eq!(key.parse(&(most + 1).to_string()), Err(Problem::OutOfBounds));
        }
        assert_eq!(SettingKey::ValidityMonths.parse("٣٦"), Ok(36));
        assert_eq!(SettingKey::ValidityMonths.parse("0"), Err(Problem::OutOfBounds));
        assert_eq!(SettingKey::ValidityMonths.parse("many"), Err(Problem::OutOfBounds));
        assert_eq!(SettingKey::ValidityMonths.parse(" "), Err(Problem::Required));
    }

    #[test]
    fn a_change_holds_at_once_or_from_a_midnight_in_riyadh() {
        // 22:30 UTC is half past one of the next day in Riyadh.
        let now = datetime!(2026-11-24 22:30 UTC);
        assert_eq!(effective_from(date!(2026 - 11 - 25), now), Ok(now));
        assert_eq!(effective_from(date!(2026 - 11 - 26), now), Ok(datetime!(2026-11-25 21:00 UTC)));
        assert_eq!(effective_from(date!(2026 - 11 - 24), now), Err(Problem::DateTooEarly));
        assert_eq!(effective_from(date!(2062 - 11 - 24), now), Err(Problem::DateInvalid));
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = SettingKey::FeeHalalas.parse(&typed);
        }
    }
}
