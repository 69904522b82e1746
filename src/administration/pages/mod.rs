//! The administrator's pages, and those about what is held on oneself. A page a file.

pub mod access_log;
pub mod account_closed;
pub mod audit;
mod audit_filter;
pub mod close_account;
pub mod home;
pub mod own_data;
mod own_data_parts;
pub mod people;
pub mod person;
mod person_roles;
pub mod setting;
mod setting_form;
pub mod settings;
pub mod staff;

use leptos::prelude::*;

use crate::i18n::{Locale, td_string};

/// The way up from a page of the desk.
fn trail(locale: Locale) -> Vec<(&'static str, &'static str)> {
    vec![("/admin", td_string!(locale, admin.title))]
}

/// Links to the start of a list and onward, where there is more than this page.
fn pager(locale: Locale, start: Option<String>, next: Option<String>) -> impl IntoView {
    let start = start.map(|href| view! { <a href=href>{td_string!(locale, admin.to_start)}</a> });
    let next = next.map(|href| view! { <a rel="next" href=href>{td_string!(locale, admin.next_page)}</a> });
    (start.is_some() || next.is_some())
        .then(|| view! { <nav class="pager" aria-label=td_string!(locale, admin.pages)>{start}{next}</nav> })
}
