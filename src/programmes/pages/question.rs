//! `/admin/questions/new` and `/admin/questions/{id}`: a question, made or mended.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::frame::Frame;
use super::topics::TopicFirst;
use crate::i18n::{Locale, pick, td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::programmes::api;
use crate::programmes::model::{Choice, LONGEST_TEXT, OPTION_INPUTS, OPTIONS, QuestionView, TypedQuestion};
use crate::programmes::words::{kind_name, statistics_text};
use crate::ui::button::Submit;
use crate::ui::choice::{Radios, Select};
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;
use crate::ui::text_area::TextArea;

/// The list that it stands in.
fn list(locale: Locale) -> (&'static str, &'static str) {
    ("/admin/questions", td_string!(locale, programmes.questions_title))
}

#[component]
pub fn NewQuestion() -> impl IntoView {
    let query = use_query_map();
    let question = Resource::new(
        move || query.read().get("module").unwrap_or_default(),
        |module| api::question(String::new(), module),
    );
    loaded(question, |question| {
        if question.topics.is_empty() {
            return view! { <Frame title=td_string!(use_locale(), programmes.new_question) list=list(use_locale())><TopicFirst/></Frame> }
                .into_any();
        }
        let create = ServerAction::<api::CreateQuestion>::new();
        view! {
            <Frame title=td_string!(use_locale(), programmes.new_question) list=list(use_locale())>
                <ServerForm action=create>
                    <Bank typed=question.typed.clone() modules=question.modules/>
                    <Texts typed=question.typed topics=question.topics/>
                    <Submit label=td_string!(use_locale(), programmes.create_button)/>
                </ServerForm>
            </Frame>
        }
        .into_any()
    })
}

#[component]
pub fn QuestionPage() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let question = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), query.read().to_query_string()),
        |(id, _)| api::question(id, String::new()),
    );
    loaded(question, move |question| {
        view! { <Frame title=td_string!(locale, programmes.question) list=list(locale)><Mend question=question/></Frame> }
    })
}

#[component]
fn Mend(question: QuestionView) -> impl IntoView {
    let locale = use_locale();
    let mend = ServerAction::<api::MendQuestion>::new();
    let retire = ServerAction::<api::RetireQuestion>::new();
    let id = StoredValue::new(question.id.map(|id| id.to_string()).unwrap_or_default());
    let retired = question.retired;
    let link =
        |id: uuid::Uuid, label: &'static str| view! { <p><a href=format!("/admin/questions/{id}")>{label}</a></p> };
    let replaces = question.replaces.map(|id| link(id, td_string!(locale, programmes.replaces)));
    let replaced = question.replaced_by.map(|id| link(id, td_string!(locale, programmes.replaced_by)));
    let can_return = retired && question.replaced_by.is_none();
    let label = if retired {
        td_string!(locale, programmes.restore_button)
    } else {
        td_string!(locale, programmes.retire_button)
    };
    let act = (can_return || !retired).then(|| {
        view! {
            <ServerForm action=retire>
                <input type="hidden" name="id" value=id.get_value()/>
                <input type="hidden" name="retired" value=(!retired).to_string()/>
                <Submit label=label look="button--secondary"/>
            </ServerForm>
        }
    });
    let module = question.module.map(|title| {
        let title = td_string!(locale, programmes.in_module, title = title);
        view! { <p><a href=format!("/admin/modules/{}", question.typed.module)>{title}</a></p> }
    });
    // What takes the place of a module's question stays in the module, and so with its licence.
    let bank = if module.is_some() {
        view! { <input type="hidden" name="kind" value=question.typed.kind.clone()/> }.into_any()
    } else {
        view! { <Kind value=question.typed.kind.clone()/> }.into_any()
    };
    let stem = pick(locale, &question.typed.stem_ar, &question.typed.stem_en).clone();
    let shown = retired.then(|| view! { <p>{stem}</p> });
    let form = if retired {
        view! { <Notice tone=Tone::Info><p>{td_string!(locale, programmes.question_retired)}</p></Notice> }.into_any()
    } else {
        view! {
            <p>{td_string!(locale, programmes.mend_text)}</p>
            <ServerForm action=mend>
                <input type="hidden" name="id" value=id.get_value()/>
                {bank}
                <Texts typed=question.typed topics=question.topics/>
                <Submit label=td_string!(locale, programmes.mend_button)/>
            </ServerForm>
        }
        .into_any()
    };
    view! {
        <p class="muted">{statistics_text(locale, &question.statistics)}</p>
        {module}
        {shown}
        {replaces}
        {replaced}
        {form}
        {act}
    }
}

#[component]
fn Kind(value: String) -> impl IntoView {
    let locale = use_locale();
    let kinds =
        LicenceKind::ALL.into_iter().map(|kind| (kind.code().to_owned(), kind_name(locale, kind).to_owned())).collect();
    view! { <Radios name="kind" legend=td_string!(locale, programmes.kind) options=kinds value=value/> }
}

/// Which test asks it: that of the programmes of a licence, or that of a renewal module.
#[component]
fn Bank(typed: TypedQuestion, modules: Vec<Choice>) -> impl IntoView {
    let locale = use_locale();
    let modules =
        std::iter::once((String::new(), td_string!(locale, programmes.no_module).to_owned())).chain(modules).collect();
    view! {
        <Kind value=typed.kind/>
        <Select name="module" label=td_string!(locale, programmes.module)
            hint=td_string!(locale, programmes.module_hint) options=modules value=typed.module/>
    }
}

#[component]
fn Texts(typed: TypedQuestion, topics: Vec<Choice>) -> impl IntoView {
    let locale = use_locale();
    let topics =
        std::iter::once((String::new(), td_string!(locale, programmes.choose).to_owned())).chain(topics).collect();
    let options = typed
        .options()
        .into_iter()
        .zip(OPTION_INPUTS)
        .zip(1..)
        .map(|(((ar, en), names), place)| {
            view! {
                <TextField name=names.0 label=td_string!(locale, programmes.option_ar, number = place)
                    value=ar.to_owned()/>
                <TextField name=names.1 label=td_string!(locale, programmes.option_en, number = place)
                    kind=FieldKind::Latin value=en.to_owned()/>
            }
        })
        .collect_view();
    let numbers = (1..=OPTIONS).map(|place| (place.to_string(), place.to_string())).collect();
    view! {
        <Select name="topic" label=td_string!(locale, programmes.topic) options=topics value=typed.topic.clone()/>
        <TextArea name="stem_ar" label=td_string!(locale, programmes.stem_ar) longest=LONGEST_TEXT
            value=typed.stem_ar.clone()/>
        <TextArea name="stem_en" label=td_string!(locale, programmes.stem_en) longest=LONGEST_TEXT
            value=typed.stem_en.clone()/>
        <p class="muted">{td_string!(locale, programmes.options_text)}</p>
        {options}
        <Radios name="correct" legend=td_string!(locale, programmes.correct) options=numbers
            value=typed.correct.clone()/>
    }
}
