//! What the log is narrowed to, as one form that leads to its URL: works without JavaScript too.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::audit::PATH;
use crate::administration::model::AuditFilter;
use crate::administration::words::action_text;
use crate::i18n::{td_string, use_locale};
use crate::ui::narrowing::OrderSelect;

#[component]
pub fn Narrow(filter: AuditFilter, actions: Vec<String>) -> impl IntoView {
    let locale = use_locale();
    let chosen = filter.action.clone();
    // A code of the URL stands among the choices even where the log has none of it.
    let mut actions = actions;
    if let Some(code) = chosen.as_ref().filter(|code| !actions.contains(code)) {
        actions.push(code.clone());
    }
    let options = actions
        .into_iter()
        .map(|code| {
            let text = action_text(locale, &code).map_or_else(|| code.clone(), str::to_owned);
            let selected = Some(&code) == chosen.as_ref();
            view! { <option value=code selected=selected prop:selected=selected>{text}</option> }
        })
        .collect_view();
    let [from, to] = filter.days();
    let input = |name: &'static str, kind: &'static str, label: &'static str, value: String| {
        let now = value.clone();
        view! {
            <div class="field">
                <label class="field__label" for=name>{label}</label>
                <input class="input input--digits" id=name name=name type=kind autocomplete="off" value=value prop:value=now/>
            </div>
        }
    };
    view! {
        <nav aria-label=td_string!(locale, admin.narrow)>
            <Form method="GET" action=PATH attr:class="cluster">
                <div class="field">
                    <label class="field__label" for="action">{td_string!(locale, admin.column_action)}</label>
                    <select class="input" id="action" name="action">
                        <option value="">{td_string!(locale, admin.every_action)}</option>
                        {options}
                    </select>
                </div>
                {input("actor", "text", td_string!(locale, admin.filter_actor), filter.actor_id())}
                {input("subject", "text", td_string!(locale, admin.filter_subject), filter.subject_id())}
                {input("from", "date", td_string!(locale, admin.filter_from), from)}
                {input("to", "date", td_string!(locale, admin.filter_to), to)}
                <OrderSelect order=filter.order usual=AuditFilter::USUAL/>
                <button class="button button--inline">{td_string!(locale, admin.show)}</button>
            </Form>
        </nav>
    }
}
