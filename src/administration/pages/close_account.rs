//! `/account/close`: what goes, what stays, what must be ended first, and the button.

use leptos::prelude::*;

use crate::access::SignedIn;
use crate::administration::api::{self, CloseAccount};
use crate::administration::model::Blocker;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::choice::TickBox;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::problem_text::problem_text;
use crate::ui::tag::Tone;

#[component]
pub fn ClosePage() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<CloseAccount>::new();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            signed_in.set(SignedIn::default());
        }
    });
    let blockers = Resource::new(|| (), |()| api::closing());
    let title = td_string!(locale, admin.close_title);
    let trail = vec![
        ("/account", td_string!(locale, common.my_account)),
        ("/account/data", td_string!(locale, admin.data_title)),
    ];
    view! {
        <Page title=title trail=trail>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.close_lead)}</p>
                <h2 class="h2">{td_string!(locale, admin.goes_title)}</h2>
                <ul>
                    <li>{td_string!(locale, admin.goes_profile)}</li>
                    <li>{td_string!(locale, admin.goes_sign_ins)}</li>
                    <li>{td_string!(locale, admin.goes_texts)}</li>
                    <li>{td_string!(locale, admin.goes_licences)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, admin.stays_title)}</h2>
                <ul>
                    <li>{td_string!(locale, admin.stays_register)}</li>
                    <li>{td_string!(locale, admin.stays_numbers)}</li>
                </ul>
                {loaded(blockers, move |blockers| view! { <End blockers=blockers action=action/> })}
            </div>
        </Page>
    }
}

/// The button, or what stands before it.
#[component]
fn End(blockers: Vec<Blocker>, action: ServerAction<CloseAccount>) -> impl IntoView {
    let locale = use_locale();
    if blockers.is_empty() {
        return view! {
            <ServerForm action=action>
                <TickBox name="understood" label=td_string!(locale, admin.close_understood)/>
                <Submit label=td_string!(locale, admin.close_button) look="button--danger"/>
            </ServerForm>
        }
        .into_any();
    }
    let first =
        blockers.into_iter().map(|blocker| view! { <li>{problem_text(locale, blocker.problem())}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Warning>
            <p>{td_string!(locale, admin.close_first)}</p>
            <ul>{first}</ul>
        </Notice>
        <ButtonLink href="/account" label=td_string!(locale, common.my_account) look="button--secondary"/>
    }
    .into_any()
}
