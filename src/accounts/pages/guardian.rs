//! `/account/guardian`: a minor asks for their guardian's consent.

use leptos::prelude::*;

use crate::accounts::api::ask_guardian::{AskGuardian, guardian};
use crate::accounts::model::views::GuardianStanding;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Guardian() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<AskGuardian>::new();
    let asked = RwSignal::new(0_u32);
    // Only an asking that went out shows the page anew: a form to be mended stays as it was typed.
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            asked.update(|times| *times += 1);
        }
    });
    let data = Resource::new(move || asked.get(), |_| guardian());
    let trail = vec![("/account", td_string!(locale, common.my_account))];
    view! {
        <Page title=td_string!(locale, accounts.guardian_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{td_string!(locale, accounts.guardian_title)}</h1>
                <p>{td_string!(locale, accounts.guardian_lede)}</p>
                {loaded(data, move |standing| {
                    let may_ask = matches!(standing, GuardianStanding::ToAsk | GuardianStanding::Asked { .. });
                    view! {
                        <Standing standing=standing/>
                        {may_ask.then(|| view! { <Ask action=action/> })}
                    }
                })}
            </div>
        </Page>
    }
}

#[component]
fn Ask(action: ServerAction<AskGuardian>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <ServerForm action=action>
            <TextField name="mobile" kind=FieldKind::Mobile label=td_string!(locale, accounts.guardian_mobile)
                hint=td_string!(locale, accounts.guardian_mobile_hint)/>
            <Submit label=td_string!(locale, accounts.ask_guardian)/>
        </ServerForm>
    }
}

/// What has been asked and answered so far.
#[component]
fn Standing(standing: GuardianStanding) -> impl IntoView {
    let locale = use_locale();
    match standing {
        GuardianStanding::ToAsk => ().into_any(),
        GuardianStanding::NotNeeded => view! {
            <Notice tone=Tone::Info><p>{td_string!(locale, accounts.guardian_not_needed)}</p></Notice>
        }
        .into_any(),
        GuardianStanding::Asked { at } => {
            let at = dual_date_time(locale, at);
            view! {
                <Notice tone=Tone::Info>
                    <p role="status">{td_string!(locale, accounts.guardian_asked, at = at)}</p>
                </Notice>
            }
            .into_any()
        }
        GuardianStanding::Consented { at } => {
            let at = dual_date_time(locale, at);
            view! {
                <Notice tone=Tone::Success><p>{td_string!(locale, accounts.guardian_consented, at = at)}</p></Notice>
                <ButtonLink href="/account" label=td_string!(locale, common.my_account) look="button--secondary"/>
            }
            .into_any()
        }
    }
}
