//! `/trainer/{session}/results`: what people of an in-person session reached on paper. One form for all of them; each
//! result then waits for a second officer.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::result_row::{Settled, Typed};
use crate::i18n::{Locale, td_string, use_locale};
use crate::papers::api::{self, Record, Withdraw};
use crate::papers::model::{FEWEST_QUESTIONS, MOST_QUESTIONS, ResultRow, RowStanding, SessionResults};
use crate::ui::act::{count_done, problem_of};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::{Empty, Notice};
use crate::ui::problem::ErrorSummary;
use crate::ui::tag::Tone;

#[component]
pub fn Results() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let (record, withdraw) = (ServerAction::<Record>::new(), ServerAction::<Withdraw>::new());
    // After what was done only: what was typed stays where something is wrong with it.
    let done = RwSignal::new(0_u32);
    count_done(record, done);
    count_done(withdraw, done);
    let data = Resource::new(
        move || (params.read().get("session").unwrap_or_default(), done.get()),
        |(session, _)| api::session_results(session),
    );
    let act = Signal::derive(move || query.read().get("done").unwrap_or_default());
    loaded(data, move |results| view! { <Screen results=results act=act record=record withdraw=withdraw/> })
}

#[component]
fn Screen(
    results: SessionResults,
    /// What was done a moment ago, as the URL says.
    act: Signal<String>,
    record: ServerAction<Record>,
    withdraw: ServerAction<Withdraw>,
) -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, papers.title);
    let trail = vec![("/trainer", td_string!(locale, training.my_sessions))];
    let SessionResults { session, title: programme, starts_at, asked, rows } = results;
    let waits = rows.iter().any(|row| row.standing == RowStanding::Waiting);
    let told = move || {
        confirmation(locale, &act.get(), waits).map(|text| view! { <Notice tone=Tone::Success><p>{text}</p></Notice> })
    };
    let empty = rows.is_empty().then(|| {
        view! {
            <Empty title=td_string!(locale, papers.none_title)><p>{td_string!(locale, papers.none_text)}</p></Empty>
        }
    });
    let (open, settled): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.standing == RowStanding::Open);
    let typed = (!open.is_empty()).then(|| {
        view! {
            <ServerForm action=record>
                <input type="hidden" name="session" value=session.to_string()/>
                <TextField name="asked" label=td_string!(locale, papers.asked) kind=FieldKind::Number
                    hint=td_string!(locale, papers.asked_hint, least = FEWEST_QUESTIONS, most = MOST_QUESTIONS)
                    value=asked.map(|asked| asked.to_string()).unwrap_or_default()/>
                <RightAnswers rows=open/>
                <Submit label=td_string!(locale, papers.record)/>
            </ServerForm>
        }
    });
    let settled = (!settled.is_empty()).then(|| {
        let rows = settled
            .into_iter()
            .map(|row| view! { <Settled row=row session=session withdraw=withdraw/> })
            .collect_view();
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, papers.settled_title)}</h2>
                <ul class="task-list">{rows}</ul>
            </section>
        }
    });
    view! {
        <Page title=title trail=trail>
            <div class="stack stack--wide">
                <div class="prose">
                    <h1 class="h1">{title} ": " {programme}</h1>
                    <p>{dual_date_time(locale, starts_at)}</p>
                    <p><a href=format!("/trainer/{session}")>{td_string!(locale, training.roster)}</a></p>
                    <p>{td_string!(locale, papers.lead)}</p>
                </div>
                <div role="status">{told}</div>
                <ErrorSummary error=problem_of(withdraw)/>
                {empty}
                {typed}
                {settled}
            </div>
        </Page>
    }
}

/// The field of each. A part of its own, so that it is made inside the form, whose state the fields ask for.
#[component]
fn RightAnswers(rows: Vec<ResultRow>) -> impl IntoView {
    let locale = use_locale();
    let fields = rows.into_iter().map(|row| view! { <Typed row=row/> }).collect_view();
    view! {
        <section class="stack" id="right" tabindex="-1">
            <h2 class="h2">{td_string!(locale, papers.right_title)}</h2>
            <p class="field__hint">{td_string!(locale, papers.right_hint)}</p>
            {fields}
        </section>
    }
}

/// What was done a moment ago and what happens next, where the list shows that it was.
fn confirmation(locale: Locale, done: &str, waits: bool) -> Option<&'static str> {
    match done {
        "recorded" if waits => Some(td_string!(locale, papers.done_recorded)),
        "withdrawn" => Some(td_string!(locale, papers.done_withdrawn)),
        _ => None,
    }
}
