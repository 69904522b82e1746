//! What every request can reach.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::prelude::LeptosOptions;
use sqlx::PgPool;

use super::clock::Clock;
use super::config::Config;

/// Shared by all requests; the server keeps nothing of its own between them.
#[derive(Clone)]
pub struct AppState {
    pub leptos: Arc<LeptosOptions>,
    /// For what is written, and what the person themself reads.
    pub pool: PgPool,
    /// For what anybody may read.
    pub readers: PgPool,
    pub clock: Clock,
    pub config: Arc<Config>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        (*state.leptos).clone()
    }
}
