//! `/account/licences/{number}`: looks like a licence, works like a page.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::card_history::CardHistory;
use super::renewal_line::RenewalLine;
use crate::i18n::{td_string, use_locale};
use crate::licences::api::{self, CardView};
use crate::licences::model::LicenceStatus;
use crate::licences::words::{kind_name, status_tone, status_word};
use crate::offline::cards::{self, KeptCard};
use crate::offline::worker;
use crate::ui::date::{DualDate, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::print::PrintButton;
use crate::ui::tag::Tag;

#[component]
pub fn Card() -> impl IntoView {
    worker::keep_pages();
    let params = use_params_map();
    let card = Resource::new(move || params.read().get("number").unwrap_or_default(), api::card);
    loaded(card, |card| view! { <Licence card=card/> })
}

/// Keeps the card in the browser while it can be of use, so that it shows with no signal.
fn keep(card: &CardView) {
    let of_use = matches!(card.status, LicenceStatus::Valid | LicenceStatus::NotYetValid | LicenceStatus::Suspended);
    let kept = KeptCard {
        number: card.number.clone(),
        kind: card.kind,
        masked_name: card.masked_name.clone(),
        valid: card.valid,
        qr: card.qr.clone(),
    };
    Effect::new(move || if of_use { kept.keep() } else { cards::forget(&kept.number) });
}

#[component]
fn Licence(card: CardView) -> impl IntoView {
    let locale = use_locale();
    keep(&card);
    let kind = kind_name(locale, card.kind);
    let checked = dual_date_time(locale, card.checked_at);
    let history = view! { <CardHistory card=card.clone()/> };
    let digits = card.number.replace(' ', "");
    let papers = card.status.is_printed().then(|| view! { <Papers number=digits.clone()/> });
    let credential = card.status.is_printed().then(|| view! { <Credential number=digits.clone()/> });
    let renewal = card.renewal.map(|hint| view! { <RenewalLine number=digits hint=hint ends=card.valid.to/> });
    view! {
        <Page title=kind trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack">
                <article class="licence-card">
                    <h1 class="licence-card__kind">
                        <img src="/mark.svg" alt="" width="32" height="32"/>
                        {kind}
                    </h1>
                    <p class="licence-card__name">{card.name}</p>
                    <p class="licence-card__latin" lang="en">{card.latin_name}</p>
                    {card.organisation.map(|name| view! { <p><bdi>{name}</bdi></p> })}
                    <p class="licence-card__number">
                        <span class="visually-hidden">{td_string!(locale, licences.number)}</span>
                        <bdi class="num" dir="ltr">{card.number}</bdi>
                    </p>
                    <dl class="licence-card__dates">
                        <dt>{td_string!(locale, licences.issued)}</dt>
                        <dd><DualDate date=card.issued/></dd>
                        {(card.valid.from != card.issued)
                            .then(|| {
                                view! {
                                    <dt>{td_string!(locale, licences.valid_from)}</dt>
                                    <dd><DualDate date=card.valid.from/></dd>
                                }
                            })}
                        <dt>{td_string!(locale, licences.expires)}</dt>
                        <dd><DualDate date=card.valid.to/></dd>
                    </dl>
                    <p class="licence-card__status">
                        <Tag tone=status_tone(card.status) label=status_word(locale, card.status)/>
                        <span>{td_string!(locale, licences.checked_at, time = checked)}</span>
                    </p>
                    <div class="licence-card__qr">
                        <div role="img" aria-label=td_string!(locale, licences.qr_label) inner_html=card.qr></div>
                        <p>{td_string!(locale, licences.qr_hint)}</p>
                    </div>
                </article>
                {renewal}
                <div class="cluster no-print">
                    <PrintButton label=td_string!(locale, licences.print) look="button--secondary"/>
                    {papers}
                    <a href=card.verify_path>{td_string!(locale, licences.see_as_verifier)}</a>
                </div>
                {credential}
                <noscript><p class="muted no-print">{td_string!(locale, licences.print_hint)}</p></noscript>
                {history}
            </div>
        </Page>
    }
}

/// The licence as files to keep and to print.
#[component]
fn Papers(number: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <a href=format!("/account/licences/{number}.pdf") rel="external">{td_string!(locale, documents.download)}</a>
        <a href=format!("/account/licences/{number}/card.pdf") rel="external">{td_string!(locale, documents.wallet_card)}</a>
    }
}

/// The licence as a file for other systems.
#[component]
fn Credential(number: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <p class="no-print">
            <a href=format!("/account/licences/{number}/credential.jwt") rel="external">
                {td_string!(locale, credentials.download)}
            </a>
            " "
            <span class="muted">{td_string!(locale, credentials.purpose)}</span>
        </p>
    }
}
