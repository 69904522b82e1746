//! `/admin/sessions`: the sessions. The filter and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;

use crate::i18n::{td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::{Choice, SessionFilter, SessionLine, SessionsPage, When};
use crate::programmes::words::{kind_name, mode_name, when_name};
use crate::training::model::SessionMode;
use crate::ui::button::ButtonLink;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, Turn, carried, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;

#[component]
pub fn Sessions() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        let filter = SessionFilter::parse(
            &value("when"),
            &value("programme"),
            &value("region"),
            &value("mode"),
            &value("order"),
        );
        (filter, value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(filter, after)| {
            let (when, mode) = (filter.when.code().to_owned(), filter.mode_code().to_owned());
            let (region, order) = (filter.region_code().to_owned(), filter.order_code().to_owned());
            api::sessions(when, filter.programme_code(), region, mode, order, after)
        },
    );
    let title = td_string!(locale, programmes.sessions_title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <div class="cluster">
                    <ButtonLink href="/admin/sessions/new" label=td_string!(locale, programmes.plan)/>
                    <ButtonLink href="/admin/imports/new/sessions" label=td_string!(locale, programmes.import_file)
                        look="button--secondary"/>
                </div>
                {loaded(page, move |page| {
                    let (filter, after) = asked.get_untracked();
                    view! { <List filter=filter is_first=after.is_empty() page=page/> }
                })}
            </div>
        </Page>
    }
}

#[component]
fn List(filter: SessionFilter, is_first: bool, page: SessionsPage) -> impl IntoView {
    let locale = use_locale();
    let SessionsPage { sessions, next, programmes, regions } = page;
    let list = if sessions.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if sessions.is_empty() {
        let widen = SessionFilter { when: filter.when, ..SessionFilter::default() };
        let widen = filter.is_narrow().then(|| {
            view! {
                <ButtonLink href=widen.href("") label=td_string!(locale, programmes.widen) look="button--secondary"/>
            }
        });
        view! {
            <Empty title=td_string!(locale, programmes.no_sessions)>
                <p>{td_string!(locale, programmes.no_sessions_text)}</p>
                {widen}
            </Empty>
        }
        .into_any()
    } else {
        let rows = sessions.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
        view! {
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, programmes.session)}</th>
                            <th scope="col">{td_string!(locale, training.starts)}</th>
                            <th scope="col">{td_string!(locale, training.place)}</th>
                            <th scope="col">{td_string!(locale, programmes.trainer)}</th>
                            <th scope="col">{td_string!(locale, training.seats)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let first = (!is_first).then(|| filter.href(""));
    let next = next.map(|after| filter.href(&after));
    view! {
        <Filters filter=filter programmes=programmes regions=regions/>
        {list}
        <Pager first=first next=next/>
    }
}

#[component]
fn Filters(filter: SessionFilter, programmes: Vec<Choice>, regions: Vec<Choice>) -> impl IntoView {
    let locale = use_locale();
    let whens = When::ALL
        .into_iter()
        .map(|when| {
            chip(
                when_name(locale, when),
                SessionFilter { when, order: None, ..filter.clone() }.href(""),
                filter.when == when,
            )
        })
        .collect_view();
    let modes = SessionMode::ALL
        .into_iter()
        .map(|mode| {
            let chosen = filter.mode == Some(mode);
            // A chosen chip, touched again, lets go.
            let to = SessionFilter { mode: (!chosen).then_some(mode), ..filter.clone() };
            chip(mode_name(locale, mode), to.href(""), chosen)
        })
        .collect_view();
    let turned = SessionFilter { order: Some(filter.order().turned()), ..filter.clone() }.href("");
    let kept = carried(vec![
        ("when", filter.when.code().to_owned()),
        ("mode", filter.mode_code().to_owned()),
        ("order", filter.order_code().to_owned()),
    ]);
    view! {
        <nav class="stack" aria-label=td_string!(locale, training.filters)>
            <ul class="chips" role="list">{whens}</ul>
            <ul class="chips" role="list">{modes}</ul>
            <Turn order=filter.order() to=turned/>
            <Form method="GET" action="/admin/sessions" attr:class="cluster">
                <Narrow name="programme" label=td_string!(locale, programmes.programme)
                    every=td_string!(locale, programmes.every_programme) options=programmes
                    value=filter.programme_code()/>
                <Narrow name="region" label=td_string!(locale, training.region)
                    every=td_string!(locale, training.every_region) options=regions
                    value=filter.region_code().to_owned()/>
                {kept}
                <button class="button button--inline">{td_string!(locale, training.show)}</button>
            </Form>
        </nav>
    }
}

#[component]
fn Line(line: SessionLine) -> impl IntoView {
    let locale = use_locale();
    let place = line.place.unwrap_or_else(|| td_string!(locale, training.online).to_owned());
    let (taken, seats) = (line.taken, line.seats);
    let waiting = (line.waiting > 0).then(|| {
        let waiting = line.waiting;
        view! { <br/> {td_string!(locale, programmes.waiting_count, count = waiting)} }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/admin/sessions/{}", line.id)>{line.title}</a>
                <p class="muted">{kind_name(locale, line.kind)}</p>
            </th>
            <td data-label=td_string!(locale, training.starts)>{dual_date_time(locale, line.starts_at)}</td>
            <td data-label=td_string!(locale, training.place)>{place}</td>
            <td data-label=td_string!(locale, programmes.trainer)>{line.trainer}</td>
            <td data-label=td_string!(locale, training.seats)>
                {td_string!(locale, programmes.taken_of, taken = taken, seats = seats)}
                {waiting}
            </td>
        </tr>
    }
}
