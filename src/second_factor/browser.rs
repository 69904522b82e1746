//! The browser's side of a passkey. In the browser only: nothing here is called while a page is rendered.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use web_sys::js_sys::{JSON, Object, Reflect};

use crate::ui::browser;

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

fn class() -> Option<JsValue> {
    browser::member(&window(), "PublicKeyCredential")
}

/// Whether this browser has passkeys, and reads challenges as they are sent.
pub fn is_supported() -> bool {
    class().is_some_and(|class| browser::member(&class, Ceremony::Use.parser()).is_some())
}

/// The device's answer to a challenge, as JSON. The browser asks whoever holds the device.
///
/// # Errors
/// [`NoAnswer`]
pub async fn answer(ceremony: Ceremony, challenge: &str) -> Result<String, NoAnswer> {
    ask(ceremony, challenge).await.map_err(|error| {
        // Web Authentication Level 3, 5.1.3: the one cause that is told apart.
        let name = browser::member(&error, "name").and_then(|name| name.as_string());
        if name.as_deref() == Some("InvalidStateError") { NoAnswer::Known } else { NoAnswer::Stopped }
    })
}

async fn ask(ceremony: Ceremony, challenge: &str) -> Result<String, JsValue> {
    let class = class().ok_or(JsValue::NULL)?;
    let options = browser::call(&class, ceremony.parser(), &[browser::options(challenge)?])?;
    let request = Object::new();
    Reflect::set(&request, &JsValue::from_str("publicKey"), &options)?;
    let credentials = browser::member(&window().navigator(), "credentials").ok_or(JsValue::NULL)?;
    let credential = browser::ask(&credentials, ceremony.method(), &[request.into()]).await?;
    JSON::stringify(&credential)?.as_string().ok_or(JsValue::NULL)
}
