//! The second factor against a real database, asked as a browser asks.

mod codes;
mod passkeys;
mod resets;
mod rule;

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Role;
use crate::testing::{TestApp, answered, posting};

/// An officer given the role now, signed in with the mobile's code alone: the cookie follows the sign-in's token.
struct Officer {
    person: Uuid,
    cookie: String,
}

impl Officer {
    async fn new(app: &TestApp, role: Role) -> Self {
        let person = app.staff(role).await;
        let cookie = format!("session={}", app.sign_in_by_code(person).await);
        Self { person, cookie }
    }

    /// Calls a function, and goes on with the token it sets, as a browser does.
    async fn call(&mut self, app: &TestApp, endpoint: &str, fields: &[(&str, &str)]) -> (StatusCode, Value) {
        let response = app.send(posting(endpoint, Some(&self.cookie), fields)).await;
        if let Some(cookie) = new_cookie(&response) {
            self.cookie = cookie;
        }
        answered(response).await
    }

    async fn standing(&self, app: &TestApp) -> Value {
        let (status, body) = app.get("/api/second_factor/standing", Some(&self.cookie)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Makes recovery codes and confirms them: the sign-in has then passed.
    async fn make_codes(&mut self, app: &TestApp) -> Vec<String> {
        let drafted = self.call(app, "second_factor/draft_codes", &[]).await;
        assert_eq!(drafted.0, StatusCode::OK, "{drafted:?}");
        let codes: Vec<String> = serde_json::from_value(self.standing(app).await["draft"].clone()).unwrap();
        let kept = self.call(app, "second_factor/keep_codes", &[("code", &codes[3])]).await;
        assert_eq!(kept.0, StatusCode::OK, "{kept:?}");
        codes
    }

    /// Whether what a trainer's, reviewer's or administrator's desk shows is shown.
    async fn desk(&self, app: &TestApp, endpoint: &str) -> StatusCode {
        app.get(&format!("/api/{endpoint}"), Some(&self.cookie)).await.0
    }
}

fn new_cookie(response: &Response<Body>) -> Option<String> {
    let set = response.headers().get(header::SET_COOKIE)?.to_str().ok()?;
    set.split(';').next().filter(|cookie| cookie.starts_with("session=")).map(str::to_owned)
}

fn needed() -> Value {
    json!("SecondFactorNeeded")
}

fn refused(problem: &str) -> Value {
    json!({ "Refused": problem })
}

fn wrong_code() -> Value {
    json!({ "Invalid": [{ "field": "code", "problem": "RecoveryCodeWrong" }] })
}
