//! What was found of a receipt: the signature, what it says, what the log says of it, and the way to today's answer.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::oversight::words::reason_text;
use crate::receipts::model::{Checked, Receipt};
use crate::receipts::words::{change_words, proof_words, signature_words, standing_words};
use crate::ui::date::{DualDate, dual_date_time};
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Notice;
use crate::ui::summary::{SummaryList, SummaryRow};

#[component]
pub fn Outcome(checked: Checked) -> impl IntoView {
    let locale = use_locale();
    let (tone, title, text) = signature_words(locale, &checked);
    let says = match checked {
        Checked::Signed(receipt) => Some(view! { <Says receipt=receipt/> }),
        Checked::Refused(_) => None,
    };
    view! {
        <div class="stack">
            <Notice tone=tone>
                <p><b>{title}</b></p>
                <p>{text}</p>
            </Notice>
            {says}
        </div>
    }
}

#[component]
fn Says(receipt: Receipt) -> impl IntoView {
    let locale = use_locale();
    let Receipt { answer, issuer, proof, held, .. } = receipt;
    let (tone, proved) = proof_words(locale, proof, held);
    let (_, _, title, _) = standing_words(locale, answer.standing);
    let live = format!("/verify/{}", answer.number);
    let asked = dual_date_time(locale, answer.asked_at);
    let changes = answer.changes.iter().map(|change| view! { <li>{change_words(locale, *change)}</li> }).collect_view();
    let changes = (!answer.changes.is_empty()).then(|| {
        view! { <SummaryRow key=td_string!(locale, receipts.changes)><ul>{changes}</ul></SummaryRow> }
    });
    view! {
        <Notice tone=tone><p>{proved}</p></Notice>
        <SummaryList>
            <SummaryRow key=td_string!(locale, licences.number)><Number value=grouped(&answer.number, 4)/></SummaryRow>
            <SummaryRow key=td_string!(locale, receipts.day)><DualDate date=answer.day/></SummaryRow>
            <SummaryRow key=td_string!(locale, receipts.answer)><b>{title}</b></SummaryRow>
            {changes}
            {answer
                .reason
                .map(|reason| {
                    view! {
                        <SummaryRow key=td_string!(locale, verification.reason)>{reason_text(locale, reason)}</SummaryRow>
                    }
                })}
            <SummaryRow key=td_string!(locale, receipts.asked)>{asked}</SummaryRow>
            <SummaryRow key=td_string!(locale, scanning.issuer)><bdi dir="ltr">{issuer}</bdi></SummaryRow>
        </SummaryList>
        <p>{td_string!(locale, receipts.may_differ)}</p>
        <p><a href=live>{td_string!(locale, receipts.today)}</a></p>
    }
}
