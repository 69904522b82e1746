//! Parts by which a list is narrowed and turned. Links and plain forms that lead to its URL: all work without JavaScript.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::button::ButtonLink;
use super::panel::Empty;
use crate::i18n::{td_string, use_locale};
use crate::place::Order;

/// A choice that narrows a list, as a link.
pub fn chip(label: &'static str, to: String, chosen: bool) -> impl IntoView {
    view! { <li><a class="chip" href=to aria-current=chosen.then_some("true")>{label}</a></li> }
}

/// A select of a form that narrows a list. Options are (value, text); the empty value stands for all.
#[component]
pub fn Narrow(
    name: &'static str,
    label: &'static str,
    every: &'static str,
    options: Vec<(String, String)>,
    value: String,
) -> impl IntoView {
    let rows = std::iter::once((String::new(), every.to_owned()))
        .chain(options)
        .map(|(code, text)| {
            let selected = code == value;
            view! { <option value=code selected=selected prop:selected=selected>{text}</option> }
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
    let other = match order {
        Order::Earliest => td_string!(locale, lists.show_latest_first),
        Order::Latest => td_string!(locale, lists.show_earliest_first),
    };
    view! { <p class="muted">{order_name(order)} " · " <a href=to>{other}</a></p> }
}

fn order_name(order: Order) -> &'static str {
    let locale = use_locale();
    match order {
        Order::Earliest => td_string!(locale, lists.earliest_first),
        Order::Latest => td_string!(locale, lists.latest_first),
    }
}

/// The order of a list as a select of the form that narrows it.
#[component]
pub fn OrderSelect(order: Order, usual: Order) -> impl IntoView {
    let (locale, other) = (use_locale(), usual.turned());
    view! {
        <Narrow name="order" label=td_string!(locale, lists.order) every=order_name(usual)
            options=vec![(other.code().to_owned(), order_name(other).to_owned())]
            value=order.code_unless(usual).to_owned()/>
    }
}

/// A form of selects that leads to the URL of a list, its order last.
#[component]
pub fn NarrowForm(path: &'static str, order: Order, usual: Order, children: Children) -> impl IntoView {
    let locale = use_locale();
    view! {
        <nav aria-label=td_string!(locale, lists.narrow)>
            <Form method="GET" action=path attr:class="cluster">
                {children()}
                <OrderSelect order=order usual=usual/>
                <button class="button button--inline">{td_string!(locale, lists.show)}</button>
            </Form>
        </nav>
    }
}

/// What stands where nothing in a list fits what was chosen: names each choice, and leads to the whole list.
#[component]
pub fn NothingFits(chosen: Vec<String>, whole: String) -> impl IntoView {
    let locale = use_locale();
    let chosen = chosen.join(" · ");
    view! {
        <Empty title=td_string!(locale, lists.nothing_fits)>
            <p>{td_string!(locale, lists.chosen, what = chosen)}</p>
            <ButtonLink href=whole label=td_string!(locale, lists.widen) look="button--secondary"/>
        </Empty>
    }
}
