//! `/admin/topics`: the topics of the question banks.

use leptos::prelude::*;

use crate::i18n::{td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::TopicLine;
use crate::ui::button::ButtonLink;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::Empty;

#[component]
pub fn Topics() -> impl IntoView {
    let locale = use_locale();
    let topics = Resource::new(|| (), |()| api::topics());
    let title = td_string!(locale, programmes.topics_title);
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin))]>
            <div class="stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, programmes.topics_text)}</p>
                <div class="cluster">
                    <ButtonLink href="/admin/topics/new" label=td_string!(locale, programmes.new_topic)/>
                </div>
                {loaded(topics, |topics| view! { <List topics=topics/> })}
            </div>
        </Page>
    }
}

#[component]
fn List(topics: Vec<TopicLine>) -> impl IntoView {
    let locale = use_locale();
    if topics.is_empty() {
        return view! {
            <Empty title=td_string!(locale, programmes.no_topics)>
                <p>{td_string!(locale, programmes.no_topics_text)}</p>
            </Empty>
        }
        .into_any();
    }
    let rows = topics
        .into_iter()
        .map(|line| {
            let (questions, list) = (line.questions, format!("/admin/questions?topic={}", line.code));
            view! {
                <li class="task-list__item">
                    <div>
                        <p><a href=format!("/admin/topics/{}", line.id)>{line.name}</a></p>
                        <p class="muted">
                            <bdi>{line.code}</bdi> " · "
                            <a href=list>{td_string!(locale, programmes.question_count, count = questions)}</a>
                        </p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="task-list">{rows}</ul> }.into_any()
}

/// What stands where a question would be made before there is a topic.
#[component]
pub fn TopicFirst() -> impl IntoView {
    let locale = use_locale();
    view! {
        <Empty title=td_string!(locale, programmes.topic_first)>
            <p>{td_string!(locale, programmes.no_topics_text)}</p>
            <ButtonLink href="/admin/topics/new" label=td_string!(locale, programmes.new_topic)/>
        </Empty>
    }
}
