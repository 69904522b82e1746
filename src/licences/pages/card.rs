//! `/account/licences/{number}`: looks like a licence, works like a page.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::i18n::{tu_string, use_i18n};
use crate::licences::api::{self, CardView};
use crate::licences::words::{kind_name, status_tone, status_word};
use crate::ui::date::{DualDate, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::print::PrintButton;
use crate::ui::tag::Tag;

#[component]
pub fn Card() -> impl IntoView {
    let params = use_params_map();
    let card = Resource::new(move || params.read().get("number").unwrap_or_default(), api::card);
    loaded(card, |card| view! { <Licence card=card/> })
}

#[component]
fn Licence(card: CardView) -> impl IntoView {
    let i18n = use_i18n();
    let kind = kind_name(i18n, card.kind);
    let checked = dual_date_time(i18n, card.checked_at);
    view! {
        <Page title=kind trail=vec![("/account", tu_string!(i18n, common.my_account))]>
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
                        <span class="visually-hidden">{tu_string!(i18n, licences.number)}</span>
                        <bdi class="num" dir="ltr">{card.number}</bdi>
                    </p>
                    <dl class="licence-card__dates">
                        <dt>{tu_string!(i18n, licences.issued)}</dt>
                        <dd><DualDate date=card.issued/></dd>
                        {(card.valid.from != card.issued)
                            .then(|| {
                                view! {
                                    <dt>{tu_string!(i18n, licences.valid_from)}</dt>
                                    <dd><DualDate date=card.valid.from/></dd>
                                }
                            })}
                        <dt>{tu_string!(i18n, licences.expires)}</dt>
                        <dd><DualDate date=card.valid.to/></dd>
                    </dl>
                    <p class="licence-card__status">
                        <Tag tone=status_tone(card.status) label=status_word(i18n, card.status)/>
                        <span>{tu_string!(i18n, licences.checked_at, time = checked)}</span>
                    </p>
                    <div class="licence-card__qr">
                        <div role="img" aria-label=tu_string!(i18n, licences.qr_label) inner_html=card.qr></div>
                        <p>{tu_string!(i18n, licences.qr_hint)}</p>
                    </div>
                </article>
                <div class="cluster no-print">
                    <PrintButton label=tu_string!(i18n, licences.print) look="button--secondary"/>
                    <a href=card.verify_path>{tu_string!(i18n, licences.see_as_verifier)}</a>
                </div>
                <noscript><p class="muted no-print">{tu_string!(i18n, licences.print_hint)}</p></noscript>
            </div>
        </Page>
    }
}
