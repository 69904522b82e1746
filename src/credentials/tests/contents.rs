//! What a credential says.

use serde_json::{Value, json};
use time::macros::date;
use uuid::Uuid;

use super::ORIGIN;
use crate::credentials::contents::credential;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceStatus, Validity};
use crate::licences::store::Card;
use crate::signing::model::Place;

fn card(kind: LicenceKind) -> Card {
    Card {
        id: Uuid::nil(),
        kind,
        status: LicenceStatus::Valid,
        issued: date!(2026 - 11 - 20),
        valid: Validity { from: date!(2026 - 11 - 23), to: date!(2028 - 12 - 31) },
        name: "محمد عبد الله سعد القحطاني".to_owned(),
        masked_name: "محمد ع. س. ق.".to_owned(),
        latin_name: "Mohammed Alqahtani".to_owned(),
        place: Place::new(3, 131_071).unwrap(),
        organisation: None,
    }
}

fn said(card: Card, organisation: Option<[String; 2]>) -> Value {
    let number = LicenceNumber::from_digits15("482109375516204").unwrap();
    serde_json::to_value(credential(ORIGIN, &number, card, organisation).unwrap()).unwrap()
}

#[test]
fn a_credential_is_an_open_badge_in_both_languages() {
    let mut said = said(card(LicenceKind::TeamLeader), None);
    let number = LicenceNumber::from_digits15("482109375516204").unwrap();
    let achievement = &mut said["credentialSubject"]["achievement"];
    let narrative = achievement["criteria"]["narrative"].take();
    let (arabic, english) = narrative.as_str().unwrap().split_once("\n\n").unwrap();
    assert!(arabic.contains("رخصة ممارس سارية") && english.contains("practitioner licence valid"));
    let description = achievement["description"].take();
    let (arabic, english) = description.as_str().unwrap().split_once("\n\n").unwrap();
    assert!(arabic.starts_with("رخصة لمن") && english.starts_with("For those"));
    let name = "رخصة قيادة الفرق التطوعية / Team leadership licence";
    let identity =
        |name: &str| json!({ "type": "IdentityObject", "hashed": false, "identityHash": name, "identityType": "name" });
    let status = |purpose: &str| {
        json!({
            "id": format!("{ORIGIN}/status/{purpose}/3#131071"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": "131071",
            "statusListCredential": format!("{ORIGIN}/status/{purpose}/3"),
        })
    };
    assert_eq!(
        said,
        json!({
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": format!("{ORIGIN}/v/{}", number.digits()),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": name,
            "issuer": {
                "id": ORIGIN,
                "type": ["Profile"],
                "name": "رخصة العمل التطوعي / Volunteer work licence",
                "url": ORIGIN,
            },
            "awardedDate": "2026-11-20T00:00:00+03:00",
            "validFrom": "2026-11-23T00:00:00+03:00",
            "validUntil": "2029-01-01T00:00:00+03:00",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [identity("محمد عبد الله سعد القحطاني"), identity("Mohammed Alqahtani")],
                "licenseNumber": number.digits(),
                "achievement": {
                    "id": format!("{ORIGIN}/licences/team-leader"),
                    "type": ["Achievement"],
                    "achievementType": "License",
                    "name": name,
                    "description": null,
                    "criteria": { "id": format!("{ORIGIN}/licences/team-leader"), "narrative": null },
                },
            },
            "credentialStatus": [status("revocation"), status("suspension")],
            "iss": ORIGIN,
            "jti": format!("{ORIGIN}/v/{}", number.digits()),
            "nbf": 1_795_381_200,
            "exp": 1_861_909_200,
        })
    );
}

#[test]
fn a_day_lasts_from_midnight_to_midnight_in_riyadh() {
    for (from, to, begins, ends) in [
        // 29 February, a turn of the year, and a single day.
        (date!(2028 - 02 - 29), date!(2028 - 02 - 29), "2028-02-29T00:00:00+03:00", "2028-03-01T00:00:00+03:00"),
        (date!(2027 - 01 - 01), date!(2027 - 12 - 31), "2027-01-01T00:00:00+03:00", "2028-01-01T00:00:00+03:00"),
    ] {
        let said = said(Card { valid: Validity { from, to }, ..card(LicenceKind::Practitioner) }, None);
        assert_eq!((&said["validFrom"], &said["validUntil"]), (&json!(begins), &json!(ends)));
        // Midnight in Riyadh is nine in the evening of the day before in UTC.
        let nine =
            |day: time::Date| day.previous_day().unwrap().with_hms(21, 0, 0).unwrap().assume_utc().unix_timestamp();
        assert_eq!((&said["nbf"], &said["exp"]), (&json!(nine(from)), &json!(nine(to.next_day().unwrap()))));
    }
}

#[test]
fn a_licence_for_an_organisation_names_it() {
    let organisation = ["جمعية العطاء".to_owned(), "Al-Ataa Charity".to_owned()];
    let said = said(card(LicenceKind::Management), Some(organisation));
    let role = "إدارة العمل التطوعي باسم جمعية العطاء / Managing volunteer work on behalf of Al-Ataa Charity";
    assert_eq!(said["credentialSubject"]["role"], role);
}

#[test]
fn a_name_that_is_not_there_is_left_out() {
    let said = said(Card { latin_name: String::new(), ..card(LicenceKind::Practitioner) }, None);
    assert_eq!(said["credentialSubject"]["identifier"].as_array().unwrap().len(), 1);
}
