//! `/report-forgery`: how to tell a forged licence, and whom to tell.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn ReportForgery() -> impl IntoView {
    let locale = use_locale();
    let email = td_string!(locale, pages.report_to_email);
    view! {
        <Page title=td_string!(locale, pages.report_title)>
            <div class="prose">
                <h1 class="h1">{td_string!(locale, pages.report_title)}</h1>
                <p class="lede">{td_string!(locale, pages.report_lead)}</p>
                <h2 class="h2">{td_string!(locale, pages.report_signs_title)}</h2>
                <ul>
                    <li>{td_string!(locale, pages.report_sign1)}</li>
                    <li>{td_string!(locale, pages.report_sign2)}</li>
                    <li>{td_string!(locale, pages.report_sign3)}</li>
                    <li>{td_string!(locale, pages.report_sign4)}</li>
                    <li>{td_string!(locale, pages.report_sign5)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.report_check_title)}</h2>
                <ol>
                    <li>{td_string!(locale, pages.report_check1)}</li>
                    <li>{td_string!(locale, pages.report_check2)}</li>
                    <li>{td_string!(locale, pages.report_check3)}</li>
                    <li>{td_string!(locale, pages.report_check4)}</li>
                    <li>{td_string!(locale, pages.report_check5)}</li>
                </ol>
                <p><a href="/verify">{td_string!(locale, common.verify_a_licence)}</a></p>
                <h2 class="h2">{td_string!(locale, pages.report_send_title)}</h2>
                <ul>
                    <li>{td_string!(locale, pages.report_send1)}</li>
                    <li>{td_string!(locale, pages.report_send2)}</li>
                    <li>{td_string!(locale, pages.report_send3)}</li>
                    <li>{td_string!(locale, pages.report_send4)}</li>
                    <li>{td_string!(locale, pages.report_send5)}</li>
                </ul>
                <h2 class="h2">{td_string!(locale, pages.report_to_title)}</h2>
                <p>{td_string!(locale, pages.report_to_text)}</p>
                <p><a href=format!("mailto:{email}")><bdi>{email}</bdi></a></p>
                <h2 class="h2">{td_string!(locale, pages.report_next_title)}</h2>
                <ol>
                    <li>{td_string!(locale, pages.report_next1)}</li>
                    <li>{td_string!(locale, pages.report_next2)}</li>
                    <li>{td_string!(locale, pages.report_next3)}</li>
                    <li>{td_string!(locale, pages.report_next4)}</li>
                </ol>
                <Notice tone=Tone::Warning><p>{td_string!(locale, pages.report_caution)}</p></Notice>
            </div>
        </Page>
    }
}
