//! `/trainer/{session}`: who came. Made for one thumb: each mark is one touch, and waits in the phone until the server
//! has it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};
use uuid::Uuid;

use super::mark_queue::MarkQueue;
use super::roster_row::{Person, PersonView};
use super::roster_visitor::Visitors;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::offline::worker;
use crate::training::api;
use crate::training::model::{EnrolmentState, MarkAnswer, Roster, SessionMode};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::Kept;
use crate::ui::layout::Page;
use crate::ui::panel::{Empty, Notice};
use crate::ui::problem::{ErrorSummary, error_text};
use crate::ui::problem_text::problem_text;
use crate::ui::tag::Tone;

/// The roster.
#[component]
pub fn RosterPage() -> impl IntoView {
    worker::keep_pages();
    let (params, query) = (use_params_map(), use_query_map());
    let roster = Resource::new(
        move || {
            let value = |name: &str| query.read().get(name).unwrap_or_default();
            (params.read().get("session").unwrap_or_default(), value("visitor"))
        },
        |(session, visitor)| api::roster(session, visitor),
    );
    loaded(roster, |roster| view! { <Marks roster=roster/> })
}

#[component]
fn Marks(roster: Roster) -> impl IntoView {
    let locale = use_locale();
    let Roster { id, title, mode, starts_at, open, rows, visitors } = roster;
    let people: Vec<Person> = rows.into_iter().map(Person::new).collect();
    let queue = MarkQueue::of(id);
    let names: Vec<(Uuid, String, RwSignal<EnrolmentState>)> =
        people.iter().map(|person| (person.row.enrolment, person.row.name.clone(), person.state)).collect();
    let names = StoredValue::new(names);
    Effect::new(move || {
        queue.answered.with(|answered| {
            for (sent, answer) in answered {
                let state = match answer {
                    MarkAnswer::Applied(state) => *state,
                    MarkAnswer::AlreadyThere => sent.mark.state(),
                    MarkAnswer::Refused(_) => continue,
                };
                names.with_value(|names| {
                    if let Some((_, _, shown)) = names.iter().find(|(enrolment, ..)| *enrolment == sent.enrolment) {
                        shown.set(state);
                    }
                });
            }
        });
    });
    let counted =
        StoredValue::new(people.iter().map(|person| (person.state, person.identity_seen)).collect::<Vec<_>>());
    let counter = move || {
        counted.with_value(|people| {
            let with = |state: EnrolmentState| people.iter().filter(|(of, _)| of.get() == state).count();
            let absent = with(EnrolmentState::Absent);
            let left = with(EnrolmentState::Enrolled);
            let present = people.len() - absent - left;
            let seen = people.iter().filter(|(_, seen)| seen.get()).count();
            td_string!(locale, training.counter, present = present, absent = absent, left = left, seen = seen)
        })
    };
    let online = mode == SessionMode::Online;
    let empty = people.is_empty().then(|| view! { <Empty title=td_string!(locale, training.roster_empty)>""</Empty> });
    let rows = people
        .into_iter()
        .map(|person| view! { <PersonView person=person session=id open=open online=online queue=queue/> })
        .collect_view();
    view! {
        <Page title=title.clone() trail=vec![("/trainer", td_string!(locale, training.my_sessions))]>
            <h1 class="h1">{title.clone()}</h1>
            <p>{dual_date_time(locale, starts_at)}</p>
            {open.then(|| view! {
                <p class="cluster">
                    <a href=format!("/trainer/{id}/report")>{td_string!(locale, training.report)}</a>
                    {(!online).then(|| view! {
                        <a href=format!("/trainer/{id}/results")>{td_string!(locale, papers.title)}</a>
                    })}
                </p>
            })}
            <KeptProblem/>
            {(!open).then(|| view! { <Notice tone=Tone::Info><p>{td_string!(locale, training.roster_not_open)}</p></Notice> })}
            {online.then(|| view! { <Notice tone=Tone::Info><p>{td_string!(locale, training.roster_online)}</p></Notice> })}
            <div class="roster">
                <p class="roster__count" role="status">{counter}</p>
                <Waiting queue=queue/>
                <Refusals queue=queue names=names/>
                {empty}
                <ul role="list">{rows}</ul>
            </div>
            {(!online && open).then(|| view! { <Visitors session=id visitors=visitors/> })}
        </Page>
    }
}

/// How many marks wait, and why.
#[component]
fn Waiting(queue: MarkQueue) -> impl IntoView {
    let locale = use_locale();
    let waiting = move || queue.waiting.with(Vec::len);
    let why = move || {
        queue.trouble.get().map(|error| match error {
            AppError::Offline | AppError::Unavailable => td_string!(locale, training.marks_offline).to_owned(),
            AppError::SignInNeeded => td_string!(locale, training.marks_sign_in).to_owned(),
            error => error_text(locale, &error),
        })
    };
    view! {
        <div role="status">
            {move || (waiting() > 0).then(|| {
                let count = waiting();
                view! {
                    <Notice tone=Tone::Warning>
                        <p>{td_string!(locale, training.marks_waiting, count = count)}</p>
                        {why().map(|why| view! { <p>{why}</p> })}
                        {queue.unkept.get().then(|| view! { <p>{td_string!(locale, training.marks_unkept)}</p> })}
                    </Notice>
                }
            })}
        </div>
    }
}

/// The marks that the server refused, each with its reason; also of who is not on the list any more.
#[component]
fn Refusals(queue: MarkQueue, names: StoredValue<Vec<(Uuid, String, RwSignal<EnrolmentState>)>>) -> impl IntoView {
    let locale = use_locale();
    let lines = move || {
        queue.answered.with(|answered| {
            answered
                .iter()
                .filter_map(|(sent, answer)| match answer {
                    MarkAnswer::Refused(problem) => Some((sent.enrolment, *problem)),
                    _ => None,
                })
                .map(|(enrolment, problem)| {
                    let name = names.with_value(|names| {
                        let found = names.iter().find(|(one, ..)| *one == enrolment);
                        found.map(|(_, name, _)| name.clone()).unwrap_or_default()
                    });
                    view! { <li><b>{name}</b> " " {problem_text(locale, problem)}</li> }
                })
                .collect_view()
        })
    };
    view! {
        <div role="alert">
            {move || {
                let lines = lines();
                (!lines.is_empty()).then(|| view! {
                    <Notice tone=Tone::Error>
                        <p>{td_string!(locale, training.marks_refused)}</p>
                        <ul>{lines}</ul>
                    </Notice>
                })
            }}
        </div>
    }
}

/// What went wrong with a mark that was sent without JavaScript. Its form is one of many, and none shows it twice.
#[component]
fn KeptProblem() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let error = use_context::<Kept>().and_then(|kept| kept.0.with_value(Clone::clone)).filter(|form| {
        let own = [api::MarkAttendance::url(), api::ConfirmIdentity::url()];
        form.page == path && own.contains(&form.endpoint.as_str())
    });
    let error = Signal::stored(error.and_then(|form| form.error));
    view! { <ErrorSummary error=error/> }
}
