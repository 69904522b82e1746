//! Acts by one key, for who does them all day.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};

/// Lets keys press what bears them: a key presses the first element whose `data-key` is its place on the board, such as
/// `KeyA`, so that an Arabic layout serves as well. Not while somebody types, nor together with other keys.
#[component]
pub fn Shortcuts() -> impl IntoView {
    Effect::new(move || {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let alone =
                !(event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key());
            if !alone || is_typing(&event) {
                return;
            }
            let Ok(Some(bearer)) = document().query_selector(&format!("[data-key='{}']", event.code())) else { return };
            // The keystroke opens or presses; it must not also be typed into what takes the focus then.
            event.prevent_default();
            if let Some(bearer) = bearer.dyn_ref::<HtmlElement>() {
                let _ = bearer.focus();
                bearer.click();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// Whether a key was meant for a field.
fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| ["INPUT", "SELECT", "TEXTAREA"].contains(&element.tag_name().as_str()))
}

/// The name of a Latin letter's place on the board (UI Events, `code`), for `data-key`.
pub fn place_on_board(letter: &str) -> String {
    format!("Key{letter}")
}

/// The key that an element bears, as it shows beside its words. Screen readers are told by `aria-keyshortcuts`.
#[component]
pub fn Key(letter: &'static str) -> impl IntoView {
    view! { <kbd class="kbd" aria-hidden="true">{letter}</kbd> }
}
