//! The service worker, `public/sw.js`. Registered by the pages that are of use with no signal, and not by a first visit.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;

use crate::i18n::use_locale;
use crate::ui::browser;

/// Has the browser keep the pages for no signal, in the language of this one, once this one shows.
pub fn keep_pages() {
    let locale = use_locale();
    Effect::new(move || {
        spawn_local(async move {
            // Not in a private window, nor in an old browser: then there is nothing to keep them.
            let Some(container) = browser::member(&window().navigator(), "serviceWorker") else { return };
            let script = format!("/sw.js?language={locale}");
            let _ = browser::ask(&container, "register", &[JsValue::from_str(&script)]).await;
        });
    });
}
