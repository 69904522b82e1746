//! Radios, selects and tick boxes.

use leptos::prelude::*;

use super::field::{Field, FieldProblem};
use super::form::FormState;

/// One of a few, all seen at once. Options are (value, text).
#[component]
pub fn Radios(
    name: &'static str,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let form = FormState::here();
    let chosen = form.typed(name).unwrap_or(value);
    let problem = form.problem(name);
    let rows = options
        .into_iter()
        .enumerate()
        .map(|(index, (value, text))| {
            // The first carries the field's own id: the error summary leads there.
            let id = if index == 0 { name.to_owned() } else { format!("{name}-{value}") };
            let checked = value == chosen;
            let label_for = id.clone();
            view! {
                <label class="radio" for=label_for>
                    <input type="radio" id=id name=name value=value checked=checked/>
                    <span>{text}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="fieldset" class:field--error=move || problem.get().is_some()>
            <legend class="fieldset__legend">{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint">{hint}</p> })}
            <FieldProblem name=name/>
            <div class="radios">{rows}</div>
        </fieldset>
    }
}

/// One of many. Options are (value, text); an empty value stands for no choice.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let form = FormState::here();
    let chosen = form.typed(name).unwrap_or(value);
    let rows = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <Field name=name label=label hint=hint>
            <select id=name name=name class="input">{rows}</select>
        </Field>
    }
}

/// A statement to agree with. Sends `true` when ticked, nothing when not.
#[component]
pub fn TickBox(name: &'static str, #[prop(into)] label: String, #[prop(optional)] ticked: bool) -> impl IntoView {
    let form = FormState::here();
    let ticked = if form.was_sent() { form.typed(name).is_some() } else { ticked };
    let problem = form.problem(name);
    view! {
        <div class="field" class:field--error=move || problem.get().is_some()>
            <FieldProblem name=name/>
            <label class="checkbox" for=name>
                <input type="checkbox" id=name name=name value="true" checked=ticked/>
                <span>{label}</span>
            </label>
        </div>
    }
}
