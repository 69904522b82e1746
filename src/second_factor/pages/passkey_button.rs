//! The buttons that make and use a passkey. They need a script: without one a sentence leads to the recovery code.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::changes::Changes;
use crate::error::AppError;
use crate::i18n::{Locale, td_string, use_locale};
use crate::second_factor::api::passkeys::{add_passkey, ask_passkey, begin_passkey, use_passkey};
use crate::second_factor::browser::{self, Ceremony, NoAnswer};
use crate::ui::problem::error_text;

/// Why there is no passkey to go on with.
#[derive(Clone, PartialEq)]
enum Failure {
    Server(AppError),
    Browser(NoAnswer),
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::Server(error)
    }
}

impl From<NoAnswer> for Failure {
    fn from(error: NoAnswer) -> Self {
        Self::Browser(error)
    }
}

fn failure_text(locale: Locale, failure: &Failure) -> String {
    match failure {
        Failure::Server(error) => error_text(locale, error),
        Failure::Browser(NoAnswer::Stopped) => td_string!(locale, second_factor.passkey_stopped).to_owned(),
        Failure::Browser(NoAnswer::Known) => td_string!(locale, second_factor.passkey_known).to_owned(),
    }
}

/// Makes a passkey on this device and adds it.
#[component]
pub fn AddPasskeyButton(look: &'static str) -> impl IntoView {
    let locale = use_locale();
    let make = || async {
        let challenge = begin_passkey().await?;
        let credential = browser::answer(Ceremony::Make, &challenge).await?;
        Ok(add_passkey(credential).await?)
    };
    view! { <Ceremonial act=make label=td_string!(locale, second_factor.add_passkey) look=look/> }
}

/// Passes the check with a passkey, and leads on to `next`.
#[component]
pub fn UsePasskeyButton(next: String) -> impl IntoView {
    let locale = use_locale();
    let check = move || {
        let next = next.clone();
        async {
            let challenge = ask_passkey().await?;
            let credential = browser::answer(Ceremony::Use, &challenge).await?;
            Ok(use_passkey(credential, next).await?)
        }
    };
    view! { <Ceremonial act=check label=td_string!(locale, second_factor.use_passkey) look="button--primary"/> }
}

/// A button that asks the server and the device in turn; the server then leads on.
#[component]
fn Ceremonial<A, F>(act: A, label: &'static str, look: &'static str) -> impl IntoView
where
    A: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Failure>> + 'static,
{
    let locale = use_locale();
    // None while rendered and without a script; then whether this browser can.
    let supported = RwSignal::new(None::<bool>);
    Effect::new(move || supported.set(Some(browser::is_supported())));
    let changes = expect_context::<Changes>();
    let (pending, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let run = move || {
        pending.set(true);
        failure.set(None);
        let act = act();
        spawn_local(async move {
            let done = act.await;
            // Led on, the page may be gone.
            pending.try_set(false);
            if done.is_ok() {
                changes.note();
            }
            failure.try_set(done.err());
        });
    };
    move || match supported.get() {
        None => view! { <p class="muted">{td_string!(locale, second_factor.passkey_needs_script)}</p> }.into_any(),
        Some(false) => {
            view! { <p class="muted">{td_string!(locale, second_factor.passkey_unsupported)}</p> }.into_any()
        }
        Some(true) => {
            let run = run.clone();
            view! {
                <div class="stack">
                    <div role="alert">
                        {move || {
                            failure.get().map(|failure| view! { <p class="field__error">{failure_text(locale, &failure)}</p> })
                        }}
                    </div>
                    <div>
                        <button type="button" class=format!("button {look}") disabled=move || pending.get()
                            aria-busy=move || pending.get().then_some("true") on:click=move |_| run()>
                            {label}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        }
    }
}
