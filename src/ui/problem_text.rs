//! The sentences of problems. All of them weigh more than the rest of a first visit's texts, and a visitor who verifies a
//! licence meets five: the others come with the areas that need them.

use std::sync::OnceLock;

use crate::error::Problem;
use crate::i18n::{Locale, td_string};

type Texts = fn(Locale, Problem) -> &'static str;

/// The sentences of an area that is loaded.
static LOADED: OnceLock<Texts> = OnceLock::new();

/// Has every sentence at hand from here on. Each area calls it as it is loaded, the server with each page.
pub fn load() {
    LOADED.get_or_init(|| every);
}

/// The sentence that says what is wrong and what to do next.
pub fn problem_text(locale: Locale, problem: Problem) -> &'static str {
    LOADED.get().copied().unwrap_or(of_first_visit)(locale, problem)
}

fn of_first_visit(locale: Locale, problem: Problem) -> &'static str {
    match problem {
        Problem::Required => td_string!(locale, errors.required),
        Problem::TooLong => td_string!(locale, errors.too_long),
        Problem::LicenceNumberLength => td_string!(locale, errors.licence_number_length),
        Problem::LicenceNumberMistyped => td_string!(locale, errors.licence_number_mistyped),
        Problem::NameDiffers => td_string!(locale, errors.name_differs),
        _ => td_string!(locale, errors.no_longer_possible),
    }
}

fn every(locale: Locale, problem: Problem) -> &'static str {
    match problem {
        Problem::Required => td_string!(locale, errors.required),
        Problem::TooLong => td_string!(locale, errors.too_long),
        Problem::LicenceNumberLength => td_string!(locale, errors.licence_number_length),
        Problem::LicenceNumberMistyped => td_string!(locale, errors.licence_number_mistyped),
        Problem::NameDiffers => td_string!(locale, errors.name_differs),
        Problem::NationalIdInvalid => td_string!(locale, errors.national_id_invalid),
        Problem::MobileInvalid => td_string!(locale, errors.mobile_invalid),
        Problem::ArabicNameInvalid => td_string!(locale, errors.arabic_name_invalid),
        Problem::LatinNameInvalid => td_string!(locale, errors.latin_name_invalid),
        Problem::DateInvalid => td_string!(locale, errors.date_invalid),
        Problem::BirthDateImpossible => td_string!(locale, errors.birth_date_impossible),
        Problem::EmailInvalid => td_string!(locale, errors.email_invalid),
        Problem::PlaceUnknown => td_string!(locale, errors.place_unknown),
        Problem::ChoiceUnknown => td_string!(locale, errors.choice_unknown),
        Problem::DeclarationNeeded => td_string!(locale, errors.declaration_needed),
        Problem::CodeWrong => td_string!(locale, errors.code_wrong),
        Problem::CodeSpent => td_string!(locale, errors.code_spent),
        Problem::AccountFrozen => td_string!(locale, errors.account_frozen),
        Problem::AccountMerged => td_string!(locale, errors.account_merged),
        Problem::ProfileIncomplete => td_string!(locale, errors.profile_incomplete),
        Problem::GuardianConsentMissing => td_string!(locale, errors.guardian_consent_missing),
        Problem::GuardianIsSelf => td_string!(locale, errors.guardian_is_self),
        Problem::GuardianNotAdult => td_string!(locale, errors.guardian_not_adult),
        Problem::LinkSpent => td_string!(locale, errors.link_spent),
        Problem::RecoveryCodeWrong => td_string!(locale, errors.recovery_code_wrong),
        Problem::PasskeyRefused => td_string!(locale, errors.passkey_refused),
        Problem::FactorTooLate => td_string!(locale, errors.factor_too_late),
        Problem::LastFactor => td_string!(locale, errors.last_factor),
        Problem::EnrolmentClosed => td_string!(locale, errors.enrolment_closed),
        Problem::AlreadyEnrolled => td_string!(locale, errors.already_enrolled),
        Problem::OwnSession => td_string!(locale, errors.own_session),
        Problem::OfferEnded => td_string!(locale, errors.offer_ended),
        Problem::NoLongerPossible => td_string!(locale, errors.no_longer_possible),
        Problem::NotYetStarted => td_string!(locale, errors.not_yet_started),
        Problem::MarkingOver => td_string!(locale, errors.marking_over),
        Problem::TiedToPerson => td_string!(locale, errors.tied_to_person),
        Problem::IdentityNeedsInPerson => td_string!(locale, errors.identity_needs_in_person),
        Problem::NobodyWithNationalId => td_string!(locale, errors.nobody_with_national_id),
        Problem::NotAttended => td_string!(locale, errors.not_attended),
        Problem::NoAttemptsLeft => td_string!(locale, errors.no_attempts_left),
        Problem::AttemptClosed => td_string!(locale, errors.attempt_closed),
        Problem::AlreadyPassed => td_string!(locale, errors.already_passed),
        Problem::TestNotReady => td_string!(locale, errors.test_not_ready),
        Problem::OtherTestOpen => td_string!(locale, errors.other_test_open),
        Problem::NoResultTyped => td_string!(locale, errors.no_result_typed),
        Problem::PaperWaiting => td_string!(locale, errors.paper_waiting),
        Problem::TestUnderWay => td_string!(locale, errors.test_under_way),
        Problem::PrerequisitesMissing => td_string!(locale, errors.prerequisites_missing),
        Problem::LicenceStillValid => td_string!(locale, errors.licence_still_valid),
        Problem::RequestExists => td_string!(locale, errors.request_exists),
        Problem::RequestTakenBack => td_string!(locale, errors.request_taken_back),
        Problem::TooLateToUndo => td_string!(locale, errors.too_late_to_undo),
        Problem::NoFieldChosen => td_string!(locale, errors.no_field_chosen),
        Problem::AppealIsFinal => td_string!(locale, errors.appeal_is_final),
        Problem::NameOnLicence => td_string!(locale, errors.name_on_licence),
        Problem::AppealedAlready => td_string!(locale, errors.appealed_already),
        Problem::AppealTooLate => td_string!(locale, errors.appeal_too_late),
        Problem::DayToCome => td_string!(locale, errors.day_to_come),
        Problem::DayTooEarly => td_string!(locale, errors.day_too_early),
        Problem::SecondOfficerNeeded => td_string!(locale, errors.second_officer_needed),
        Problem::ProposalOpen => td_string!(locale, errors.proposal_open),
        Problem::NothingChanged => td_string!(locale, errors.nothing_changed),
        Problem::RenewalNotOpen => td_string!(locale, errors.renewal_not_open),
        Problem::RenewalTooEarly => td_string!(locale, errors.renewal_too_early),
        Problem::RenewalTooLate => td_string!(locale, errors.renewal_too_late),
        Problem::RenewalSuspended => td_string!(locale, errors.renewal_suspended),
        Problem::NotRenewable => td_string!(locale, errors.not_renewable),
        Problem::RenewedAlready => td_string!(locale, errors.renewed_already),
        Problem::RenewalTestLater => td_string!(locale, errors.renewal_test_later),
        Problem::DateOver => td_string!(locale, errors.date_over),
        Problem::TimeInvalid => td_string!(locale, errors.time_invalid),
        Problem::EndsBeforeStart => td_string!(locale, errors.ends_before_start),
        Problem::EnrolAfterStart => td_string!(locale, errors.enrol_after_start),
        Problem::NumberInvalid => td_string!(locale, errors.number_invalid),
        Problem::CodeInvalid => td_string!(locale, errors.code_invalid),
        Problem::CodeTaken => td_string!(locale, errors.code_taken),
        Problem::SameTwice => td_string!(locale, errors.same_twice),
        Problem::CsvHeader => td_string!(locale, errors.csv_header),
        Problem::CsvNotUtf8 => td_string!(locale, errors.csv_not_utf8),
        Problem::CsvRow => td_string!(locale, errors.csv_row),
        Problem::TooManyRows => td_string!(locale, errors.too_many_rows),
        Problem::KeyTwice => td_string!(locale, errors.key_twice),
        Problem::TrainerBusy => td_string!(locale, errors.trainer_busy),
        Problem::TrainerUnknown => td_string!(locale, errors.trainer_unknown),
        Problem::TrainerEnrolled => td_string!(locale, errors.trainer_enrolled),
        Problem::ProgrammeRetired => td_string!(locale, errors.programme_retired),
        Problem::SeatsBelowTaken => td_string!(locale, errors.seats_below_taken),
        Problem::SessionCancelled => td_string!(locale, errors.session_cancelled),
        Problem::SessionStarted => td_string!(locale, errors.session_started),
        Problem::AttendanceMarked => td_string!(locale, errors.attendance_marked),
        Problem::QuestionReplaced => td_string!(locale, errors.question_replaced),
        Problem::ModuleUnknown => td_string!(locale, errors.module_unknown),
        Problem::ModuleNotReady => td_string!(locale, errors.module_not_ready),
        Problem::ModuleRetired => td_string!(locale, errors.module_retired),
        Problem::MarkOvertaken => td_string!(locale, errors.mark_overtaken),
        Problem::NotOnRoster => td_string!(locale, errors.not_on_roster),
        Problem::OutOfBounds => td_string!(locale, errors.out_of_bounds),
        Problem::DateTooEarly => td_string!(locale, errors.date_too_early),
        Problem::SettingChanged => td_string!(locale, errors.setting_changed),
        Problem::NobodyRegistered => td_string!(locale, errors.nobody_registered),
        Problem::OwnRole => td_string!(locale, errors.own_role),
        Problem::NotVerified => td_string!(locale, errors.not_verified),
        Problem::LastAdministrator => td_string!(locale, errors.last_administrator),
        Problem::UrlInvalid => td_string!(locale, errors.url_invalid),
        Problem::UrlNotPublic => td_string!(locale, errors.url_not_public),
        Problem::EndpointOpen => td_string!(locale, errors.endpoint_open),
        Problem::ListTooLong => td_string!(locale, errors.list_too_long),
        Problem::NoNumbers => td_string!(locale, errors.no_numbers),
        Problem::FileUnreadable => td_string!(locale, errors.file_unreadable),
        Problem::ClosingStaffRole => td_string!(locale, errors.closing_staff_role),
        Problem::ClosingOpenRequest => td_string!(locale, errors.closing_open_request),
        Problem::ClosingSeat => td_string!(locale, errors.closing_seat),
        Problem::ClosingOpenTest => td_string!(locale, errors.closing_open_test),
        Problem::ClosingTeam => td_string!(locale, errors.closing_team),
        Problem::ClosingOrganisation => td_string!(locale, errors.closing_organisation),
    }
}
