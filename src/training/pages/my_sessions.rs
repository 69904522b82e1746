//! `/trainer`: a trainer's own sessions. What is listed, the order and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::mark_queue;
use super::words::{PlaceFact, StartFact};
use crate::error::AppError;
use crate::i18n::{Locale, td_string, use_locale};
use crate::offline::worker;
use crate::place::{Order, href};
use crate::training::api;
use crate::training::model::{TrainerPage, TrainerSession, TrainerWhen};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{NothingFits, Turn, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

/// What the URL asks for: both times in short, or one of them whole, in an order and from a place on.
#[derive(Clone, PartialEq)]
struct Asked {
    when: Option<TrainerWhen>,
    order: Order,
    after: String,
}

impl Asked {
    fn read(value: impl Fn(&str) -> String) -> Self {
        let when = TrainerWhen::from_code(&value("when"));
        let usual = when.unwrap_or(TrainerWhen::Ahead).usual_order();
        // In short, each time has the order that goes without saying.
        let (order, after) = when.map(|_| (Order::parse(&value("order"), usual), value("after"))).unzip();
        Self { when, order: order.unwrap_or(usual), after: after.unwrap_or_default() }
    }

    async fn pages(self) -> Result<Vec<(TrainerWhen, TrainerPage)>, AppError> {
        let whens = self.when.map_or_else(|| TrainerWhen::ALL.to_vec(), |when| vec![when]);
        let order = self.when.map_or("", |_| self.order.code());
        let mut pages = Vec::with_capacity(whens.len());
        for when in whens {
            let page = api::my_sessions(when.code().to_owned(), order.to_owned(), self.after.clone()).await?;
            pages.push((when, page));
        }
        Ok(pages)
    }
}

/// The path of the sessions of a time, in an order, from a place on.
fn path(when: Option<TrainerWhen>, order: Option<Order>, after: &str) -> String {
    let usual = when.map(TrainerWhen::usual_order);
    let order = order.filter(|order| Some(*order) != usual);
    let values =
        [("when", when.map_or("", TrainerWhen::code)), ("order", order.map_or("", Order::code)), ("after", after)];
    href("/trainer", &values)
}

fn when_name(locale: Locale, when: TrainerWhen) -> &'static str {
    match when {
        TrainerWhen::Ahead => td_string!(locale, training.ahead_sessions),
        TrainerWhen::Ended => td_string!(locale, training.ended_sessions),
    }
}

/// The lists: to come first, then those that ended; or the one that was chosen.
#[component]
pub fn MySessions() -> impl IntoView {
    worker::keep_pages();
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        Asked::read(|name| query.get(name).unwrap_or_default())
    });
    let pages = Resource::new(move || asked.get(), Asked::pages);
    let title = td_string!(locale, training.my_sessions);
    loaded(pages, move |pages| {
        view! {
            <Page title=title trail=vec![("/trainer", title)]>
                <h1 class="h1">{title}</h1>
                <Lists asked=asked.get_untracked() pages=pages/>
            </Page>
        }
    })
}

#[component]
fn Lists(asked: Asked, pages: Vec<(TrainerWhen, TrainerPage)>) -> impl IntoView {
    let locale = use_locale();
    if pages.iter().all(|(_, page)| page.sessions.is_empty()) {
        return match asked.when {
            when @ Some(_) if !asked.after.is_empty() => {
                let first = path(when, Some(asked.order), "");
                view! { <PastEnd/> <Pager first=Some(first) next=None/> }.into_any()
            }
            Some(when) => {
                let chosen = vec![when_name(locale, when).to_owned()];
                view! { <NothingFits chosen=chosen whole=path(None, None, "")/> }.into_any()
            }
            None => view! {
                <Empty title=td_string!(locale, training.no_own_sessions)>
                    <p>{td_string!(locale, training.no_own_sessions_text)}</p>
                </Empty>
            }
            .into_any(),
        };
    }
    let all = chip(td_string!(locale, training.all), path(None, None, ""), asked.when.is_none());
    let whens = TrainerWhen::ALL
        .map(|when| chip(when_name(locale, when), path(Some(when), None, ""), asked.when == Some(when)))
        .collect_view();
    let turn = asked.when.map(|when| {
        let to = path(Some(when), Some(asked.order.turned()), "");
        view! { <Turn order=asked.order to=to/> }
    });
    let is_first = asked.after.is_empty();
    let groups = pages
        .into_iter()
        .map(|(when, page)| {
            let order = asked.when.map(|_| asked.order);
            let first = (!is_first).then(|| path(Some(when), order, ""));
            let next = page.next.map(|after| path(Some(when), order, &after));
            view! {
                <Group title=when_name(locale, when) sessions=page.sessions/>
                <Pager first=first next=next/>
            }
        })
        .collect_view();
    view! {
        <nav class="stack" aria-label=td_string!(locale, lists.narrow)>
            <ul class="chips" role="list">{all}{whens}</ul>
            {turn}
        </nav>
        {groups}
    }
    .into_any()
}

#[component]
fn Group(title: &'static str, sessions: Vec<TrainerSession>) -> impl IntoView {
    (!sessions.is_empty()).then(|| {
        let cards = sessions.into_iter().map(|session| view! { <li><Card session=session/></li> }).collect_view();
        view! {
            <section class="stack">
                <h2 class="h2">{title}</h2>
                <ul class="grid" role="list">{cards}</ul>
            </section>
        }
    })
}

#[component]
fn Card(session: TrainerSession) -> impl IntoView {
    let locale = use_locale();
    let (marked, people) = (session.marked, session.people);
    view! {
        <article class="card card--link">
            <h3 class="card__title"><a href=format!("/trainer/{}", session.id)>{session.title}</a></h3>
            <PlaceFact place=session.place/>
            <StartFact starts_at=session.starts_at/>
            <p>{td_string!(locale, training.marked_of, marked = marked, people = people)}</p>
            <Unsent session=session.id/>
        </article>
    }
}

/// Marks of a session that this phone still keeps: opening it sends them.
#[component]
fn Unsent(session: Uuid) -> impl IntoView {
    let locale = use_locale();
    let kept = RwSignal::new(0);
    Effect::new(move || kept.set(mark_queue::kept(session).len()));
    move || {
        let count = kept.get();
        (count > 0).then(|| {
            view! { <p><Tag tone=Tone::Warning label=td_string!(locale, training.marks_kept, count = count)/></p> }
        })
    }
}
