//! Errors in words.

use leptos::html::Div;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::problem_text::problem_text;
use crate::error::AppError;
use crate::i18n::{Locale, td_string, use_locale};

/// The sentence for an error as a whole.
pub fn error_text(locale: Locale, error: &AppError) -> String {
    match error {
        AppError::Invalid(_) => td_string!(locale, errors.invalid).to_owned(),
        AppError::Refused(problem) => problem_text(locale, *problem).to_owned(),
        AppError::SignInNeeded => td_string!(locale, errors.sign_in_needed).to_owned(),
        AppError::SecondFactorNeeded => td_string!(locale, errors.second_factor_needed).to_owned(),
        AppError::Forbidden => td_string!(locale, errors.forbidden).to_owned(),
        AppError::NotFound => td_string!(locale, errors.not_found).to_owned(),
        AppError::Malformed => td_string!(locale, errors.malformed).to_owned(),
        AppError::TooLarge => td_string!(locale, errors.too_large).to_owned(),
        AppError::TooMany { retry_after } => {
            let minutes = retry_after.div_ceil(60);
            td_string!(locale, errors.too_many, count = minutes)
        }
        AppError::Unavailable => td_string!(locale, errors.unavailable).to_owned(),
        AppError::Offline => td_string!(locale, errors.offline).to_owned(),
        AppError::Internal { reference } => {
            let reference = reference.clone();
            td_string!(locale, errors.internal, reference = reference)
        }
    }
}

/// The page that passes the second factor and leads back to this one.
pub fn second_factor_path() -> String {
    format!("/account/second-factor?next={}", leptos_router::location::Url::escape(&super::here()))
}

/// What is wrong with a form, above it, focused when it appears, each problem leading to its field.
#[component]
pub fn ErrorSummary(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    let locale = use_locale();
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
                let text = problem_text(locale, one.problem);
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
                        {error_text(locale, &error)}
                    </p>
                    <ul>{links(&error)}</ul>
                    // In a window of its own, so that what was typed here stays.
                    {(error == AppError::SecondFactorNeeded)
                        .then(|| {
                            view! {
                                <p>
                                    <a href=second_factor_path() target="_blank">
                                        {td_string!(locale, errors.second_factor_check)}
                                    </a>
                                </p>
                            }
                        })}
                </div>
            }
        })
    }
}
