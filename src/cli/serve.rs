//! `rukhsa serve`: listens, runs the jobs, and stops in good order.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::get_configuration;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;

use super::{Outcome, failed, routes, tasks};
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::state::AppState;
use crate::server::{database, jobs, listen, telemetry};
use crate::signing::{self, NotPublished};

/// How long the start waits for a database that may be away: the keys are published within the hour then.
const PATIENCE: Duration = Duration::from_secs(3);

pub async fn run(config: Config) -> Outcome {
    let metrics = telemetry::start_metrics().map_err(failed)?;
    let mut leptos = get_configuration(None).map_err(failed)?.leptos_options;
    // A release build names its files by their hash and leaves the list of them beside the binary.
    let hashes = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(leptos.hash_file.as_ref())));
    leptos.hash_files = hashes.is_some_and(|list| list.exists());
    let options: PgConnectOptions = config.database_url.parse().map_err(failed)?;
    let (readers, pool) = (database::readers_with(options.clone()), database::pool_with(options));
    let state = AppState { leptos: Arc::new(leptos), pool, readers, clock: Clock::default(), config: Arc::new(config) };
    match tokio::time::timeout(PATIENCE, signing::publish(&state)).await {
        Ok(Err(refused @ (NotPublished::NoneBegun(_) | NotPublished::Another(_) | NotPublished::Retired(_)))) => {
            return Err(failed(refused));
        }
        Ok(Ok(())) => (),
        Ok(Err(NotPublished::Away(_))) | Err(_) => tracing::warn!(error.kind = "signing_keys_not_published"),
    }
    let config = state.config.clone();
    let listener = TcpListener::bind(config.addr).await.map_err(|error| failed(format!("{}: {error}", config.addr)))?;
    let metrics_listener = TcpListener::bind(config.metrics_addr)
        .await
        .map_err(|error| failed(format!("{}: {error}", config.metrics_addr)))?;

    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        listen::stop_signal().await;
        let _ = stop.send(true);
    });
    let told = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    tracing::info!(server.addr = %config.addr, server.origin = %config.origin, server.mode = ?config.mode);
    let router = routes::router(state.clone());
    tokio::join!(
        listen::serve(listener, router, listen::HEADER_TIMEOUT, told(stopped.clone())),
        listen::serve(metrics_listener, routes::metrics(metrics), listen::HEADER_TIMEOUT, told(stopped.clone())),
        jobs::run(state.clone(), tasks::tasks, told(stopped.clone())),
        jobs::run(state, tasks::webhooks, told(stopped)),
    );
    Ok(())
}
