//! `/privacy`: what is held of people, why, how it is protected, who sees it.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::ui::layout::Page;

#[component]
pub fn Privacy() -> impl IntoView {
    let locale = use_locale();
    let email = td_string!(locale, pages.privacy_contact_email);
    view! {
        <Page title=td_string!(locale, pages.privacy_title)>
            <div class="prose">
                <h1 class="h1">{td_string!(locale, pages.privacy_title)}</h1>
                <p class="lede">{td_string!(locale, pages.privacy_lead)}</p>
                <h2 class="h2">{td_string!(locale, pages.privacy_held_title)}</h2>
                <ul>
                    <li>{td_string!(locale, pages.privacy_held1)}</li>
                    <li>{td_string!(locale, pages.privacy_held2)}</li>
                    <li>{td_string!(locale, pages.privacy_held3)}</li>
                    <li>{td_string!(locale, pages.privacy_held4)}</li>
                    <li>{td_string!(locale, pages.privacy_held5)}</li>
                    <li>{td_string!(locale, pages.privacy_held6)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.privacy_why_title)}</h2>
                <p>{td_string!(locale, pages.privacy_why_text)}</p>
                <h2 class="h2">{td_string!(locale, pages.privacy_protect_title)}</h2>
                <ul>
                    <li>{td_string!(locale, pages.privacy_protect1)}</li>
                    <li>{td_string!(locale, pages.privacy_protect2)}</li>
                    <li>{td_string!(locale, pages.privacy_protect3)}</li>
                    <li>{td_string!(locale, pages.privacy_protect4)}</li>
                    <li>{td_string!(locale, pages.privacy_protect5)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.privacy_see_title)}</h2>
                <ul>
                    <li>{td_string!(locale, pages.privacy_see1)}</li>
                    <li>{td_string!(locale, pages.privacy_see2)}</li>
                    <li>{td_string!(locale, pages.privacy_see3)}</li>
                    <li>{td_string!(locale, pages.privacy_see4)}</li>
                    <li>{td_string!(locale, pages.privacy_see5)}</li>
                    <li>{td_string!(locale, pages.privacy_see6)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.privacy_cookies_title)}</h2>
                <p>{td_string!(locale, pages.privacy_cookies_text)}</p>
                <h2 class="h2">{td_string!(locale, pages.privacy_keep_title)}</h2>
                <ul>
                    <li>{td_string!(locale, pages.privacy_keep1)}</li>
                    <li>{td_string!(locale, pages.privacy_keep2)}</li>
                    <li>{td_string!(locale, pages.privacy_keep3)}</li>
                    <li>{td_string!(locale, pages.privacy_keep4)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.privacy_rights_title)}</h2>
                <p>{td_string!(locale, pages.privacy_rights_lead)}</p>
                <ul>
                    <li>{td_string!(locale, pages.privacy_rights1)}</li>
                    <li>{td_string!(locale, pages.privacy_rights2)}</li>
                    <li>{td_string!(locale, pages.privacy_rights3)}</li>
                    <li>{td_string!(locale, pages.privacy_rights4)}</li>
                    <li>{td_string!(locale, pages.privacy_rights5)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.privacy_contact_title)}</h2>
                <p>{td_string!(locale, pages.privacy_contact_text)}</p>
                <p><a href=format!("mailto:{email}")><bdi>{email}</bdi></a></p>
            </div>
        </Page>
    }
}
