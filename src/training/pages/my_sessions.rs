//! `/trainer`: a trainer's own sessions.

use leptos::prelude::*;
use uuid::Uuid;

use super::mark_queue;
use super::words::{PlaceFact, StartFact};
use crate::i18n::{td_string, use_locale};
use crate::offline::worker;
use crate::training::api;
use crate::training::model::TrainerSession;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

/// The list: to come first, then those that ended.
#[component]
pub fn MySessions() -> impl IntoView {
    worker::keep_pages();
    let locale = use_locale();
    let sessions = Resource::new(|| (), |()| api::my_sessions());
    let title = td_string!(locale, training.my_sessions);
    loaded(sessions, move |sessions| {
        let (ended, ahead): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| session.ended);
        let nothing = (ended.is_empty() && ahead.is_empty()).then(|| {
            view! {
                <Empty title=td_string!(locale, training.no_own_sessions)>
                    <p>{td_string!(locale, training.no_own_sessions_text)}</p>
                </Empty>
            }
        });
        view! {
            <Page title=title trail=vec![("/trainer", title)]>
                <h1 class="h1">{title}</h1>
                {nothing}
                <Group title=td_string!(locale, training.ahead_sessions) sessions=ahead/>
                <Group title=td_string!(locale, training.ended_sessions) sessions=ended/>
            </Page>
        }
    })
}

#[component]
fn Group(title: &'static str, sessions: Vec<TrainerSession>) -> impl IntoView {
    let locale = use_locale();
    (!sessions.is_empty()).then(|| {
        let cards = sessions
            .into_iter()
            .map(|session| {
                let (marked, people) = (session.marked, session.people);
                view! {
                    <li>
                        <article class="card card--link">
                            <h3 class="card__title"><a href=format!("/trainer/{}", session.id)>{session.title}</a></h3>
                            <PlaceFact place=session.place/>
                            <StartFact starts_at=session.starts_at/>
                            <p>{td_string!(locale, training.marked_of, marked = marked, people = people)}</p>
                            <Unsent session=session.id/>
                        </article>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="stack">
                <h2 class="h2">{title}</h2>
                <ul class="grid" role="list">{cards}</ul>
            </section>
        }
    })
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
