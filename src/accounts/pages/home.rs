//! `/account`: the one next step, the way so far, and all that is one's own.

use leptos::prelude::*;

use super::belongings;
use super::national::{NationalVerification, TurnNotice};
use super::next_step::NextCard;
use crate::access::SignedIn;
use crate::accounts::api::home::home;
use crate::accounts::api::sign_out::SignOut as SignOutFn;
use crate::accounts::model::path::{PathStep, Progress, StepCode};
use crate::accounts::model::views;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::licences::words::kind_name;
use crate::offline::cards;
use crate::ui::button::Submit;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::steps::{Step, StepState, Steps};

#[component]
pub fn Home() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| home());
    view! {
        <Page title=td_string!(locale, common.my_account)>
            <div class="stack--wide">
                {loaded(data, move |home| view! { <Content home=home/> })}
            </div>
        </Page>
    }
}

#[component]
fn Content(home: views::Home) -> impl IntoView {
    let locale = use_locale();
    let title = match home.given_name {
        Some(name) => td_string!(locale, accounts.welcome, name = name),
        None => td_string!(locale, accounts.welcome_stranger).to_owned(),
    };
    let is_staff = expect_context::<RwSignal<SignedIn>>().with_untracked(|signed_in| !signed_in.roles.is_empty());
    view! {
        <h1 class="h1">{title}</h1>
        <TurnNotice/>
        <NextCard next=home.next/>
        <NationalVerification steps=home.steps.clone()/>
        {home.kind.map(|kind| view! { <Way kind=kind steps=home.steps/> })}
        <belongings::Licences licences=home.licences/>
        <belongings::Requests requests=home.requests/>
        <belongings::Enrolments enrolments=home.enrolments/>
        <belongings::Messages new=home.new_messages/>
        <section class="stack">
            <h2 class="h2">{td_string!(locale, accounts.my_details)}</h2>
            <ul class="task-list">
                <li class="task-list__item"><a href="/account/profile">{td_string!(locale, accounts.profile_title)}</a></li>
                <li class="task-list__item"><a href="/account/sign-ins">{td_string!(locale, accounts.sign_ins_title)}</a></li>
                {is_staff
                    .then(|| {
                        let title = td_string!(locale, second_factor.title);
                        view! { <li class="task-list__item"><a href="/account/second-factor">{title}</a></li> }
                    })}
                <li class="task-list__item"><a href="/account/access-log">{td_string!(locale, admin.access_log_title)}</a></li>
                <li class="task-list__item"><a href="/account/data">{td_string!(locale, admin.data_title)}</a></li>
            </ul>
            <SignOut/>
        </section>
    }
}

#[component]
fn Way(kind: LicenceKind, steps: Vec<PathStep>) -> impl IntoView {
    let locale = use_locale();
    let kind = kind_name(locale, kind);
    let steps = steps
        .into_iter()
        .map(|step| {
            let (state, status) = match step.progress {
                Progress::Done => (StepState::Done, td_string!(locale, accounts.step_done)),
                Progress::Current => (StepState::Current, td_string!(locale, accounts.step_current)),
                Progress::Todo => (StepState::Todo, td_string!(locale, accounts.step_todo)),
            };
            let (title, text) = match step.code {
                StepCode::Profile => {
                    (td_string!(locale, accounts.step_profile), td_string!(locale, accounts.step_profile_text))
                }
                StepCode::Guardian => {
                    (td_string!(locale, accounts.step_guardian), td_string!(locale, accounts.step_guardian_text))
                }
                StepCode::Training => {
                    (td_string!(locale, accounts.step_training), td_string!(locale, accounts.step_training_text))
                }
                StepCode::Attendance => {
                    (td_string!(locale, accounts.step_attendance), td_string!(locale, accounts.step_attendance_text))
                }
                StepCode::Test => (td_string!(locale, accounts.step_test), td_string!(locale, accounts.step_test_text)),
                StepCode::Identity => {
                    (td_string!(locale, accounts.step_identity), td_string!(locale, accounts.step_identity_text))
                }
                StepCode::PractitionerLicence => (
                    td_string!(locale, accounts.step_practitioner),
                    td_string!(locale, accounts.step_practitioner_text),
                ),
                StepCode::Organisation => (
                    td_string!(locale, accounts.step_organisation),
                    td_string!(locale, accounts.step_organisation_text),
                ),
                StepCode::Request => {
                    (td_string!(locale, accounts.step_request), td_string!(locale, accounts.step_request_text))
                }
                StepCode::Licence => {
                    (td_string!(locale, accounts.step_licence), td_string!(locale, accounts.step_licence_text))
                }
            };
            Step { state, title: title.to_owned(), text: text.to_owned(), status: status.to_owned() }
        })
        .collect();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, accounts.way_to, kind = kind)}</h2>
            <Steps steps=steps/>
        </section>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SignOutFn>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            cards::forget_all();
            signed_in.set(SignedIn::default());
        }
    });
    view! {
        <ServerForm action=action>
            <Submit label=td_string!(locale, accounts.sign_out) look="button--secondary"/>
        </ServerForm>
    }
}
