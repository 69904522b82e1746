//! Connections: slow ones are closed, those under way are finished before the server stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

use crate::server::listen;

/// Longer than any of this takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server on a free port, and what stops it.
async fn serve(router: Router, header_timeout: Duration) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(listen::serve(listener, router, header_timeout, async {
        let _ = stopped.await;
    }));
    (address, stop, task)
}

#[tokio::test]
async fn headers_that_do_not_come_close_the_connection() {
    let (address, _stop, _task) = serve(Router::new(), Duration::from_millis(300)).await;
    let mut streams = Vec::new();
    for _ in 0..60 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await.unwrap();
        streams.push(stream);
    }
    for mut stream in streams {
        let mut answer = Vec::new();
        tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("closed").unwrap();
        assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
    }
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_stops() {
    let (entered, released) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let handler = {
        let (entered, released) = (entered.clone(), released.clone());
        move || async move {
            entered.add_permits(1);
            let _permit = released.acquire().await;
            "done"
        }
    };
    let (address, stop, task) = serve(Router::new().route("/slow", get(handler)), PATIENCE).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    entered.acquire().await.unwrap().forget();

    stop.send(()).unwrap();
    // No new connection is taken; a refused one shows that the listener is gone.
    tokio::time::timeout(PATIENCE, async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("stops listening");
    assert!(!task.is_finished());

    released.add_permits(1);
    let mut answer = Vec::new();
    tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("closes after").unwrap();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("done"), "{answer}");
    tokio::time::timeout(PATIENCE, task).await.expect("stops").unwrap();
}

#[tokio::test]
async fn sigterm_is_the_sign_to_stop() {
    let mut signal = Box::pin(listen::stop_signal());
    // Polled once, so that the handlers are there before the signal is.
    let early = std::future::poll_fn(|context| std::task::Poll::Ready(signal.as_mut().poll(context))).await;
    assert!(early.is_pending());
    let sent = std::process::Command::new("kill").args(["-TERM", &std::process::id().to_string()]).status().unwrap();
    assert!(sent.success());
    tokio::time::timeout(PATIENCE, signal).await.expect("noticed");
}

async fn broken() -> &'static str {
    panic!("in a handler")
}

#[tokio::test]
async fn a_connection_outlives_a_panic_in_another() {
    let router = Router::new()
        .route("/broken", get(broken))
        .route("/whole", get(|| async { "whole" }))
        .layer(tower_http::catch_panic::CatchPanicLayer::new());
    let (address, _stop, _task) = serve(router, PATIENCE).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(
            b"GET /broken HTTP/1.1\r\nHost: localhost\r\n\r\nGET /whole HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        )
        .await
        .unwrap();
    let mut answer = String::new();
    tokio::time::timeout(PATIENCE, stream.read_to_string(&mut answer)).await.expect("closed").unwrap();
    assert!(answer.contains("500 Internal Server Error") && answer.ends_with("whole"), "{answer}");
}
