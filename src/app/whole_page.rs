//! What happens where the code of a page cannot be fetched: with no signal, or after a release took its place.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::Event;
use leptos_router::hooks::use_location;

use crate::ui::here;

/// Whether a page was opened in the browser since it was loaded.
static OPENED: AtomicBool = AtomicBool::new(false);

/// Notes that a page was opened, and so that the next one is a way on from it.
pub fn opened() {
    OPENED.store(true, Ordering::Relaxed);
}

/// Asks for the page whole, as a browser does without scripts; the page before stays until it comes. A page that the
/// server has just sent is not asked for again: it works without its code, as long as its links are left to the browser.
pub async fn ask() -> AnyView {
    if OPENED.load(Ordering::Relaxed) {
        let (page, hash) = (here(), use_location().hash.get_untracked());
        let location = window().location();
        let shown = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        // Back and forward come here with the address changed already, and a browser does not fetch where it is.
        let asked = if shown == page { location.reload() } else { location.assign(&format!("{page}{hash}")) };
        if asked.is_err() {
            leptos::logging::warn!("{page} cannot be opened");
        }
    } else {
        leave_links_to_browser();
    }
    std::future::pending().await
}

/// Before the router's own listener, which would open a page in a view that never came.
fn leave_links_to_browser() {
    let hide = Closure::<dyn Fn(Event)>::new(|event: Event| event.stop_immediate_propagation());
    let listener = hide.into_js_value();
    let _ = window().add_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true);
}
