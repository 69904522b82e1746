//! `/account/guardian`: a minor asks for their guardian's consent.

use leptos::prelude::*;

use crate::accounts::api::ask_guardian::{AskGuardian, guardian};
use crate::accounts::model::views::GuardianStanding;
use crate::i18n::{tu_string, use_i18n};
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
    let i18n = use_i18n();
    let action = ServerAction::<AskGuardian>::new();
    let asked = RwSignal::new(0_u32);
    // Only an asking that went out shows the page anew: a form to be mended stays as it was typed.
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            asked.update(|times| *times += 1);
        }
    });
    let data = Resource::new(move || asked.get(), |_| guardian());
    let trail = vec![("/account", tu_string!(i18n, common.my_account))];
    view! {
        <Page title=tu_string!(i18n, accounts.guardian_title) trail=trail>
            <div class="stack--wide">
                <h1 class="h1">{tu_string!(i18n, accounts.guardian_title)}</h1>
                <p>{tu_string!(i18n, accounts.guardian_lede)}</p>
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
    let i18n = use_i18n();
    view! {
        <ServerForm action=action>
            <TextField name="mobile" kind=FieldKind::Mobile label=tu_string!(i18n, accounts.guardian_mobile)
                hint=tu_string!(i18n, accounts.guardian_mobile_hint)/>
            <Submit label=tu_string!(i18n, accounts.ask_guardian)/>
        </ServerForm>
    }
}

/// What has been asked and answered so far.
#[component]
fn Standing(standing: GuardianStanding) -> impl IntoView {
    let i18n = use_i18n();
    match standing {
        GuardianStanding::ToAsk => ().into_any(),
        GuardianStanding::NotNeeded => view! {
            <Notice tone=Tone::Info><p>{tu_string!(i18n, accounts.guardian_not_needed)}</p></Notice>
        }
        .into_any(),
        GuardianStanding::Asked { at } => {
            let at = dual_date_time(i18n, at);
            view! {
                <Notice tone=Tone::Info>
                    <p role="status">{tu_string!(i18n, accounts.guardian_asked, at = at)}</p>
                </Notice>
            }
            .into_any()
        }
        GuardianStanding::Consented { at } => {
            let at = dual_date_time(i18n, at);
            view! {
                <Notice tone=Tone::Success><p>{tu_string!(i18n, accounts.guardian_consented, at = at)}</p></Notice>
                <ButtonLink href="/account" label=tu_string!(i18n, common.my_account) look="button--secondary"/>
            }
            .into_any()
        }
    }
}
