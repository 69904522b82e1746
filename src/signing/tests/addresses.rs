//! The address in a licence's QR code.

use time::macros::date;

use super::trusted;
use crate::licences::model::{LicenceKind, LicenceNumber, Validity, masked_name};
use crate::server::keys::random_digits;
use crate::signing::model::{Claims, LONGEST_ADDRESS, Place, issuer_of, verify};
use crate::signing::{key_at, signed_address};
use crate::testing::{TestApp, scale};

fn claims(origin: &str, given: &str) -> Claims {
    Claims {
        issuer: issuer_of(origin).to_owned(),
        number: LicenceNumber::from_digits15(&random_digits(15)).unwrap(),
        kind: LicenceKind::Management,
        issued: date!(2026 - 11 - 20),
        valid: Validity { from: date!(2026 - 11 - 23), to: date!(2028 - 11 - 22) },
        name: masked_name(given, ["عبد الله", "سعد", "القحطاني"]),
        // More than a hundred million licences would come to this.
        place: Place { list: 1999, index: 131_071 },
    }
}

#[tokio::test]
async fn an_address_has_350_bytes_at_most_for_the_longest_name() {
    let app = TestApp::start().await;
    let (keys, key) = (trusted(&app).await, key_at(&app.state, app.clock.now()).unwrap());
    // As long as profiles allow.
    let longest = "ع".repeat(60);
    for origin in
        ["https://rukhsa.sa", "https://rukhsa.example.gov.sa", "https://volunteering.of.a.ministry.gov.sa:8443"]
    {
        for given in ["نورة", "عبد الرحمن", "عبد الرحمن محمد", &longest] {
            let claims = claims(origin, given);
            let address = signed_address(origin, &key, claims.clone());
            assert!(address.len() <= LONGEST_ADDRESS, "{} bytes: {address}", address.len());
            let (page, token) = address.split_once('#').unwrap();
            assert_eq!(page, format!("{origin}/v/{}", claims.number.digits()));
            let read = verify(token, &keys).unwrap();
            let whole = read.name == claims.name;
            assert!(whole || read.name.strip_suffix('…').is_some_and(|begin| claims.name.starts_with(begin)));
            assert!(whole == (given != longest) || origin.len() > 30, "{origin} {given}: {}", read.name);
            assert_eq!(read, Claims { name: read.name.clone(), ..claims });
        }
    }
}

#[tokio::test]
async fn an_address_is_the_same_each_time() {
    let app = TestApp::start().await;
    let (keys, key) = (trusted(&app).await, key_at(&app.state, app.clock.now()).unwrap());
    for _ in 0..scale(20, 200) {
        let claims = claims("https://rukhsa.example", "محمد");
        let [one, other] = [(); 2].map(|()| signed_address("https://rukhsa.example", &key, claims.clone()));
        assert_eq!(one, other);
        assert_eq!(verify(one.split_once('#').unwrap().1, &keys), Ok(claims));
    }
}
