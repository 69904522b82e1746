//! `/training`: the sessions open for enrolment. The filter, the order and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;

use super::words::{PlaceFact, StartFact, kind_name, seats_text};
use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::training::api;
use crate::training::model::{Filter, SessionCard, SessionMode, SessionOrder, SessionsPage};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::icon::Glyph;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, NothingFits, carried, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

/// The list with its filters.
#[component]
pub fn Sessions() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (Filter::parse(&value("kind"), &value("region"), &value("mode"), &value("order")), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(filter, after)| {
            api::sessions(
                filter.kind_slug().to_owned(),
                filter.region_code().to_owned(),
                filter.mode_code().to_owned(),
                filter.order.code().to_owned(),
                after,
            )
        },
    );
    let title = td_string!(locale, training.title);
    view! {
        <Page title=title trail=vec![("/training", title)]>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, training.lead)}</p>
            </div>
            {loaded(page, move |page| {
                let (filter, after) = asked.get_untracked();
                view! { <List filter=filter is_first=after.is_empty() page=page/> }
            })}
        </Page>
    }
}

#[component]
fn List(filter: Filter, is_first: bool, page: SessionsPage) -> impl IntoView {
    let locale = use_locale();
    let SessionsPage { sessions, next, regions } = page;
    let list = if sessions.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if sessions.is_empty() && filter.is_narrow() {
        let whole = Filter { order: filter.order, ..Filter::default() }.href(None);
        view! { <NothingFits chosen=chosen(&filter, &regions) whole=whole/> }.into_any()
    } else if sessions.is_empty() {
        view! {
            <Empty title=td_string!(locale, training.empty_title)>
                <p>{td_string!(locale, training.empty_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let cards = sessions.into_iter().map(|session| view! { <li><Card session=session/></li> }).collect_view();
        view! { <ul class="grid" role="list">{cards}</ul> }.into_any()
    };
    let first = (!is_first).then(|| filter.href(None));
    let next = next.map(|after| filter.href(Some(&after)));
    view! {
        <div class="stack stack--wide">
            <Filters filter=filter regions=regions/>
            {list}
            <Pager first=first next=next/>
        </div>
    }
}

/// What the list is narrowed to, in words.
fn chosen(filter: &Filter, regions: &[(String, String)]) -> Vec<String> {
    let locale = use_locale();
    let region = filter.region.as_ref().map(|code| {
        let named = regions.iter().find(|(one, _)| one == code);
        named.map_or_else(|| code.clone(), |(_, name)| name.clone())
    });
    let words = [
        filter.kind.map(|kind| kind_name(locale, kind).to_owned()),
        filter.mode.map(|mode| mode_name(locale, mode).to_owned()),
        region,
    ];
    words.into_iter().flatten().collect()
}

fn mode_name(locale: Locale, mode: SessionMode) -> &'static str {
    match mode {
        SessionMode::InPerson => td_string!(locale, training.in_person),
        SessionMode::Online => td_string!(locale, training.online),
    }
}

/// Kind and mode as links, the region and the order as a form: all work without JavaScript, and without a full load with it.
#[component]
fn Filters(filter: Filter, regions: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    let kinds = LicenceKind::ALL
        .into_iter()
        .map(|kind| {
            let chosen = filter.kind == Some(kind);
            // A chosen chip, touched again, lets go.
            let to = Filter { kind: (!chosen).then_some(kind), ..filter.clone() };
            chip(kind_name(locale, kind), to.href(None), chosen)
        })
        .collect_view();
    let modes = SessionMode::ALL
        .into_iter()
        .map(|mode| {
            let chosen = filter.mode == Some(mode);
            let to = Filter { mode: (!chosen).then_some(mode), ..filter.clone() };
            chip(mode_name(locale, mode), to.href(None), chosen)
        })
        .collect_view();
    let whole = Filter { order: filter.order, ..Filter::default() };
    let all = chip(td_string!(locale, training.all), whole.href(None), !filter.is_narrow());
    let region = filter.region_code().to_owned();
    let options = std::iter::once((String::new(), td_string!(locale, training.every_region).to_owned()))
        .chain(regions)
        .map(|(code, name)| {
            let selected = code == region;
            view! { <option value=code selected=selected prop:selected=selected>{name}</option> }
        })
        .collect_view();
    let orders = [
        (SessionOrder::Latest.code(), td_string!(locale, training.latest_first)),
        (SessionOrder::Seats.code(), td_string!(locale, training.most_seats_first)),
    ];
    let orders = orders.map(|(code, text)| (code.to_owned(), text.to_owned())).to_vec();
    let kept = carried(vec![("kind", filter.kind_slug().to_owned()), ("mode", filter.mode_code().to_owned())]);
    let order = filter.order.code().to_owned();
    view! {
        <nav class="stack" aria-label=td_string!(locale, training.filters)>
            <ul class="chips" role="list">{all}{kinds}{modes}</ul>
            <Form method="GET" action="/training" attr:class="cluster">
                <div class="field">
                    <label class="field__label" for="region">{td_string!(locale, training.region)}</label>
                    <select class="input" id="region" name="region" aria-describedby="region-hint">
                        {options}
                    </select>
                </div>
                <Narrow name="order" label=td_string!(locale, lists.order)
                    every=td_string!(locale, training.soonest_first) options=orders value=order/>
                {kept}
                <button class="button button--inline">{td_string!(locale, training.show)}</button>
                <p class="card__meta" id="region-hint">{td_string!(locale, training.region_hint)}</p>
            </Form>
        </nav>
    }
}

#[component]
fn Card(session: SessionCard) -> impl IntoView {
    let locale = use_locale();
    let tone = if session.seats_left > 0 { Tone::Success } else { Tone::Neutral };
    let deadline = dual_date_time(locale, session.enrol_by);
    view! {
        <article class="card card--link">
            <p class="card__eyebrow">{kind_name(locale, session.kind)}</p>
            <h2 class="card__title"><a href=format!("/training/{}", session.id)>{session.title}</a></h2>
            <PlaceFact place=session.place/>
            <StartFact starts_at=session.starts_at/>
            <super::words::Fact glyph=Glyph::Clock text=td_string!(locale, training.enrol_by, date = deadline)/>
            <Tag tone=tone label=seats_text(locale, session.seats_left, session.waiting)/>
        </article>
    }
}
