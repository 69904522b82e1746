//! Errors in words.

use leptos::html::Div;
use leptos::prelude::*;
use leptos_i18n::I18nContext;

use super::icon::{Glyph, Icon};
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, tu_string, use_i18n};

/// The sentence that says what is wrong and what to do next.
pub fn problem_text(i18n: I18nContext<Locale>, problem: Problem) -> &'static str {
    match problem {
        Problem::Required => tu_string!(i18n, errors.required),
        Problem::TooLong => tu_string!(i18n, errors.too_long),
        Problem::NationalIdInvalid => tu_string!(i18n, errors.national_id_invalid),
        Problem::MobileInvalid => tu_string!(i18n, errors.mobile_invalid),
        Problem::ArabicNameInvalid => tu_string!(i18n, errors.arabic_name_invalid),
        Problem::LatinNameInvalid => tu_string!(i18n, errors.latin_name_invalid),
        Problem::DateInvalid => tu_string!(i18n, errors.date_invalid),
        Problem::BirthDateImpossible => tu_string!(i18n, errors.birth_date_impossible),
        Problem::EmailInvalid => tu_string!(i18n, errors.email_invalid),
        Problem::PlaceUnknown => tu_string!(i18n, errors.place_unknown),
        Problem::ChoiceUnknown => tu_string!(i18n, errors.choice_unknown),
        Problem::DeclarationNeeded => tu_string!(i18n, errors.declaration_needed),
        Problem::LicenceNumberLength => tu_string!(i18n, errors.licence_number_length),
        Problem::LicenceNumberMistyped => tu_string!(i18n, errors.licence_number_mistyped),
        Problem::NameDiffers => tu_string!(i18n, errors.name_differs),
        Problem::CodeWrong => tu_string!(i18n, errors.code_wrong),
        Problem::CodeSpent => tu_string!(i18n, errors.code_spent),
        Problem::AccountFrozen => tu_string!(i18n, errors.account_frozen),
        Problem::ProfileIncomplete => tu_string!(i18n, errors.profile_incomplete),
        Problem::GuardianConsentMissing => tu_string!(i18n, errors.guardian_consent_missing),
        Problem::GuardianIsSelf => tu_string!(i18n, errors.guardian_is_self),
        Problem::GuardianNotAdult => tu_string!(i18n, errors.guardian_not_adult),
        Problem::LinkSpent => tu_string!(i18n, errors.link_spent),
        Problem::EnrolmentClosed => tu_string!(i18n, errors.enrolment_closed),
        Problem::AlreadyEnrolled => tu_string!(i18n, errors.already_enrolled),
        Problem::OwnSession => tu_string!(i18n, errors.own_session),
        Problem::OfferEnded => tu_string!(i18n, errors.offer_ended),
        Problem::NoLongerPossible => tu_string!(i18n, errors.no_longer_possible),
        Problem::NotYetStarted => tu_string!(i18n, errors.not_yet_started),
        Problem::TiedToPerson => tu_string!(i18n, errors.tied_to_person),
        Problem::IdentityNeedsInPerson => tu_string!(i18n, errors.identity_needs_in_person),
        Problem::NobodyWithNationalId => tu_string!(i18n, errors.nobody_with_national_id),
        Problem::NotAttended => tu_string!(i18n, errors.not_attended),
        Problem::NoAttemptsLeft => tu_string!(i18n, errors.no_attempts_left),
        Problem::AttemptClosed => tu_string!(i18n, errors.attempt_closed),
        Problem::AlreadyPassed => tu_string!(i18n, errors.already_passed),
        Problem::TestNotReady => tu_string!(i18n, errors.test_not_ready),
        Problem::OtherTestOpen => tu_string!(i18n, errors.other_test_open),
        Problem::PrerequisitesMissing => tu_string!(i18n, errors.prerequisites_missing),
        Problem::LicenceStillValid => tu_string!(i18n, errors.licence_still_valid),
        Problem::RequestExists => tu_string!(i18n, errors.request_exists),
        Problem::RequestTakenBack => tu_string!(i18n, errors.request_taken_back),
    }
}

/// The sentence for an error as a whole.
pub fn error_text(i18n: I18nContext<Locale>, error: &AppError) -> String {
    match error {
        AppError::Invalid(_) => tu_string!(i18n, errors.invalid).to_owned(),
        AppError::Refused(problem) => problem_text(i18n, *problem).to_owned(),
        AppError::SignInNeeded => tu_string!(i18n, errors.sign_in_needed).to_owned(),
        AppError::Forbidden => tu_string!(i18n, errors.forbidden).to_owned(),
        AppError::NotFound => tu_string!(i18n, errors.not_found).to_owned(),
        AppError::Malformed => tu_string!(i18n, errors.malformed).to_owned(),
        AppError::TooLarge => tu_string!(i18n, errors.too_large).to_owned(),
        AppError::TooMany { retry_after } => {
            let minutes = retry_after.div_ceil(60);
            tu_string!(i18n, errors.too_many, count = minutes)
        }
        AppError::Unavailable => tu_string!(i18n, errors.unavailable).to_owned(),
        AppError::Offline => tu_string!(i18n, errors.offline).to_owned(),
        AppError::Internal { reference } => {
            let reference = reference.clone();
            tu_string!(i18n, errors.internal, reference = reference)
        }
    }
}

/// What is wrong with a form, above it, focused when it appears, each problem leading to its field.
#[component]
pub fn ErrorSummary(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<Div>::new();
    Effect::new(move || {
        if error.with(Option::is_some)
            && let Some(summary) = node.get()
        {
            let _ = summary.focus();
        }
    });
    let links = move |error: &AppError| match error {
        AppError::Invalid(fields) => fields
            .iter()
            .map(|one| {
                let text = problem_text(i18n, one.problem);
                view! { <li><a href=format!("#{}", one.field) rel="external">{text}</a></li> }
            })
            .collect_view(),
        _ => Vec::new(),
    };
    move || {
        error.get().map(|error| {
            view! {
                <div class="error-summary" role="alert" tabindex="-1" node_ref=node>
                    <p class="error-summary__title">
                        <Icon glyph=Glyph::Warning/>
                        {error_text(i18n, &error)}
                    </p>
                    <ul>{links(&error)}</ul>
                </div>
            }
        })
    }
}
