//! What the card of a licence says of its renewal, and where it leads.

use leptos::prelude::*;
use time::Date;

use crate::i18n::{td_string, use_locale};
use crate::renewal::model::Hint;
use crate::ui::date::dual_date;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn RenewalLine(number: String, hint: Hint, ends: Date) -> impl IntoView {
    let locale = use_locale();
    let page = format!("/account/renew/{number}");
    match hint {
        Hint::Open => {
            let date = dual_date(locale, ends);
            view! {
                <div class="no-print">
                    <Notice tone=Tone::Warning>
                        <p>{td_string!(locale, renewal.card_open, date = date)}</p>
                        <p><a href=page>{td_string!(locale, renewal.renew)}</a></p>
                    </Notice>
                </div>
            }
            .into_any()
        }
        Hint::Opens(day) => {
            let date = dual_date(locale, day);
            view! {
                <p class="muted no-print">
                    {td_string!(locale, renewal.card_opens, date = date)} " "
                    <a href=page>{td_string!(locale, renewal.what_it_needs)}</a>
                </p>
            }
            .into_any()
        }
        Hint::Renewed { number, from } => {
            let date = dual_date(locale, from);
            view! {
                <Notice tone=Tone::Success>
                    <p>{td_string!(locale, renewal.card_renewed, date = date)}</p>
                    <p>
                        <a href=format!("/account/licences/{number}")>
                            {td_string!(locale, renewal.new_licence)} " " <Number value=grouped(&number, 4)/>
                        </a>
                    </p>
                </Notice>
            }
            .into_any()
        }
    }
}
