//! Role links.

use axum::http::StatusCode;
use time::Duration;

use super::{ID, MOBILE, OTHER_ID, OTHER_MOBILE, refused, sign_in};
use crate::access::Role;
use crate::accounts::store::roles;
use crate::testing::TestApp;

async fn link(app: &TestApp) -> String {
    let mut connection = app.pool.acquire().await.unwrap();
    roles::make_link(&mut connection, Role::Reviewer, app.clock.now()).await.unwrap()
}

#[tokio::test]
async fn a_link_gives_its_role_once() {
    let app = TestApp::start().await;
    let token = link(&app).await;
    let first = sign_in(&app, ID, MOBILE).await;
    let second = sign_in(&app, OTHER_ID, OTHER_MOBILE).await;
    let visitor = app.post("accounts/take_role", None, &[("token", &token)]).await;
    assert_eq!(visitor.0, StatusCode::UNAUTHORIZED);
    let (status, answer) = app.post("accounts/take_role", Some(&first), &[("token", &token)]).await;
    assert_eq!((status, answer), (StatusCode::OK, serde_json::json!({ "signed_in": true, "roles": ["reviewer"] })));
    for cookie in [&first, &second] {
        let again = app.post("accounts/take_role", Some(cookie), &[("token", &token)]).await;
        assert_eq!(again.1, refused("LinkSpent"));
    }
}

#[tokio::test]
async fn opening_a_link_changes_nothing() {
    let app = TestApp::start().await;
    let token = link(&app).await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    assert_eq!(app.get(&format!("/account/roles/{token}"), Some(&cookie)).await.0, StatusCode::OK);
    let answer = app.post("accounts/take_role", Some(&cookie), &[("token", &token)]).await;
    assert_eq!(answer.0, StatusCode::OK);
}

#[tokio::test]
async fn a_link_expires_and_a_made_up_one_is_none() {
    let app = TestApp::start().await;
    let token = link(&app).await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    app.clock.advance(Duration::hours(1));
    for token in [token.as_str(), "", "made-up"] {
        let answer = app.post("accounts/take_role", Some(&cookie), &[("token", token)]).await;
        assert_eq!(answer.1, refused("LinkSpent"), "{token}");
    }
}
