//! `/verify/bulk/{id}`: how far a list is and, once all of it is answered, its answers.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::rows::Rows;
use crate::bulk::api;
use crate::bulk::model::{CheckView, RowState, href};
use crate::bulk::words::state_word;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::pager::Pager;

/// How long a page waits before it asks anew how far its list is.
const AGAIN: Duration = Duration::from_secs(1);

#[component]
pub fn Check() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let value = |name: &str| query.read().get(name).unwrap_or_default();
        (params.read().get("id").unwrap_or_default(), value("state"), value("after"))
    });
    let turn = RwSignal::new(0_u32);
    let data = Resource::new(move || (asked.get(), turn.get()), |((id, state, after), _)| api::check(id, state, after));
    Effect::new(move || {
        let waits = match data.get() {
            Some(Ok(check)) => check.waiting() > 0,
            Some(Err(error)) => matches!(error, AppError::Offline | AppError::Unavailable),
            None => false,
        };
        if waits && let Ok(timer) = set_timeout_with_handle(move || turn.update(|turn| *turn += 1), AGAIN) {
            on_cleanup(move || timer.clear());
        }
    });
    let title = td_string!(locale, bulk.result_title);
    let trail = vec![
        ("/verify", td_string!(locale, common.verify_a_licence)),
        ("/verify/bulk", td_string!(locale, bulk.title)),
    ];
    view! {
        <Page title=title trail=trail>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                {loaded(data, move |check| {
                    if check.waiting() > 0 {
                        view! { <Running check=check/> }.into_any()
                    } else {
                        let (_, state, after) = asked.get_untracked();
                        view! { <Answered check=check state=RowState::from_code(&state) first=after.is_empty()/> }.into_any()
                    }
                })}
            </div>
        </Page>
    }
}

/// How far it is. Scripts ask again by themselves; without them a link does, so that nothing moves under a reader's eyes.
#[component]
fn Running(check: CheckView) -> impl IntoView {
    let locale = use_locale();
    let (total, id) = (check.total(), check.id);
    let done = total - check.waiting();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, bulk.running)}</h2>
            <label class="progress">
                <progress max=total.to_string() value=done.to_string()></progress>
                <span class="progress__text">{td_string!(locale, bulk.progress, done = done, total = total)}</span>
            </label>
            <p>{td_string!(locale, bulk.running_text)}</p>
            <p><a href=href(id, None, None) rel="external">{td_string!(locale, bulk.refresh)}</a></p>
        </section>
    }
}

/// The answers: how many of each state, the files, the rows.
#[component]
fn Answered(check: CheckView, state: Option<RowState>, first: bool) -> impl IntoView {
    let locale = use_locale();
    let (total, id) = (check.total(), check.id);
    let kept_until = dual_date_time(locale, check.kept_until);
    let answered = check.answered_from.map(|at| {
        let time = dual_date_time(locale, at);
        view! { <p class="muted">{td_string!(locale, licences.checked_at, time = time)}</p> }
    });
    let files = [("xlsx", td_string!(locale, bulk.download_xlsx)), ("csv", td_string!(locale, bulk.download_csv))]
        .map(|(kind, label)| {
            let file = format!("{}/answers.{kind}", href(id, None, None));
            view! { <a class="button button--secondary button--inline" href=file rel="external" download>{label}</a> }
        })
        .collect_view();
    view! {
        <div class="stack">
            <p>{td_string!(locale, bulk.rows, count = total)}</p>
            {answered}
            <p class="muted">{td_string!(locale, bulk.kept_until, time = kept_until)}</p>
        </div>
        <div class="cluster no-print">
            {files}
            <a href="/verify/bulk">{td_string!(locale, bulk.another)}</a>
        </div>
        <States id=id counts=check.counts chosen=state/>
        <Rows id=id rows=check.rows/>
        <Pager first=(!first).then(|| href(id, state, None)) next=check.next.map(|line| href(id, state, Some(line)))/>
    }
}

/// How many rows of each state; each leads to its rows alone.
#[component]
fn States(id: Uuid, counts: Vec<(RowState, i64)>, chosen: Option<RowState>) -> impl IntoView {
    let locale = use_locale();
    let chip = |state: Option<RowState>, label: String| {
        let current = (state == chosen).then_some("true");
        view! { <li><a class="chip" href=href(id, state, None) aria-current=current>{label}</a></li> }
    };
    let chips = counts
        .into_iter()
        .map(|(state, count)| {
            let word = state_word(locale, state);
            chip(Some(state), td_string!(locale, bulk.state_count, state = word, count = count))
        })
        .collect_view();
    view! {
        <nav class="no-print" aria-label=td_string!(locale, bulk.by_state)>
            <ul class="chips" role="list">{chip(None, td_string!(locale, bulk.all).to_owned())}{chips}</ul>
        </nav>
    }
}
