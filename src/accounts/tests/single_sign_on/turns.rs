//! Turns that are over, were never begun, or end without a code.

use std::sync::Arc;

use axum::http::StatusCode;
use time::Duration;

use super::super::{ID, count};
use super::provider::CODE;
use super::{Turn, begin, come_back, cookie, location, open, sign_ins, start, start_with};

const SPENT: &str = "/sign-in?national=spent";

#[tokio::test]
async fn a_turn_works_once() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    let turn = begin(&app, &provider).await;
    let claims = provider.right_claims(&app, &turn.nonce, ID);
    provider.says.lock().unwrap().id_token = claims;
    assert_eq!(location(&come_back(&app, &turn, None).await), "/account");
    assert_eq!(location(&come_back(&app, &turn, None).await), SPENT);
    assert_eq!(sign_ins(&app).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_turn_that_comes_back_twenty_times_at_once_signs_in_once() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    let turn = begin(&app, &provider).await;
    let claims = provider.right_claims(&app, &turn.nonce, ID);
    provider.says.lock().unwrap().id_token = claims;
    let (app, turn) = (Arc::new(app), Arc::new(turn));
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (app, turn) = (Arc::clone(&app), Arc::clone(&turn));
            tokio::spawn(async move { location(&come_back(&app, &turn, None).await).to_owned() })
        })
        .collect();
    let mut signed_in = 0;
    for one in tries {
        match one.await.unwrap().as_str() {
            "/account" => signed_in += 1,
            led => assert_eq!(led, SPENT),
        }
    }
    assert_eq!((signed_in, sign_ins(&app).await), (1, 1));
}

#[tokio::test]
async fn a_turn_ends_in_its_own_browser_and_in_time() {
    let (app, provider) = start().await;
    let mine = begin(&app, &provider).await;
    let others = begin(&app, &provider).await;
    let mixed = Turn { browser: others.browser.clone(), state: mine.state.clone(), nonce: mine.nonce.clone() };
    assert_eq!(location(&come_back(&app, &mixed, None).await), SPENT);
    let path = format!("/sign-in/national/callback?state={}&code={CODE}", mine.state);
    assert_eq!(location(&open(&app, &path, &[]).await), SPENT, "without a cookie");
    let tampered = Turn { state: format!("{}x", mine.state), ..mixed };
    assert_eq!(location(&come_back(&app, &tampered, None).await), SPENT);
    assert_eq!(count(&app, "SELECT count(*) FROM single_sign_on_attempts").await, 2, "a stranger ends nobody's turn");

    app.clock.advance(Duration::minutes(10));
    assert_eq!(location(&come_back(&app, &mine, None).await), SPENT);
}

#[tokio::test]
async fn turns_that_nobody_came_back_from_are_forgotten() {
    let (app, provider) = start().await;
    begin(&app, &provider).await;
    app.clock.advance(Duration::minutes(9));
    begin(&app, &provider).await;
    app.clock.advance(Duration::minutes(1));
    let mut connection = app.pool.acquire().await.unwrap();
    crate::accounts::store::single_sign_on::sweep(&mut connection, app.clock.now()).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM single_sign_on_attempts").await, 1);
}

#[tokio::test]
async fn what_the_provider_refuses_is_told_in_our_own_words() {
    let (app, provider) = start().await;
    let session = app.sign_in(app.person().await).await;
    for (error, end) in [
        ("error=access_denied", "denied"),
        ("error=server_error", "away"),
        ("error=temporarily_unavailable", "away"),
        ("error=%3Cscript%3E", "failed"),
        ("error=access_denied&code=the-code", "denied"),
        ("", "failed"),
        ("code=the-code&iss=https%3A%2F%2Fanother.example", "failed"),
        ("code=unknown", "failed"),
    ] {
        for (session, page) in [(None, "/sign-in"), (Some(session.as_str()), "/account")] {
            let turn = begin(&app, &provider).await;
            let path =
                format!("/sign-in/national/callback?state={}&{error}&error_description=words+of+theirs", turn.state);
            let cookies: Vec<&str> = [Some(turn.browser.as_str()), session].into_iter().flatten().collect();
            let response = open(&app, &path, &cookies).await;
            assert_eq!(location(&response), format!("{page}?national={end}"), "{error}");
            assert_eq!(cookie(&response, "national").as_deref(), Some("national="));
        }
    }
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_told() {
    // Nobody listens on the port of a listener that is gone.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let app = start_with(&format!("http://{gone}"), &[]).await;
    assert_eq!(location(&open(&app, "/sign-in/national", &[]).await), "/sign-in?national=away");
}

#[tokio::test]
async fn a_callback_without_a_turn_is_no_fault() {
    let (app, _) = start().await;
    assert_eq!(location(&open(&app, "/sign-in/national/callback", &[]).await), SPENT);
    let twice = open(&app, "/sign-in/national/callback?state=a&state=b", &[]).await;
    assert_eq!(twice.status(), StatusCode::BAD_REQUEST);
}
