//! Parts that the lists share.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::programmes::model::{Choice, Order};

/// A choice that narrows a list, as a link.
pub fn chip(label: &'static str, to: String, chosen: bool) -> impl IntoView {
    view! { <li><a class="chip" href=to aria-current=chosen.then_some("true")>{label}</a></li> }
}

/// A select of a form that narrows a list; the empty value stands for all.
#[component]
pub fn Narrow(
    name: &'static str,
    label: &'static str,
    every: &'static str,
    options: Vec<Choice>,
    value: String,
) -> impl IntoView {
    let rows = std::iter::once((String::new(), every.to_owned()))
        .chain(options)
        .map(|(code, text)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=name>{label}</label>
            <select class="input" id=name name=name>{rows}</select>
        </div>
    }
}

/// What a filter holds besides what its form asks for, carried along.
pub fn carried(values: Vec<(&'static str, String)>) -> impl IntoView {
    values
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// In which order the list goes, and a link to the other.
#[component]
pub fn Turn(order: Order, to: String) -> impl IntoView {
    let locale = use_locale();
    let (now, other) = match order {
        Order::Earliest => {
            (td_string!(locale, programmes.earliest_first), td_string!(locale, programmes.show_latest_first))
        }
        Order::Latest => {
            (td_string!(locale, programmes.latest_first), td_string!(locale, programmes.show_earliest_first))
        }
    };
    view! { <p class="muted">{now} " · " <a href=to>{other}</a></p> }
}
