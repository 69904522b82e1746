//! What the page reads anew after each act on it: where an act leads back to the same address, nothing else would.

use leptos::prelude::*;

use crate::error::AppError;

/// How often something was done on the page.
#[derive(Clone, Copy)]
pub struct Changes(RwSignal<u32>);

impl Changes {
    /// The count for the components below.
    pub fn provide() -> Self {
        let changes = Self(RwSignal::new(0));
        provide_context(changes);
        changes
    }

    pub fn get(self) -> u32 {
        self.0.get()
    }

    pub fn note(self) {
        // Led on, the page may be gone.
        self.0.try_update(|times| *times += 1);
    }

    /// Notes each time that a form's act is done.
    pub fn follow(self, value: impl With<Value = Option<Result<(), AppError>>> + Copy + Send + Sync + 'static) {
        Effect::new(move || {
            if value.with(|answer| matches!(answer, Some(Ok(())))) {
                self.note();
            }
        });
    }
}
