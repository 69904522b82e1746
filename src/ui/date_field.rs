//! A day typed as three numbers, in either calendar. Sends `<name>_day`, `<name>_month`, `<name>_year` and
//! `<name>_calendar`; a problem with it is noted against `<name>_day`.

use leptos::prelude::*;

use super::field::FieldProblem;
use super::form::FormState;
use crate::calendar::Calendar;
use crate::i18n::{td_string, use_locale};

/// Names of the four inputs, as a form's server function spells them.
pub struct DateNames {
    pub day: &'static str,
    pub month: &'static str,
    pub year: &'static str,
    pub calendar: &'static str,
}

/// The four inputs under one legend. `value` is (day, month, year, calendar).
#[component]
pub fn DateField(
    names: DateNames,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] value: Option<(u8, u8, i32, Calendar)>,
) -> impl IntoView {
    let locale = use_locale();
    let form = FormState::here();
    let problem = form.problem(names.day);
    let (day, month, year, calendar) = value.map_or_else(
        || (String::new(), String::new(), String::new(), Calendar::Gregorian.code()),
        |(day, month, year, calendar)| (day.to_string(), month.to_string(), year.to_string(), calendar.code()),
    );
    let part = |name: &'static str, label: &'static str, value: String, size: &'static str| {
        let value = form.typed(name).unwrap_or(value);
        view! {
            <div class="date-input__part">
                <label class="field__label" for=name>{label}</label>
                <input class="input input--short" id=name name=name inputmode="numeric" autocomplete="off" size=size
                    value=value/>
            </div>
        }
    };
    let chosen = form.typed(names.calendar).unwrap_or_else(|| calendar.to_owned());
    let radio = |calendar: Calendar, label: &'static str| {
        let id = format!("{}-{}", names.calendar, calendar.code());
        let label_for = id.clone();
        view! {
            <label class="radio" for=label_for>
                <input type="radio" id=id name=names.calendar value=calendar.code() checked=chosen == calendar.code()/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="fieldset" class:field--error=move || problem.get().is_some()>
            <legend class="fieldset__legend">{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint">{hint}</p> })}
            <FieldProblem name=names.day/>
            <div class="date-input">
                {part(names.day, td_string!(locale, common.day), day, "2")}
                {part(names.month, td_string!(locale, common.month), month, "2")}
                {part(names.year, td_string!(locale, common.year), year, "4")}
            </div>
            <div class="radios">
                {radio(Calendar::Gregorian, td_string!(locale, common.gregorian))}
                {radio(Calendar::Hijri, td_string!(locale, common.hijri))}
            </div>
        </fieldset>
    }
}
