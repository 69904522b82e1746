//! `/admin/messages`: what could not be delivered, and jobs that failed for good; each tried again by a button.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::failed_jobs::Jobs;
use crate::i18n::{td_string, use_locale};
use crate::messages::api::{self, DeadLine, DeadPage, Retry, RetryAll};
use crate::messages::words::channel_name;
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::pager::Pager;
use crate::ui::panel::Empty;

/// Where the page is.
pub const PATH: &str = "/admin/messages";

#[component]
pub fn Failed() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let after = Memo::new(move |_| {
        let query = query.read();
        ["after", "jobs_after"].map(|name| query.get(name).unwrap_or_default())
    });
    let done = RwSignal::new(0_u32);
    let lists = Resource::new(
        move || (after.get(), done.get()),
        |([after, jobs_after], _)| async move { Ok((api::dead(after).await?, api::failed_jobs(jobs_after).await?)) },
    );
    let title = td_string!(locale, messages.admin_title);
    view! {
        <Page title=title>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                {loaded(lists, move |(dead, jobs)| {
                    let [after, jobs_after] = after.get_untracked();
                    view! {
                        <DeadLetters is_first=after.is_empty() page=dead done=done/>
                        <Jobs is_first=jobs_after.is_empty() page=jobs done=done/>
                    }
                })}
            </div>
        </Page>
    }
}

#[component]
fn DeadLetters(is_first: bool, page: DeadPage, done: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let all = ServerAction::<RetryAll>::new();
    Effect::new(move || {
        if let Some(Ok(())) = all.value().get() {
            done.update(|times| *times += 1);
        }
    });
    let list = if page.dead.is_empty() {
        view! {
            <Empty title=td_string!(locale, messages.dead_empty_title)>
                <p>{td_string!(locale, messages.dead_empty_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let lines = page.dead.into_iter().map(|line| view! { <Line line=line done=done/> }).collect_view();
        view! {
            <ul class="task-list">{lines}</ul>
            <ServerForm action=all>
                <Submit label=td_string!(locale, messages.retry_all)/>
            </ServerForm>
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, messages.dead_title)}</h2>
            <p>{td_string!(locale, messages.dead_lede)}</p>
            {list}
            <Pager first=(!is_first).then(|| PATH.to_owned())
                next=page.next.map(|after| format!("{PATH}?after={after}"))/>
        </section>
    }
}

#[component]
fn Line(line: DeadLine, done: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Retry>::new();
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            done.update(|times| *times += 1);
        }
    });
    let since = dual_date_time(locale, line.dead_at);
    let tries = i64::from(line.tries);
    view! {
        <li class="task-list__item">
            <div>
                <p>{line.title} " " <Number value=line.template/></p>
                <p class="muted">
                    {channel_name(locale, line.channel)} " · "
                    {td_string!(locale, messages.tries, count = tries)} " · "
                    {td_string!(locale, messages.dead_since, at = since)}
                </p>
                <p class="muted">{td_string!(locale, messages.last_error)} " " <Number value=line.last_error/></p>
            </div>
            <ServerForm action=action>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <Submit label=td_string!(locale, messages.retry) look="button--secondary"/>
            </ServerForm>
        </li>
    }
}
