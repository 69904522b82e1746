//! `/admin/topics/new` and `/admin/topics/{id}`: a topic, made or changed.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::frame::Frame;
use crate::i18n::{Locale, pick, td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::{LONGEST_TEXT, TopicView};
use crate::ui::button::Submit;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;
use crate::ui::text_area::TextArea;

/// The list that it stands in.
fn list(locale: Locale) -> (&'static str, &'static str) {
    ("/admin/topics", td_string!(locale, programmes.topics_title))
}

#[component]
pub fn NewTopic() -> impl IntoView {
    let locale = use_locale();
    let create = ServerAction::<api::CreateTopic>::new();
    view! {
        <Frame title=td_string!(locale, programmes.new_topic) list=list(locale)>
            <ServerForm action=create>
                <TextField name="code" label=td_string!(locale, programmes.code)
                    hint=td_string!(locale, programmes.code_hint) kind=FieldKind::Latin/>
                <Texts topic=None/>
                <Submit label=td_string!(locale, programmes.create_button)/>
            </ServerForm>
        </Frame>
    }
}

#[component]
pub fn TopicPage() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let saved = Memo::new(move |_| query.read().get("saved").is_some());
    let topic = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), query.read().to_query_string()),
        |(id, _)| api::topic(id),
    );
    loaded(topic, move |topic| {
        let title = pick(locale, &topic.name_ar, &topic.name_en).clone();
        let change = ServerAction::<api::ChangeTopic>::new();
        let (id, code) = (topic.id, topic.code.clone());
        view! {
            <Frame title=title list=list(locale)>
                {saved.get_untracked().then(|| view! {
                    <Notice tone=Tone::Success><p>{td_string!(locale, programmes.saved)}</p></Notice>
                })}
                <p class="muted"><bdi>{code}</bdi></p>
                <ServerForm action=change>
                    <input type="hidden" name="topic" value=id.to_string()/>
                    <Texts topic=Some(topic)/>
                    <Submit label=td_string!(locale, programmes.save_button)/>
                </ServerForm>
            </Frame>
        }
    })
}

#[component]
fn Texts(topic: Option<TopicView>) -> impl IntoView {
    let locale = use_locale();
    let [name_ar, name_en, reading_ar, reading_en] =
        topic.map_or_else(Default::default, |topic| [topic.name_ar, topic.name_en, topic.reading_ar, topic.reading_en]);
    view! {
        <TextField name="name_ar" label=td_string!(locale, programmes.name_ar) value=name_ar/>
        <TextField name="name_en" label=td_string!(locale, programmes.name_en) kind=FieldKind::Latin value=name_en/>
        <TextArea name="reading_ar" label=td_string!(locale, programmes.topic_reading_ar) longest=LONGEST_TEXT
            hint=td_string!(locale, programmes.topic_reading_hint) value=reading_ar/>
        <TextArea name="reading_en" label=td_string!(locale, programmes.topic_reading_en) longest=LONGEST_TEXT
            value=reading_en/>
    }
}
