//! A rejected request: why, and the appeal while there is time.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::licences::api::{Appeal, RejectionView};
use crate::review::model::LONGEST_APPEAL;
use crate::review::words::reject_reason;
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::form::ServerForm;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::text_area::TextArea;

#[component]
pub fn Rejected(number: String, rejection: RejectionView, action: ServerAction<Appeal>) -> impl IntoView {
    let locale = use_locale();
    let appeal = match rejection.appeal_by {
        Some(by) => {
            let time = dual_date_time(locale, by);
            view! {
                <h2 class="h2">{td_string!(locale, licences.appeal_title)}</h2>
                <p>{td_string!(locale, licences.appeal_text, time = time)}</p>
                <ServerForm action=action>
                    <input type="hidden" name="number" value=number/>
                    <TextArea name="text" label=td_string!(locale, licences.appeal_field) longest=LONGEST_APPEAL
                        hint=td_string!(locale, licences.appeal_hint)/>
                    <Submit label=td_string!(locale, licences.appeal_submit)/>
                </ServerForm>
            }
            .into_any()
        }
        None => view! { <p>{td_string!(locale, licences.appeal_over)}</p> }.into_any(),
    };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, licences.rejected_title)}</h2>
            <SummaryList>
                <SummaryRow key=td_string!(locale, licences.reason)>{reject_reason(locale, rejection.reason)}</SummaryRow>
                {rejection
                    .text
                    .map(|text| {
                        view! {
                            <SummaryRow key=td_string!(locale, licences.reviewer_text)>
                                <p class="preserve-lines" dir="auto">{text}</p>
                            </SummaryRow>
                        }
                    })}
            </SummaryList>
            {appeal}
        </section>
    }
}
