//! `/review/renewals`: every renewal that waits and lacks nothing, approved as one job.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::renewal::api::{self, ApproveWaiting, BatchView, StopBatch};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::panel::Empty;
use crate::ui::summary::{SummaryList, SummaryRow};

#[component]
pub fn Batches() -> impl IntoView {
    let locale = use_locale();
    let (start, stop) = (ServerAction::<ApproveWaiting>::new(), ServerAction::<StopBatch>::new());
    let data = Resource::new(move || (start.version().get(), stop.version().get()), |_| api::batches());
    view! {
        <Page title=td_string!(locale, renewal.batch_title) trail=vec![("/review", td_string!(locale, review.title))]>
            <div class="stack stack--wide">
                <h1 class="h1">{td_string!(locale, renewal.batch_title)}</h1>
                <p>{td_string!(locale, renewal.batch_lead)}</p>
                {loaded(data, move |found| {
                    let running = found.latest.as_ref().is_some_and(|batch| !batch.finished);
                    let waiting = (!running).then(|| view! { <Waiting ready=found.ready start=start/> });
                    view! {
                        {waiting}
                        {found.latest.map(|batch| view! { <Progress batch=batch stop=stop/> })}
                    }
                })}
            </div>
        </Page>
    }
}

/// How many wait, and the button.
#[component]
fn Waiting(ready: i64, start: ServerAction<ApproveWaiting>) -> impl IntoView {
    let locale = use_locale();
    if ready == 0 {
        return view! {
            <Empty title=td_string!(locale, renewal.batch_none)>
                <p>{td_string!(locale, renewal.batch_none_text)}</p>
            </Empty>
        }
        .into_any();
    }
    view! {
        <section class="stack">
            <p class="h2">{td_string!(locale, renewal.batch_ready, count = ready)}</p>
            <ServerForm action=start>
                <Submit label=td_string!(locale, renewal.batch_start)/>
            </ServerForm>
        </section>
    }
    .into_any()
}

/// How far the latest batch is, and stopping it.
#[component]
fn Progress(batch: BatchView, stop: ServerAction<StopBatch>) -> impl IntoView {
    let locale = use_locale();
    let started = dual_date_time(locale, batch.started_at);
    let state = match (batch.finished, batch.stopped) {
        (_, true) => td_string!(locale, renewal.batch_stopped),
        (true, false) => td_string!(locale, renewal.batch_finished),
        (false, false) => td_string!(locale, renewal.batch_running),
    };
    let row =
        |key: &'static str, count: i64| view! { <SummaryRow key=key><Number value=count.to_string()/></SummaryRow> };
    let stopping = (!batch.finished && !batch.stopped).then(|| {
        view! {
            <p class="muted">{td_string!(locale, renewal.batch_refresh)}</p>
            <ServerForm action=stop>
                <input type="hidden" name="batch" value=batch.id.to_string()/>
                <Submit label=td_string!(locale, renewal.batch_stop) look="button--secondary"/>
            </ServerForm>
        }
    });
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, renewal.batch_latest)}</h2>
            <SummaryList>
                <SummaryRow key=td_string!(locale, licences.state)>{state}</SummaryRow>
                <SummaryRow key=td_string!(locale, renewal.batch_started)>{started}</SummaryRow>
                {row(td_string!(locale, renewal.row_waiting), batch.waiting)}
                {row(td_string!(locale, renewal.row_approved), batch.approved)}
                {row(td_string!(locale, renewal.row_issued), batch.issued)}
                {row(td_string!(locale, renewal.row_left), batch.left)}
            </SummaryList>
            {stopping}
        </section>
    }
}
