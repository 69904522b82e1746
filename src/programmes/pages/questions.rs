//! `/admin/questions`: the question banks. The filter and the place in the list live in the URL.

use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;

use super::topics::TopicFirst;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::programmes::api;
use crate::programmes::model::{QuestionFilter, QuestionLine, QuestionsPage};
use crate::programmes::words::{kind_name, statistics_text};
use crate::ui::button::ButtonLink;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, Turn, carried, chip};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::Empty;

#[component]
pub fn Questions() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        let (topic, module) = (value("topic"), value("module"));
        let filter = QuestionFilter::parse(&value("retired"), &value("kind"), &topic, &module, &value("order"));
        (filter, value("after"))
    });
    let page = Resource::new(
        move || asked.get(),
        |(filter, after)| {
            let (retired, kind) = (filter.retired_code().to_owned(), filter.kind_slug().to_owned());
            let (topic, order) = (filter.topic_code().to_owned(), filter.order.code().to_owned());
            api::questions(retired, kind, topic, filter.module_id(), order, after)
        },
    );
    let title = td_string!(locale, programmes.questions_title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <div class="cluster">
                    <ButtonLink href="/admin/questions/new" label=td_string!(locale, programmes.new_question)/>
                    <ButtonLink href="/admin/imports/new/questions" label=td_string!(locale, programmes.import_file)
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
fn List(filter: QuestionFilter, is_first: bool, page: QuestionsPage) -> impl IntoView {
    let locale = use_locale();
    let QuestionsPage { questions, next, topics, modules } = page;
    if topics.is_empty() {
        return view! { <TopicFirst/> }.into_any();
    }
    let list = if questions.is_empty() && !is_first {
        view! { <PastEnd/> }.into_any()
    } else if questions.is_empty() {
        view! {
            <Empty title=td_string!(locale, programmes.no_questions)>
                <p>{td_string!(locale, programmes.no_questions_text)}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = questions.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    let kinds = LicenceKind::ALL
        .into_iter()
        .map(|kind| {
            let chosen = filter.kind == Some(kind);
            let to = QuestionFilter { kind: (!chosen).then_some(kind), ..filter.clone() };
            chip(kind_name(locale, kind), to.href(""), chosen)
        })
        .collect_view();
    let turned = QuestionFilter { order: filter.order.turned(), ..filter.clone() }.href("");
    let in_use = QuestionFilter { retired: false, ..filter.clone() }.href("");
    let retired = QuestionFilter { retired: true, ..filter.clone() }.href("");
    let kept = carried(vec![
        ("retired", filter.retired_code().to_owned()),
        ("kind", filter.kind_slug().to_owned()),
        ("order", filter.order.code().to_owned()),
    ]);
    // The file holds what the list is narrowed to.
    let file = filter.href("").replacen("/admin/questions", "/admin/downloads/questions.csv", 1);
    let (first, next) = ((!is_first).then(|| filter.href("")), next.map(|after| filter.href(&after)));
    let (topic, module) = (filter.topic_code().to_owned(), filter.module_id());
    view! {
        <nav class="stack" aria-label=td_string!(locale, training.filters)>
            <ul class="chips" role="list">
                {chip(td_string!(locale, programmes.in_use), in_use, !filter.retired)}
                {chip(td_string!(locale, programmes.retired), retired, filter.retired)}
                {kinds}
            </ul>
            <Turn order=filter.order to=turned/>
            <Form method="GET" action="/admin/questions" attr:class="cluster">
                <Narrow name="topic" label=td_string!(locale, programmes.topic)
                    every=td_string!(locale, programmes.every_topic) options=topics
                    value=topic/>
                <Narrow name="module" label=td_string!(locale, programmes.module)
                    every=td_string!(locale, programmes.every_module) options=modules value=module/>
                {kept}
                <button class="button button--inline">{td_string!(locale, training.show)}</button>
            </Form>
            <p><a href=file rel="external" download="questions.csv">{td_string!(locale, programmes.export)}</a></p>
        </nav>
        <p class="muted">{td_string!(locale, programmes.discrimination_text)}</p>
        {list}
        <Pager first=first next=next/>
    }
    .into_any()
}

#[component]
fn Line(line: QuestionLine) -> impl IntoView {
    let locale = use_locale();
    view! {
        <li class="task-list__item">
            <div>
                <p><a href=format!("/admin/questions/{}", line.id)>{line.stem}</a></p>
                <p class="muted">
                    {kind_name(locale, line.kind)} " · "
                    {line.module.map(|title| view! { {title} " · " })}
                    {line.topic}
                    {line.mended.then(|| view! { " · " {td_string!(locale, programmes.mended)} })}
                </p>
                <p class="muted">{statistics_text(locale, &line.statistics)}</p>
            </div>
        </li>
    }
}
