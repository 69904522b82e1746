//! `/admin/people`: somebody by their exact ID number. There is no list to leaf through.

use leptos::prelude::*;

use super::trail;
use crate::access::{Role, SignedIn};
use crate::administration::api::FindPerson;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::error_view::ErrorPage;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;

#[component]
pub fn People() -> impl IntoView {
    let locale = use_locale();
    let signed_in = expect_context::<RwSignal<SignedIn>>().get_untracked();
    if !signed_in.is(Role::Administrator) {
        let error = if signed_in.signed_in { AppError::Forbidden } else { AppError::SignInNeeded };
        return view! { <ErrorPage error=error/> }.into_any();
    }
    let action = ServerAction::<FindPerson>::new();
    let title = td_string!(locale, admin.people_title);
    view! {
        <Page title=title trail=trail(locale)>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.people_lead)}</p>
                <ServerForm action=action>
                    <TextField name="national_id" kind=FieldKind::NationalId
                        label=td_string!(locale, admin.national_id) hint=td_string!(locale, admin.national_id_hint)/>
                    <Submit label=td_string!(locale, admin.find)/>
                </ServerForm>
            </div>
        </Page>
    }
    .into_any()
}
