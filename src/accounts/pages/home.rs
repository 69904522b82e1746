//! `/account`: the one next step, the way so far, and all that is one's own.

use leptos::prelude::*;

use super::belongings;
use super::next_step::NextCard;
use crate::access::SignedIn;
use crate::accounts::api::home::home;
use crate::accounts::api::sign_out::SignOut as SignOutFn;
use crate::accounts::model::path::{PathStep, Progress, StepCode};
use crate::accounts::model::views;
use crate::i18n::{tu_string, use_i18n};
use crate::licences::model::LicenceKind;
use crate::licences::words::kind_name;
use crate::ui::button::Submit;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::steps::{Step, StepState, Steps};

#[component]
pub fn Home() -> impl IntoView {
    let i18n = use_i18n();
    let data = Resource::new(|| (), |()| home());
    view! {
        <Page title=tu_string!(i18n, common.my_account)>
            <div class="stack--wide">
                {loaded(data, move |home| view! { <Content home=home/> })}
            </div>
        </Page>
    }
}

#[component]
fn Content(home: views::Home) -> impl IntoView {
    let i18n = use_i18n();
    let title = match home.given_name {
        Some(name) => tu_string!(i18n, accounts.welcome, name = name),
        None => tu_string!(i18n, accounts.welcome_stranger).to_owned(),
    };
    view! {
        <h1 class="h1">{title}</h1>
        <NextCard next=home.next/>
        {home.kind.map(|kind| view! { <Way kind=kind steps=home.steps/> })}
        <belongings::Licences licences=home.licences/>
        <belongings::Requests requests=home.requests/>
        <belongings::Enrolments enrolments=home.enrolments/>
        <section class="stack">
            <h2 class="h2">{tu_string!(i18n, accounts.my_details)}</h2>
            <ul class="task-list">
                <li class="task-list__item"><a href="/account/profile">{tu_string!(i18n, accounts.profile_title)}</a></li>
                <li class="task-list__item"><a href="/account/sign-ins">{tu_string!(i18n, accounts.sign_ins_title)}</a></li>
            </ul>
            <SignOut/>
        </section>
    }
}

#[component]
fn Way(kind: LicenceKind, steps: Vec<PathStep>) -> impl IntoView {
    let i18n = use_i18n();
    let kind = kind_name(i18n, kind);
    let steps = steps
        .into_iter()
        .map(|step| {
            let (state, status) = match step.progress {
                Progress::Done => (StepState::Done, tu_string!(i18n, accounts.step_done)),
                Progress::Current => (StepState::Current, tu_string!(i18n, accounts.step_current)),
                Progress::Todo => (StepState::Todo, tu_string!(i18n, accounts.step_todo)),
            };
            let (title, text) = match step.code {
                StepCode::Profile => {
                    (tu_string!(i18n, accounts.step_profile), tu_string!(i18n, accounts.step_profile_text))
                }
                StepCode::Guardian => {
                    (tu_string!(i18n, accounts.step_guardian), tu_string!(i18n, accounts.step_guardian_text))
                }
                StepCode::Training => {
                    (tu_string!(i18n, accounts.step_training), tu_string!(i18n, accounts.step_training_text))
                }
                StepCode::Attendance => {
                    (tu_string!(i18n, accounts.step_attendance), tu_string!(i18n, accounts.step_attendance_text))
                }
                StepCode::Test => (tu_string!(i18n, accounts.step_test), tu_string!(i18n, accounts.step_test_text)),
                StepCode::Identity => {
                    (tu_string!(i18n, accounts.step_identity), tu_string!(i18n, accounts.step_identity_text))
                }
                StepCode::PractitionerLicence => {
                    (tu_string!(i18n, accounts.step_practitioner), tu_string!(i18n, accounts.step_practitioner_text))
                }
                StepCode::Organisation => {
                    (tu_string!(i18n, accounts.step_organisation), tu_string!(i18n, accounts.step_organisation_text))
                }
                StepCode::Request => {
                    (tu_string!(i18n, accounts.step_request), tu_string!(i18n, accounts.step_request_text))
                }
                StepCode::Licence => {
                    (tu_string!(i18n, accounts.step_licence), tu_string!(i18n, accounts.step_licence_text))
                }
            };
            Step { state, title: title.to_owned(), text: text.to_owned(), status: status.to_owned() }
        })
        .collect();
    view! {
        <section class="stack">
            <h2 class="h2">{tu_string!(i18n, accounts.way_to, kind = kind)}</h2>
            <Steps steps=steps/>
        </section>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<SignOutFn>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            signed_in.set(SignedIn::default());
        }
    });
    view! {
        <ServerForm action=action>
            <Submit label=tu_string!(i18n, accounts.sign_out) look="button--secondary"/>
        </ServerForm>
    }
}
