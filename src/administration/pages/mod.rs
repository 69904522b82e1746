//! The administrator's pages, and those about what is held on oneself. A page a file.

pub mod access_log;
pub mod account_closed;
pub mod audit;
mod audit_filter;
pub mod close_account;
pub mod home;
pub mod own_data;
mod own_data_deeds;
mod own_data_facts;
mod own_data_person;
pub mod people;
pub mod person;
mod person_roles;
pub mod setting;
mod setting_form;
pub mod settings;
pub mod staff;

use crate::i18n::{Locale, td_string};

/// The way up from a page of the desk.
fn trail(locale: Locale) -> Vec<(&'static str, &'static str)> {
    vec![("/admin", td_string!(locale, admin.title))]
}
