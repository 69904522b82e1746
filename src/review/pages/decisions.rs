//! `/review/decisions`: one's own decisions. The filter, the order and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::words::kind_name;
use crate::place::{Order, href};
use crate::review::api::{self, DecisionLine, DecisionsPage};
use crate::review::model::Outcome;
use crate::review::words::{outcome_word, standing_word};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{NothingFits, Turn, chip};
use crate::ui::number::Number;
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::Tag;

/// The order that goes without saying.
const USUAL: Order = Order::Latest;

#[component]
pub fn Decisions() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (Outcome::from_code(&value("outcome")), Order::parse(&value("order"), USUAL), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(outcome, order, after)| {
            api::decisions(outcome.map_or("", Outcome::code).to_owned(), order.code().to_owned(), after)
        },
    );
    let title = td_string!(locale, review.my_decisions);
    view! {
        <Page title=title trail=vec![("/review", td_string!(locale, review.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                {loaded(page, move |page| {
                    let (outcome, order, after) = asked.get_untracked();
                    view! { <List outcome=outcome order=order is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, in an order, from a place in it on.
fn path(outcome: Option<Outcome>, order: Order, after: &str) -> String {
    let outcome = outcome.map_or("", Outcome::code);
    href("/review/decisions", &[("outcome", outcome), ("order", order.code_unless(USUAL)), ("after", after)])
}

#[component]
fn List(outcome: Option<Outcome>, order: Order, is_first: bool, page: DecisionsPage) -> impl IntoView {
    let locale = use_locale();
    let chips = std::iter::once(None)
        .chain(Outcome::ALL.map(Some))
        .map(|one| {
            let label =
                one.map_or_else(|| td_string!(locale, review.every_outcome), |outcome| outcome_word(locale, outcome).1);
            chip(label, path(one, order, ""), one == outcome)
        })
        .collect_view();
    let list = match (page.decisions.is_empty(), outcome) {
        (true, _) if !is_first => view! { <PastEnd/> }.into_any(),
        (true, Some(outcome)) => {
            let chosen = vec![outcome_word(locale, outcome).1.to_owned()];
            view! { <NothingFits chosen=chosen whole=path(None, order, "")/> }.into_any()
        }
        (true, None) => view! {
            <Empty title=td_string!(locale, review.no_decisions_title)>
                <p>{td_string!(locale, review.no_decisions_text)}</p>
            </Empty>
        }
        .into_any(),
        (false, _) => {
            let lines = page.decisions.into_iter().map(|line| decision(locale, line)).collect_view();
            view! { <ul class="task-list">{lines}</ul> }.into_any()
        }
    };
    let first = (!is_first).then(|| path(outcome, order, ""));
    let next = page.next.map(|after| path(outcome, order, &after));
    view! {
        <nav class="stack" aria-label=td_string!(locale, review.narrow)>
            <ul class="chips" role="list">{chips}</ul>
            <Turn order=order to=path(outcome, order.turned(), "")/>
        </nav>
        {list}
        <Pager first=first next=next/>
    }
}

fn decision(locale: Locale, line: DecisionLine) -> impl IntoView {
    let (tone, word) = outcome_word(locale, line.outcome);
    view! {
        <li class="task-list__item">
            <div>
                <p>
                    <a href=format!("/review/decided/{}", line.id)>
                        {td_string!(locale, licences.request_number)} " " <Number value=line.number/>
                    </a>
                </p>
                <p class="muted">
                    {kind_name(locale, line.kind)} " · " {dual_date_time(locale, line.decided_at)}
                    {line.appeal.then(|| view! { " · " {td_string!(locale, review.on_appeal)} })}
                </p>
                <p class="muted">{standing_word(locale, line.standing)}</p>
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
        </li>
    }
}
