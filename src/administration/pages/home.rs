//! `/admin`: what there is to do at the desk.

use leptos::prelude::*;

use crate::access::{Role, SignedIn};
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::ui::error_view::ErrorPage;
use crate::ui::layout::Page;

/// The home of the desk. It knows nothing that a stranger may not, but leads nobody else anywhere.
#[component]
pub fn AdminHome() -> impl IntoView {
    let locale = use_locale();
    let signed_in = expect_context::<RwSignal<SignedIn>>().get_untracked();
    if !signed_in.is(Role::Administrator) {
        let error = if signed_in.signed_in { AppError::Forbidden } else { AppError::SignInNeeded };
        return view! { <ErrorPage error=error/> }.into_any();
    }
    let parts = [
        ("/admin/settings", td_string!(locale, admin.settings_title), td_string!(locale, admin.settings_line)),
        ("/admin/staff", td_string!(locale, admin.staff_title), td_string!(locale, admin.staff_line)),
        ("/admin/people", td_string!(locale, admin.people_title), td_string!(locale, admin.people_line)),
        ("/admin/organisations", td_string!(locale, organisations.title), td_string!(locale, organisations.line)),
        ("/admin/duplicates", td_string!(locale, merging.title), td_string!(locale, admin.duplicates_line)),
        ("/admin/results", td_string!(locale, papers.waiting_title), td_string!(locale, admin.results_line)),
        ("/admin/programmes", td_string!(locale, admin.programmes_title), td_string!(locale, admin.programmes_line)),
        ("/admin/sessions", td_string!(locale, admin.sessions_title), td_string!(locale, admin.sessions_line)),
        ("/admin/questions", td_string!(locale, programmes.questions_title), td_string!(locale, admin.questions_line)),
        ("/admin/topics", td_string!(locale, programmes.topics_title), td_string!(locale, admin.topics_line)),
        ("/admin/modules", td_string!(locale, programmes.modules_title), td_string!(locale, admin.modules_line)),
        ("/admin/messages", td_string!(locale, admin.messages_title), td_string!(locale, admin.messages_line)),
        ("/admin/audit", td_string!(locale, admin.audit_title), td_string!(locale, admin.audit_line)),
    ];
    let cards = parts
        .into_iter()
        .map(|(path, title, line)| {
            view! {
                <li class="card card--link">
                    <h2 class="card__title"><a href=path>{title}</a></h2>
                    <p class="card__meta">{line}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <Page title=td_string!(locale, admin.title)>
            <div class="stack stack--wide">
                <h1 class="h1">{td_string!(locale, admin.title)}</h1>
                <ul class="grid" role="list">{cards}</ul>
            </div>
        </Page>
    }
    .into_any()
}
