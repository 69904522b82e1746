//! `/`: the three licences, and two ways on: start, or verify a licence.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::home_figures::FigureList;
use super::home_kinds::{Kinds, PathInShort};
use crate::home::api;
use crate::i18n::{tu_string, use_i18n};
use crate::ui::button::ButtonLink;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;

#[component]
pub fn Home() -> impl IntoView {
    let i18n = use_i18n();
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
        <Page title=tu_string!(i18n, pages.home_title)>
            <div class="stack stack--wide">
                <div class="split">
                    <div class="stack">
                        <h1 class="h1">{tu_string!(i18n, pages.home_title)}</h1>
                        <p class="lede">{tu_string!(i18n, pages.home_lead)}</p>
                        <p><ButtonLink href="/account" label=tu_string!(i18n, pages.home_start)/></p>
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
    let i18n = use_i18n();
    view! {
        <section class="card" aria-labelledby="verify-title">
            <h2 class="card__title" id="verify-title">{tu_string!(i18n, pages.home_verify_title)}</h2>
            <Form method="GET" action="/verify" attr:class="form">
                <TextField name="number" label=tu_string!(i18n, pages.home_verify_label)
                    hint=tu_string!(i18n, pages.home_verify_hint) kind=FieldKind::LicenceNumber/>
                <div class="cluster">
                    <button type="submit" class="button button--secondary">
                        {tu_string!(i18n, pages.home_verify_button)}
                    </button>
                    <a class="cluster" href="/verify">
                        <Icon glyph=Glyph::Scan/>
                        {tu_string!(i18n, pages.home_verify_scan)}
                    </a>
                </div>
            </Form>
        </section>
    }
}
