//! A message leaves when its change was committed, and only then.

use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::gateway::Gateway;
use super::{MOBILE, TOLD, count, deliveries, enqueue, send, tell, without_quiet_hours};
use crate::i18n::Locale;
use crate::messages::store::{self, Channel, Outgoing, Turn};
use crate::messages::templates::{Telling, mail, subject};
use crate::server::jobs;
use crate::testing::TestApp;

fn every_task(options: graphile_worker::WorkerOptions) -> graphile_worker::WorkerOptions {
    crate::cli::webhooks(crate::cli::tasks(options))
}

/// Runs the jobs until a condition holds, for ten seconds at most.
pub async fn run_jobs_until(app: &TestApp, query: &'static str) {
    let reached = async {
        while count(app, query).await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), jobs::run(app.state.clone(), every_task, reached))
        .await
        .expect("the jobs get there");
}

#[tokio::test]
async fn a_message_exists_exactly_when_its_change_was_committed() {
    let app = TestApp::start().await;
    let mut tx = app.pool.begin().await.unwrap();
    let message = Outgoing {
        person: None,
        channel: Channel::Sms,
        recipient: MOBILE,
        template: "test",
        body: "لا شيء",
        useful_until: None,
    };
    store::enqueue(&mut tx, &app.state.config.keys, &message, app.clock.now()).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM messages").await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM graphile_worker.jobs").await, 0);

    enqueue(&app, Channel::Sms, MOBILE).await;
    assert_eq!(count(&app, "SELECT count(*) FROM messages").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM graphile_worker.jobs").await, 1);
}

#[tokio::test]
async fn in_development_a_message_stays_in_the_inbox() {
    let app = TestApp::start().await;
    without_quiet_hours(&app).await;
    enqueue(&app, Channel::Sms, MOBILE).await;
    run_jobs_until(&app, "SELECT count(*) FROM deliveries WHERE state = 'sent'").await;
    let (status, body) = app.get("/dev/inbox.json?to=%2B966500000001", None).await;
    assert_eq!(status, StatusCode::OK);
    let inbox: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(inbox[0]["code"], "123456");
    assert_eq!(inbox[0]["to"], MOBILE);
}

#[tokio::test]
async fn the_inbox_page_does_not_exist_in_production() {
    let key = format!("7:{}", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [7; 32]));
    let app = TestApp::start_with(&[
        ("RUKHSA_ORIGIN", "https://rukhsa.example"),
        ("RUKHSA_DATA_KEY", &key),
        ("RUKHSA_INDEX_KEY", &key[2..]),
        ("RUKHSA_SIGNING_KEYS", &format!("2026:{}", &key[2..])),
        ("RUKHSA_SMS_URL", "http://127.0.0.1:9"),
        ("RUKHSA_SMS_TOKEN", "t"),
        ("RUKHSA_SMTP_URL", "smtp://127.0.0.1:9"),
        ("RUKHSA_MAIL_FROM", "a@example.org"),
    ])
    .await;
    for path in ["/dev/inbox", "/dev/inbox.json", "/dev/components"] {
        assert_eq!(app.get(path, None).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_text_message_leaves_by_the_http_gateway() {
    let gateway = Gateway::start(StatusCode::ACCEPTED).await;
    let app = gateway.portal().await;
    enqueue(&app, Channel::Sms, MOBILE).await;
    run_jobs_until(&app, "SELECT count(*) FROM deliveries WHERE state = 'sent' AND sent_at IS NOT NULL").await;
    let (headers, body) = gateway.received().remove(0);
    assert_eq!(headers["authorization"], "Bearer secret-token");
    let id: Uuid = sqlx::query_scalar("SELECT id FROM deliveries").fetch_one(&app.owner).await.unwrap();
    assert_eq!(headers["idempotency-key"], id.to_string().as_str());
    assert_eq!(body, serde_json::json!({ "to": MOBILE, "text": "الرمز 123456" }));
}

#[tokio::test]
async fn a_gateway_that_is_away_leaves_the_message_to_be_tried_again() {
    let app = TestApp::start_with(&[
        ("RUKHSA_MODE", "development"),
        // Port 9 is discard: nobody listens there.
        ("RUKHSA_SMS_URL", "http://127.0.0.1:9/send"),
        ("RUKHSA_SMS_TOKEN", "t"),
    ])
    .await;
    without_quiet_hours(&app).await;
    enqueue(&app, Channel::Sms, MOBILE).await;
    run_jobs_until(&app, "SELECT count(*) FROM graphile_worker.jobs WHERE attempts = 1 AND run_at > now()").await;
    let failed = "SELECT count(*) FROM deliveries WHERE state = 'failed' AND failures = 1 AND last_error = 'away'";
    assert_eq!(count(&app, failed).await, 1);
}

#[tokio::test]
async fn two_workers_at_once_send_one_delivery_once() {
    let gateway = Gateway::start(StatusCode::ACCEPTED).await;
    let app = gateway.portal().await;
    enqueue(&app, Channel::Sms, MOBILE).await;
    let id: Uuid = sqlx::query_scalar("SELECT id FROM deliveries").fetch_one(&app.owner).await.unwrap();
    let sends = (0..8).map(|_| {
        tokio::spawn({
            let state = app.state.clone();
            async move { crate::messages::job::send(&state, id).await }
        })
    });
    for one in sends.collect::<Vec<_>>() {
        assert_eq!(one.await.unwrap().unwrap(), None);
    }
    assert_eq!(gateway.received().len(), 1);
    assert_eq!(send(&app, id).await, None);
    assert_eq!(gateway.received().len(), 1, "nor later");
}

#[tokio::test]
async fn a_mail_leaves_by_smtp() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mailbox = tokio::spawn(async move { receive_one_mail(&listener).await });
    let app = TestApp::start_with(&[
        ("RUKHSA_MODE", "development"),
        ("RUKHSA_SMTP_URL", &url),
        ("RUKHSA_MAIL_FROM", "licence@example.org"),
    ])
    .await;
    let person = app.person().await;
    store::keep_language(&mut app.pool.acquire().await.unwrap(), person, Locale::en).await.unwrap();
    without_quiet_hours(&app).await;
    tell(&app, person).await;
    let (id, ..) = deliveries(&app, person).await.remove(1);
    assert_eq!(send(&app, id).await, None);
    let heard = mailbox.await.unwrap();
    assert!(heard.contains("RCPT TO:<m@example.org>"), "{heard}");
    assert!(heard.contains("From: licence@example.org"), "{heard}");
    assert!(heard.contains(&format!("Message-ID: <{id}@rukhsa>")), "{heard}");
    assert!(heard.contains(&format!("Subject: {}", subject(Locale::en, TOLD.template()))), "{heard}");
    // Soft line breaks of the encoding apart, the frame with the text in it.
    let (heard, text) = (heard.replace("=\n", ""), TOLD.text(Locale::en));
    for line in mail(Locale::en, &text, &app.state.config.origin).lines() {
        assert!(heard.contains(line), "{line} in {heard}");
    }
}

/// As much of RFC 5321 as it takes to be handed one mail.
async fn receive_one_mail(listener: &TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let (mut heard, mut in_data) = (String::new(), false);
    write.write_all(b"220 test\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        heard.push_str(&line);
        heard.push('\n');
        let answer: &[u8] = match line.as_str() {
            "." if in_data => {
                in_data = false;
                b"250 kept\r\n"
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        write.write_all(answer).await.unwrap();
        if answer.starts_with(b"250 kept") {
            break;
        }
    }
    heard
}

#[tokio::test]
async fn a_code_that_has_expired_is_not_sent() {
    let app = TestApp::start().await;
    let mut tx = app.pool.begin().await.unwrap();
    let (now, keys) = (app.clock.now(), &app.state.config.keys);
    let message = Outgoing {
        person: None,
        channel: Channel::Sms,
        recipient: MOBILE,
        template: "code",
        body: "الرمز 123456",
        useful_until: Some(now + time::Duration::SECOND),
    };
    store::enqueue(&mut tx, keys, &message, now).await.unwrap();
    let id: Uuid = sqlx::query_scalar("SELECT id FROM deliveries").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(store::take_turn(&mut tx, keys, id, now).await.unwrap(), Turn::Now);
    assert_eq!(store::take_turn(&mut tx, keys, id, now + time::Duration::SECOND).await.unwrap(), Turn::Over);
    assert!(store::give(&mut tx, keys, id).await.unwrap().is_none());
    let state: String = sqlx::query_scalar("SELECT state FROM deliveries").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(state, "expired");
}

#[tokio::test]
async fn a_receipt_goes_by_text_message_alone() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let receipt = Telling::RequestSubmitted { number: "1234567890" };
    let mut connection = app.pool.acquire().await.unwrap();
    store::tell(&mut connection, &app.state.config.keys, person, &receipt, app.clock.now()).await.unwrap();
    tell(&app, person).await;
    let ways: Vec<String> = deliveries(&app, person).await.into_iter().map(|(_, channel, _)| channel).collect();
    assert_eq!(ways, ["sms", "sms", "email"]);
}
