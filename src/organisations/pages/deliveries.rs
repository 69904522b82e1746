//! `/admin/webhooks/{id}`: what an endpoint was told, and telling it again.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::{about, trail};
use crate::i18n::{Locale, td_string, use_locale};
use crate::organisations::api::{self, Replay, ReplaySince};
use crate::organisations::model::{DeliveriesPage, DeliveryLine, DeliveryState};
use crate::organisations::words::{delivery_word, event_text};
use crate::ui::act::{count_done, problem_of};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::date_field::{DateField, DateNames};
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::number::{Number, grouped};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::{Empty, Notice};
use crate::ui::problem::ErrorSummary;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Deliveries() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let (replay, since) = (ServerAction::<Replay>::new(), ServerAction::<ReplaySince>::new());
    let done = RwSignal::new(0_u32);
    count_done(replay, done);
    count_done(since, done);
    let after = Memo::new(move |_| query.read().get("after").unwrap_or_default());
    let data = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), after.get(), done.get()),
        |(id, after, _)| api::deliveries(id, after),
    );
    let told = move || {
        let text = done_text(locale, &query.read().get("done")?)?;
        Some(view! { <Notice tone=Tone::Success><p>{text}</p></Notice> })
    };
    view! {
        <Page title=td_string!(locale, organisations.deliveries_title) trail=trail(locale)>
            <div class="stack stack--wide">
                <h1 class="h1">{td_string!(locale, organisations.deliveries_title)}</h1>
                <div role="status">{told}</div>
                <ErrorSummary error=problem_of(replay)/>
                {loaded(data, move |page| {
                    let is_first = after.get_untracked().is_empty();
                    view! { <Screen page=page is_first=is_first replay=replay since=since/> }
                })}
            </div>
        </Page>
    }
}

/// What was done, by the code in the URL: one was told again, or so many.
fn done_text(locale: Locale, code: &str) -> Option<String> {
    if code == "replayed" {
        return Some(td_string!(locale, organisations.done_replayed).to_owned());
    }
    let count: u32 = code.parse().ok()?;
    Some(td_string!(locale, organisations.done_replayed_since, count = count))
}

#[component]
fn Screen(
    page: DeliveriesPage,
    is_first: bool,
    replay: ServerAction<Replay>,
    since: ServerAction<ReplaySince>,
) -> impl IntoView {
    let locale = use_locale();
    let path = format!("/admin/webhooks/{}", page.endpoint.id);
    let next = page.next.map(|after| format!("{path}?after={after}"));
    let open = page.endpoint.closed_at.is_none();
    let back = format!("/admin/organisations/{}/webhooks", page.organisation.id);
    let list = if page.deliveries.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if page.deliveries.is_empty() {
        view! {
            <Empty title=td_string!(locale, organisations.no_deliveries_title)>
                <p>{td_string!(locale, organisations.no_deliveries_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows =
            page.deliveries.into_iter().map(|line| view! { <Line line=line open=open action=replay/> }).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        <p><a href=back><bdi>{page.organisation.name}</bdi></a></p>
        <p><bdi dir="ltr">{page.endpoint.url}</bdi></p>
        {list}
        <Pager first=(!is_first).then_some(path) next=next/>
        {open.then(|| view! { <Since endpoint=page.endpoint.id action=since/> })}
    }
}

#[component]
fn Line(line: DeliveryLine, open: bool, action: ServerAction<Replay>) -> impl IntoView {
    let locale = use_locale();
    let (tone, word) = delivery_word(locale, line.state);
    let event = event_text(locale, &line.event).map_or(line.event, str::to_owned);
    let tries = (line.tries > 0).then(|| {
        let (tries, error) = (line.tries, line.last_error.unwrap_or_default());
        view! {
            <p class="muted">
                {td_string!(locale, organisations.tries, count = tries)} " " <Number value=error/>
            </p>
        }
    });
    let again = (open && matches!(line.state, DeliveryState::Sent | DeliveryState::Dead)).then(|| {
        view! {
            <ActionForm action=action>
                {about("delivery", line.id)}
                <Submit label=td_string!(locale, organisations.replay) look="button--secondary"/>
            </ActionForm>
        }
    });
    view! {
        <li class="task-list__item">
            <div>
                <p>{event} " · " <Number value=grouped(&line.number, 4)/></p>
                <p class="muted">{dual_date_time(locale, line.queued_at)}</p>
                {tries}
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
            {again}
        </li>
    }
}

#[component]
fn Since(endpoint: Uuid, action: ServerAction<ReplaySince>) -> impl IntoView {
    let locale = use_locale();
    let names = DateNames { day: "since_day", month: "since_month", year: "since_year", calendar: "since_calendar" };
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, organisations.since_title)}</h2>
            <p>{td_string!(locale, organisations.since_text)}</p>
            <ServerForm action=action>
                {about("endpoint", endpoint)}
                <DateField names=names legend=td_string!(locale, organisations.since)/>
                <Submit label=td_string!(locale, organisations.replay_since) look="button--secondary"/>
            </ServerForm>
        </section>
    }
}
