//! Nobody is disturbed at night, but by what they asked for.

use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

use super::{MOBILE, TOLD, count, deliveries};
use crate::messages::store::{self, Channel, Outgoing, Turn};
use crate::testing::TestApp;

const EVENING: OffsetDateTime = datetime!(2026-11-25 21:59:59.999 +3);
const NIGHT: OffsetDateTime = datetime!(2026-11-25 22:00 +3);
const MORNING: OffsetDateTime = datetime!(2026-11-26 7:00 +3);

async fn turn(app: &TestApp, delivery: Uuid, now: OffsetDateTime) -> Turn {
    let mut tx = app.pool.begin().await.unwrap();
    let turn = store::take_turn(&mut tx, &app.state.config.keys, delivery, now).await.unwrap();
    tx.commit().await.unwrap();
    turn
}

async fn tell_at(app: &TestApp, person: Uuid, now: OffsetDateTime) {
    let mut tx = app.pool.begin().await.unwrap();
    store::tell(&mut tx, &app.state.config.keys, person, &TOLD, now).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_message_of_the_night_waits_for_the_morning() {
    let app = TestApp::start().await;
    let person = app.person().await;
    tell_at(&app, person, EVENING).await;
    for (delivery, ..) in deliveries(&app, person).await {
        assert_eq!(turn(&app, delivery, EVENING).await, Turn::Now);
        assert_eq!(turn(&app, delivery, NIGHT).await, Turn::Later);
        let held: Option<OffsetDateTime> = sqlx::query_scalar("SELECT held_until FROM deliveries WHERE id = $1")
            .bind(delivery)
            .fetch_one(&app.owner)
            .await
            .unwrap();
        assert_eq!(held, Some(MORNING));
        let jobs: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM graphile_worker._private_jobs WHERE payload ->> 'id' = $1::text AND run_at = $2",
        )
        .bind(delivery.to_string())
        .bind(MORNING)
        .fetch_one(&app.owner)
        .await
        .unwrap();
        assert_eq!(jobs, 1, "a job for the morning");
        assert_eq!(turn(&app, delivery, MORNING - time::Duration::MICROSECOND).await, Turn::Later);
        assert_eq!(turn(&app, delivery, MORNING).await, Turn::Now);
    }
}

#[tokio::test]
async fn codes_and_guardians_are_never_held_back() {
    let app = TestApp::start().await;
    for template in ["sign_in_code", "guardian_code"] {
        let mut tx = app.pool.begin().await.unwrap();
        let message = Outgoing {
            person: None,
            channel: Channel::Sms,
            recipient: MOBILE,
            template,
            body: "الرمز 123456",
            useful_until: Some(NIGHT + time::Duration::minutes(5)),
        };
        store::enqueue(&mut tx, &app.state.config.keys, &message, NIGHT).await.unwrap();
        tx.commit().await.unwrap();
    }
    let all: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM deliveries").fetch_all(&app.owner).await.unwrap();
    assert_eq!(all.len(), 2);
    for delivery in all {
        assert_eq!(turn(&app, delivery, NIGHT).await, Turn::Now);
    }
    // So do those that the portal itself sends.
    let fields = [("national_id", "1000000008"), ("mobile", "0500000001")];
    assert_eq!(app.post("accounts/ask_code", None, &fields).await.0, axum::http::StatusCode::OK);
    let perishable = "SELECT count(*) FROM messages WHERE template = 'sign_in_code' AND useful_until IS NULL";
    assert_eq!(count(&app, perishable).await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'sign_in_code'").await, 2);
}

#[tokio::test]
async fn the_hours_are_those_of_the_settings() {
    let app = TestApp::start().await;
    let person = app.person().await;
    tell_at(&app, person, EVENING).await;
    let (delivery, ..) = deliveries(&app, person).await.remove(0);
    for (key, hour) in [("quiet_from_hour", 20), ("quiet_until_hour", 9)] {
        sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ($1, $2, $3)")
            .bind(key)
            .bind(hour)
            .bind(EVENING)
            .execute(&app.pool)
            .await
            .unwrap();
    }
    assert_eq!(turn(&app, delivery, EVENING).await, Turn::Later);
    assert_eq!(turn(&app, delivery, MORNING).await, Turn::Later);
    assert_eq!(turn(&app, delivery, MORNING + time::Duration::hours(2)).await, Turn::Now);
}
