//! The signed part of a card's code, on the page that its address opens: checked here in the browser, and told apart from
//! what the register says.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_location;

use crate::error::AppError;
use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceNumber;
use crate::signing::model::Refusal;
use crate::ui::browser;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;
use crate::verification::api::scanning::{Pinned, scan_kit};

/// What is said of the fragment of the address, where it has one. A browser never sends it: a server cannot say it.
#[component]
pub fn Signature(number: LicenceNumber) -> impl IntoView {
    let hash = use_location().hash;
    let scripted = crate::ui::scripted();
    move || {
        let token = hash.get().trim_start_matches('#').to_owned();
        let number = number.clone();
        (scripted.get() && token.contains('.')).then(|| {
            let checked = Suspend::new(async move { check(number, token).await.unwrap_or_else(|_| unchecked()) });
            view! { <Suspense fallback=|| ()>{checked}</Suspense> }
        })
    }
}

/// Fetched with the first signature there is to check.
#[wasm_split(check, wasm_split_path = leptos::wasm_split, fallible)]
#[allow(clippy::unnecessary_wraps, reason = "to fetch it can fail")]
fn check(number: LicenceNumber, token: String) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <Checked number=number token=token/> }.into_any())
}

/// Where there is no signal to fetch it.
fn unchecked() -> AnyView {
    view! { <Notice tone=Tone::Warning><p>{td_string!(use_locale(), scanning.unchecked)}</p></Notice> }.into_any()
}

#[component]
fn Checked(number: LicenceNumber, token: String) -> impl IntoView {
    let locale = use_locale();
    let kit = RwSignal::new(None::<Result<Pinned, AppError>>);
    spawn_local(async move {
        kit.try_set(Some(scan_kit().await));
    });
    move || {
        let checked = kit.get().map(|kit| kit.map(|kit| browser::timed("signature", || kit.signed(&number, &token))));
        checked.map(|checked| match checked {
            Err(_) => unchecked(),
            Ok(Ok(claims)) => view! {
                <Notice tone=Tone::Success>
                    <p><b>{td_string!(locale, scanning.signature_good)}</b></p>
                    <p>{td_string!(locale, scanning.issuer)} " " <bdi dir="ltr">{claims.issuer}</bdi></p>
                </Notice>
            }
            .into_any(),
            Ok(Err(Refusal::UnknownKey)) => view! {
                <Notice tone=Tone::Warning><p>{td_string!(locale, scanning.unknown_key)}</p></Notice>
            }
            .into_any(),
            Ok(Err(_)) => view! {
                <Notice tone=Tone::Error>
                    <p><b>{td_string!(locale, scanning.forged)}</b></p>
                    <p>{td_string!(locale, scanning.forged_text)}</p>
                </Notice>
            }
            .into_any(),
        })
    }
}
