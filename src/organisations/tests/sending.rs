//! A delivery on its way: signed, tried again, given up, told again; by as many workers as there are.

use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::receiver::Receiver;
use super::{administrator, deliveries, endpoint, is_over, licensed_member, organisation, send};
use crate::access::Role;
use crate::calendar::riyadh_day;
use crate::licences::model::LicenceNumber;
use crate::messages::tests::sending::run_jobs_until;
use crate::organisations::model::MAX_TRIES;
use crate::organisations::store;
use crate::oversight::tests::suspended;
use crate::testing::TestApp;

/// A portal, an endpoint where a receiver listens, and a licence that it is told of.
pub struct Told {
    pub app: TestApp,
    pub receiver: Receiver,
    pub endpoint: Uuid,
    pub number: LicenceNumber,
}

impl Told {
    pub async fn start(answer: StatusCode) -> Self {
        let (app, receiver) = (TestApp::start().await, Receiver::start(answer).await);
        let body = organisation(&app).await;
        let endpoint = endpoint(&app, body, &receiver.url).await;
        let number = licensed_member(&app, body).await;
        Self { app, receiver, endpoint, number }
    }

    /// Its first delivery.
    pub async fn delivery(&self) -> Uuid {
        deliveries(&self.app, self.endpoint).await[0].0
    }

    pub async fn states(&self) -> Vec<String> {
        deliveries(&self.app, self.endpoint).await.into_iter().map(|(_, _, state)| state).collect()
    }

    pub async fn replay(&self, delivery: Uuid) -> Result<Uuid, crate::error::AppError> {
        let by = self.app.staff(Role::Administrator).await;
        let mut connection = self.app.pool.acquire().await.unwrap();
        store::deliveries::replay(&mut connection, delivery, by, self.app.clock.now()).await
    }
}

/// HMAC-SHA256 as RFC 2104 spells it out, with nothing of what the portal signs by.
pub fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let padded = |with: u8| -> Vec<u8> { (0..64).map(|at| key.get(at).copied().unwrap_or_default() ^ with).collect() };
    let inner = Sha256::digest([padded(0x36).as_slice(), message].concat());
    Sha256::digest([padded(0x5c).as_slice(), inner.as_slice()].concat()).to_vec()
}

pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[tokio::test]
async fn what_is_told_is_signed_and_names_nobody() {
    let told = Told::start(StatusCode::NO_CONTENT).await;
    run_jobs_until(&told.app, "SELECT count(*) FROM webhook_deliveries WHERE state = 'sent' AND sent_at IS NOT NULL")
        .await;
    let (headers, body) = told.receiver.received().remove(0);
    let (id, second) = (header(&headers, "webhook-id"), header(&headers, "webhook-timestamp"));
    assert_eq!(id, told.delivery().await.to_string());
    assert!((second.parse::<i64>().unwrap() - told.app.clock.now().unix_timestamp()).abs() < 60);
    let expected = hmac(&[b'k'; 32], format!("{id}.{second}.{body}").as_bytes());
    assert_eq!(header(&headers, "webhook-signature"), format!("v1,{}", STANDARD.encode(expected)));
    assert_eq!(header(&headers, "content-type"), "application/json");
    let body: Value = serde_json::from_str(&body).unwrap();
    let mut names: Vec<&String> = body["data"].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["issued", "kind", "number", "sequence", "status", "valid_from", "valid_to"]);
    assert_eq!((&body["type"], &body["data"]["number"]), (&json!("licence.issued"), &json!(told.number.digits())));
    assert_eq!((&body["data"]["status"], &body["data"]["sequence"]), (&json!("valid"), &json!(1)));
    assert_eq!(body["data"]["issued"], json!(riyadh_day(told.app.clock.now()).to_string()));
}

#[tokio::test]
async fn a_change_says_what_it_made_of_the_licence_whenever_it_is_sent() {
    let told = Told::start(StatusCode::OK).await;
    suspended(&told.app, &told.number).await;
    for (delivery, ..) in deliveries(&told.app, told.endpoint).await {
        assert_eq!(send(&told.app, delivery).await, None);
    }
    let bodies: Vec<Value> =
        told.receiver.received().iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
    let heard: Vec<_> = bodies.iter().map(|body| (&body["type"], &body["data"]["status"])).collect();
    let expected = [(&json!("licence.issued"), &json!("valid")), (&json!("licence.suspended"), &json!("suspended"))];
    assert_eq!(heard, expected);
}

#[tokio::test]
async fn what_is_not_taken_is_tried_again_given_up_and_told_again() {
    let told = Told::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let delivery = told.delivery().await;
    for _ in 1..MAX_TRIES {
        assert_eq!(send(&told.app, delivery).await.as_deref(), Some("answered_503"));
        assert_eq!(told.states().await, ["failed"]);
        assert!(is_over(told.replay(delivery).await), "it is on its way");
    }
    assert_eq!(send(&told.app, delivery).await, None, "the queue has nothing to try again");
    assert_eq!(told.states().await, ["dead"]);
    assert_eq!(send(&told.app, delivery).await, None);
    let tries = usize::try_from(MAX_TRIES).unwrap();
    assert_eq!(told.receiver.received().len(), tries);
    told.receiver.answers(StatusCode::OK);
    assert_eq!(told.replay(delivery).await.unwrap(), told.endpoint);
    assert_eq!(told.states().await, ["queued"]);
    assert_eq!(send(&told.app, delivery).await, None);
    assert_eq!(told.states().await, ["sent"]);
    let ids: Vec<String> =
        told.receiver.received().iter().map(|(headers, _)| header(headers, "webhook-id").to_owned()).collect();
    assert_eq!(ids, vec![delivery.to_string(); tries + 1], "the receiver knows it by its id");
    // What was taken may be told again as well, and by a job of its own.
    told.replay(delivery).await.unwrap();
    run_jobs_until(&told.app, "SELECT count(*) FROM webhook_deliveries WHERE state = 'sent'").await;
    assert_eq!(told.receiver.received().len(), tries + 2);
}

#[tokio::test]
async fn the_queue_tries_again_later_what_was_not_taken() {
    let told = Told::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let waiting = "SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier = 'send_webhook'
        AND attempts = 1 AND locked_at IS NULL AND run_at > now()";
    run_jobs_until(&told.app, waiting).await;
    assert_eq!((told.states().await, told.receiver.received().len()), (vec!["failed".to_owned()], 1));
    told.receiver.answers(StatusCode::OK);
    sqlx::query("UPDATE graphile_worker._private_jobs SET run_at = now()").execute(&told.app.owner).await.unwrap();
    run_jobs_until(&told.app, "SELECT count(*) FROM webhook_deliveries WHERE state = 'sent'").await;
    assert_eq!(told.receiver.received().len(), 2);
}

#[tokio::test]
async fn where_it_is_led_on_to_nobody_goes() {
    let told = Told::start(StatusCode::TEMPORARY_REDIRECT).await;
    let delivery = told.delivery().await;
    for status in [301, 302, 303, 307, 308] {
        told.receiver.answers(StatusCode::from_u16(status).unwrap());
        assert_eq!(send(&told.app, delivery).await, Some(format!("answered_{status}")));
    }
    let received = told.receiver.received();
    assert!(received.len() == 5 && received.iter().all(|(_, body)| body != "elsewhere"));
}

#[tokio::test]
async fn many_workers_at_once_tell_it_once() {
    let told = Told::start(StatusCode::OK).await;
    let delivery = told.delivery().await;
    let sends = (0..8).map(|_| {
        let state = told.app.state.clone();
        tokio::spawn(async move { super::job::send(&state, delivery).await })
    });
    for one in sends.collect::<Vec<_>>() {
        assert_eq!(one.await.unwrap().unwrap(), None);
    }
    assert_eq!(told.receiver.received().len(), 1);
}

#[tokio::test]
async fn everything_since_a_day_is_told_again() {
    let told = Told::start(StatusCode::OK).await;
    told.app.clock.advance(time::Duration::days(3));
    let (_, cookie) = administrator(&told.app).await;
    let day = riyadh_day(told.app.clock.now());
    suspended(&told.app, &told.number).await;
    for (delivery, ..) in deliveries(&told.app, told.endpoint).await {
        send(&told.app, delivery).await;
    }
    let (endpoint, since) = (told.endpoint.to_string(), day.to_string());
    let fields = [("endpoint", endpoint.as_str()), ("since", since.as_str())];
    assert_eq!(told.app.post("organisations/replay_since", Some(&cookie), &fields).await.0, StatusCode::OK);
    assert_eq!(told.states().await, ["sent", "queued"]);
    let page = super::read(&told.app, &format!("/api/organisations/deliveries?endpoint={endpoint}"), &cookie).await;
    assert_eq!(page["deliveries"][0]["event"], "licence.suspended");
}
