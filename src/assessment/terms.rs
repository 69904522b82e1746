//! The terms of a test, for its own page and for the page of the licence it leads to.

use leptos::prelude::*;

use super::model::Rules;
use crate::i18n::{tu_string, use_i18n};
use crate::ui::number::Number;
use crate::ui::summary::SummaryRow;

/// The terms as rows of a summary list. `attempts` are all that there are or those that are left; their key says which.
#[component]
pub fn TestTerms(rules: Rules, attempts: i32, attempts_key: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let Rules { questions, minutes, pass_mark_percent, .. } = rules;
    view! {
        <SummaryRow key=tu_string!(i18n, assessment.term_questions)>
            {tu_string!(i18n, assessment.questions, count = questions)}
        </SummaryRow>
        <SummaryRow key=tu_string!(i18n, assessment.term_minutes)>
            {tu_string!(i18n, assessment.minutes, count = minutes)}
        </SummaryRow>
        <SummaryRow key=tu_string!(i18n, assessment.term_pass_mark)>
            <Number value=tu_string!(i18n, assessment.percent, value = pass_mark_percent)/>
        </SummaryRow>
        <SummaryRow key=attempts_key>{tu_string!(i18n, assessment.attempts, count = attempts)}</SummaryRow>
    }
}
