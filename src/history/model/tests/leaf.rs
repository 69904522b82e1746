//! What a leaf is made of.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use time::macros::{date, datetime};
use uuid::Uuid;

use crate::history::model::{Facts, Licence};

fn facts() -> Facts {
    Facts {
        event_id: 7,
        event: "suspended".to_owned(),
        at: datetime!(2026-11-28 09:00:00.000001 +3),
        reason: Some("holder_asked".to_owned()),
        actor: Some(Uuid::from_u128(1)),
        proposal: None,
        successor: None,
        licence: Licence {
            id: Uuid::from_u128(2),
            number: "4821093755162049".to_owned(),
            kind: "practitioner".to_owned(),
            first_day: date!(2026 - 11 - 20),
            last_day: date!(2028 - 11 - 19),
            person: Uuid::from_u128(3),
            request: Uuid::from_u128(4),
            organisation: None,
            issued_at: datetime!(2026-11-20 09:00 UTC),
            corrects: None,
            place: (1, 131_071),
        },
    }
}

#[test]
fn a_leaf_is_written_as_documented() {
    let hidden = concat!(
        r#"["00000000-0000-0000-0000-000000000002","00000000-0000-0000-0000-000000000003","#,
        r#""00000000-0000-0000-0000-000000000004",null,1795165200000000,null,1,131071,"holder_asked","#,
        r#""00000000-0000-0000-0000-000000000001",null,null]"#
    );
    let seal = Sha256::digest([&[9; 16][..], hidden.as_bytes()].concat());
    let seal = URL_SAFE_NO_PAD.encode(seal);
    let shown = r#"["rukhsa-event-1",7,"4821093755162049","practitioner","2026-11-20","2028-11-19","suspended","#;
    assert_eq!(facts().leaf(&[9; 16]), format!(r#"{shown}1795845600000001,"{seal}"]"#));
}

#[test]
fn every_fact_and_the_salt_make_another_leaf() {
    let other = Uuid::from_u128(99);
    let changes: [fn(&mut Facts, Uuid); 18] = [
        |facts, _| facts.event_id += 1,
        |facts, _| facts.event = "revoked".to_owned(),
        |facts, _| facts.at += time::Duration::microseconds(1),
        |facts, _| facts.reason = None,
        |facts, other| facts.actor = Some(other),
        |facts, other| facts.proposal = Some(other),
        |facts, other| facts.successor = Some(other),
        |facts, other| facts.licence.id = other,
        |facts, _| facts.licence.number = "1".to_owned(),
        |facts, _| facts.licence.kind = "management".to_owned(),
        |facts, _| facts.licence.first_day = date!(2026 - 11 - 19),
        |facts, _| facts.licence.last_day = date!(2028 - 11 - 20),
        |facts, other| facts.licence.person = other,
        |facts, other| facts.licence.request = other,
        |facts, other| facts.licence.organisation = Some(other),
        |facts, _| facts.licence.issued_at += time::Duration::microseconds(1),
        |facts, other| facts.licence.corrects = Some(other),
        |facts, _| facts.licence.place.1 = 0,
    ];
    let mut leaves: Vec<String> = changes
        .iter()
        .map(|change| {
            let mut facts = facts();
            change(&mut facts, other);
            facts.leaf(&[9; 16])
        })
        .collect();
    leaves.extend([facts().leaf(&[9; 16]), facts().leaf(&[8; 16])]);
    let all = leaves.len();
    leaves.sort();
    leaves.dedup();
    assert_eq!(leaves.len(), all);
}
