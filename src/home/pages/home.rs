//! `/`: the three licences, and two ways on: start, or verify a licence.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::home_figures::FigureList;
use super::home_kinds::{Kinds, PathInShort};
use crate::home::api;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::ButtonLink;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;

#[component]
pub fn Home() -> impl IntoView {
    let locale = use_locale();
    let figures = Resource::new(|| (), |()| api::figures());
    let below = loaded(figures, |figures| {
        let next_sessions = figures.next_sessions.clone();
        view! {
            <div class="stack stack--wide">
                <Kinds next_sessions=next_sessions/>
                <PathInShort/>
                <FigureList figures=figures/>
            </div>
        }
    });
    view! {
        <Page title=td_string!(locale, pages.home_title)>
            <div class="stack stack--wide">
                <div class="split">
                    <div class="stack">
                        <h1 class="h1">{td_string!(locale, pages.home_title)}</h1>
                        <p class="lede">{td_string!(locale, pages.home_lead)}</p>
                        <p><ButtonLink href="/account" label=td_string!(locale, pages.home_start)/></p>
                    </div>
                    <VerifyForm/>
                </div>
                {below}
            </div>
        </Page>
    }
}

/// The form itself, not a link to it.
#[component]
fn VerifyForm() -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card" aria-labelledby="verify-title">
            <h2 class="card__title" id="verify-title">{td_string!(locale, pages.home_verify_title)}</h2>
            <Form method="GET" action="/verify" attr:class="form">
                <TextField name="number" label=td_string!(locale, pages.home_verify_label)
                    hint=td_string!(locale, pages.home_verify_hint) kind=FieldKind::LicenceNumber/>
                <div class="cluster">
                    <button type="submit" class="button button--secondary">
                        {td_string!(locale, pages.home_verify_button)}
                    </button>
                    <a class="cluster" href="/verify">
                        <Icon glyph=Glyph::Scan/>
                        {td_string!(locale, pages.home_verify_scan)}
                    </a>
                </div>
            </Form>
        </section>
    }
}
