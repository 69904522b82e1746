//! One's factors: seen, and changed after a fresh check.

use leptos::prelude::*;

use super::changes::Changes;
use super::passkey_button::AddPasskeyButton;
use crate::i18n::{td_string, use_locale};
use crate::second_factor::api::codes::DraftCodes;
use crate::second_factor::api::passkeys::RemovePasskey;
use crate::second_factor::model::{Check, PasskeyView, Standing};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::form::ServerForm;

#[component]
pub fn Factors(standing: Standing) -> impl IntoView {
    let locale = use_locale();
    let may_add = standing.may_add();
    let removable = standing.check == Check::Fresh && (standing.passkeys.len() > 1 || standing.codes_left > 0);
    let first = standing.open && !standing.has_factor();
    let draft = ServerAction::<DraftCodes>::new();
    expect_context::<Changes>().follow(draft.value());
    let count = standing.codes_left;
    let passkeys = if standing.passkeys.is_empty() {
        view! { <p class="muted">{td_string!(locale, second_factor.no_passkeys)}</p> }.into_any()
    } else {
        let rows = standing.passkeys.into_iter().map(|one| view! { <Row one=one removable=removable/> }).collect_view();
        view! { <ul class="stack" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, second_factor.passkeys)}</h2>
            {passkeys}
            {may_add
                .then(|| {
                    view! {
                        <p>{td_string!(locale, second_factor.add_passkey_text)}</p>
                        <AddPasskeyButton look=if first { "button--primary" } else { "button--secondary" }/>
                    }
                })}
        </section>
        <section class="stack">
            <h2 class="h2">{td_string!(locale, second_factor.codes)}</h2>
            <p>{td_string!(locale, second_factor.codes_left, count = count)}</p>
            {may_add
                .then(|| {
                    view! {
                        <p>{td_string!(locale, second_factor.codes_text)}</p>
                        <ServerForm action=draft>
                            <Submit label=td_string!(locale, second_factor.make_codes) look="button--secondary"/>
                        </ServerForm>
                    }
                })}
        </section>
        {(standing.check == Check::Passed && !may_add).then(|| view! { <p class="muted">{td_string!(locale, second_factor.fresh_needed)}</p> })}
    }
}

#[component]
fn Row(one: PasskeyView, removable: bool) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<RemovePasskey>::new();
    expect_context::<Changes>().follow(action.value());
    let added = dual_date_time(locale, one.added_at);
    let used = match one.used_at {
        None => td_string!(locale, second_factor.never_used).to_owned(),
        Some(at) => {
            let at = dual_date_time(locale, at);
            td_string!(locale, second_factor.used, at = at)
        }
    };
    view! {
        <li class="card">
            <p>{td_string!(locale, second_factor.added, at = added)}</p>
            <p class="card__meta">{used}</p>
            {removable
                .then(|| {
                    view! {
                        <ServerForm action=action>
                            <input type="hidden" name="passkey" value=one.id.to_string()/>
                            <Submit label=td_string!(locale, second_factor.remove) look="button--danger"/>
                        </ServerForm>
                    }
                })}
        </li>
    }
}
