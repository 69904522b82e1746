//! `/admin/duplicates`: records that may be one person's. The filter and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::calendar::riyadh_day;
use crate::i18n::{Locale, td_string, use_locale};
use crate::merging::api;
use crate::merging::model::{PairLine, PairsPage, Standing};
use crate::merging::words::standing_word;
use crate::ui::date::dual_date;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::pager::Pager;
use crate::ui::panel::Empty;
use crate::ui::tag::Tag;

#[component]
pub fn Duplicates() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let standing = Standing::from_code(&query.get("standing").unwrap_or_default()).unwrap_or_default();
        (standing, query.get("after").unwrap_or_default())
    });
    let data = Resource::new(move || asked.get(), |(standing, after)| api::pairs(standing.code().to_owned(), after));
    let title = td_string!(locale, merging.title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, admin.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, merging.lead)}</p>
                {loaded(data, move |page| {
                    let (standing, after) = asked.get_untracked();
                    view! { <List standing=standing is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, from a place in it on.
fn href(standing: Standing, after: Option<&str>) -> String {
    let narrowed = Some(standing).filter(|one| *one != Standing::default()).map(Standing::code);
    let pairs: Vec<String> = [("standing", narrowed), ("after", after)]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
    if pairs.is_empty() { "/admin/duplicates".to_owned() } else { format!("/admin/duplicates?{}", pairs.join("&")) }
}

#[component]
fn List(standing: Standing, is_first: bool, page: PairsPage) -> impl IntoView {
    let locale = use_locale();
    let chips = Standing::ALL
        .iter()
        .map(|one| {
            let label = standing_word(locale, *one).1;
            let current = (*one == standing).then_some("true");
            view! { <li><a class="chip" href=href(*one, None) aria-current=current>{label}</a></li> }
        })
        .collect_view();
    let list = if page.pairs.is_empty() {
        let (title, text) = match standing {
            Standing::Waiting => (td_string!(locale, merging.none_title), td_string!(locale, merging.none_text)),
            _ => (td_string!(locale, merging.none_settled_title), td_string!(locale, merging.none_settled_text)),
        };
        view! { <Empty title=title><p>{text}</p></Empty> }.into_any()
    } else {
        let rows = page.pairs.into_iter().map(|line| row(locale, standing, line)).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    let first = (!is_first).then(|| href(standing, None));
    let next = page.next.map(|after| href(standing, Some(&after)));
    view! {
        <nav aria-label=td_string!(locale, admin.narrow)><ul class="chips" role="list">{chips}</ul></nav>
        {list}
        <Pager first=first next=next/>
    }
}

fn row(locale: Locale, standing: Standing, line: PairLine) -> impl IntoView {
    let found = dual_date(locale, riyadh_day(line.found_at));
    let settled = line.settled_at.map(|at| {
        let date = dual_date(locale, riyadh_day(at));
        view! { " · " {td_string!(locale, merging.settled_on, date = date)} }
    });
    let name = if line.name.is_empty() { td_string!(locale, admin.nameless).to_owned() } else { line.name };
    let (tone, word) = standing_word(locale, standing);
    view! {
        <li class="task-list__item">
            <div>
                <p><a href=format!("/admin/duplicates/{}", line.pair)><bdi>{name}</bdi></a></p>
                <p class="muted">{td_string!(locale, merging.found_on, date = found)}{settled}</p>
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
        </li>
    }
}
