//! The national single sign-on on the pages that lead to it, and what they say of how it ended. Where none is configured
//! nothing of it shows.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::accounts::model::NationalTurn;
use crate::accounts::model::path::{PathStep, Progress, StepCode};
use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

/// Whether a provider is configured; a context of every page.
#[derive(Clone, Copy)]
pub struct SingleSignOn(pub bool);

fn is_on() -> bool {
    expect_context::<SingleSignOn>().0
}

/// How the turn ended that led to this page: `?national=` with one of [`NationalTurn`]'s codes.
#[component]
pub fn TurnNotice() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let turn = move || query.read().get("national").filter(|_| is_on()).and_then(|code| NationalTurn::from_code(&code));
    move || {
        turn().map(|turn| {
            let tone = if turn == NationalTurn::Verified { Tone::Success } else { Tone::Warning };
            view! { <Notice tone=tone><p role="status">{text(locale, turn)}</p></Notice> }
        })
    }
}

fn text(locale: Locale, turn: NationalTurn) -> &'static str {
    match turn {
        NationalTurn::Verified => td_string!(locale, accounts.national_verified),
        NationalTurn::Denied => td_string!(locale, accounts.national_denied),
        NationalTurn::Spent => td_string!(locale, accounts.national_spent),
        NationalTurn::Failed => td_string!(locale, accounts.national_failed),
        NationalTurn::Away => td_string!(locale, accounts.national_away),
        NationalTurn::Unknown => td_string!(locale, accounts.national_unknown),
        NationalTurn::Differs => td_string!(locale, accounts.national_differs),
        NationalTurn::Frozen => td_string!(locale, errors.account_frozen),
        NationalTurn::ProfileFirst => td_string!(locale, accounts.national_profile_first),
    }
}

/// The way to the provider: a link, since the policy of our pages lets no form be answered from elsewhere; and out of the
/// reach of the router, which has no such page.
#[component]
fn Way(label: &'static str) -> impl IntoView {
    view! { <a class="button button--secondary" href="/sign-in/national" rel="external">{label}</a> }
}

/// On the sign-in page: for who was verified before.
#[component]
pub fn NationalSignIn() -> impl IntoView {
    let locale = use_locale();
    is_on().then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, accounts.national_sign_in_title)}</h2>
                <p>{td_string!(locale, accounts.national_sign_in_text)}</p>
                <p><Way label=td_string!(locale, accounts.national_sign_in)/></p>
            </section>
        }
    })
}

/// On one's home, from a complete profile on until the identity is verified.
#[component]
pub fn NationalVerification(steps: Vec<PathStep>) -> impl IntoView {
    let locale = use_locale();
    let open = |code| steps.iter().any(|step| step.code == code && step.progress != Progress::Done);
    let wanted = is_on() && open(StepCode::Identity) && !open(StepCode::Profile);
    wanted.then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, accounts.national_verify_title)}</h2>
                <p>{td_string!(locale, accounts.national_verify_text)}</p>
                <p><Way label=td_string!(locale, accounts.national_verify)/></p>
            </section>
        }
    })
}
