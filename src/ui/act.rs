//! A small form that is one of many on its page: an id and a button. What went wrong is told once, above the list.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::form::kept_for;
use crate::error::AppError;

/// What went wrong with an act: as it answered last, or as it was kept where there is no JavaScript.
pub fn problem_of<S>(action: ServerAction<S>) -> Signal<Option<AppError>>
where
    S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    let kept = kept_for(S::url()).and_then(|form| form.error);
    let value = action.value();
    Signal::derive(move || value.get().map_or_else(|| kept.clone(), Result::err))
}

/// Counts up whenever the act was done.
pub fn count_done<S>(action: ServerAction<S>, done: RwSignal<u32>)
where
    S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            done.update(|times| *times += 1);
        }
    });
}
