//! `/admin/programmes`: the programmes. The filter and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::programmes::api;
use crate::programmes::model::{ProgrammeFilter, ProgrammesPage};
use crate::programmes::words::kind_name;
use crate::ui::button::ButtonLink;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Turn, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Programmes() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        (ProgrammeFilter::parse(&value("retired"), &value("kind"), &value("order")), value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(filter, after)| {
            let (retired, kind) = (filter.retired_code().to_owned(), filter.kind_slug().to_owned());
            api::programmes(retired, kind, filter.order.code().to_owned(), after)
        },
    );
    let title = td_string!(locale, programmes.programmes_title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <div class="cluster">
                    <ButtonLink href="/admin/programmes/new" label=td_string!(locale, programmes.new_programme)/>
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
fn List(filter: ProgrammeFilter, is_first: bool, page: ProgrammesPage) -> impl IntoView {
    let locale = use_locale();
    let kinds = LicenceKind::ALL
        .into_iter()
        .map(|kind| {
            let chosen = filter.kind == Some(kind);
            let to = ProgrammeFilter { kind: (!chosen).then_some(kind), ..filter };
            chip(kind_name(locale, kind), to.href(""), chosen)
        })
        .collect_view();
    let turned = ProgrammeFilter { order: filter.order.turned(), ..filter }.href("");
    let in_use = ProgrammeFilter { retired: false, ..filter }.href("");
    let retired = ProgrammeFilter { retired: true, ..filter }.href("");
    let list = if page.programmes.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if page.programmes.is_empty() {
        view! {
            <Empty title=td_string!(locale, programmes.no_programmes)>
                <p>{td_string!(locale, programmes.no_programmes_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page
            .programmes
            .into_iter()
            .map(|line| {
                let (hours, upcoming) = (line.hours, line.upcoming);
                view! {
                    <li class="task-list__item">
                        <div>
                            <p><a href=format!("/admin/programmes/{}", line.id)>{line.title}</a></p>
                            <p class="muted">
                                {kind_name(locale, line.kind)} " · " <bdi>{line.code}</bdi> " · "
                                {td_string!(locale, training.hours_of, count = hours)} " · "
                                {td_string!(locale, programmes.upcoming_count, count = upcoming)}
                            </p>
                        </div>
                        {line.retired.then(|| view! {
                            <div class="task-list__status">
                                <Tag tone=Tone::Neutral label=td_string!(locale, programmes.retired)/>
                            </div>
                        })}
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! {
        <nav class="stack" aria-label=td_string!(locale, training.filters)>
            <ul class="chips" role="list">
                {chip(td_string!(locale, programmes.in_use), in_use, !filter.retired)}
                {chip(td_string!(locale, programmes.retired), retired, filter.retired)}
                {kinds}
            </ul>
            <Turn order=filter.order to=turned/>
        </nav>
        {list}
        <Pager first=(!is_first).then(|| filter.href("")) next=page.next.map(|after| filter.href(&after))/>
    }
}
