//! `/review/{number}`: one request on one screen, the decision at its end.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::decide::Decide;
use super::history::{History, Rounds};
use super::pool_of_page;
use crate::calendar::riyadh_day;
use crate::i18n::{td_string, use_locale};
use crate::licences::words::{evidence_text, kind_name, prerequisite_name};
use crate::review::api::{self, ReviewView};
use crate::ui::date::{DualDate, dual_date, dual_date_time};
use crate::ui::error_view::loaded;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;
use crate::ui::number::Number;
use crate::ui::summary::{SummaryList, SummaryRow};
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Request() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let request = Resource::new(move || params.read().get("number").unwrap_or_default(), api::request);
    view! {
        <Page title=td_string!(locale, review.request_title) trail=vec![("/review", td_string!(locale, review.title))]>
            {loaded(request, |request| view! { <Screen request=request/> })}
        </Page>
    }
}

#[component]
fn Screen(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let number = request.number.clone();
    let (kind, appeal, renewal) = (request.kind, request.appeal.is_some(), request.renewal.is_some());
    let pool = pool_of_page().get_untracked().query();
    let rounds = (!request.rounds.is_empty())
        .then(|| view! { <Rounds rounds=request.rounds.clone() appeal=request.appeal.clone()/> });
    view! {
        <h1 class="h2">
            {kind_name(locale, request.kind)} " · " {td_string!(locale, licences.request_number)} " "
            <Number value=number.clone()/>
        </h1>
        <div class="desk">
            <div class="desk__main">
                <Who request=request.clone()/>
                {rounds}
                <Prerequisites request=request.clone()/>
                <History request=request/>
                <section class="card">
                    <h2 class="card__title">{td_string!(locale, review.conflicts)}</h2>
                    <p class="card__meta"><Icon glyph=Glyph::Tick/> " " {td_string!(locale, review.no_conflicts)}</p>
                </section>
            </div>
            <aside class="desk__aside card">
                <Decide number=number kind=kind appeal=appeal renewal=renewal pool=pool/>
            </aside>
        </div>
    }
}

/// Who asks, for what, since when.
#[component]
fn Who(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let age = request.age;
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, review.who)}</h2>
            <SummaryList>
                <SummaryRow key=td_string!(locale, licences.name)><bdi>{request.name}</bdi></SummaryRow>
                <SummaryRow key=td_string!(locale, licences.latin_name)><bdi dir="ltr">{request.latin_name}</bdi></SummaryRow>
                <SummaryRow key=td_string!(locale, licences.birth_date)>
                    <DualDate date=request.birth_date/> " (" {td_string!(locale, review.age, count = age)} ")"
                </SummaryRow>
                <SummaryRow key=td_string!(locale, licences.place)>{request.place}</SummaryRow>
                {request
                    .organisation
                    .map(|name| {
                        view! { <SummaryRow key=td_string!(locale, licences.organisation)><bdi>{name}</bdi></SummaryRow> }
                    })}
                {request
                    .renewal
                    .map(|old| {
                        view! {
                            <SummaryRow key=td_string!(locale, renewal.renews)>
                                <Number value=old.number/> " · " {td_string!(locale, licences.expires)} " "
                                <DualDate date=old.ends/>
                            </SummaryRow>
                        }
                    })}
                <SummaryRow key=td_string!(locale, licences.submitted_at)>{dual_date_time(locale, request.submitted_at)}</SummaryRow>
                {request
                    .answer_by
                    .map(|at| {
                        view! {
                            <SummaryRow key=td_string!(locale, review.due)>{dual_date(locale, riyadh_day(at))}</SummaryRow>
                        }
                    })}
            </SummaryList>
        </section>
    }
}

/// Each prerequisite with its evidence and its day.
#[component]
fn Prerequisites(request: ReviewView) -> impl IntoView {
    let locale = use_locale();
    let items = request
        .requirements
        .into_iter()
        .map(|one| {
            let (tone, word) = if one.met {
                (Tone::Success, td_string!(locale, licences.met))
            } else {
                (Tone::Error, td_string!(locale, licences.missing))
            };
            view! {
                <li class="task-list__item">
                    <div>
                        <p>{prerequisite_name(locale, one.what)}</p>
                        <p class="muted">
                            <bdi>{evidence_text(locale, &one)}</bdi> " " {one.met_on.map(|day| view! { <DualDate date=day/> })}
                        </p>
                    </div>
                    <div class="task-list__status"><Tag tone=tone label=word/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{td_string!(locale, licences.prerequisites_title)}</h2>
            <ul class="task-list">{items}</ul>
        </section>
    }
}
