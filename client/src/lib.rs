//! What the browser loads: a cdylib of its own, because one built from a mixed crate type is larger.

#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    rukhsa::hydrate();
}
