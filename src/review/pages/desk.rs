//! `/review`: how long the queue is, what it is narrowed to, and one button.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::pool_of_page;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::licences::words::kind_name;
use crate::review::api::{self, DeskView, TakeNext};
use crate::review::model::{AgeBand, Pool};
use crate::review::words::{age_name, waiting_time};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Empty;
use crate::ui::shortcut::Shortcuts;

#[component]
pub fn Desk() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<TakeNext>::new();
    let pool = pool_of_page();
    let desk = Resource::new(
        move || (pool.get(), action.version().get()),
        |(pool, _)| api::desk(pool.kind_slug().to_owned(), pool.region_code().to_owned(), pool.age_code().to_owned()),
    );
    view! {
        <Page title=td_string!(locale, review.title)>
            <Shortcuts/>
            <div class="stack stack--wide">
                <h1 class="h1">{td_string!(locale, review.title)}</h1>
                {loaded(desk, move |desk| {
                    let pool = pool.get_untracked();
                    let waited = (desk.median_wait_minutes, desk.p90_wait_minutes);
                    view! {
                        <Narrow pool=pool.clone() regions=desk.regions.clone()/>
                        <div class="stack"><Queue desk=desk pool=pool action=action/></div>
                        <Waited median=waited.0 p90=waited.1/>
                    }
                })}
                <p><a href="/review/decisions">{td_string!(locale, review.my_decisions)}</a></p>
                <p><a href="/oversight">{td_string!(locale, oversight.title)}</a></p>
                <p><a href="/review/renewals">{td_string!(locale, renewal.batch_title)}</a></p>
            </div>
        </Page>
    }
}

#[component]
fn Queue(desk: DeskView, pool: Pool, action: ServerAction<TakeNext>) -> impl IntoView {
    let locale = use_locale();
    if let Some(number) = desk.held {
        let href = pool.on(&format!("/review/{number}"));
        return view! {
            <p>{td_string!(locale, review.held)}</p>
            <p><ButtonLink href=href label=td_string!(locale, review.go_on)/></p>
        }
        .into_any();
    }
    if desk.waiting == 0 {
        let text = if pool.is_narrow() {
            td_string!(locale, review.empty_narrow)
        } else {
            td_string!(locale, review.empty_text)
        };
        return view! {
            <Empty title=td_string!(locale, review.empty_title)>
                <p>{text}</p>
            </Empty>
        }
        .into_any();
    }
    let waiting = desk.waiting;
    view! {
        <p class="h2">{td_string!(locale, review.waiting, count = waiting)}</p>
        {desk
            .oldest
            .map(|at| {
                let time = dual_date_time(locale, at);
                view! { <p class="muted">{td_string!(locale, review.oldest, time = time)}</p> }
            })}
        <p>{td_string!(locale, review.fair)}</p>
        <ServerForm action=action>
            <input type="hidden" name="pool" value=pool.query()/>
            <Submit label=td_string!(locale, review.take_next) key="N"/>
        </ServerForm>
    }
    .into_any()
}

/// Kind, region and age as one form that leads to the URL of the pool: works without JavaScript too.
#[component]
fn Narrow(pool: Pool, regions: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    let every = || (String::new(), td_string!(locale, review.every).to_owned());
    let kinds = LicenceKind::ALL.into_iter().map(|kind| (kind.slug().to_owned(), kind_name(locale, kind).to_owned()));
    let ages = AgeBand::ALL.into_iter().map(|age| (age.code().to_owned(), age_name(locale, age).to_owned()));
    let choice = |name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: String| {
        let options = options
            .into_iter()
            .map(|(value, text)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{text}</option> }
            })
            .collect_view();
        view! {
            <div class="field">
                <label class="field__label" for=name>{label}</label>
                <select class="input" id=name name=name>{options}</select>
            </div>
        }
    };
    let kinds = std::iter::once(every()).chain(kinds).collect();
    let regions = std::iter::once(every()).chain(regions).collect();
    let ages = std::iter::once(every()).chain(ages).collect();
    view! {
        <nav aria-label=td_string!(locale, review.narrow)>
            <Form method="GET" action="/review" attr:class="cluster">
                {choice("kind", td_string!(locale, licences.kind), kinds, pool.kind_slug().to_owned())}
                {choice("region", td_string!(locale, review.region), regions, pool.region_code().to_owned())}
                {choice("age", td_string!(locale, review.age_band), ages, pool.age_code().to_owned())}
                <button class="button button--inline">{td_string!(locale, review.show)}</button>
            </Form>
        </nav>
    }
}

/// How long requests waited lately.
#[component]
fn Waited(median: Option<i64>, p90: Option<i64>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, review.waited_title)}</h2>
            <dl class="grid">
                <div class="card">
                    <dt>{td_string!(locale, pages.home_figure_waiting_label)}</dt>
                    <dd class="h2">{waiting_time(locale, median)}</dd>
                    <dd class="card__meta">{td_string!(locale, pages.home_figure_waiting_definition)}</dd>
                </div>
                <div class="card">
                    <dt>{td_string!(locale, pages.home_figure_waiting_most_label)}</dt>
                    <dd class="h2">{waiting_time(locale, p90)}</dd>
                    <dd class="card__meta">{td_string!(locale, pages.home_figure_waiting_most_definition)}</dd>
                </div>
            </dl>
        </section>
    }
}
