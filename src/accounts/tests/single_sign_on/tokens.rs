//! What the provider says of a person holds, or is not believed.

use serde_json::{Value, json};
use time::Duration;

use super::super::{ID, OTHER_ID};
use super::provider::{Key, Provider, Says};
use super::{begin, come_back, cookie, location, sign_ins, start, turn_of};
use crate::testing::TestApp;

/// A turn of a verified person in which the provider says something else than what is right; where it leads.
async fn turn_with(app: &TestApp, provider: &Provider, change: impl FnOnce(&mut Says)) -> String {
    let turn = begin(app, provider).await;
    let claims = provider.right_claims(app, &turn.nonce, ID);
    {
        let mut says = provider.says.lock().unwrap();
        says.id_token = claims;
        change(&mut says);
    }
    location(&come_back(app, &turn, None).await).to_owned()
}

async fn verified_owner(app: &TestApp) {
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
}

#[tokio::test]
async fn a_token_with_a_wrong_claim_signs_nobody_in() {
    let (app, provider) = start().await;
    verified_owner(&app).await;
    let past = (app.clock.now() - Duration::SECOND).unix_timestamp();
    let wrong = [
        ("nonce", json!("another turn's")),
        ("nonce", Value::Null),
        ("aud", json!("another client")),
        ("aud", json!(["rukhsa", "another client"])),
        ("iss", json!("https://another.example")),
        ("exp", json!(past)),
        ("national_id", json!("1000000000")),
        ("national_id", json!([ID])),
        ("national_id", json!("")),
    ];
    for (claim, value) in wrong {
        let led = turn_with(&app, &provider, |says| says.id_token[claim] = value.clone()).await;
        assert_eq!(led, "/sign-in?national=failed", "{claim}: {value}");
    }
    assert_eq!(sign_ins(&app).await, 0);
    assert_eq!(turn_with(&app, &provider, |_| ()).await, "/account", "as it is, it does");
}

#[tokio::test]
async fn a_token_that_the_provider_did_not_sign_signs_nobody_in() {
    let (app, provider) = start().await;
    verified_owner(&app).await;
    for algorithm in ["none", "HS256", "RS256"] {
        let led = turn_with(&app, &provider, |says| says.algorithm = algorithm).await;
        assert_eq!(led, "/sign-in?national=failed", "{algorithm}");
    }
    let led = turn_with(&app, &provider, |says| {
        says.algorithm = "EdDSA";
        // Another key under the name of the one that is published.
        says.key = Key::new("first");
    });
    assert_eq!(led.await, "/sign-in?national=failed");
    assert_eq!(sign_ins(&app).await, 0);
}

#[tokio::test]
async fn a_key_that_the_provider_changed_is_looked_for() {
    let (app, provider) = start().await;
    verified_owner(&app).await;
    assert_eq!(turn_with(&app, &provider, |_| ()).await, "/account");
    for name in ["second", "second"] {
        let led = turn_with(&app, &provider, |says| {
            says.key = Key::new(name);
            says.published = vec![says.key.public()];
        });
        assert_eq!(led.await, "/account");
    }
}

#[tokio::test]
async fn a_number_may_come_from_the_user_info_of_the_same_subject() {
    let (app, provider) = start().await;
    verified_owner(&app).await;
    let by_user_info = |info: Value| {
        |says: &mut Says| {
            says.id_token.as_object_mut().unwrap().remove("national_id");
            says.user_info = info;
        }
    };
    let told = [
        (json!({ "sub": "someone", "national_id": ID }), "/account"),
        (json!({ "sub": "someone", "national_id": 1_000_000_008 }), "/account"),
        (json!({ "sub": "another", "national_id": ID }), "/sign-in?national=failed"),
        (json!({ "sub": "someone", "national_id": OTHER_ID }), "/sign-in?national=unknown"),
        (json!({ "sub": "someone" }), "/sign-in?national=failed"),
    ];
    for (info, leads) in told {
        assert_eq!(turn_with(&app, &provider, by_user_info(info.clone())).await, leads, "{info}");
    }
}

#[tokio::test]
async fn the_subject_itself_may_be_the_number() {
    let provider = Provider::start().await;
    let app = super::start_with(&provider.issuer, &[("RUKHSA_SSO_ID_CLAIM", "sub")]).await;
    verified_owner(&app).await;
    assert_eq!(turn_with(&app, &provider, |says| says.id_token["sub"] = json!(ID)).await, "/account");
}

#[tokio::test]
async fn a_code_is_taken_with_its_own_verifier_only() {
    let (app, provider) = start().await;
    verified_owner(&app).await;
    let led = turn_with(&app, &provider, |says| says.challenge = "another turn's".to_owned()).await;
    assert_eq!(led, "/sign-in?national=failed");
    let response = turn_of(&app, &provider, ID, None).await;
    assert!(cookie(&response, "session").is_some());
}
