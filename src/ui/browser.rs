//! Calls into the browser by name. In the browser only: nothing here is called while a page is rendered.
//!
//! By name, because the bindings of a few rare calls would have the whole of the browser's interface compiled anew.

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Date, Function, JSON, Promise, Reflect};

/// A member of an object, where it is there.
pub fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// A number that is a member of an object; 0 where there is none.
pub fn number(object: &JsValue, name: &str) -> f64 {
    member(object, name).and_then(|value| value.as_f64()).unwrap_or_default()
}

/// What a method of an object gives.
///
/// # Errors
/// What it throws; null where there is no such method.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = member(object, method).ok_or(JsValue::NULL)?.dyn_into()?;
    method.apply(object, &arguments.iter().collect::<Array>())
}

/// What a method of an object gives later.
///
/// # Errors
/// What it throws, then or later; null where there is no such method.
pub async fn ask(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let promise: Promise = call(object, method, arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// A new object of a class of the browser's.
///
/// # Errors
/// What its constructor throws; null where there is no such class.
pub fn make(class: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = member(&window(), class).ok_or(JsValue::NULL)?.dyn_into()?;
    Reflect::construct(&class, &arguments.iter().collect::<Array>())
}

/// An object of these options, from their JSON.
///
/// # Errors
/// Where it is no JSON.
pub fn options(json: &str) -> Result<JsValue, JsValue> {
    JSON::parse(json)
}

/// Does something on the device's timeline (W3C User Timing Level 3), where developer tools and `make bench` read how long it
/// took.
pub fn timed<T>(name: &str, act: impl FnOnce() -> T) -> T {
    let timeline = member(&window(), "performance").unwrap_or(JsValue::NULL);
    let name = JsValue::from_str(name);
    let _ = call(&timeline, "mark", std::slice::from_ref(&name));
    let done = act();
    let _ = call(&timeline, "measure", &[name.clone(), name]);
    done
}

/// The time by the clock of the device: milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "a whole number far below the largest")]
pub fn now() -> i64 {
    Date::now() as i64
}
