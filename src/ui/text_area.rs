//! A text of several lines.

use leptos::prelude::*;

use super::field::Field;
use super::form::FormState;

/// A label, a hint, a text area and what is wrong with it. What was typed before a failure without JavaScript stands
/// in it again.
#[component]
pub fn TextArea(
    /// Name of the field in the form; also its id, which the error summary leads to.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// Characters at most; the server has the last word.
    longest: usize,
    /// Lines that show at once.
    #[prop(default = 4)]
    rows: u8,
    /// What stands in it at first; what was typed before a failure goes first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let form = FormState::here();
    // Not as children: leptos does not escape them.
    let typed = escaped(&form.typed(name).unwrap_or(value));
    view! {
        <Field name=name label=label hint=hint>
            <textarea id=name name=name class="input" rows=rows.to_string() maxlength=longest.to_string()
                aria-describedby=format!("{name}-hint {name}-error")
                aria-invalid=move || form.problem(name).get().map(|_| "true") inner_html=typed></textarea>
        </Field>
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(escaped("</textarea><script>&"), "&lt;/textarea&gt;&lt;script&gt;&amp;");
    }
}
