//! Jobs that failed for good, on the page of what failed.

use leptos::prelude::*;

use super::failed::Asked;
use crate::i18n::{td_string, use_locale};
use crate::messages::api::{FailedJobLine, FailedJobsPage, RetryJob};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::form::ServerForm;
use crate::ui::number::Number;
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;

#[component]
pub fn Jobs(asked: Asked, page: FailedJobsPage, done: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let list = if page.jobs.is_empty() && !asked.jobs_after.is_empty() {
        view! { <PastEnd/> }.into_any()
    } else if page.jobs.is_empty() {
        view! {
            <Empty title=td_string!(locale, messages.jobs_empty_title)>
                <p>{td_string!(locale, messages.jobs_empty_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let lines = page.jobs.into_iter().map(|line| view! { <Line line=line done=done/> }).collect_view();
        view! { <ul class="task-list">{lines}</ul> }.into_any()
    };
    let first = (!asked.jobs_after.is_empty()).then(|| asked.path(&asked.after, ""));
    let next = page.next.map(|jobs_after| asked.path(&asked.after, &jobs_after));
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, messages.jobs_title)}</h2>
            <p>{td_string!(locale, messages.jobs_lede)}</p>
            {list}
            <Pager first=first next=next/>
        </section>
    }
}

#[component]
fn Line(line: FailedJobLine, done: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<RetryJob>::new();
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            done.update(|times| *times += 1);
        }
    });
    let added = dual_date_time(locale, line.added_at);
    let tries = i64::from(line.tries);
    view! {
        <li class="task-list__item">
            <div>
                <p><Number value=line.task/></p>
                <p class="muted">
                    {td_string!(locale, messages.tries, count = tries)} " · "
                    {td_string!(locale, messages.job_added, at = added)}
                </p>
                <p class="muted">{td_string!(locale, messages.last_error)} " " <Number value=line.error/></p>
            </div>
            <ServerForm action=action>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <Submit label=td_string!(locale, messages.retry) look="button--secondary"/>
            </ServerForm>
        </li>
    }
}
