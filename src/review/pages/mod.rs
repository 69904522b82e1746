//! The desk, the one request on it, and decisions made.

mod decide;
pub mod decided;
pub mod decisions;
pub mod desk;
mod history;
pub mod request;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::model::Pool;

/// The pool that the URL of the page keeps.
fn pool_of_page() -> Memo<Pool> {
    let query = use_query_map();
    Memo::new(move |_| {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        Pool::parse(&value("kind"), &value("region"), &value("age"))
    })
}
