//! `/review/decisions`: one's own decisions, newest first. The filter and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::words::kind_name;
use crate::review::api::{self, DecisionLine, DecisionsPage};
use crate::review::model::Outcome;
use crate::review::words::{outcome_word, standing_word};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::pager::Pager;
use crate::ui::panel::Empty;
use crate::ui::tag::Tag;

#[component]
pub fn Decisions() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (Outcome::from_code(&value("outcome")), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(outcome, after)| api::decisions(outcome.map_or("", Outcome::code).to_owned(), after),
    );
    let title = td_string!(locale, review.my_decisions);
    view! {
        <Page title=title trail=vec![("/review", td_string!(locale, review.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                {loaded(page, move |page| {
                    let (outcome, after) = asked.get_untracked();
                    view! { <List outcome=outcome is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

/// The path of the list with a filter, from a place in it on.
fn href(outcome: Option<Outcome>, after: Option<&str>) -> String {
    let pairs: Vec<String> = [("outcome", outcome.map(Outcome::code)), ("after", after)]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
    if pairs.is_empty() { "/review/decisions".to_owned() } else { format!("/review/decisions?{}", pairs.join("&")) }
}

#[component]
fn List(outcome: Option<Outcome>, is_first: bool, page: DecisionsPage) -> impl IntoView {
    let locale = use_locale();
    let chips = std::iter::once(None)
        .chain(Outcome::ALL.map(Some))
        .map(|one| {
            let label = one.map_or_else(
                || td_string!(locale, review.every_outcome),
                |outcome| outcome_word(locale, outcome).1,
            );
            view! {
                <li><a class="chip" href=href(one, None) aria-current=(one == outcome).then_some("true")>{label}</a></li>
            }
        })
        .collect_view();
    let list = if page.decisions.is_empty() {
        view! {
            <Empty title=td_string!(locale, review.no_decisions_title)>
                <p>{td_string!(locale, review.no_decisions_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let lines = page.decisions.into_iter().map(|line| decision(locale, line)).collect_view();
        view! { <ul class="task-list">{lines}</ul> }.into_any()
    };
    let newest = (!is_first).then(|| href(outcome, None));
    let older = page.next.map(|after| href(outcome, Some(&after)));
    view! {
        <nav aria-label=td_string!(locale, review.narrow)><ul class="chips" role="list">{chips}</ul></nav>
        {list}
        <Pager first=newest next=older
            words=[td_string!(locale, review.newer_decisions), td_string!(locale, review.older_decisions)]/>
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
