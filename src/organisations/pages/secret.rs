//! A secret just made: to be copied now, and not shown again.

use leptos::prelude::*;

use super::about;
use crate::i18n::{td_string, use_locale};
use crate::organisations::api::HideSecret;
use crate::organisations::model::Secret;
use crate::ui::button::Submit;
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn NewSecret(secret: Secret, title: &'static str, hide: ServerAction<HideSecret>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Notice tone=Tone::Success>
            <div class="stack" role="status">
                <p class="h3">{title}</p>
                <p>{td_string!(locale, organisations.secret_text)}</p>
                <p><code class="secret" dir="ltr">{secret.text}</code></p>
                <ServerForm action=hide>
                    {about("subject", secret.subject)}
                    <Submit label=td_string!(locale, organisations.secret_copied) look="button--secondary"/>
                </ServerForm>
            </div>
        </Notice>
    }
}
