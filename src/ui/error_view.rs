//! What stands on a page while its data is on the way, and when it does not come.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;

use super::button::ButtonLink;
use super::problem::{error_text, second_factor_path};
use crate::error::AppError;
use crate::i18n::{td_string, use_locale};

/// A page's data: a skeleton while it loads, its view when it is there, an error page when it is not.
///
/// Data of another address gets elements of its own: in those of the page before, what was typed or chosen there would
/// stand as if it had been here.
pub fn loaded<T, V>(
    data: Resource<Result<T, AppError>>,
    view: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let address = use_location().pathname;
    let shown = StoredValue::new((address.get_untracked(), false));
    let content = move || {
        let view = view.clone();
        Suspend::new(async move {
            let content = match data.await {
                Ok(value) => view(value).into_any(),
                Err(error) => view! { <ErrorPage error=error/> }.into_any(),
            };
            let now = address.get_untracked();
            shown.update_value(|(before, other)| {
                *other ^= *before != now;
                *before = now;
            });
            // Leptos keeps the elements of one branch for the same branch alone.
            if shown.with_value(|(_, other)| *other) { Either::Left(content) } else { Either::Right(content) }
        })
    };
    view! { <Transition fallback=Skeleton>{content}</Transition> }
}

/// The shape of a page to come; seen only when it takes longer than 300 ms.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="stack" aria-busy="true">
            <div class="skeleton"></div>
            <div class="skeleton"></div>
            <div class="skeleton"></div>
        </div>
    }
}

/// A page that could not be shown: what happened and what to do. Who must sign in, or pass the second factor, is led there.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    let locale = use_locale();
    if error == AppError::SignInNeeded {
        return view! { <Redirect path="/sign-in"/> }.into_any();
    }
    if error == AppError::SecondFactorNeeded {
        return view! { <Redirect path=second_factor_path()/> }.into_any();
    }
    super::set_status(error.status());
    let title = match error {
        AppError::NotFound => td_string!(locale, errors.not_found_title),
        AppError::Forbidden => td_string!(locale, errors.forbidden_title),
        AppError::TooMany { .. } => td_string!(locale, errors.too_many_title),
        AppError::Offline | AppError::Unavailable => td_string!(locale, errors.offline_title),
        _ => td_string!(locale, errors.internal_title),
    };
    view! {
        <Title text=title/>
        <div class="prose stack">
            <h1 class="h1">{title}</h1>
            <p>{error_text(locale, &error)}</p>
            <ButtonLink href="/" label=td_string!(locale, errors.to_home) look="button--secondary"/>
        </div>
    }
    .into_any()
}
