//! Text inputs. All are uncontrolled: what is typed before hydration stays.

use leptos::prelude::*;

use super::form::FormState;
use super::icon::{Glyph, Icon};
use super::problem_text::problem_text;
use crate::i18n::use_locale;

/// What a field holds: which keyboard a phone shows, how it is aligned, what a browser may fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    #[default]
    Text,
    /// Ten digits of a national ID or an Iqama.
    NationalId,
    Mobile,
    /// A one-time code of six digits.
    Code,
    /// A recovery code of twelve digits.
    RecoveryCode,
    Email,
    Latin,
    /// An address of the web.
    Url,
    /// A licence number.
    LicenceNumber,
    Name,
    Search,
    /// A whole number.
    Number,
}

impl FieldKind {
    fn class(self) -> &'static str {
        match self {
            Self::Text | Self::Name | Self::Search => "input",
            Self::NationalId
            | Self::Mobile
            | Self::Email
            | Self::Latin
            | Self::Url
            | Self::LicenceNumber
            | Self::RecoveryCode
            | Self::Number => "input input--digits",
            Self::Code => "input code-input",
        }
    }

    fn input_mode(self) -> &'static str {
        match self {
            Self::NationalId | Self::Code | Self::RecoveryCode | Self::LicenceNumber | Self::Number => "numeric",
            Self::Mobile => "tel",
            Self::Email => "email",
            Self::Url => "url",
            Self::Text | Self::Latin | Self::Name | Self::Search => "text",
        }
    }

    fn autocomplete(self) -> &'static str {
        match self {
            Self::Mobile => "tel",
            Self::Code => "one-time-code",
            Self::Email => "email",
            Self::Latin | Self::Name => "name",
            Self::Text
            | Self::NationalId
            | Self::RecoveryCode
            | Self::Url
            | Self::LicenceNumber
            | Self::Search
            | Self::Number => "off",
        }
    }
}

/// A label, a hint, an input and what is wrong with it.
#[component]
pub fn TextField(
    /// Name of the field in the form; also its id, which the error summary leads to.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] kind: FieldKind,
    /// What stands in it at first; what was typed before a failure goes first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let form = FormState::here();
    let value = form.typed(name).unwrap_or(value);
    view! {
        <Field name=name label=label hint=hint>
            <input id=name name=name class=kind.class() type="text" inputmode=kind.input_mode()
                autocomplete=kind.autocomplete() value=value
                dir=matches!(kind, FieldKind::Email | FieldKind::Latin | FieldKind::Url).then_some("ltr")
                aria-describedby=format!("{name}-hint {name}-error")
                aria-invalid=move || form.problem(name).get().map(|_| "true")/>
        </Field>
    }
}

/// The label, hint and error around any input.
#[component]
pub fn Field(name: &'static str, label: String, #[prop(optional)] hint: String, children: Children) -> impl IntoView {
    let problem = FormState::here().problem(name);
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <label class="field__label" for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> })}
            <FieldProblem name=name/>
            {children()}
        </div>
    }
}

/// What is wrong with a field, in words.
#[component]
pub fn FieldProblem(name: &'static str) -> impl IntoView {
    let locale = use_locale();
    let problem = FormState::here().problem(name);
    move || {
        problem.get().map(|problem| {
            view! {
                <p class="field__error" id=format!("{name}-error")>
                    <Icon glyph=Glyph::Warning/>
                    {problem_text(locale, problem)}
                </p>
            }
        })
    }
}
