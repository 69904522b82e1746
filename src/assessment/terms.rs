//! The terms of a test, for its own page and for the page of the licence it leads to.

use leptos::prelude::*;

use super::model::Rules;
use crate::i18n::{td_string, use_locale};
use crate::ui::number::Number;
use crate::ui::summary::SummaryRow;

/// The terms as rows of a summary list. `attempts` are all that there are or those that are left; their key says which.
#[component]
pub fn TestTerms(rules: Rules, attempts: i32, attempts_key: &'static str) -> impl IntoView {
    let locale = use_locale();
    let Rules { questions, minutes, pass_mark_percent, .. } = rules;
    view! {
        <SummaryRow key=td_string!(locale, assessment.term_questions)>
            {td_string!(locale, assessment.questions, count = questions)}
        </SummaryRow>
        <SummaryRow key=td_string!(locale, assessment.term_minutes)>
            {td_string!(locale, assessment.minutes, count = minutes)}
        </SummaryRow>
        <SummaryRow key=td_string!(locale, assessment.term_pass_mark)>
            <Number value=td_string!(locale, assessment.percent, value = pass_mark_percent)/>
        </SummaryRow>
        <SummaryRow key=attempts_key>{td_string!(locale, assessment.attempts, count = attempts)}</SummaryRow>
    }
}
