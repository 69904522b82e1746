//! The shell of the document, the application and its route table.

mod areas;
pub mod facts;
pub mod locale;
mod path;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(not(feature = "ssr"))]
mod request {
    //! The browser reads the facts from the page and the language from the document.

    use leptos::prelude::document;

    use super::facts::Facts;
    use crate::i18n::Locale;

    pub fn facts() -> Facts {
        Facts::default()
    }

    pub fn locale() -> Locale {
        let lang = document().document_element().and_then(|html| html.get_attribute("lang"));
        if lang.as_deref() == Some("en") { Locale::en } else { Locale::ar }
    }
}
mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
mod whole_page;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::accounts::pages::national::SingleSignOn;
use crate::home::pages::feedback::Feedback;
use crate::ui::form::Kept;
use crate::ui::layout::{Footer, Header};

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let facts = SharedValue::new(request::facts).into_inner();
    provide_context(RwSignal::new(facts.signed_in));
    provide_context(Kept(StoredValue::new(facts.kept)));
    provide_context(request::locale());
    provide_context(SingleSignOn(facts.single_sign_on));
    view! {
        <Router>
            <div class="page">
                <Header/>
                <main class="main" id="main" tabindex="-1">
                    <routes::Pages development=facts.development/>
                </main>
                <Footer><Feedback/></Footer>
            </div>
        </Router>
    }
}
