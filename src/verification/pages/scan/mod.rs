//! `/verify/scan`: reads the code of a card by the camera, from a picture or as typed, and checks it here in the browser,
//! with a connection or without.

mod camera;
mod found;
mod lists;
mod reading;

use leptos::html::{Input, Video};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_query_map};

use self::camera::{Camera, NoPicture, View};
use self::found::Found;
use self::reading::Reader;
use super::form::VerifyForm;
use crate::i18n::{td_string, use_locale};
use crate::offline::worker;
use crate::ui::browser;
use crate::ui::error_view::loaded;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;
use crate::verification::api::scanning::{Pinned, scan_kit};

#[component]
pub fn Scan() -> impl IntoView {
    let locale = use_locale();
    worker::keep_pages();
    // What reads codes too, where the browser cannot.
    Effect::new(|| spawn_local(async { drop(Reader::find().await) }));
    // With the page, so that it is kept with it: what is pinned was there when it was last fetched.
    let kit = Resource::new(|| (), |()| scan_kit());
    view! {
        <Page title=td_string!(locale, scanning.title)
            trail=vec![("/verify", td_string!(locale, common.verify_a_licence))]>
            <div class="stack">
                {loaded(kit, |kit| view! { <Scanner kit=kit/> })}
            </div>
        </Page>
    }
}

#[component]
fn Scanner(kit: Pinned) -> impl IntoView {
    let locale = use_locale();
    let read = RwSignal::new(None::<String>);
    let origin = kit.origin.clone();
    let (query, hash) = (use_query_map(), use_location().hash);
    // Where a camera of the phone opened a card's address with no signal, the worker leads here with its signed part.
    Effect::new(move || {
        let number = query.read_untracked().get("number").filter(|number| !number.is_empty());
        if let Some(number) = number {
            let hash = hash.get_untracked();
            let token = hash.trim_start_matches('#');
            read.set(Some(format!("{origin}/v/{number}#{token}")));
        }
    });
    let kit = StoredValue::new(kit);
    let again = move || read.set(None);
    move || match read.get() {
        Some(text) => view! { <Found text=text kit=kit.get_value() again=again/> }.into_any(),
        None => view! {
            <h1 class="h1">{td_string!(locale, scanning.title)}</h1>
            <p>{td_string!(locale, scanning.lead)}</p>
            <Ways read=read/>
        }
        .into_any(),
    }
}

/// Three ways to a code.
#[component]
fn Ways(read: RwSignal<Option<String>>) -> impl IntoView {
    let locale = use_locale();
    // What needs a script is there where there is one.
    let scripted = crate::ui::scripted();
    view! {
        {move || scripted.get().then(|| view! {
            <CameraView read=read/>
            <PictureField read=read/>
        })}
        <noscript><p>{td_string!(locale, scanning.without_scripts)}</p></noscript>
        <section class="card">
            <h2 class="card__title">{td_string!(locale, scanning.or_type)}</h2>
            <VerifyForm/>
        </section>
    }
}

#[component]
fn CameraView(read: RwSignal<Option<String>>) -> impl IntoView {
    let locale = use_locale();
    let video = NodeRef::<Video>::new();
    let camera = Camera::new(video);
    let open = move |_| camera.open(move |text| read.set(Some(text)));
    let off = move || !matches!(camera.view.get(), View::Opening | View::On);
    let told = move || match camera.view.get() {
        View::Off => None,
        View::Opening => Some(td_string!(locale, scanning.camera_opening)),
        View::On => Some(td_string!(locale, scanning.camera_on)),
        View::Failed(NoPicture::Refused) => Some(td_string!(locale, scanning.camera_refused)),
        View::Failed(NoPicture::Missing) => Some(td_string!(locale, scanning.camera_missing)),
        View::Failed(NoPicture::NoReader) => Some(td_string!(locale, scanning.no_reader)),
    };
    view! {
        <section class="stack">
            <video class="scan__picture" node_ref=video muted=true playsinline=true hidden=off
                aria-label=td_string!(locale, scanning.camera_picture)></video>
            <p role="status">{told}</p>
            <button type="button" class="button button--primary" hidden=move || !off() on:click=open>
                <Icon glyph=Glyph::Scan/>
                {td_string!(locale, scanning.open_camera)}
            </button>
            <button type="button" class="button button--secondary" hidden=off on:click=move |_| camera.close()>
                {td_string!(locale, scanning.close_camera)}
            </button>
        </section>
    }
}

#[component]
fn PictureField(read: RwSignal<Option<String>>) -> impl IntoView {
    let locale = use_locale();
    let input = NodeRef::<Input>::new();
    let (looking, nothing) = (RwSignal::new(false), RwSignal::new(None::<&str>));
    let choose = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| browser::member(&input, "files")) else { return };
        let Some(file) = browser::member(&file, "0") else { return };
        looking.set(true);
        nothing.set(None);
        spawn_local(async move {
            let answer = camera::read_file(&file).await;
            looking.try_set(false);
            match answer {
                Ok(Some(text)) => drop(read.try_set(Some(text))),
                Ok(None) => drop(nothing.try_set(Some(td_string!(locale, scanning.picture_nothing)))),
                Err(_) => drop(nothing.try_set(Some(td_string!(locale, scanning.no_reader)))),
            }
        });
    };
    view! {
        <div class="field" class:field--error=move || nothing.get().is_some()>
            <label class="field__label" for="picture">{td_string!(locale, scanning.picture)}</label>
            <p class="field__hint" id="picture-hint">{td_string!(locale, scanning.picture_hint)}</p>
            <div role="status">
                {move || looking.get().then(|| view! { <p>{td_string!(locale, scanning.picture_looking)}</p> })}
            </div>
            <div role="alert" id="picture-error">
                {move || nothing.get().map(|why| view! { <Notice tone=Tone::Error><p>{why}</p></Notice> })}
            </div>
            <input class="input" id="picture" type="file" accept="image/*" node_ref=input on:change=choose
                aria-describedby="picture-hint picture-error"/>
        </div>
    }
}
