//! Nobody is sent more in a day than the setting permits. What is over it stays in the inbox.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;

use super::{count, deliveries, send, setting, tell, without_quiet_hours};
use crate::messages::job;
use crate::messages::store::{self, Channel, Outgoing};
use crate::testing::TestApp;

#[tokio::test]
async fn over_the_cap_nothing_is_sent_and_nothing_is_lost() {
    let app = TestApp::start().await;
    without_quiet_hours(&app).await;
    setting(&app, "messages_per_day", 3).await;
    let (person, other) = (app.person().await, app.person().await);
    for _ in 0..7 {
        tell(&app, person).await;
    }
    tell(&app, other).await;
    // Each by text message and by e-mail, all at once.
    let all: Vec<_> = deliveries(&app, person).await.into_iter().map(|(id, ..)| id).collect();
    assert_eq!(all.len(), 14);
    let sends: Vec<_> = all
        .into_iter()
        .map(|id| {
            let state = app.state.clone();
            tokio::spawn(async move { job::send(&state, id).await.unwrap() })
        })
        .collect();
    for one in sends {
        assert_eq!(one.await.unwrap(), None);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM deliveries WHERE state = 'sent'").await, 6);
    assert_eq!(count(&app, "SELECT count(*) FROM deliveries WHERE state = 'withheld'").await, 8);
    assert_eq!(
        count(
            &app,
            "SELECT count(*) FROM messages m WHERE over_cap AND EXISTS (
            SELECT FROM deliveries d WHERE d.message_id = m.id AND d.state <> 'withheld')"
        )
        .await,
        0,
        "a message goes by all its ways or by none"
    );
    // Another's day is another's.
    for (id, ..) in deliveries(&app, other).await {
        send(&app, id).await;
    }
    assert!(deliveries(&app, other).await.iter().all(|(.., state)| state == "sent"));

    let cookie = app.sign_in(person).await;
    let (status, body) = app.get("/api/messages/inbox", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let inbox: Value = serde_json::from_str(&body).unwrap();
    let messages = inbox["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 7);
    let withheld = messages.iter().filter(|one| one["deliveries"][0][1] == "withheld").count();
    assert_eq!(withheld, 4);
    let (_, page) = app.get("/account/messages", Some(&cookie)).await;
    assert!(page.contains("لم تُرسل لكثرة رسائل ذلك اليوم"));

    app.clock.advance(Duration::DAY);
    tell(&app, person).await;
    let (tomorrow, ..) = deliveries(&app, person).await.pop().unwrap();
    assert_eq!(send(&app, tomorrow).await, None);
    assert_eq!(deliveries(&app, person).await.pop().unwrap().2, "sent");
}

#[tokio::test]
async fn codes_do_not_count_and_are_not_counted() {
    let app = TestApp::start().await;
    without_quiet_hours(&app).await;
    setting(&app, "messages_per_day", 1).await;
    let person = app.person().await;
    let now = app.clock.now();
    let code = Outgoing {
        person: Some(person),
        channel: Channel::Sms,
        recipient: super::MOBILE,
        template: "step_up_code",
        body: "الرمز 123456",
        useful_until: Some(now + Duration::minutes(5)),
    };
    for _ in 0..2 {
        store::enqueue(&mut app.pool.acquire().await.unwrap(), &app.state.config.keys, &code, now).await.unwrap();
    }
    tell(&app, person).await;
    store::enqueue(&mut app.pool.acquire().await.unwrap(), &app.state.config.keys, &code, now).await.unwrap();
    for (id, ..) in deliveries(&app, person).await {
        send(&app, id).await;
    }
    let states: Vec<_> = deliveries(&app, person).await.into_iter().map(|(.., state)| state).collect();
    assert_eq!(states, ["sent"; 5]);
}

#[tokio::test]
async fn a_second_try_does_not_count_again() {
    let gateway = super::gateway::Gateway::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let app = gateway.portal().await;
    setting(&app, "messages_per_day", 1).await;
    let person = app.person().await;
    tell(&app, person).await;
    let (id, ..) = deliveries(&app, person).await.remove(0);
    for _ in 0..3 {
        assert_eq!(send(&app, id).await.as_deref(), Some("answered_503"));
    }
    gateway.answers(StatusCode::OK);
    assert_eq!(send(&app, id).await, None);
    assert_eq!(deliveries(&app, person).await[0].2, "sent");
}
