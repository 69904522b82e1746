//! The number as typed, and what is wrong with it. A plain GET form: nothing of it waits for a script.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::error::Problem;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::{LicenceNumber, suspect_group};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::number::grouped;
use crate::ui::problem_text::problem_text;

/// The form. `typed` is what stands in it at first, told as wrong where it is.
#[component]
pub fn VerifyForm(#[prop(optional, into)] typed: String) -> impl IntoView {
    let locale = use_locale();
    let input = NodeRef::<Input>::new();
    let wrong = if typed.is_empty() { None } else { LicenceNumber::parse(&typed).err() };
    let wrong = RwSignal::new(wrong.map(|problem| (problem, typed.clone())));
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        match LicenceNumber::parse(&input.value()) {
            Ok(number) => navigate(&format!("/verify/{}", number.digits()), NavigateOptions::default()),
            Err(problem) => {
                wrong.set(Some((problem, input.value())));
                let _ = input.focus();
            }
        }
    };
    let told = move || wrong.get().map(|(problem, typed)| view! { <Wrong problem=problem typed=typed/> });
    view! {
        <form method="get" action="/verify" class="form verify-form" novalidate=true on:submit=submit>
            <div class="field" class:field--error=move || wrong.get().is_some()>
                <label class="field__label" for="number">{td_string!(locale, licences.number)}</label>
                <p class="field__hint" id="number-hint">{td_string!(locale, verification.number_hint)}</p>
                <div id="number-error" aria-live="polite">{told}</div>
                <input class="input input--digits" id="number" name="number" type="text" inputmode="numeric"
                    autocomplete="off" value=typed node_ref=input aria-describedby="number-hint number-error"
                    aria-invalid=move || wrong.get().map(|_| "true")/>
            </div>
            <button type="submit" class="button button--primary">{td_string!(locale, verification.verify)}</button>
        </form>
    }
}

/// What is wrong, and where to look: the group that is not four digits, or each group beside the card.
#[component]
fn Wrong(problem: Problem, typed: String) -> impl IntoView {
    let locale = use_locale();
    let digits = crate::text::digits(&typed);
    let where_to_look = match (problem, suspect_group(&typed), digits) {
        (Problem::Required, ..) => None,
        (Problem::LicenceNumberLength, Some(group), _) => {
            Some(td_string!(locale, verification.group_not_four, group = group))
        }
        (Problem::LicenceNumberLength, None, Some(digits)) => {
            let count = digits.len();
            Some(td_string!(locale, verification.digits_typed, count = count))
        }
        (_, _, Some(digits)) => {
            let number = grouped(&digits, 4);
            Some(td_string!(locale, verification.compare_groups, number = number))
        }
        (_, _, None) => Some(td_string!(locale, verification.only_digits).to_owned()),
    };
    view! {
        <p class="field__error">
            <Icon glyph=Glyph::Warning/>
            {problem_text(locale, problem)}
        </p>
        {where_to_look.map(|text| view! { <p class="field__error">{text}</p> })}
    }
}
