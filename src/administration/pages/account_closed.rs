//! `/account-closed`: it is done.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::offline::cards;
use crate::ui::button::ButtonLink;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn AccountClosed() -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, admin.account_closed_title);
    Effect::new(|_: Option<()>| cards::forget_all());
    view! {
        <Page title=title>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                <Notice tone=Tone::Success><p>{td_string!(locale, admin.account_closed_text)}</p></Notice>
                <p>{td_string!(locale, admin.account_closed_again)}</p>
                <ButtonLink href="/" label=td_string!(locale, errors.to_home) look="button--secondary"/>
            </div>
        </Page>
    }
}
