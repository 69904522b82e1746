//! `/offline`: what the service worker shows where a page cannot be fetched: that nothing is lost, what there is without a
//! connection, and a way to try again.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{td_string, use_locale};
use crate::licences::words::kind_name;
use crate::offline::cards::{self, KeptCard};
use crate::text::local_path;
use crate::training::model::MARKS_PREFIX;
use crate::ui::browser_store;
use crate::ui::button::ButtonLink;
use crate::ui::date::DualDate;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn NoSignal() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    // Known here alone: the page is kept as it is for any address.
    let wanted = RwSignal::new("/".to_owned());
    let (cards, marks) = (RwSignal::new(Vec::new()), RwSignal::new(0));
    Effect::new(move || {
        let page = query.read().get("page").unwrap_or_default();
        wanted.set(local_path(&page).unwrap_or("/").to_owned());
        cards.set(cards::kept());
        marks.set(browser_store::entries(MARKS_PREFIX).len());
    });
    let waiting = move || {
        let count = marks.get();
        (count > 0).then(|| {
            view! {
                <Notice tone=Tone::Info><p>{td_string!(locale, offline.marks_waiting, count = count)}</p></Notice>
            }
        })
    };
    let own = move || {
        let cards = cards.get();
        (!cards.is_empty()).then(|| {
            let cards = cards.into_iter().map(|card| view! { <Card card=card/> }).collect_view();
            view! {
                <section class="stack">
                    <h2 class="h2">{td_string!(locale, offline.own_cards)}</h2>
                    <p>{td_string!(locale, offline.own_cards_text)}</p>
                    {cards}
                </section>
            }
        })
    };
    view! {
        <Page title=td_string!(locale, offline.title)>
            <div class="stack">
                <h1 class="h1">{td_string!(locale, offline.title)}</h1>
                <p>{td_string!(locale, offline.text)}</p>
                {waiting}
                // Not through the router: the page is to be fetched.
                <p>
                    <a class="button button--primary" rel="external" href=move || wanted.get()>
                        {td_string!(locale, offline.again)}
                    </a>
                </p>
                <ButtonLink href="/verify/scan" label=td_string!(locale, offline.scan) look="button--secondary"/>
                {own}
            </div>
        </Page>
    }
}

/// A licence with its code, for who asks to see it.
#[component]
fn Card(card: KeptCard) -> impl IntoView {
    let locale = use_locale();
    view! {
        <article class="licence-card">
            <h3 class="licence-card__kind">
                <img src="/mark.svg" alt="" width="32" height="32"/>
                {kind_name(locale, card.kind)}
            </h3>
            <p class="licence-card__name"><bdi>{card.masked_name}</bdi></p>
            <p class="licence-card__number">
                <span class="visually-hidden">{td_string!(locale, licences.number)}</span>
                <bdi class="num" dir="ltr">{card.number}</bdi>
            </p>
            <dl class="licence-card__dates">
                <dt>{td_string!(locale, licences.valid_from)}</dt>
                <dd><DualDate date=card.valid.from/></dd>
                <dt>{td_string!(locale, licences.expires)}</dt>
                <dd><DualDate date=card.valid.to/></dd>
            </dl>
            <div class="licence-card__qr">
                <div role="img" aria-label=td_string!(locale, licences.qr_label) inner_html=card.qr></div>
                <p>{td_string!(locale, offline.scan_this)}</p>
            </div>
        </article>
    }
}
