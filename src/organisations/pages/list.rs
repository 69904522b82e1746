//! `/admin/organisations`: found by name. What was searched for and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::location::Url;

use crate::i18n::{Locale, td_string, use_locale};
use crate::organisations::api;
use crate::organisations::model::{OrganisationLine, OrganisationsPage};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

const PATH: &str = "/admin/organisations";

#[component]
pub fn Organisations() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        ["name", "after"].map(|name| query.get(name).unwrap_or_default())
    });
    let data = Resource::new(move || asked.get(), |[name, after]| api::organisations(name, after));
    let title = td_string!(locale, organisations.title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, admin.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, organisations.lead)}</p>
                {loaded(data, move |page| {
                    let [name, after] = asked.get_untracked();
                    view! { <List name=name is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

fn href(name: &str, after: Option<String>) -> String {
    let pairs: Vec<String> = [("name", (!name.is_empty()).then(|| Url::escape(name))), ("after", after)]
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}={}", value?)))
        .collect();
    if pairs.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", pairs.join("&")) }
}

#[component]
fn List(name: String, is_first: bool, page: OrganisationsPage) -> impl IntoView {
    let locale = use_locale();
    let start = (!is_first).then(|| href(&name, None));
    let next = page.next.map(|after| href(&name, Some(after.to_string())));
    let list = if page.organisations.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if page.organisations.is_empty() {
        let why = if name.is_empty() {
            td_string!(locale, organisations.none_yet)
        } else {
            td_string!(locale, organisations.none_text)
        };
        view! {
            <Empty title=td_string!(locale, organisations.none_title)>
                <p>{why}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page.organisations.into_iter().map(|line| row(locale, line)).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        <form class="form" method="get" action=PATH role="search">
            <div class="field">
                <label class="field__label" for="name">{td_string!(locale, organisations.name)}</label>
                <p class="field__hint" id="name-hint">{td_string!(locale, organisations.name_hint)}</p>
                <input class="input" id="name" name="name" type="search" autocomplete="off" value=name
                    aria-describedby="name-hint"/>
            </div>
            <button type="submit" class="button button--primary">{td_string!(locale, organisations.search)}</button>
        </form>
        {list}
        <Pager first=start next=next/>
    }
}

fn row(locale: Locale, line: OrganisationLine) -> impl IntoView {
    let (tone, word) = if line.approved {
        (Tone::Success, td_string!(locale, organisations.approved))
    } else {
        (Tone::Warning, td_string!(locale, organisations.not_approved))
    };
    let (keys, endpoints) = (line.keys, line.endpoints);
    view! {
        <li class="task-list__item">
            <div>
                <p><a href=format!("{PATH}/{}/keys", line.id)><bdi>{line.name}</bdi></a></p>
                <p class="muted">
                    {td_string!(locale, organisations.keys_count, count = keys)} " · "
                    {td_string!(locale, organisations.endpoints_count, count = endpoints)}
                </p>
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
        </li>
    }
}
