//! Rules: changed for today or a day to come, kept with who and why, never lost between two administrators.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Date, Duration};
use uuid::Uuid;

use super::{administrator, noted, refused};
use crate::administration::model::SettingKey;
use crate::calendar::riyadh_day;
use crate::licences::tests::together;
use crate::testing::{TestApp, scale};

const KEY: &str = "validity_months";

async fn version(app: &TestApp, key: &str) -> i64 {
    sqlx::query_scalar("SELECT max(version) FROM settings WHERE key = $1").bind(key).fetch_one(&app.pool).await.unwrap()
}

/// What the register reads for a kind, now.
async fn in_force(app: &TestApp, kind: &str) -> i32 {
    sqlx::query_scalar("SELECT setting($1, $2, $3)")
        .bind(KEY)
        .bind(kind)
        .bind(app.clock.now())
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

async fn change(app: &TestApp, cookie: &str, seen: i64, kind: &str, value: &str, from: Date) -> (StatusCode, Value) {
    let (seen, day, month, year) =
        (seen.to_string(), from.day().to_string(), u8::from(from.month()).to_string(), from.year().to_string());
    let fields = [
        ("key", KEY),
        ("seen", &seen),
        ("kind", kind),
        ("value", value),
        ("from_day", &day),
        ("from_month", &month),
        ("from_year", &year),
        ("from_calendar", "gregorian"),
        ("reason", "قرار اللجنة 12"),
    ];
    app.post("administration/change_setting", Some(cookie), &fields).await
}

#[tokio::test]
async fn a_change_for_today_holds_at_once_and_is_kept_with_who_and_why() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let today = riyadh_day(app.clock.now());
    let page = app.get("/admin/settings/validity_months", Some(&cookie)).await.1;
    assert!(page.contains("افتراض المشروع") && page.contains("24 شهرًا"), "{page}");

    assert_eq!(change(&app, &cookie, version(&app, KEY).await, "", "٣٦", today).await.0, StatusCode::OK);
    assert_eq!(in_force(&app, "practitioner").await, 36);
    assert_eq!(noted(&app, "setting_changed").await, 1);
    let page = app.get("/admin/settings/validity_months", Some(&cookie)).await.1;
    for shown in ["36 شهرًا", "24 شهرًا", "قرار اللجنة 12", "محمد عبد الله القحطاني", "سارٍ", "سابق"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let all: Value = serde_json::from_str(&app.get("/api/administration/settings", Some(&cookie)).await.1).unwrap();
    let line = all.as_array().unwrap().iter().find(|line| line["key"] == KEY).unwrap();
    assert_eq!(line["values"], json!([{ "kind": null, "value": 36, "assumed": false }]));
    assert!(all.as_array().unwrap().iter().any(|line| line["values"][0]["assumed"] == true));
}

#[tokio::test]
async fn what_is_set_for_one_kind_is_its_own() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let today = riyadh_day(app.clock.now());
    for (kind, value) in [("management", "12"), ("", "30")] {
        let seen = version(&app, KEY).await;
        assert_eq!(change(&app, &cookie, seen, kind, value, today).await.0, StatusCode::OK);
        app.clock.advance(Duration::seconds(5));
    }
    assert_eq!(in_force(&app, "management").await, 12);
    assert_eq!(in_force(&app, "practitioner").await, 30);
}

#[tokio::test]
async fn a_planned_change_is_seen_and_a_later_one_for_its_day_takes_its_place() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let day = riyadh_day(app.clock.now()) + Duration::days(10);
    for value in ["36", "48"] {
        let seen = version(&app, KEY).await;
        assert_eq!(change(&app, &cookie, seen, "", value, day).await.0, StatusCode::OK);
    }
    assert_eq!(in_force(&app, "practitioner").await, 24);
    let path = format!("/api/administration/setting?key={KEY}");
    let view: Value = serde_json::from_str(&app.get(&path, Some(&cookie)).await.1).unwrap();
    let standings: Vec<(&Value, &Value)> =
        view["changes"].as_array().unwrap().iter().map(|one| (&one["value"], &one["standing"])).collect();
    assert_eq!(
        standings,
        [(&json!(48), &json!("Planned")), (&json!(36), &json!("Replaced")), (&json!(24), &json!("InForce"))]
    );
    assert!(app.get("/admin/settings", Some(&cookie)).await.1.contains("مخطَّط"));
    app.clock.advance(Duration::days(11));
    assert_eq!(in_force(&app, "practitioner").await, 48);
}

#[tokio::test]
async fn of_two_administrators_who_saw_the_same_one_is_told_to_look_again() {
    let app = TestApp::start().await;
    let people = [administrator(&app).await, administrator(&app).await];
    let today = riyadh_day(app.clock.now());
    for round in 0..scale(10, 100) {
        let seen = version(&app, KEY).await;
        // One for all kinds, one for a single kind: they would not collide in the value alone.
        let both = together([
            Box::pin(change(&app, &people[0].1, seen, "", "36", today)),
            Box::pin(change(&app, &people[1].1, seen, "management", "12", today)),
        ])
        .await;
        let done = both.iter().filter(|answer| answer.0 == StatusCode::OK).count();
        assert_eq!(done, 1, "round {round}: {both:?}");
        assert!(both.contains(&refused("SettingChanged")), "round {round}: {both:?}");
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM settings WHERE key = $1 AND changed_by IS NOT NULL")
        .bind(KEY)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(usize::try_from(rows).unwrap(), scale(10, 100));
}

#[tokio::test]
async fn a_form_that_was_sent_before_is_refused() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (seen, today) = (version(&app, KEY).await, riyadh_day(app.clock.now()));
    assert_eq!(change(&app, &cookie, seen, "", "36", today).await.0, StatusCode::OK);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(change(&app, &cookie, seen, "", "36", today).await, refused("SettingChanged"));
    // Nor does a number help that no change of this key ever had.
    let other = version(&app, "appeal_days").await;
    assert_eq!(change(&app, &cookie, other, "", "36", today).await, refused("SettingChanged"));
}

#[tokio::test]
async fn every_mistake_is_told_at_once() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let fields = [
        ("key", KEY),
        ("seen", "1"),
        ("kind", "driving"),
        ("value", "0"),
        ("from_day", "1"),
        ("from_month", "1"),
        ("from_year", "2020"),
        ("from_calendar", "gregorian"),
        ("reason", " "),
    ];
    let (status, answer) = app.post("administration/change_setting", Some(&cookie), &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let told: Vec<(&Value, &Value)> =
        answer["Invalid"].as_array().unwrap().iter().map(|one| (&one["field"], &one["problem"])).collect();
    assert_eq!(
        told,
        [
            (&json!("kind"), &json!("ChoiceUnknown")),
            (&json!("value"), &json!("OutOfBounds")),
            (&json!("from_day"), &json!("DateTooEarly")),
            (&json!("reason"), &json!("Required")),
        ]
    );
    let unknown = app.post("administration/change_setting", Some(&cookie), &[("key", "speed"), ("seen", "1")]).await;
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/admin/settings/speed", Some(&cookie)).await.0, StatusCode::NOT_FOUND);
}

/// Writes a change as the application's role, past the code.
async fn write(app: &TestApp, key: &str, value: i32, by: Uuid) -> Result<(), String> {
    sqlx::query(
        "INSERT INTO settings (key, value, effective_from, changed_by, changed_at, reason, replaces)
         SELECT $1, $2, clock_timestamp(), $3, now() - interval '1 hour', 'x', max(version)
         FROM settings WHERE key = $1",
    )
    .bind(key)
    .bind(value)
    .bind(by)
    .execute(&app.pool)
    .await
    .map(drop)
    .map_err(|error| error.as_database_error().and_then(|e| e.constraint()).unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_database_knows_the_same_keys_and_bounds() {
    let app = TestApp::start().await;
    let (by, _) = administrator(&app).await;
    let keys: Vec<String> = sqlx::query_scalar("SELECT DISTINCT key FROM settings").fetch_all(&app.pool).await.unwrap();
    for key in SettingKey::ALL {
        assert!(keys.contains(&key.code().to_owned()), "{} has no row", key.code());
        let (least, most) = key.bounds();
        for value in [least, most] {
            assert_eq!(write(&app, key.code(), value, by).await, Ok(()), "{} {value}", key.code());
        }
        let beyond = write(&app, key.code(), most + 1, by).await;
        assert_eq!(beyond, Err("settings_value_sensible".to_owned()), "{}", key.code());
        if least > 0 {
            let below = write(&app, key.code(), least - 1, by).await;
            assert_eq!(below, Err("settings_value_sensible".to_owned()), "{}", key.code());
        }
    }
}

#[tokio::test]
async fn the_history_goes_on_from_page_to_page() {
    let app = TestApp::start().await;
    let (by, cookie) = administrator(&app).await;
    for value in 1..=45 {
        write(&app, KEY, value, by).await.unwrap();
    }
    let (mut seen, mut before) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/administration/setting?key={KEY}&before={before}");
        let view: Value = serde_json::from_str(&app.get(&path, Some(&cookie)).await.1).unwrap();
        seen.extend(view["changes"].as_array().unwrap().iter().map(|one| one["value"].as_i64().unwrap()));
        match view["next"].as_i64() {
            Some(next) => before = next.to_string(),
            None => break,
        }
    }
    let expected: Vec<i64> = (1..=45).rev().chain([24]).collect();
    assert_eq!(seen, expected);
}
