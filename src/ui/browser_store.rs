//! Small texts kept in the browser, beyond the closing of its tab. In the browser only: nothing here is called while a
//! page is rendered.

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Function, Object, Reflect};

/// `localStorage`, where the browser lets us have it. Through reflection: its binding would have the whole of the
/// browser's interface compiled anew for three calls.
fn storage() -> Option<Object> {
    Reflect::get(&window(), &JsValue::from_str("localStorage")).ok()?.dyn_into().ok()
}

fn call(method: &str, arguments: &[&str]) -> Option<JsValue> {
    let storage = storage()?;
    let method: Function = Reflect::get(&storage, &JsValue::from_str(method)).ok()?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().map(|argument| JsValue::from_str(argument)).collect();
    method.apply(&storage, &arguments).ok()
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
