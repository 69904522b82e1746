//! `/admin/webhooks/{id}`: what an endpoint was told, and telling it again.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::since::{Confirm, DayForm, Outcome, Question, outcome};
use super::{about, trail};
use crate::error::AppError;
use crate::i18n::{Locale, td_string, use_locale};
use crate::organisations::api::{self, Replay, ReplaySince};
use crate::organisations::model::{DeliveriesPage, DeliveryLine, DeliveryState, Organisation};
use crate::organisations::words::{delivery_word, event_text, next_text, not_taken_text};
use crate::ui::act::{count_done, problem_of};
use crate::ui::button::Submit;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
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
    let question = Memo::new(move |_| Question::of(&query.read()));
    let data = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), after.get(), question.get(), done.get()),
        |(id, after, question, _)| fetched(id, after, question),
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
                {loaded(data, move |(page, outcome)| {
                    let (is_first, question) = (after.get_untracked().is_empty(), question.get_untracked());
                    match outcome {
                        Outcome::NotAsked => view! { <Screen page=page is_first=is_first replay=replay/> }.into_any(),
                        outcome => {
                            view! { <Asked page=page question=question outcome=outcome action=since/> }.into_any()
                        }
                    }
                })}
            </div>
        </Page>
    }
}

/// What an endpoint was told and, where the address asks about a day, how much since then would be told again.
async fn fetched(id: String, after: String, question: Question) -> Result<(DeliveriesPage, Outcome), AppError> {
    let page = api::deliveries(id.clone(), after).await?;
    // A closed one is told nothing again.
    let outcome = if page.endpoint.closed_at.is_none() { outcome(id, question).await? } else { Outcome::NotAsked };
    Ok((page, outcome))
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
fn Screen(page: DeliveriesPage, is_first: bool, replay: ServerAction<Replay>) -> impl IntoView {
    let locale = use_locale();
    let path = format!("/admin/webhooks/{}", page.endpoint.id);
    let next = page.next.map(|after| format!("{path}?after={after}"));
    let open = page.endpoint.closed_at.is_none();
    let endpoint = page.endpoint.id;
    let head = head(page.organisation, page.endpoint.url);
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
        {head}
        {list}
        <Pager first=(!is_first).then_some(path) next=next/>
        {open.then(|| view! { <DayForm endpoint=endpoint question=Question::default() error=None/> })}
    }
}

/// The page after a day was asked about: the answer alone.
#[component]
fn Asked(
    page: DeliveriesPage,
    question: Question,
    outcome: Outcome,
    action: ServerAction<ReplaySince>,
) -> impl IntoView {
    let endpoint = page.endpoint.id;
    let answer = match outcome {
        Outcome::Would(found) => view! { <Confirm endpoint=endpoint found=found action=action/> }.into_any(),
        Outcome::Wrong(error) => view! { <DayForm endpoint=endpoint question=question error=Some(error)/> }.into_any(),
        Outcome::NotAsked => ().into_any(),
    };
    view! {
        {head(page.organisation, page.endpoint.url)}
        {answer}
    }
}

/// Whose endpoint it is, and where.
fn head(organisation: Organisation, url: String) -> impl IntoView {
    let back = format!("/admin/organisations/{}/webhooks", organisation.id);
    view! {
        <p><a href=back><bdi>{organisation.name}</bdi></a></p>
        <p><bdi dir="ltr">{url}</bdi></p>
    }
}

#[component]
fn Line(line: DeliveryLine, open: bool, action: ServerAction<Replay>) -> impl IntoView {
    let locale = use_locale();
    let (tone, word) = delivery_word(locale, line.state);
    let event = event_text(locale, &line.event).map_or(line.event, str::to_owned);
    let tries = (line.tries > 0).then(|| {
        let tries = line.tries;
        view! { <p class="muted">{td_string!(locale, organisations.tries, count = tries)}</p> }
    });
    let why = line.not_taken.map(|cause| {
        let next = if open { next_text(locale, line.state) } else { None };
        view! { <p>{not_taken_text(locale, cause)} " " {next}</p> }
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
                {why}
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
            {again}
        </li>
    }
}
