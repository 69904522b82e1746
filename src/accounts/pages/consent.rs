//! `/guardian/{attempt}`: what a guardian opens from their message. Public: they need no account.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::accounts::api::ask_code::AskAgain;
use crate::accounts::api::give_consent::{GiveConsent, guardian_request};
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::choice::TickBox;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Consent() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let attempt = Memo::new(move |_| params.read().get("attempt").unwrap_or_default());
    let consent = ServerAction::<GiveConsent>::new();
    let again = ServerAction::<AskAgain>::new();
    // Only an answer that changed something shows the page anew: a form to be mended stays as it was typed.
    let given = Memo::new(move |_| consent.value().with(|answer| matches!(answer, Some(Ok(())))));
    let data = Resource::new(move || (attempt.get(), given.get()), |(attempt, _)| guardian_request(attempt));
    view! {
        <Page title=td_string!(locale, accounts.consent_title)>
            <div class="stack--wide">
                {loaded(data, move |request| {
                    let name = request.masked_name;
                    view! {
                        <h1 class="h1">{td_string!(locale, accounts.consent_title)}</h1>
                        {if request.consented {
                            view! {
                                <Notice tone=Tone::Success>
                                    <p role="status">{td_string!(locale, accounts.consent_given, name = name)}</p>
                                </Notice>
                            }
                            .into_any()
                        } else {
                            view! { <Asked name=name attempt=attempt consent=consent again=again/> }.into_any()
                        }}
                    }
                })}
            </div>
        </Page>
    }
}

/// The form, and a new code for who comes late.
#[component]
fn Asked(
    name: String,
    attempt: Memo<String>,
    consent: ServerAction<GiveConsent>,
    again: ServerAction<AskAgain>,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <p>{td_string!(locale, accounts.consent_lede, name = name)}</p>
        <ServerForm action=consent>
            <input type="hidden" name="attempt" value=move || attempt.get()/>
            <TextField name="guardian_name" kind=FieldKind::Name label=td_string!(locale, accounts.guardian_name)
                hint=td_string!(locale, accounts.guardian_name_hint)/>
            <TextField name="national_id" kind=FieldKind::NationalId
                label=td_string!(locale, accounts.guardian_national_id)
                hint=td_string!(locale, accounts.national_id_hint)/>
            <TextField name="code" kind=FieldKind::Code label=td_string!(locale, accounts.code)
                hint=td_string!(locale, accounts.code_hint)/>
            <TickBox name="declaration" label=td_string!(locale, accounts.consent_declaration)/>
            <Submit label=td_string!(locale, accounts.give_consent)/>
        </ServerForm>
        <ServerForm action=again>
            <input type="hidden" name="attempt" value=move || attempt.get()/>
            <p>{td_string!(locale, accounts.code_missing)}</p>
            <Submit label=td_string!(locale, accounts.send_again) look="button--secondary"/>
        </ServerForm>
    }
}
