//! Answers for days that are over, and their receipts, against a real database.

mod answers;
mod checking;
mod pages;
mod replay;

use axum::http::StatusCode;
use serde_json::Value;
use time::macros::datetime;
use time::{Date, OffsetDateTime};

use super::answering::{answer, check};
use super::model::{Checked, Receipt, Standing, Told};
use super::receipt::Claims;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceStatus};
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{restored, revoked, suspended};
use crate::signing::tests::trusted;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;
const NOW: OffsetDateTime = datetime!(2026-11-28 12:00 +3);

/// A licence issued now.
async fn one(app: &TestApp) -> LicenceNumber {
    let person = ready(app, KIND).await;
    licensed(app, person, KIND, app.clock.now()).await
}

/// A licence with a life: issued on 10 January 2026, suspended for an hour of the 20th and from the evening of 1 February to
/// noon of the 5th, revoked at noon of 1 March. It is [`NOW`] then.
async fn lived(app: &TestApp) -> LicenceNumber {
    app.clock.stand_at(datetime!(2026-01-10 10:00 +3));
    let number = one(app).await;
    for (at, held) in [
        (datetime!(2026-01-20 14:05 +3), true),
        (datetime!(2026-01-20 15:05 +3), false),
        (datetime!(2026-02-01 20:00 +3), true),
        (datetime!(2026-02-05 12:00 +3), false),
    ] {
        app.clock.stand_at(at);
        if held {
            suspended(app, &number).await;
        } else {
            restored(app, &number).await;
        }
    }
    app.clock.stand_at(datetime!(2026-03-01 12:00 +3));
    revoked(app, &number).await;
    app.clock.stand_at(NOW);
    number
}

async fn told(app: &TestApp, number: &LicenceNumber, day: Date) -> Told {
    trusted(app).await;
    answer(&app.state, number, day, app.clock.now()).await.unwrap()
}

async fn standing(app: &TestApp, number: &LicenceNumber, day: Date) -> Standing {
    told(app, number, day).await.answer.standing
}

/// What is found of a receipt that the register signed.
async fn signed(app: &TestApp, receipt: &str) -> Receipt {
    match check(&app.state, receipt).await.unwrap() {
        Checked::Signed(receipt) => receipt,
        Checked::Refused(why) => panic!("{why:?}"),
    }
}

/// What a receipt says.
async fn claims(app: &TestApp, receipt: &str) -> Claims {
    Claims::open(receipt, &trusted(app).await).unwrap()
}

async fn asked(app: &TestApp, query: &str) -> (StatusCode, Value) {
    let (status, body) = app.get(&format!("/api/receipts/ask?{query}"), None).await;
    (status, serde_json::from_str(&body).unwrap_or_default())
}

fn was(status: LicenceStatus) -> Standing {
    Standing::Was(status)
}
