//! A licence ends at midnight in Riyadh, to the second, wherever the server's clocks are set, and no job makes it so.

use axum::http::StatusCode;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use super::{KIND, look_up};
use crate::licences::model::{LicenceNumber, LicenceState, LicenceStatus, Validity};
use crate::licences::tests::{licensed, ready};
use crate::testing::TestApp;

/// Issued, in Riyadh; the last millisecond of the last valid day; the instant after.
const LIVES: [(OffsetDateTime, OffsetDateTime, OffsetDateTime); 5] = [
    (datetime!(2024-12-31 10:00 +3), datetime!(2026-12-30 23:59:59.999 +3), datetime!(2026-12-31 00:00 +3)),
    // On 29 February: the last month is a whole one, though it has no such day.
    (datetime!(2028-02-29 00:00 +3), datetime!(2030-02-28 23:59:59.999 +3), datetime!(2030-03-01 00:00 +3)),
    (datetime!(2028-02-28 23:59:59.999 +3), datetime!(2030-02-27 23:59:59.999 +3), datetime!(2030-02-28 00:00 +3)),
    // Its last day is a 29 February.
    (datetime!(2026-03-01 10:00 +3), datetime!(2028-02-29 23:59:59.999 +3), datetime!(2028-03-01 00:00 +3)),
    // Its last day is the last of Ramadan 1446.
    (datetime!(2023-03-30 10:00 +3), datetime!(2025-03-29 23:59:59.999 +3), datetime!(2025-03-30 00:00 +3)),
];

/// What the public page says of a number, by the class of its verdict.
async fn page(app: &TestApp, number: &LicenceNumber) -> String {
    let (status, page) = app.get(&format!("/verify/{}", number.digits()), None).await;
    assert_eq!(status, StatusCode::OK);
    page
}

async fn says(app: &TestApp, number: &LicenceNumber, at: OffsetDateTime, status: &str) {
    app.clock.stand_at(at);
    assert_eq!(look_up(app, number.digits()).await.1["licence"]["status"], status, "{at}");
    let class = if status == "not_yet_valid" { "not-yet" } else { status };
    assert!(page(app, number).await.contains(&format!("verdict verdict--{class}")), "{at}: the page");
}

#[tokio::test]
async fn it_is_valid_in_the_last_millisecond_and_expired_in_the_next() {
    let app = TestApp::start().await;
    for (issued, last, after) in LIVES {
        let person = ready(&app, KIND).await;
        let number = licensed(&app, person, KIND, issued).await;
        says(&app, &number, issued, "valid").await;
        says(&app, &number, last, "valid").await;
        says(&app, &number, after, "expired").await;
        // The pure model says the same of the same days.
        let (from, until): (time::Date, time::Date) =
            sqlx::query_as("SELECT lower(valid), upper(valid) FROM licences WHERE number = $1")
                .bind(number.digits())
                .fetch_one(&app.pool)
                .await
                .unwrap();
        let valid = Validity::new(from, until);
        assert_eq!(LicenceStatus::at(LicenceState::Active, valid, false, last), LicenceStatus::Valid);
        assert_eq!(LicenceStatus::at(LicenceState::Active, valid, false, after), LicenceStatus::Expired);
        // And the database of itself, whatever zone its session is in.
        for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Niue"] {
            let mut connection = app.pool.acquire().await.unwrap();
            sqlx::query("SELECT set_config('TimeZone', $1, false)").bind(zone).execute(&mut *connection).await.unwrap();
            for (at, refusal) in [(last, None), (after, Some("ended"))] {
                let found: Option<String> =
                    sqlx::query_scalar("SELECT renewal_refusal(l, $2) FROM licences l WHERE number = $1")
                        .bind(number.digits())
                        .bind(at)
                        .fetch_one(&mut *connection)
                        .await
                        .unwrap();
                assert_eq!(found.as_deref(), refusal, "{zone} {at}");
            }
            connection.detach();
        }
    }
}

#[tokio::test]
async fn a_licence_begins_at_midnight_in_riyadh_too() {
    let app = TestApp::start().await;
    // Late in the evening of 31 December in Riyadh, and already the next year at +14.
    let issued = datetime!(2026-12-31 23:59:59.999 +3);
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, issued).await;
    says(&app, &number, datetime!(2026-12-30 23:59:59.999 +3), "not_yet_valid").await;
}

#[tokio::test]
async fn the_hijri_month_switches_at_midnight_in_riyadh() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, datetime!(2024-03-01 10:00 +3)).await;
    // Days that were announced, by the Umm al-Qura calendar: a month of 29 days, one of 30, a year's end, months to come.
    for (midnight, before, after) in [
        (datetime!(2024-03-11 00:00 +3), "29 شعبان 1445 هـ الموافق 10/3/2024 م", "1 رمضان 1445 هـ الموافق 11/3/2024 م"),
        (datetime!(2024-04-10 00:00 +3), "30 رمضان 1445 هـ الموافق 9/4/2024 م", "1 شوال 1445 هـ الموافق 10/4/2024 م"),
        (datetime!(2024-07-07 00:00 +3), "30 ذو الحجة 1445 هـ الموافق 6/7/2024 م", "1 محرم 1446 هـ الموافق 7/7/2024 م"),
        (
            datetime!(2025-06-26 00:00 +3),
            "29 ذو الحجة 1446 هـ الموافق 25/6/2025 م",
            "1 محرم 1447 هـ الموافق 26/6/2025 م",
        ),
        (datetime!(2027-02-08 00:00 +3), "30 شعبان 1448 هـ الموافق 7/2/2027 م", "1 رمضان 1448 هـ الموافق 8/2/2027 م"),
        (datetime!(2028-02-29 00:00 +3), "3 شوال 1449 هـ الموافق 28/2/2028 م", "4 شوال 1449 هـ الموافق 29/2/2028 م"),
    ] {
        app.clock.stand_at(midnight - Duration::milliseconds(1));
        let shown = page(&app, &number).await;
        assert!(shown.contains(&format!("{before}، الساعة 23:59")), "{before}");
        app.clock.stand_at(midnight);
        let shown = page(&app, &number).await;
        assert!(shown.contains(&format!("{after}، الساعة 00:00")), "{after}");
    }
}

#[tokio::test]
async fn the_last_day_is_shown_in_both_calendars() {
    let app = TestApp::start().await;
    for (issued, last) in [
        (datetime!(2023-03-30 10:00 +3), "29 رمضان 1446 هـ الموافق 29/3/2025 م"),
        (datetime!(2023-03-31 10:00 +3), "1 شوال 1446 هـ الموافق 30/3/2025 م"),
        (datetime!(2026-03-01 10:00 +3), "4 شوال 1449 هـ الموافق 29/2/2028 م"),
    ] {
        let person = ready(&app, KIND).await;
        let number = licensed(&app, person, KIND, issued).await;
        assert!(page(&app, &number).await.contains(last), "{last}");
    }
}

/// These very tests in a process of its own whose clock zone is another.
#[test]
fn the_clock_zone_of_the_server_changes_nothing() {
    for zone in ["UTC", "Pacific/Kiritimati"] {
        let run = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--test-threads", "1"])
            .args(
                [
                    "it_is_valid_in_the_last_millisecond_and_expired_in_the_next",
                    "the_hijri_month_switches_at_midnight_in_riyadh",
                ]
                .map(|name| format!("verification::tests::expiry::{name}")),
            )
            .env("TZ", zone)
            .env("TEST_WITHIN", "1")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && told.contains("2 passed"), "{zone}: {told}");
    }
}
