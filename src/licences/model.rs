//! What a licence is: its kind, its number, its states and what they look like on a day. Pure, for both targets.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::calendar::riyadh_day;
use crate::error::Problem;
use crate::text::digits;
use crate::ui::number::grouped;

/// The three licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceKind {
    Practitioner,
    TeamLeader,
    Management,
}

impl LicenceKind {
    pub const ALL: [Self; 3] = [Self::Practitioner, Self::TeamLeader, Self::Management];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::TeamLeader => "team_leader",
            Self::Management => "management",
        }
    }

    /// Reads [`LicenceKind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As paths spell it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TeamLeader => "team-leader",
            other => other.code(),
        }
    }

    /// Reads [`LicenceKind::slug`].
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// Sixteen digits, the last a check digit by ISO/IEC 7064 MOD 11,10.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LicenceNumber(String);

impl LicenceNumber {
    /// Reads a number as typed or scanned: any digits, spaces, dashes and direction marks.
    ///
    /// # Errors
    /// [`Problem::Required`] when nothing was typed, [`Problem::LicenceNumberLength`] when it is not sixteen digits,
    /// [`Problem::LicenceNumberMistyped`] when the check digit does not fit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let number = digits(typed).ok_or(Problem::LicenceNumberLength)?;
        match number.len() {
            0 => Err(Problem::Required),
            16 if check_digit(&number[..15]) == number.as_bytes()[15] => Ok(Self(number)),
            16 => Err(Problem::LicenceNumberMistyped),
            _ => Err(Problem::LicenceNumberLength),
        }
    }

    /// Completes fifteen random digits with their check digit; `None` for anything else.
    pub fn from_digits15(random: &str) -> Option<Self> {
        let fits = random.len() == 15 && random.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(format!("{random}{}", char::from(check_digit(random)))))
    }

    /// The sixteen digits, as stored and as in addresses.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// In groups of four, as shown.
    pub fn grouped(&self) -> String {
        grouped(&self.0, 4)
    }
}

/// ISO/IEC 7064 MOD 11,10: the check character of a string of digits, as an ASCII digit.
fn check_digit(digits: &str) -> u8 {
    let product = digits.bytes().fold(10u8, |product, byte| {
        let sum = (product + byte.saturating_sub(b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    b'0' + (11 - product) % 10
}

/// Which group of four to look at first in a number that was typed wrongly, counted from 1: the first that has not four
/// digits, where groups were typed. A check digit alone cannot tell.
pub fn suspect_group(typed: &str) -> Option<usize> {
    let line = crate::text::one_line(typed);
    let groups: Vec<&str> = line.split([' ', '-']).filter(|group| !group.is_empty()).collect();
    (groups.len() > 1).then(|| groups.iter().position(|group| group.chars().count() != 4)).flatten().map(|at| at + 1)
}

/// What is stored of a licence's life. What is shown is [`LicenceStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceState {
    Active,
    Suspended,
    Revoked,
    Superseded,
}

impl LicenceState {
    pub const ALL: [Self; 4] = [Self::Active, Self::Suspended, Self::Revoked, Self::Superseded];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }

    /// Reads [`LicenceState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets a licence go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Active, Self::Suspended)
                | (Self::Suspended, Self::Active)
                | (Self::Active | Self::Suspended, Self::Revoked | Self::Superseded)
        )
    }
}

/// The days on which a licence is valid, read in Asia/Riyadh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first valid day.
    #[serde(with = "crate::calendar::as_number")]
    pub from: Date,
    /// The last valid day; the licence ends at midnight after it.
    #[serde(with = "crate::calendar::as_number")]
    pub to: Date,
}

impl Validity {
    /// From the half-open range that is stored: `until` is the day after the last.
    pub fn new(from: Date, until: Date) -> Self {
        Self { from, to: until.previous_day().unwrap_or(until) }
    }
}

/// What a licence is at an instant, as everybody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceStatus {
    Revoked,
    Superseded,
    Expired,
    Suspended,
    NotYetValid,
    Valid,
}

impl LicenceStatus {
    /// The first that applies. `renewed`: the licence that starts the day after this one ends exists.
    pub fn at(state: LicenceState, valid: Validity, renewed: bool, now: OffsetDateTime) -> Self {
        let today = riyadh_day(now);
        let ended = today > valid.to;
        match state {
            LicenceState::Revoked => Self::Revoked,
            LicenceState::Superseded => Self::Superseded,
            _ if ended && renewed => Self::Superseded,
            _ if ended => Self::Expired,
            LicenceState::Suspended => Self::Suspended,
            LicenceState::Active if today < valid.from => Self::NotYetValid,
            LicenceState::Active => Self::Valid,
        }
    }
}

/// Where a licence request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    Draft,
    Submitted,
    InReview,
    Approved,
    Rejected,
    Returned,
    Withdrawn,
    Appealed,
}

impl RequestState {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::InReview,
        Self::Approved,
        Self::Rejected,
        Self::Returned,
        Self::Withdrawn,
        Self::Appealed,
    ];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::Appealed => "appealed",
        }
    }

    /// Reads [`RequestState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets a request go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        match self {
            Self::Draft => matches!(next, Self::Submitted | Self::Withdrawn),
            Self::Submitted => matches!(next, Self::InReview | Self::Withdrawn),
            Self::InReview => {
                matches!(next, Self::Submitted | Self::Approved | Self::Rejected | Self::Returned | Self::Withdrawn)
            }
            Self::Returned => matches!(next, Self::Submitted | Self::Withdrawn),
            Self::Rejected => matches!(next, Self::Appealed),
            Self::Appealed => matches!(next, Self::InReview),
            Self::Approved | Self::Withdrawn => false,
        }
    }

    /// Whether its applicant may still take it back.
    pub fn can_be_withdrawn(self) -> bool {
        self.can_become(Self::Withdrawn)
    }
}

/// What a kind of licence asks for, as the database function `prerequisites` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prerequisite {
    Profile,
    Programme,
    Identity,
    PractitionerLicence,
    Organisation,
}

impl Prerequisite {
    pub const ALL: [Self; 5] =
        [Self::Profile, Self::Programme, Self::Identity, Self::PractitionerLicence, Self::Organisation];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Programme => "programme",
            Self::Identity => "identity",
            Self::PractitionerLicence => "practitioner_licence",
            Self::Organisation => "organisation",
        }
    }

    /// Reads [`Prerequisite::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One prerequisite of somebody, with its evidence where it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    pub what: Prerequisite,
    pub met: bool,
    /// The day it was met, in Riyadh.
    pub met_on: Option<Date>,
    /// The programme, the licence number or the organisation that meets it; for identity, how it was confirmed, as a
    /// code. Empty where there is nothing to name.
    pub evidence: String,
}

/// A name as strangers see it: the first name, then the first letter of each further name after «ال».
pub fn masked_name<'a>(given: &str, further: impl IntoIterator<Item = &'a str>) -> String {
    let mut masked = given.trim().to_owned();
    for name in further {
        let name = name.trim();
        let bare = name.strip_prefix("ال").filter(|rest| !rest.is_empty()).unwrap_or(name);
        if let Some(first) = bare.chars().next() {
            masked.push(' ');
            masked.push(first);
            masked.push('.');
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    fn number() -> impl Strategy<Value = LicenceNumber> {
        "[0-9]{15}".prop_map(|random| LicenceNumber::from_digits15(&random).unwrap())
    }

    #[test]
    fn the_check_digit_is_the_standards() {
        // The worked example of ISO/IEC 7064 for MOD 11,10: 0794 has the check digit 5.
        assert_eq!(check_digit("0794"), b'5');
        assert!(LicenceNumber::from_digits15("48210937551620").is_none());
        assert!(LicenceNumber::from_digits15("48210937551620x").is_none());
    }

    #[test]
    fn kinds_are_spelt_for_paths_and_for_the_database() {
        for kind in LicenceKind::ALL {
            assert_eq!(LicenceKind::from_code(kind.code()), Some(kind));
            assert_eq!(LicenceKind::from_slug(kind.slug()), Some(kind));
        }
        assert_eq!(LicenceKind::TeamLeader.slug(), "team-leader");
    }

    #[test]
    fn a_number_says_what_is_wrong_with_it() {
        let right = LicenceNumber::from_digits15("482109375516204").unwrap();
        let wrong = (b'0'..=b'9').map(char::from).find(|digit| !right.digits().ends_with(*digit)).unwrap();
        assert_eq!(LicenceNumber::parse(" "), Err(Problem::Required));
        assert_eq!(LicenceNumber::parse("4821 0937"), Err(Problem::LicenceNumberLength));
        assert_eq!(LicenceNumber::parse("48x1"), Err(Problem::LicenceNumberLength));
        assert_eq!(LicenceNumber::parse(&format!("482109375516204{wrong}")), Err(Problem::LicenceNumberMistyped));
    }

    #[test]
    fn the_group_with_a_digit_missing_is_named() {
        assert_eq!(suspect_group("4821 093 5516 2049"), Some(2));
        assert_eq!(suspect_group("4821-0937-5516-20499"), Some(4));
        assert_eq!(suspect_group("٤٨٢١ ٠٩٣٧ ٥٥١٦ ٢٠٤٩"), None);
        assert_eq!(suspect_group("482109375516204"), None);
    }

    #[test]
    fn a_name_is_masked_to_first_letters() {
        assert_eq!(masked_name("محمد", ["عبد الله", "القحطاني"]), "محمد ع. ق.");
        assert_eq!(masked_name("نورة", ["", "ال"]), "نورة ا.");
        assert_eq!(masked_name("سارة", []), "سارة");
    }

    #[test]
    fn the_status_shown_is_the_first_that_applies() {
        use {LicenceState as State, LicenceStatus as Status};
        let valid = Validity::new(date!(2025 - 01 - 01), date!(2027 - 01 - 01));
        let (before, during, after) =
            (datetime!(2024-06-01 0:00 UTC), datetime!(2026-06-01 0:00 UTC), datetime!(2027-06-01 0:00 UTC));
        for (state, renewed, now, shown) in [
            (State::Revoked, true, after, Status::Revoked),
            (State::Superseded, false, after, Status::Superseded),
            (State::Active, true, after, Status::Superseded),
            (State::Active, true, during, Status::Valid),
            (State::Suspended, false, after, Status::Expired),
            (State::Active, false, after, Status::Expired),
            (State::Suspended, false, before, Status::Suspended),
            (State::Suspended, false, during, Status::Suspended),
            (State::Active, false, before, Status::NotYetValid),
            (State::Active, false, during, Status::Valid),
        ] {
            assert_eq!(LicenceStatus::at(state, valid, renewed, now), shown, "{state:?} {renewed} {now}");
        }
    }

    #[test]
    fn a_licence_ends_at_midnight_in_riyadh_to_the_second() {
        let valid = Validity::new(date!(2025 - 01 - 01), date!(2027 - 01 - 01));
        let at = |now| LicenceStatus::at(LicenceState::Active, valid, false, now);
        assert_eq!(at(datetime!(2026-12-31 20:59:59 UTC)), LicenceStatus::Valid);
        assert_eq!(at(datetime!(2026-12-31 21:00:00 UTC)), LicenceStatus::Expired);
        assert_eq!(at(datetime!(2024-12-31 20:59:59 UTC)), LicenceStatus::NotYetValid);
        assert_eq!(at(datetime!(2024-12-31 21:00:00 UTC)), LicenceStatus::Valid);
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_caught(number in number(), at in 0usize..16, other in b'0'..=b'9') {
            let mut digits = number.digits().as_bytes().to_vec();
            prop_assume!(digits[at] != other);
            digits[at] = other;
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(LicenceNumber::parse(&typed), Err(Problem::LicenceNumberMistyped));
        }

        #[test]
        fn any_writing_of_a_number_reads_the_same(number in number(), script in 0usize..3, gap in "[ \u{200E}\u{2067}-]{0,3}") {
            let zero = [u32::from('0'), u32::from('٠'), u32::from('۰')][script];
            let typed: String = number
                .digits()
                .bytes()
                .map(|digit| format!("{}{gap}", char::from_u32(zero + u32::from(digit - b'0')).unwrap()))
                .collect();
            prop_assert_eq!(LicenceNumber::parse(&typed), Ok(number));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = (LicenceNumber::parse(&typed), suspect_group(&typed), masked_name(&typed, [typed.as_str()]));
        }
    }

    #[test]
    fn nearly_all_swaps_of_neighbours_are_caught() {
        let (mut swaps, mut missed) = (0u32, 0u32);
        for seed in 0u64..2_000 {
            let random = format!("{:015}", seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 1_000_000_000_000_000);
            let number = LicenceNumber::from_digits15(&random).unwrap();
            for at in 0..15 {
                let mut digits = number.digits().as_bytes().to_vec();
                if digits[at] == digits[at + 1] {
                    continue;
                }
                digits.swap(at, at + 1);
                swaps += 1;
                missed += u32::from(LicenceNumber::parse(std::str::from_utf8(&digits).unwrap()).is_ok());
            }
        }
        assert!(missed * 100 < swaps * 3, "{missed} of {swaps} swaps missed");
    }
}
