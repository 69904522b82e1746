//! `/admin/programmes/new` and `/admin/programmes/{id}`: a programme, made or changed.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::i18n::{pick, td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::programmes::api;
use crate::programmes::model::{LONGEST_TEXT, ProgrammeView};
use crate::programmes::words::kind_name;
use crate::ui::button::Submit;
use crate::ui::choice::Radios;
use crate::ui::error_view::loaded;
use crate::ui::field::{FieldKind, TextField};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;
use crate::ui::text_area::TextArea;

#[component]
pub fn NewProgramme() -> impl IntoView {
    let locale = use_locale();
    let create = ServerAction::<api::CreateProgramme>::new();
    let kinds =
        LicenceKind::ALL.into_iter().map(|kind| (kind.code().to_owned(), kind_name(locale, kind).to_owned())).collect();
    let title = td_string!(locale, programmes.new_programme);
    view! {
        <Page title=title trail=vec![
            ("/admin", td_string!(locale, programmes.admin)),
            ("/admin/programmes", td_string!(locale, programmes.programmes_title)),
        ]>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                <ServerForm action=create>
                    <TextField name="code" label=td_string!(locale, programmes.code)
                        hint=td_string!(locale, programmes.code_hint) kind=FieldKind::Latin/>
                    <Radios name="kind" legend=td_string!(locale, programmes.kind) options=kinds/>
                    <Texts programme=None/>
                    <Submit label=td_string!(locale, programmes.create_button)/>
                </ServerForm>
            </div>
        </Page>
    }
}

#[component]
pub fn ProgrammePage() -> impl IntoView {
    let locale = use_locale();
    let (params, query) = (use_params_map(), use_query_map());
    let saved = Memo::new(move |_| query.read().get("saved").is_some());
    let programme = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), query.read().to_query_string()),
        |(id, _)| api::programme(id),
    );
    loaded(programme, move |programme| {
        let title = pick(locale, &programme.title_ar, &programme.title_en).clone();
        view! {
            <Page title=title.clone() trail=vec![
                ("/admin", td_string!(locale, programmes.admin)),
                ("/admin/programmes", td_string!(locale, programmes.programmes_title)),
            ]>
                <div class="prose stack">
                    <h1 class="h1">{title}</h1>
                    {saved.get_untracked().then(|| view! {
                        <Notice tone=Tone::Success><p>{td_string!(locale, programmes.saved)}</p></Notice>
                    })}
                    <Change programme=programme/>
                </div>
            </Page>
        }
    })
}

#[component]
fn Change(programme: ProgrammeView) -> impl IntoView {
    let locale = use_locale();
    let change = ServerAction::<api::ChangeProgramme>::new();
    let retire = ServerAction::<api::RetireProgramme>::new();
    let (id, retired) = (programme.id, programme.retired);
    let (text, label) = if retired {
        (td_string!(locale, programmes.retired_text), td_string!(locale, programmes.restore_button))
    } else {
        (td_string!(locale, programmes.retire_text), td_string!(locale, programmes.retire_button))
    };
    view! {
        <p class="muted">{kind_name(locale, programme.kind)} " · " <bdi>{programme.code.clone()}</bdi></p>
        <ServerForm action=change>
            <input type="hidden" name="programme" value=id.to_string()/>
            <Texts programme=Some(programme)/>
            <Submit label=td_string!(locale, programmes.save_button)/>
        </ServerForm>
        <section class="stack">
            <h2 class="h2">{label}</h2>
            <p>{text}</p>
            <ServerForm action=retire>
                <input type="hidden" name="programme" value=id.to_string()/>
                <input type="hidden" name="retired" value=(!retired).to_string()/>
                <Submit label=label look="button--secondary"/>
            </ServerForm>
        </section>
    }
}

#[component]
fn Texts(programme: Option<ProgrammeView>) -> impl IntoView {
    let locale = use_locale();
    let [title_ar, title_en, summary_ar, summary_en, hours] = programme.map_or_else(Default::default, |programme| {
        let hours = programme.hours.to_string();
        [programme.title_ar, programme.title_en, programme.summary_ar, programme.summary_en, hours]
    });
    view! {
        <TextField name="title_ar" label=td_string!(locale, programmes.title_ar) value=title_ar/>
        <TextField name="title_en" label=td_string!(locale, programmes.title_en) kind=FieldKind::Latin value=title_en/>
        <TextArea name="summary_ar" label=td_string!(locale, programmes.summary_ar) longest=LONGEST_TEXT
            value=summary_ar/>
        <TextArea name="summary_en" label=td_string!(locale, programmes.summary_en) longest=LONGEST_TEXT
            value=summary_en/>
        <TextField name="hours" label=td_string!(locale, programmes.hours) kind=FieldKind::LicenceNumber value=hours/>
    }
}
