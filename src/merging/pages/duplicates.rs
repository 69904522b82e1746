//! `/admin/duplicates`: records that may be one person's. The filter, the order and the place in the list live in
//! the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::calendar::riyadh_day;
use crate::i18n::{Locale, td_string, use_locale};
use crate::merging::api;
use crate::merging::model::{PairLine, PairsPage, Standing};
use crate::merging::words::standing_word;
use crate::place::{Order, href};
use crate::ui::date::dual_date;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{NothingFits, Turn, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::Tag;

#[component]
pub fn Duplicates() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        let standing = Standing::from_code(&value("standing")).unwrap_or_default();
        (standing, Order::parse(&value("order"), standing.usual_order()), value("after"))
    });
    let data = Resource::new(
        move || asked.get(),
        |(standing, order, after)| api::pairs(standing.code().to_owned(), order.code().to_owned(), after),
    );
    let title = td_string!(locale, merging.title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, admin.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, merging.lead)}</p>
                {loaded(data, move |page| {
                    let (standing, order, after) = asked.get_untracked();
                    view! { <List standing=standing order=order is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, in an order, from a place in it on.
fn path(standing: Standing, order: Order, after: &str) -> String {
    let narrowed = if standing == Standing::default() { "" } else { standing.code() };
    let order = order.code_unless(standing.usual_order());
    href("/admin/duplicates", &[("standing", narrowed), ("order", order), ("after", after)])
}

#[component]
fn List(standing: Standing, order: Order, is_first: bool, page: PairsPage) -> impl IntoView {
    let locale = use_locale();
    let chips = Standing::ALL
        .iter()
        .map(|one| chip(standing_word(locale, *one).1, path(*one, one.usual_order(), ""), *one == standing))
        .collect_view();
    let list = if page.pairs.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if page.pairs.is_empty() && standing == Standing::Waiting {
        view! {
            <Empty title=td_string!(locale, merging.none_title)><p>{td_string!(locale, merging.none_text)}</p></Empty>
        }
        .into_any()
    } else if page.pairs.is_empty() {
        let usual = Standing::default();
        let chosen = vec![standing_word(locale, standing).1.to_owned()];
        view! { <NothingFits chosen=chosen whole=path(usual, usual.usual_order(), "")/> }.into_any()
    } else {
        let rows = page.pairs.into_iter().map(|line| row(locale, standing, line)).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    let first = (!is_first).then(|| path(standing, order, ""));
    let next = page.next.map(|after| path(standing, order, &after));
    view! {
        <nav class="stack" aria-label=td_string!(locale, admin.narrow)>
            <ul class="chips" role="list">{chips}</ul>
            <Turn order=order to=path(standing, order.turned(), "")/>
        </nav>
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
