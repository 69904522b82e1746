//! Small texts kept in the browser, beyond the closing of its tab. In the browser only: nothing here is called while a
//! page is rendered.

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Object;

use super::browser;

/// `localStorage`, where the browser lets us have it.
fn storage() -> Option<Object> {
    browser::member(&window(), "localStorage")?.dyn_into().ok()
}

fn call(method: &str, arguments: &[&str]) -> Option<JsValue> {
    let arguments: Vec<JsValue> = arguments.iter().map(|argument| JsValue::from_str(argument)).collect();
    browser::call(storage()?.as_ref(), method, &arguments).ok()
}

/// Keeps a text under a key; whether the browser did.
pub fn keep(key: &str, text: &str) -> bool {
    call("setItem", &[key, text]).is_some()
}

/// Forgets a key.
pub fn forget(key: &str) {
    call("removeItem", &[key]);
}

/// What is kept under keys that begin so: (rest of the key, text).
pub fn entries(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    Object::keys(&storage)
        .iter()
        .filter_map(|key| {
            let key = key.as_string()?;
            let rest = key.strip_prefix(prefix)?.to_owned();
            Some((rest, call("getItem", &[&key])?.as_string()?))
        })
        .collect()
}
