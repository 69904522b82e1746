//! `/account/data`: everything that is held on oneself, to read, to take along, to have erased.

use leptos::prelude::*;

use super::own_data_facts::{Fact, Section, sections};
use crate::administration::api;
use crate::i18n::{td_string, use_locale};
use crate::ui::button::ButtonLink;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;

#[component]
pub fn OwnData() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new(|| (), |()| api::held());
    let title = td_string!(locale, admin.data_title);
    view! {
        <Page title=title trail=vec![("/account", td_string!(locale, common.my_account))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, admin.data_lead)}</p>
                // Not a page of the application: the browser itself fetches it.
                <p><a href="/account/data.json" rel="external" download=true>{td_string!(locale, admin.data_download)}</a></p>
                {loaded(data, move |held| sections(locale, held).into_iter().map(part).collect_view())}
                <section class="stack">
                    <h2 class="h2">{td_string!(locale, admin.close_title)}</h2>
                    <p>{td_string!(locale, admin.close_lead)}</p>
                    <p><ButtonLink href="/account/close" label=td_string!(locale, admin.to_close)
                        look="button--secondary"/></p>
                </section>
            </div>
        </Page>
    }
}

/// A part of it: what is held, each by its facts; or that nothing is.
fn part(section: Section) -> impl IntoView {
    let locale = use_locale();
    let list = if section.entries.is_empty() {
        view! { <p class="muted">{td_string!(locale, admin.nothing)}</p> }.into_any()
    } else {
        let entries = section.entries.into_iter().map(|facts| view! { <li class="card">{entry(facts)}</li> });
        view! { <ul class="stack" role="list">{entries.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{section.title}</h2>
            {list}
        </section>
    }
}

fn entry(facts: Vec<Fact>) -> impl IntoView {
    let rows = facts.into_iter().map(|fact| {
        view! {
            <div class="summary-list__row" data-field=fact.field>
                <dt>{fact.name}</dt>
                <dd><bdi>{fact.value}</bdi></dd>
            </div>
        }
    });
    view! { <dl class="summary-list">{rows.collect_view()}</dl> }
}
