//! A form that works before and without JavaScript, answers in place with it, and never loses what was typed.

use leptos::context::Provider;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::client::Client;
use leptos::server_fn::codec::PostUrl;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::{Http, ServerFn};
use leptos_router::hooks::use_location;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use web_sys::FormData;

use super::problem::ErrorSummary;
use crate::error::{AppError, Problem};

/// A form that failed without JavaScript, or whose answer its page is to show: where it was, what was typed, what is
/// wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptForm {
    /// Path of the page it was sent from.
    pub page: String,
    /// Path of the server function it was sent to.
    pub endpoint: String,
    pub fields: Vec<(String, String)>,
    /// `None` for one that was answered, on the page that it was sent from.
    pub error: Option<AppError>,
}

/// The form kept for the page, as the shell provides it.
#[derive(Clone, Copy)]
pub struct Kept(pub StoredValue<Option<KeptForm>>);

/// What the fields of a form ask of it.
#[derive(Clone, Copy)]
pub struct FormState {
    pub error: Signal<Option<AppError>>,
    pub pending: Signal<bool>,
    kept: StoredValue<Vec<(String, String)>>,
}

impl FormState {
    /// The state of the form around a field.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self {
            error: Signal::stored(None),
            pending: Signal::stored(false),
            kept: StoredValue::new(Vec::new()),
        })
    }

    /// The state of a form that is sent by an address (`method="get"`): what its fields were, and what is wrong with them.
    pub fn asked(fields: Vec<(String, String)>, error: Option<AppError>) -> Self {
        Self { error: Signal::stored(error), pending: Signal::stored(false), kept: StoredValue::new(fields) }
    }

    /// What is wrong with a field, following the form's last answer.
    pub fn problem(self, field: &'static str) -> Signal<Option<Problem>> {
        Signal::derive(move || self.error.with(|error| error.as_ref().and_then(|error| error.problem_of(field))))
    }

    /// What was typed into a field before the form failed without JavaScript.
    pub fn typed(self, field: &str) -> Option<String> {
        self.kept.with_value(|kept| kept.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()))
    }

    /// Whether, before the form failed without JavaScript, this value of a field that takes several was ticked.
    pub fn ticked(self, field: &str, value: &str) -> bool {
        self.kept.with_value(|kept| kept.iter().any(|(name, one)| name == field && one == value))
    }

    /// Whether anything was kept: then an absent field was left empty, or its box not ticked.
    pub fn was_sent(self) -> bool {
        self.kept.with_value(|kept| !kept.is_empty())
    }
}

/// The form that was kept for this page and an endpoint.
pub fn kept_for(endpoint: &str) -> Option<KeptForm> {
    let path = use_location().pathname.get_untracked();
    let kept = use_context::<Kept>()?.0.with_value(Clone::clone);
    kept.filter(|form| form.endpoint == endpoint && form.page == path)
}

/// Around forms that the browser itself sends to `endpoint`, as those that carry a file: what is wrong with the one that
/// was sent, and for its fields what was typed.
#[component]
pub fn BrowserForms(endpoint: &'static str, children: Children) -> impl IntoView {
    let (fields, error) = kept_for(endpoint).map(|form| (form.fields, form.error)).unwrap_or_default();
    let state = FormState::asked(fields, error);
    view! {
        <Provider value=state>
            <ErrorSummary error=state.error/>
            {children()}
        </Provider>
    }
}

/// A form that posts to a server function. An error summary stands above its fields.
#[component]
pub fn ServerForm<S, O>(action: ServerAction<S>, children: Children) -> impl IntoView
where
    O: 'static,
    S: DeserializeOwned + ServerFn<Protocol = Http<PostUrl, O>> + Clone + Send + Sync + 'static,
    S::Error: Clone + Into<AppError> + Send + Sync + 'static,
    <<S::Client as Client<S::Error>>::Request as ClientReq<S::Error>>::FormData: From<FormData>,
    S::Output: Clone + Send + Sync + 'static,
    S::Client: Client<S::Error>,
{
    let kept = kept_for(S::url());
    let (fields, first_error) = kept.map(|form| (form.fields, form.error)).unwrap_or_default();
    let value = action.value();
    let error = Signal::derive(move || {
        value.with(|answer| match answer {
            None => first_error.clone(),
            Some(answer) => answer.as_ref().err().cloned().map(Into::into),
        })
    });
    let state = FormState { error, pending: action.pending().into(), kept: StoredValue::new(fields) };
    view! {
        <Provider value=state>
            <ErrorSummary error=error/>
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                {children()}
            </ActionForm>
        </Provider>
    }
}
