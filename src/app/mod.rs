//! The shell of the document, the application and its route table.

pub mod facts;
pub mod locale;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(not(feature = "ssr"))]
mod request {
    //! The browser reads the facts from the page and the language from the document.

    use super::facts::Facts;

    pub fn facts() -> Facts {
        Facts::default()
    }

    pub fn language() -> Option<String> {
        None
    }
}
mod routes;
#[cfg(feature = "ssr")]
pub mod shell;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;
use leptos_use::UseLocalesOptions;

use crate::home::pages::feedback::Feedback;
use crate::i18n::I18nContextProvider;
use crate::ui::form::Kept;
use crate::ui::layout::{Footer, Header};

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let facts = SharedValue::new(request::facts).into_inner();
    provide_context(RwSignal::new(facts.signed_in));
    provide_context(Kept(StoredValue::new(facts.kept)));
    let language = UseLocalesOptions::default().ssr_lang_header_getter(request::language);
    view! {
        <I18nContextProvider set_lang_attr_on_html=false set_dir_attr_on_html=false enable_cookie=false
            ssr_lang_header_getter=language>
            <Router>
                <div class="page">
                    <Header/>
                    <main class="main" id="main" tabindex="-1">
                        <routes::Pages development=facts.development/>
                    </main>
                    <Footer><Feedback/></Footer>
                </div>
            </Router>
        </I18nContextProvider>
    }
}
