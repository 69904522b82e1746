//! The route table. Pages that a first visit to verify a licence does not need are lazy: each in a chunk of its own.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{Lazy, LazyRoute, SsrMode, lazy_route, path};

use crate::error::AppError;
use crate::home::pages;
use crate::ui::error_view::ErrorPage;

/// A page that the browser fetches the code of when it is first opened.
macro_rules! lazy_page {
    ($name:ident, $page:path) => {
        struct $name;

        #[lazy_route]
        impl LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            fn view(_this: Self) -> AnyView {
                $page().into_any()
            }
        }
    };
}

lazy_page!(HelpPage, pages::help::Help);

/// Every page by its path. All are rendered whole (`Async`), so that they show without JavaScript.
#[component]
pub fn Pages(development: bool) -> impl IntoView {
    let _ = development;
    view! {
        <FlatRoutes fallback=|| view! { <ErrorPage error=AppError::NotFound/> }>
            <Route path=path!("/") view=pages::home::Home ssr=SsrMode::Async/>
            <Route path=path!("/help") view={Lazy::<HelpPage>::new()} ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}
