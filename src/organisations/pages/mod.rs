//! The administrators' pages about organisations. A page a file.

pub mod deliveries;
mod endpoint_line;
pub mod endpoints;
mod key_line;
pub mod keys;
pub mod list;
mod secret;
mod since;

use leptos::prelude::*;
use uuid::Uuid;

use super::model::Organisation;
use crate::i18n::{Locale, td_string, use_locale};

/// The way up from a page about an organisation.
fn trail(locale: Locale) -> Vec<(&'static str, &'static str)> {
    vec![("/admin", td_string!(locale, admin.title)), ("/admin/organisations", td_string!(locale, organisations.title))]
}

/// The pages of one organisation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Keys,
    Endpoints,
}

/// An organisation's name, and the way between its pages.
#[component]
fn Head(organisation: Organisation, here: Tab) -> impl IntoView {
    let locale = use_locale();
    let id = organisation.id;
    let tabs = [
        (Tab::Keys, format!("/admin/organisations/{id}/keys"), td_string!(locale, organisations.keys_title)),
        (
            Tab::Endpoints,
            format!("/admin/organisations/{id}/webhooks"),
            td_string!(locale, organisations.endpoints_title),
        ),
    ];
    let tabs = tabs
        .into_iter()
        .map(|(tab, href, label)| {
            view! { <li><a class="chip" href=href aria-current=(tab == here).then_some("page")>{label}</a></li> }
        })
        .collect_view();
    view! {
        <h1 class="h1"><bdi>{organisation.name}</bdi></h1>
        <nav aria-label=td_string!(locale, organisations.pages_nav)><ul class="chips" role="list">{tabs}</ul></nav>
    }
}

/// Where something new is made for an organisation, once it is approved.
#[component]
fn Make(title: &'static str, approved: bool, children: Children) -> impl IntoView {
    let form = if approved {
        children()
    } else {
        view! { <p>{td_string!(use_locale(), organisations.needs_approval)}</p> }.into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{title}</h2>
            {form}
        </section>
    }
}

/// A form field that says what the form is about.
fn about(name: &'static str, id: Uuid) -> impl IntoView {
    view! { <input type="hidden" name=name value=id.to_string()/> }
}
