//! The browser's side of a passkey. In the browser only: nothing here is called while a page is rendered.
//!
//! Through reflection: the bindings of these few calls would have the whole of the browser's interface compiled anew.

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, JSON, Object, Promise, Reflect};

/// What a browser does with a challenge.
#[derive(Clone, Copy)]
pub enum Ceremony {
    /// Makes a passkey.
    Make,
    /// Uses one.
    Use,
}

/// Why a browser gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// Cancelled, out of time, or refused for a reason that browsers do not tell.
    Stopped,
    /// The device has a passkey for this account already.
    Known,
}

impl Ceremony {
    /// Reads options from their JSON: W3C Web Authentication Level 3, 5.1.8 and 5.1.9.
    fn parser(self) -> &'static str {
        match self {
            Self::Make => "parseCreationOptionsFromJSON",
            Self::Use => "parseRequestOptionsFromJSON",
        }
    }

    fn method(self) -> &'static str {
        match self {
            Self::Make => "create",
            Self::Use => "get",
        }
    }
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = member(object, method).ok_or(JsValue::NULL)?.dyn_into()?;
    method.call1(object, argument)
}

fn class() -> Option<JsValue> {
    member(&window(), "PublicKeyCredential")
}

/// Whether this browser has passkeys, and reads challenges as they are sent.
pub fn is_supported() -> bool {
    class().is_some_and(|class| member(&class, Ceremony::Use.parser()).is_some())
}

/// The device's answer to a challenge, as JSON. The browser asks whoever holds the device.
///
/// # Errors
/// [`NoAnswer`]
pub async fn answer(ceremony: Ceremony, challenge: &str) -> Result<String, NoAnswer> {
    ask(ceremony, challenge).await.map_err(|error| {
        // Web Authentication Level 3, 5.1.3: the one cause that is told apart.
        let name = member(&error, "name").and_then(|name| name.as_string());
        if name.as_deref() == Some("InvalidStateError") { NoAnswer::Known } else { NoAnswer::Stopped }
    })
}

async fn ask(ceremony: Ceremony, challenge: &str) -> Result<String, JsValue> {
    let options = call(&class().ok_or(JsValue::NULL)?, ceremony.parser(), &JSON::parse(challenge)?)?;
    let request = Object::new();
    Reflect::set(&request, &JsValue::from_str("publicKey"), &options)?;
    let credentials = member(&window().navigator(), "credentials").ok_or(JsValue::NULL)?;
    let promise: Promise = call(&credentials, ceremony.method(), &request)?.dyn_into()?;
    let credential = JsFuture::from(promise).await?;
    JSON::stringify(&credential)?.as_string().ok_or(JsValue::NULL)
}
