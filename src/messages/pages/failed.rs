//! `/admin/messages`: what could not be delivered, and jobs that failed for good; each tried again by a button. The
//! filter, the order and the places in both lists live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::failed_jobs::Jobs;
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::messages::api::{self, DeadLine, DeadPage, FailedJobsPage, Retry, RetryAll};
use crate::messages::model::Channel;
use crate::messages::words::channel_name;
use crate::place::{Order, Place, href};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, NarrowForm, NothingFits};
use crate::ui::number::Number;
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;

/// Where the page is.
pub const PATH: &str = "/admin/messages";

/// The order that goes without saying.
const USUAL: Order = Order::Latest;

/// What the URL asks for.
#[derive(Clone, PartialEq)]
pub struct Asked {
    /// Of what could not be delivered.
    pub channel: Option<Channel>,
    /// Of both lists.
    pub order: Order,
    /// Places in the two lists.
    pub after: String,
    pub jobs_after: String,
}

impl Asked {
    fn read(value: impl Fn(&str) -> String) -> Self {
        Self {
            channel: Channel::from_code(&value("channel")),
            order: Order::parse(&value("order"), USUAL),
            // They go into links: as what they are, not as they were typed.
            after: Place::<Uuid>::parse(&value("after")).map(|place| place.code()).unwrap_or_default(),
            jobs_after: Place::<i64>::parse(&value("jobs_after")).map(|place| place.code()).unwrap_or_default(),
        }
    }

    async fn pages(self) -> Result<(DeadPage, FailedJobsPage), AppError> {
        let (channel, order) = (self.channel.map_or("", Channel::code).to_owned(), self.order.code());
        let dead = api::dead(channel, order.to_owned(), self.after).await?;
        Ok((dead, api::failed_jobs(order.to_owned(), self.jobs_after).await?))
    }

    /// The path of the page as it is asked for, with other places in its lists.
    pub fn path(&self, after: &str, jobs_after: &str) -> String {
        let (channel, order) = (self.channel.map_or("", Channel::code), self.order.code_unless(USUAL));
        href(PATH, &[("channel", channel), ("order", order), ("after", after), ("jobs_after", jobs_after)])
    }
}

#[component]
pub fn Failed() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        Asked::read(|name| query.get(name).unwrap_or_default())
    });
    let done = RwSignal::new(0_u32);
    let lists = Resource::new(move || (asked.get(), done.get()), |(asked, _)| asked.pages());
    let title = td_string!(locale, messages.admin_title);
    view! {
        <Page title=title>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                {loaded(lists, move |(dead, jobs)| {
                    let asked = asked.get_untracked();
                    let shown = !dead.dead.is_empty() || !jobs.jobs.is_empty() || asked.channel.is_some();
                    view! {
                        {shown.then(|| view! { <Narrowing asked=asked.clone()/> })}
                        <DeadLetters asked=asked.clone() page=dead done=done/>
                        <Jobs asked=asked page=jobs done=done/>
                    }
                })}
            </div>
        </Page>
    }
}

#[component]
fn Narrowing(asked: Asked) -> impl IntoView {
    let locale = use_locale();
    let channels = Channel::ALL.map(|one| (one.code().to_owned(), channel_name(locale, one).to_owned())).to_vec();
    view! {
        <NarrowForm path=PATH order=asked.order usual=USUAL>
            <Narrow name="channel" label=td_string!(locale, messages.channel)
                every=td_string!(locale, messages.every_channel) options=channels
                value=asked.channel.map_or("", Channel::code).to_owned()/>
        </NarrowForm>
    }
}

#[component]
fn DeadLetters(asked: Asked, page: DeadPage, done: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let all = ServerAction::<RetryAll>::new();
    Effect::new(move || {
        if let Some(Ok(())) = all.value().get() {
            done.update(|times| *times += 1);
        }
    });
    let none = page.dead.is_empty();
    let list = if none && !asked.after.is_empty() {
        view! { <PastEnd/> }.into_any()
    } else if let Some(channel) = asked.channel.filter(|_| none) {
        let whole = Asked { channel: None, ..asked.clone() }.path("", &asked.jobs_after);
        view! { <NothingFits chosen=vec![channel_name(locale, channel).to_owned()] whole=whole/> }.into_any()
    } else if none {
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
            // All means every channel's: not offered where some are out of sight.
            {asked.channel.is_none().then(|| view! {
                <ServerForm action=all>
                    <Submit label=td_string!(locale, messages.retry_all)/>
                </ServerForm>
            })}
        }
        .into_any()
    };
    let first = (!asked.after.is_empty()).then(|| asked.path("", &asked.jobs_after));
    let next = page.next.map(|after| asked.path(&after, &asked.jobs_after));
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, messages.dead_title)}</h2>
            <p>{td_string!(locale, messages.dead_lede)}</p>
            {list}
            <Pager first=first next=next/>
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
