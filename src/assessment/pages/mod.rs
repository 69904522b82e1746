mod overview;
mod question;
mod question_form;
mod question_list;
mod result;
mod review;
mod saving;
mod timer;

pub use overview::TestOverview;
pub use question::TestQuestion;
pub use result::TestResult;
pub use review::TestReview;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use time::OffsetDateTime;

use super::model::{certificate_path, result_path, test_path};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::date::dual_date_time;

/// A part of the page's path.
fn path_part(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name).unwrap_or_default()))
}

/// That the attempts at a renewal's test are used up, and when there is another.
fn again_from(locale: Locale, at: Option<OffsetDateTime>) -> String {
    let time = at.map(|at| dual_date_time(locale, at)).unwrap_or_default();
    td_string!(locale, renewal.test_later, time = time).to_string()
}

/// The way back from a page of the test.
fn trail() -> Vec<(&'static str, &'static str)> {
    vec![("/account", td_string!(use_locale(), common.my_account))]
}

/// Leads on from a page of an attempt that is closed: to its result, or to the test where none was begun.
#[component]
fn LeaveClosed(enrolment: String, ordinal: Option<i16>) -> impl IntoView {
    let path = ordinal.map_or_else(|| test_path(&enrolment), |ordinal| result_path(&enrolment, ordinal));
    // Back must not lead here again.
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=path options=options/> }
}

/// To the certificate of a passed enrolment.
#[component]
pub fn CertificateLink(enrolment: String) -> impl IntoView {
    let text = td_string!(use_locale(), documents.certificate);
    view! { <p><a href=certificate_path(&enrolment) rel="external">{text}</a></p> }
}
