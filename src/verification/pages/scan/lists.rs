//! The status lists, through the service worker: from the network, or as they were last fetched. In the browser only.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use time::OffsetDateTime;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::signing::model::{Place, PublicKey, Purpose, StatusList, path};
use crate::ui::browser;

/// The lists that a place stands in, as far as they can be had; each signed by one of `keys`, and the one asked for.
pub async fn lists_of(place: Place, keys: &[PublicKey]) -> Vec<StatusList> {
    let mut lists = Vec::new();
    for purpose in Purpose::ALL {
        let path = path(purpose, place.list);
        let Some(text) = text_of(&path).await else { continue };
        let list = StatusList::verify(&text, keys).ok();
        lists.extend(list.filter(|list| list.purpose == purpose && list.id.ends_with(&path)));
    }
    lists
}

async fn text_of(path: &str) -> Option<String> {
    let answer: Response = JsFuture::from(window().fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.as_ref().ok().and_then(JsValue::as_string)
}

/// The time by the clock of the phone.
pub fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(browser::now() / 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
