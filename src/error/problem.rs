//! Why something is refused, as closed codes.

use serde::{Deserialize, Serialize};

use super::{AppError, FieldError};

/// The enum and the name of each of its codes, which is what travels. A derived reading would weigh 10 KB in every
/// browser, of which a look-up in a list of names is a tenth.
macro_rules! problems {
    ($(#[$attribute:meta])* pub enum Problem { $($name:ident),+ $(,)? }) => {
        $(#[$attribute])*
        pub enum Problem {
            $($name),+
        }

        /// Each problem's name, in the order of the enum.
        const NAMED: &[(&str, Problem)] = &[$((stringify!($name), Problem::$name)),+];
    };
}

problems! {
    /// Why a value or an act is refused. Each has a sentence in `errors.json` that says what to do next.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(into = "&'static str", try_from = "String")]
    pub enum Problem {
        // Values typed.
        Required,
        TooLong,
        NationalIdInvalid,
        MobileInvalid,
        ArabicNameInvalid,
        LatinNameInvalid,
        DateInvalid,
        BirthDateImpossible,
        EmailInvalid,
        PlaceUnknown,
        ChoiceUnknown,
        DeclarationNeeded,
        LicenceNumberLength,
        LicenceNumberMistyped,
        NameDiffers,
        // Codes.
        CodeWrong,
        CodeSpent,
        // Accounts.
        AccountFrozen,
        AccountMerged,
        ProfileIncomplete,
        GuardianConsentMissing,
        GuardianIsSelf,
        GuardianNotAdult,
        LinkSpent,
        // The second factor.
        RecoveryCodeWrong,
        PasskeyRefused,
        FactorTooLate,
        LastFactor,
        // Training.
        EnrolmentClosed,
        AlreadyEnrolled,
        OwnSession,
        OfferEnded,
        NoLongerPossible,
        NotYetStarted,
        MarkingOver,
        TiedToPerson,
        IdentityNeedsInPerson,
        NobodyWithNationalId,
        // Assessment.
        NotAttended,
        NoAttemptsLeft,
        AttemptClosed,
        AlreadyPassed,
        TestNotReady,
        OtherTestOpen,
        // Papers.
        NoResultTyped,
        PaperWaiting,
        TestUnderWay,
        // Licences and review.
        PrerequisitesMissing,
        LicenceStillValid,
        RequestExists,
        RequestTakenBack,
        TooLateToUndo,
        NoFieldChosen,
        AppealIsFinal,
        NameOnLicence,
        AppealedAlready,
        AppealTooLate,
        DayToCome,
        DayTooEarly,
        // Oversight of issued licences.
        SecondOfficerNeeded,
        ProposalOpen,
        NothingChanged,
        // Renewal.
        RenewalNotOpen,
        RenewalTooEarly,
        RenewalTooLate,
        RenewalSuspended,
        NotRenewable,
        RenewedAlready,
        RenewalTestLater,
        // Programmes and question banks.
        DateOver,
        TimeInvalid,
        EndsBeforeStart,
        EnrolAfterStart,
        NumberInvalid,
        CodeInvalid,
        CodeTaken,
        SameTwice,
        CsvHeader,
        CsvNotUtf8,
        CsvRow,
        TooManyRows,
        KeyTwice,
        TrainerBusy,
        TrainerUnknown,
        TrainerEnrolled,
        ProgrammeRetired,
        SeatsBelowTaken,
        SessionCancelled,
        SessionStarted,
        AttendanceMarked,
        QuestionReplaced,
        ModuleUnknown,
        ModuleNotReady,
        ModuleRetired,
        MarkOvertaken,
        NotOnRoster,
        // Administration.
        OutOfBounds,
        DateTooEarly,
        SettingChanged,
        NobodyRegistered,
        OwnRole,
        NotVerified,
        LastAdministrator,
        // Organisations' keys and endpoints.
        UrlInvalid,
        UrlNotPublic,
        EndpointOpen,
        // Lists to verify.
        ListTooLong,
        NoNumbers,
        FileUnreadable,
        // Closing an account.
        ClosingStaffRole,
        ClosingOpenRequest,
        ClosingSeat,
        ClosingOpenTest,
        ClosingTeam,
        ClosingOrganisation,
    }
}

impl From<Problem> for &'static str {
    fn from(problem: Problem) -> Self {
        NAMED[problem as usize].0
    }
}

impl TryFrom<String> for Problem {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        NAMED.iter().find(|(one, _)| *one == name).map(|(_, problem)| *problem).ok_or("unknown problem")
    }
}

impl Problem {
    /// The problem as the answer to a whole act.
    ///
    /// # Errors
    /// Always: [`AppError::Refused`].
    pub fn refused<T>(self) -> Result<T, AppError> {
        Err(AppError::Refused(self))
    }

    /// The problem as one field's.
    pub fn on(self, field: &str) -> AppError {
        AppError::Invalid(vec![FieldError { field: field.to_owned(), problem: self }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_travels_by_its_name() {
        for (name, problem) in NAMED {
            let sent = serde_json::to_string(problem).unwrap();
            assert_eq!(sent, format!("\"{name}\""));
            assert_eq!(sent, format!("\"{problem:?}\""));
            assert_eq!(serde_json::from_str::<Problem>(&sent).unwrap(), *problem);
        }
        assert!(serde_json::from_str::<Problem>("\"Whatever\"").is_err());
    }
}
