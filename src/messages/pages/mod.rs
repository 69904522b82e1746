//! The inbox, a message in it, and what failed.

pub mod failed;
mod failed_jobs;
pub mod inbox;
pub mod message;

use leptos::prelude::*;

use super::model::{Channel, DeliveryStatus};
use super::words::status_text;
use crate::i18n::{td_string, use_locale};

/// How a message travelled, a line for each way; or that it is in the inbox alone.
#[component]
fn Deliveries(deliveries: Vec<(Channel, DeliveryStatus)>) -> impl IntoView {
    let locale = use_locale();
    if deliveries.is_empty() {
        return view! { <p class="muted">{td_string!(locale, messages.only_here)}</p> }.into_any();
    }
    deliveries
        .into_iter()
        .map(|(channel, status)| view! { <p class="muted">{status_text(locale, channel, status)}</p> })
        .collect_view()
        .into_any()
}
