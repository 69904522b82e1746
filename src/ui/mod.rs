//! The parts that pages are made of. None knows a feature.

pub mod act;
pub mod browser;
pub mod browser_store;
pub mod button;
pub mod choice;
pub mod date;
pub mod date_field;
pub mod error_view;
pub mod field;
pub mod form;
pub mod icon;
pub mod layout;
pub mod narrowing;
pub mod number;
pub mod pager;
pub mod panel;
pub mod print;
pub mod problem;
pub mod problem_text;
pub mod shortcut;
pub mod steps;
pub mod summary;
pub mod tag;
pub mod task_list;
pub mod text_area;

/// The HTTP status of the page being rendered.
#[cfg(feature = "ssr")]
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) =
        (leptos::prelude::use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(status))
    {
        response.set_status(status);
    }
}

/// In the browser there is no status to set.
#[cfg(not(feature = "ssr"))]
pub fn set_status(_status: u16) {}

/// Path and query of the page that is asked for.
pub fn here() -> String {
    use leptos::prelude::GetUntracked;
    let here = leptos_router::hooks::use_location();
    let (path, query) = (here.pathname.get_untracked(), here.search.get_untracked());
    if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
}

/// Whether scripts run here: not while the page is rendered, nor at first in the browser, whose first view must be the
/// rendered one.
pub fn scripted() -> leptos::prelude::RwSignal<bool> {
    use leptos::prelude::{Effect, RwSignal, Set};
    let scripted = RwSignal::new(false);
    Effect::new(move || scripted.set(true));
    scripted
}
