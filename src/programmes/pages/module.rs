//! `/admin/modules/new` and `/admin/modules/{id}`: a renewal module, made, changed, put in force, retired.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::frame::Frame;
use super::modules::{StateTag, standing};
use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::programmes::api;
use crate::programmes::model::{LONGEST_READING, ModuleState, ModuleView};
use crate::programmes::words::kind_name;
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::choice::Radios;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;
use crate::ui::text_area::TextArea;

/// The list that it stands in.
fn list(locale: Locale) -> (&'static str, &'static str) {
    ("/admin/modules", td_string!(locale, programmes.modules_title))
}

#[component]
pub fn NewModule() -> impl IntoView {
    let locale = use_locale();
    let create = ServerAction::<api::CreateModule>::new();
    let kinds =
        LicenceKind::ALL.into_iter().map(|kind| (kind.code().to_owned(), kind_name(locale, kind).to_owned())).collect();
    view! {
        <Frame title=td_string!(locale, programmes.new_module) list=list(locale)>
            <p>{td_string!(locale, programmes.new_module_text)}</p>
            <ServerForm action=create>
                <Radios name="kind" legend=td_string!(locale, programmes.kind) options=kinds/>
                <Texts module=None/>
                <Submit label=td_string!(locale, programmes.create_button)/>
            </ServerForm>
        </Frame>
    }
}

#[component]
pub fn ModulePage() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let saved = Memo::new(move |_| query.read().get("saved").is_some());
    let module = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), query.read().to_query_string()),
        |(id, _)| api::module(id),
    );
    loaded(module, move |module| {
        view! {
            <Frame title=module.line.title.clone() list=list(locale)>
                {saved.get_untracked().then(|| view! {
                    <Notice tone=Tone::Success><p>{td_string!(locale, programmes.saved)}</p></Notice>
                })}
                <Standing module=module.clone()/>
                <Acts module=module/>
            </Frame>
        }
    })
}

/// Where it stands, its questions, and what there is to do about them.
#[component]
fn Standing(module: ModuleView) -> impl IntoView {
    let locale = use_locale();
    let line = module.line;
    let (id, short) = (line.id, line.questions < line.asked);
    let warning = short.then(|| {
        let text = if line.state == ModuleState::InForce {
            td_string!(locale, programmes.module_short_in_force)
        } else {
            td_string!(locale, programmes.module_short)
        };
        view! { <Notice tone=Tone::Warning><p>{text}</p></Notice> }
    });
    view! {
        <p><StateTag state=line.state/></p>
        <p class="muted">{kind_name(locale, line.kind)} " · " {standing(locale, &line)}</p>
        <p class="muted">{td_string!(locale, programmes.module_id)} " " <bdi><code>{id.to_string()}</code></bdi></p>
        {warning}
        <div class="cluster">
            <ButtonLink href=format!("/admin/questions/new?module={id}")
                label=td_string!(locale, programmes.new_question) look="button--secondary"/>
            <ButtonLink href="/admin/imports/new/questions" label=td_string!(locale, programmes.import_file)
                look="button--secondary"/>
        </div>
        <p><a href=format!("/admin/questions?module={id}")>{td_string!(locale, programmes.module_questions_link)}</a></p>
    }
}

#[component]
fn Acts(module: ModuleView) -> impl IntoView {
    let locale = use_locale();
    let change = ServerAction::<api::ChangeModule>::new();
    let publish = ServerAction::<api::PublishModule>::new();
    let retire = ServerAction::<api::RetireModule>::new();
    let (id, state) = (module.line.id, module.line.state);
    let ready = module.line.questions >= module.line.asked;
    let hidden = move || view! { <input type="hidden" name="module" value=id.to_string()/> };
    let replaced = module
        .in_force
        .clone()
        .map(|title| view! { <p>{td_string!(locale, programmes.publish_replaces, title = title)}</p> });
    let into_force = (state != ModuleState::InForce && ready).then(|| {
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, programmes.publish_button)}</h2>
                <p>{td_string!(locale, programmes.publish_text)}</p>
                {replaced}
                <ServerForm action=publish>
                    {hidden()}
                    <Submit label=td_string!(locale, programmes.publish_button)/>
                </ServerForm>
            </section>
        }
    });
    let out_of_force = (state != ModuleState::Retired).then(|| {
        let text = if state == ModuleState::InForce {
            td_string!(locale, programmes.module_retire_in_force)
        } else {
            td_string!(locale, programmes.module_retire_draft)
        };
        view! {
            <section class="stack">
                <h2 class="h2">{td_string!(locale, programmes.retire_button)}</h2>
                <p>{text}</p>
                <ServerForm action=retire>
                    {hidden()}
                    <Submit label=td_string!(locale, programmes.retire_button) look="button--secondary"/>
                </ServerForm>
            </section>
        }
    });
    let texts = if state == ModuleState::Retired {
        let paragraphs = [&module.reading_ar, &module.reading_en]
            .into_iter()
            .flat_map(|reading| reading.split("\n\n"))
            .map(|text| view! { <p>{text.to_owned()}</p> })
            .collect_view();
        view! {
            <Notice tone=Tone::Info><p>{td_string!(locale, programmes.module_retired_text)}</p></Notice>
            <section class="stack">
                <p><strong>{module.title_ar.clone()}</strong> " · " <bdi>{module.title_en.clone()}</bdi></p>
                {paragraphs}
            </section>
        }
        .into_any()
    } else {
        // One primary button a page: of a draft that is ready, it puts it in force.
        let look = if into_force.is_some() { "button--secondary" } else { "button--primary" };
        view! {
            <ServerForm action=change>
                {hidden()}
                <Texts module=Some(module)/>
                <Submit label=td_string!(locale, programmes.save_button) look=look/>
            </ServerForm>
        }
        .into_any()
    };
    view! {
        {texts}
        {into_force}
        {out_of_force}
    }
}

#[component]
fn Texts(module: Option<ModuleView>) -> impl IntoView {
    let locale = use_locale();
    let [title_ar, title_en, reading_ar, reading_en, minutes] = module.map_or_else(Default::default, |module| {
        let minutes = module.minutes.to_string();
        [module.title_ar, module.title_en, module.reading_ar, module.reading_en, minutes]
    });
    view! {
        <TextField name="title_ar" label=td_string!(locale, programmes.title_ar) value=title_ar/>
        <TextField name="title_en" label=td_string!(locale, programmes.title_en) kind=FieldKind::Latin value=title_en/>
        <TextArea name="reading_ar" label=td_string!(locale, programmes.reading_ar) longest=LONGEST_READING
            hint=td_string!(locale, programmes.reading_hint) value=reading_ar/>
        <TextArea name="reading_en" label=td_string!(locale, programmes.reading_en) longest=LONGEST_READING
            hint=td_string!(locale, programmes.reading_hint) value=reading_en/>
        <TextField name="minutes" label=td_string!(locale, programmes.minutes) kind=FieldKind::Number value=minutes/>
    }
}
