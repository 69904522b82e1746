//! Receipts: what they carry, and that none but the register's own passes.

use time::macros::date;

use super::{KIND, claims, lived, one, signed, told, was};
use crate::licences::model::{LicenceNumber, LicenceStatus};
use crate::licences::tests::{licensed, ready};
use crate::receipts::answering::check;
use crate::receipts::model::{Checked, Proof, Standing};
use crate::receipts::receipt::Claims;
use crate::server::signing_keys::{SigningKey, SigningKeys};
use crate::signing::model::{ReceiptHeader, Refusal};
use crate::signing::tests::trusted;
use crate::signing::{key_at, receipt};
use crate::testing::TestApp;

async fn refusal(app: &TestApp, text: &str) -> Refusal {
    match check(&app.state, text).await.unwrap() {
        Checked::Refused(why) => why,
        Checked::Signed(receipt) => panic!("{receipt:?}"),
    }
}

#[tokio::test]
async fn a_receipt_says_what_was_asked_and_proves_what_was_answered() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    for (day, events, changes) in [
        (date!(2026 - 01 - 09), 1, 0),
        (date!(2026 - 01 - 15), 1, 0),
        (date!(2026 - 01 - 20), 3, 2),
        (date!(2026 - 01 - 25), 2, 0),
        (date!(2026 - 02 - 03), 2, 0),
        (date!(2026 - 03 - 01), 3, 1),
    ] {
        let told = told(&app, &number, day).await;
        let found = signed(&app, &told.receipt).await;
        assert_eq!(found.proof, Proof::Holds { events, leaves: 6 }, "{day}");
        assert_eq!(found.answer, told.answer, "{day}");
        assert_eq!(found.answer.changes.len(), changes);
        assert_eq!(found.issuer, app.state.config.origin);
        assert!(found.held && !found.key_retired);
        assert!(told.receipt.len() < 4096, "{} bytes", told.receipt.len());
    }
}

#[tokio::test]
async fn a_receipt_of_a_number_that_is_not_there_has_a_checkpoint_and_no_proof() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let erased = licensed(&app, person, KIND, app.clock.now()).await;
    one(&app).await;
    sqlx::query(
        "UPDATE persons SET given_name = NULL, father_name = NULL, grandfather_name = NULL, family_name = NULL,
             latin_name = NULL, name_key = NULL, profile_completed_at = NULL WHERE id = $1",
    )
    .bind(person)
    .execute(&app.pool)
    .await
    .unwrap();
    let never = LicenceNumber::from_digits15("123456789012345").unwrap();
    app.clock.stand_at(app.clock.now());
    let today = crate::calendar::riyadh_day(app.clock.now());
    let mut answers = Vec::new();
    for number in [&erased, &never] {
        let told = told(&app, number, today).await;
        assert_eq!((told.answer.standing, told.kind), (Standing::NotFound, None));
        let found = signed(&app, &told.receipt).await;
        assert_eq!((found.proof, found.held), (Proof::Nothing, true));
        let claims = claims(&app, &told.receipt).await;
        assert!(claims.events.is_empty());
        assert_eq!(claims.number, number.digits());
        answers.push((Claims { number: String::new(), ..claims }, told.receipt.len()));
    }
    assert_eq!(answers[0], answers[1], "an erased number and one never issued");
}

#[tokio::test]
async fn every_single_bit_flipped_is_refused() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let text = told(&app, &number, date!(2026 - 01 - 20)).await.receipt;
    let keys = trusted(&app).await;
    assert!(Claims::open(&text, &keys).is_ok());
    let mut flipped = 0;
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let other = String::from_utf8_lossy(&bytes).into_owned();
            assert!(Claims::open(&other, &keys).is_err(), "bit {bit} of byte {at}");
            flipped += 1;
        }
    }
    assert_eq!(flipped, text.len() * 8);
    // Over the wire, one in each part.
    for at in [2, text.len() / 2, text.len() - 2] {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let other = String::from_utf8(bytes).unwrap();
        refusal(&app, &other).await;
    }
}

#[tokio::test]
async fn spaces_and_line_breaks_of_copying_do_no_harm() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let text = told(&app, &number, date!(2026 - 01 - 20)).await.receipt;
    let lines: Vec<String> =
        text.as_bytes().chunks(72).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    signed(&app, &format!("\r\n  {}\n", lines.join("\r\n"))).await;
}

#[tokio::test]
async fn receipts_of_other_keys_and_of_other_kinds_are_refused() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let told = told(&app, &number, date!(2026 - 02 - 03)).await;
    let says = Claims { answer: was(LicenceStatus::Valid), ..claims(&app, &told.receipt).await };
    let year = key_at(&app.state, app.clock.now()).unwrap().year;
    let stranger = SigningKeys::parse(&SigningKey::generate(year).unwrap()).unwrap().signing_in(year).unwrap();
    let forged = receipt(&stranger, &says);
    assert_eq!(refusal(&app, &forged).await, Refusal::UnknownKey);
    // Under the name of our key.
    let (header, _) = told.receipt.split_once('.').unwrap();
    let (_, rest) = forged.split_once('.').unwrap();
    assert_eq!(refusal(&app, &format!("{header}.{rest}")).await, Refusal::Signature);
    let address = crate::licences::tests::qr::address_of(&app, &one(&app).await).await;
    let token = address.split_once('#').unwrap().1;
    assert_eq!(refusal(&app, token).await, Refusal::Header);
    for text in ["", "hello", "a.b.c", "..."] {
        assert!(matches!(refusal(&app, text).await, Refusal::Shape | Refusal::Encoding | Refusal::Header), "{text}");
    }
    assert_eq!(ReceiptHeader::TYPE, "rukhsa-receipt+jwt");
}

#[tokio::test]
async fn what_the_register_signed_and_the_log_does_not_prove_is_told() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let other = one(&app).await;
    let day = date!(2026 - 02 - 03);
    let key = key_at(&app.state, app.clock.now()).unwrap();
    let honest = claims(&app, &told(&app, &number, day).await.receipt).await;
    let others = claims(&app, &told(&app, &other, date!(2026 - 11 - 28)).await.receipt).await;
    assert_eq!(signed(&app, &receipt(&key, &honest)).await.proof, Proof::Holds { events: 2, leaves: 7 });
    let mut moved = honest.clone();
    moved.events[1].position += 1;
    let mut cut = honest.clone();
    cut.events[0].path.truncate(40);
    let mut mixed = honest.clone();
    mixed.events.extend(others.events.clone());
    let changed = honest.events[1].leaf.replace("suspended", "restored");
    assert_ne!(changed, honest.events[1].leaf);
    let mut rewritten = honest.clone();
    rewritten.events[1].leaf = changed;
    let lies = [
        ("another answer", Claims { answer: was(LicenceStatus::Valid), ..honest.clone() }),
        ("another day", Claims { day: "2026-01-15".to_owned(), ..honest.clone() }),
        ("another number", Claims { number: other.digits().to_owned(), ..honest.clone() }),
        ("without the suspension", Claims { events: honest.events[..1].to_vec(), ..honest.clone() }),
        ("without the issue", Claims { events: honest.events[1..].to_vec(), ..honest.clone() }),
        ("no events", Claims { events: Vec::new(), ..honest.clone() }),
        ("not found, with events", Claims { answer: Standing::NotFound, ..honest.clone() }),
        ("events of two", mixed),
        ("another place", moved),
        ("half a path", cut),
        ("another event", rewritten),
        ("no checkpoint", Claims { checkpoint: String::new(), ..honest.clone() }),
    ];
    for (lie, claims) in lies {
        assert_eq!(signed(&app, &receipt(&key, &claims)).await.proof, Proof::Fails, "{lie}");
    }
    let elsewhere = Claims { iss: "https://rukhsa.elsewhere".to_owned(), ..honest };
    assert_eq!(refusal(&app, &receipt(&key, &elsewhere)).await, Refusal::Contents);
}

#[tokio::test]
async fn a_receipt_convicts_a_register_that_dropped_its_checkpoint() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let told = told(&app, &number, date!(2026 - 02 - 03)).await;
    assert!(signed(&app, &told.receipt).await.held);
    let mut tx = app.owner.begin().await.unwrap();
    for statement in ["ALTER TABLE log_checkpoints DISABLE TRIGGER USER", "DELETE FROM log_checkpoints"] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let found = signed(&app, &told.receipt).await;
    assert!(!found.held && matches!(found.proof, Proof::Holds { .. }));
}

#[tokio::test]
async fn a_receipt_of_a_retired_key_is_told_apart() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let told = told(&app, &number, date!(2026 - 02 - 03)).await;
    let id = key_at(&app.state, app.clock.now()).unwrap().id();
    let mut connection = app.pool.acquire().await.unwrap();
    assert!(crate::signing::store::retire(&mut connection, &id, app.clock.now()).await.unwrap());
    let found = signed(&app, &told.receipt).await;
    assert!(found.key_retired);
    assert!(matches!(found.proof, Proof::Holds { .. }));
}

#[tokio::test]
async fn nothing_personal_stands_in_a_receipt() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let told = told(&app, &number, date!(2026 - 02 - 03)).await;
    let claims = serde_json::to_string(&claims(&app, &told.receipt).await).unwrap();
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar("SELECT id FROM persons").fetch_all(&app.owner).await.unwrap();
    assert!(ids.iter().all(|id| !claims.contains(&id.to_string())));
    for personal in ["محمد", "القحطاني", "Mohammed", "ملاحظة"] {
        assert!(!claims.contains(personal), "{personal}");
    }
    assert!(claims.contains("\"reason\":\"complaint_under_review\""), "the public reason: {claims}");
}
