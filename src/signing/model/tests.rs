//! Tokens and lists as an attacker hands them in.

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use time::macros::{date, datetime};

use super::*;
use crate::licences::model::{LicenceKind, LicenceNumber, Validity};

const HEADER: &str = r#"{"alg":"EdDSA","kid":"ours----"}"#;
const LIST_HEADER: &str = r#"{"alg":"EdDSA","kid":"ours----","typ":"vc+jwt"}"#;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn trusted() -> Vec<PublicKey> {
    let other = SigningKey::from_bytes(&[8; 32]);
    [("ours----", key()), ("another-", other)]
        .map(|(kid, key)| PublicKey::new(kid.to_owned(), key.verifying_key().as_bytes()).unwrap())
        .to_vec()
}

fn message(header: &str, payload: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

fn signed_by(key: &SigningKey, header: &str, payload: &str) -> String {
    let message = message(header, payload);
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).to_bytes());
    format!("{message}.{signature}")
}

fn signed(header: &str, payload: &str) -> String {
    signed_by(&key(), header, payload)
}

fn claims() -> Claims {
    Claims {
        issuer: "rukhsa.example".to_owned(),
        number: LicenceNumber::from_digits15("482109375516204").unwrap(),
        kind: LicenceKind::TeamLeader,
        issued: date!(2026 - 11 - 20),
        valid: Validity { from: date!(2026 - 11 - 23), to: date!(2028 - 11 - 22) },
        name: "محمد ع. ق.".to_owned(),
        place: Place { list: 3, index: 131_071 },
    }
}

fn refusal(token: &str) -> Option<Refusal> {
    verify(token, &trusted()).err()
}

#[test]
fn a_token_says_what_was_signed() {
    let payload = claims().encode();
    let number = claims().number;
    let written = format!(r#"["rukhsa.example","{}","t",20777,20780,21510,"محمد ع. ق.",3,131071]"#, number.digits());
    assert_eq!(payload, written);
    assert_eq!(verify(&signed(HEADER, &payload), &trusted()), Ok(claims()));
}

#[test]
fn every_single_bit_flipped_is_refused() {
    let token = signed(HEADER, &claims().encode());
    for bit in 0..token.len() * 8 {
        let mut bytes = token.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        // What is no UTF-8 is no text, and so no token.
        let Ok(flipped) = String::from_utf8(bytes) else { continue };
        assert!(refusal(&flipped).is_some(), "bit {bit}: {flipped}");
    }
}

#[test]
fn every_token_cut_short_or_made_longer_is_refused() {
    let token = signed(HEADER, &claims().encode());
    for end in 0..token.len() {
        assert!(refusal(&token[..end]).is_some(), "{end}");
    }
    for more in ["=", "==", "A", ".", ".A", " ", "\n", "\0"] {
        assert!(refusal(&format!("{token}{more}")).is_some(), "{more:?}");
        assert!(refusal(&format!("{more}{token}")).is_some(), "{more:?}");
    }
    assert_eq!(refusal(&format!("{token}.{}", "A".repeat(600))), Some(Refusal::Shape));
}

#[test]
fn only_a_trusted_key_counts_and_only_under_its_own_id() {
    let payload = claims().encode();
    let stranger = SigningKey::from_bytes(&[9; 32]);
    assert_eq!(refusal(&signed_by(&stranger, HEADER, &payload)), Some(Refusal::Signature));
    assert_eq!(refusal(&signed(&HEADER.replace("ours----", "another-"), &payload)), Some(Refusal::Signature));
    assert_eq!(refusal(&signed(&HEADER.replace("ours----", "unknown-"), &payload)), Some(Refusal::UnknownKey));
    assert_eq!(verify(&signed(HEADER, &payload), &[]), Err(Refusal::UnknownKey));
}

#[test]
fn a_header_decides_nothing() {
    let payload = claims().encode();
    for alg in ["none", "HS256", "ES256", "Ed25519", "eddsa", ""] {
        assert_eq!(refusal(&signed(&HEADER.replace("EdDSA", alg), &payload)), Some(Refusal::Algorithm), "{alg}");
    }
    let unsigned = format!("{}.", message(&HEADER.replace("EdDSA", "none"), &payload));
    assert_eq!(refusal(&unsigned), Some(Refusal::Algorithm));
    for more in [
        r#","crit":["exp"],"exp":1"#,
        r#","b64":false"#,
        r#","typ":"JWT""#,
        r#","jwk":{"kty":"OKP"}"#,
        r#","jku":"https://x""#,
        r#","alg":"EdDSA""#,
    ] {
        let header = HEADER.replace('}', &format!("{more}}}"));
        assert_eq!(refusal(&signed(&header, &payload)), Some(Refusal::Header), "{header}");
    }
    for header in ["", "{}", "[]", r#"{"alg":"EdDSA"}"#, r#"{"kid":"ours----"}"#, r#"{"alg":null,"kid":"ours----"}"#] {
        assert_eq!(refusal(&signed(header, &payload)), Some(Refusal::Header), "{header}");
    }
    assert_eq!(refusal(&signed(LIST_HEADER, &payload)), Some(Refusal::Header), "another kind");
}

#[test]
fn each_part_is_written_in_one_way_only() {
    let token = signed(HEADER, &claims().encode());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let padded = URL_SAFE.encode(URL_SAFE_NO_PAD.decode(signature).unwrap());
    assert_eq!(refusal(&format!("{message}.{padded}")), Some(Refusal::Encoding));
    let standard = token.replace('-', "+").replace('_', "/");
    assert!(standard == token || refusal(&standard) == Some(Refusal::Encoding));
    // The last character of a signature carries two bits; others that begin with them are another spelling.
    let last = signature.chars().last().unwrap();
    for other in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).filter(|other| *other != last) {
        assert!(refusal(&format!("{message}.{}{other}", &signature[..85])).is_some(), "{other}");
    }
    assert_eq!(refusal("a.b"), Some(Refusal::Shape));
    assert_eq!(refusal(""), Some(Refusal::Shape));
}

#[test]
fn no_second_signature_is_made_from_the_first() {
    // The order of the group (RFC 8032, 5.1), little-endian: added to the second half, it gives the same equation.
    let order = [0x14de_f9de_a2f7_9cd6_5812_631a_5cf5_d3ed_u128, 0x1000_0000_0000_0000_0000_0000_0000_0000];
    let token = signed(HEADER, &claims().encode());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let halves = [32, 48].map(|at| u128::from_le_bytes(bytes[at..at + 16].try_into().unwrap()));
    let (low, carry) = halves[0].overflowing_add(order[0]);
    let high = halves[1] + order[1] + u128::from(carry);
    bytes[32..48].copy_from_slice(&low.to_le_bytes());
    bytes[48..].copy_from_slice(&high.to_le_bytes());
    let malleable = format!("{message}.{}", URL_SAFE_NO_PAD.encode(bytes));
    assert_eq!(refusal(&malleable), Some(Refusal::Signature));
}

#[test]
fn a_key_under_which_anything_is_signed_is_none() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert!(PublicKey::new("weak----".to_owned(), &neutral).is_none());
    let weak = Jwks { keys: vec![Jwk::new("weak----".to_owned(), &neutral)] };
    assert!(weak.public_keys().is_empty());
}

#[test]
fn what_was_signed_and_is_no_licence_is_refused() {
    let right = claims().encode();
    let digits = claims().number;
    for (from, to) in [
        ("]", ",1]"),
        (",131071]", "]"),
        ("131071", "131072"),
        (",3,", ",0,"),
        (",3,", ",-3,"),
        ("\"t\"", "\"x\""),
        ("20780,21510", "21510,20780"),
        ("20780", "20780.0"),
        ("20780", "2147483647"),
        (digits.digits(), "4821093755162040"),
        (digits.digits(), "٤٨٢١٠٩٣٧٥٥١٦٢٠٤٠"),
        ("[", "[ "),
        ("]", "]x"),
        ("\"rukhsa.example\"", "null"),
    ] {
        let payload = right.replacen(from, to, 1);
        assert_ne!(payload, right);
        assert_eq!(refusal(&signed(HEADER, &payload)), Some(Refusal::Contents), "{payload}");
    }
    assert_eq!(refusal(&signed(HEADER, r#"{"sub":"x"}"#)), Some(Refusal::Contents));
}

#[test]
fn a_name_is_cut_where_there_is_no_room() {
    let whole = claims().encode().len();
    assert_eq!(claims().within(whole), claims());
    let cut = claims().within(whole - 1);
    assert!(cut.encode().len() < whole);
    assert_eq!(cut.name, "محمد ع…", "nothing dangles before the dots");
    assert_eq!(claims().within(whole - 5).name, "محمد…");
    assert_eq!(claims().within(0).name, "…");
}

/// A list's credential with these bits.
fn credential(bits: &[u8]) -> String {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bits).unwrap();
    let packed = URL_SAFE_NO_PAD.encode(gzip.finish().unwrap());
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://rukhsa.example/status/revocation/1",
        "type":["VerifiableCredential","BitstringStatusListCredential"],"issuer":"https://rukhsa.example",
        "validFrom":"2026-11-20T12:00:00Z","iat":1795176000,"credentialSubject":{{
        "id":"https://rukhsa.example/status/revocation/1#list","type":"BitstringStatusList",
        "statusPurpose":"revocation","encodedList":"u{packed}","ttl":300000}}}}"#
    )
}

#[test]
fn the_first_place_is_the_highest_bit_of_the_first_byte() {
    let mut bits = vec![0; BYTES];
    (bits[0], bits[1], bits[BYTES - 1]) = (0x80, 0x40, 0x01);
    let list = StatusList::verify(&signed(LIST_HEADER, &credential(&bits)), &trusted()).ok().unwrap();
    let set: Vec<u32> = (0..ENTRIES).filter(|index| list.is_set(Place { list: 1, index: *index })).collect();
    assert_eq!(set, [0, 9, ENTRIES - 1]);
    assert_eq!((list.id.as_str(), list.purpose), ("https://rukhsa.example/status/revocation/1", Purpose::Revocation));
    assert!(!list.is_stale(datetime!(2026-11-20 13:00 UTC)) && list.is_stale(datetime!(2026-11-20 13:00:01 UTC)));
}

#[test]
fn a_list_is_refused_like_a_token() {
    let right = credential(&[0; BYTES]);
    let refused = |text: &str| StatusList::verify(text, &trusted()).err();
    assert_eq!(refused(&signed(HEADER, &right)), Some(Refusal::Header), "another kind");
    assert_eq!(refused(&signed(&LIST_HEADER.replace("vc+jwt", "JWT"), &right)), Some(Refusal::Header));
    assert_eq!(refused(&signed_by(&SigningKey::from_bytes(&[9; 32]), LIST_HEADER, &right)), Some(Refusal::Signature));
    for bits in [BYTES - 1, BYTES + 1, 0, 100 * BYTES] {
        assert_eq!(refused(&signed(LIST_HEADER, &credential(&vec![0; bits]))), Some(Refusal::Contents), "{bits}");
    }
    for (from, to) in [("\"u", "\"z"), ("revocation\",\"enc", "refresh\",\"enc"), ("1795176000", "\"now\"")] {
        assert_eq!(refused(&signed(LIST_HEADER, &right.replacen(from, to, 1))), Some(Refusal::Contents), "{to}");
    }
    let whole = signed(LIST_HEADER, &right);
    for at in 0..whole.len() {
        let mut bytes = whole.clone().into_bytes();
        bytes[at] ^= 1;
        assert!(refused(std::str::from_utf8(&bytes).unwrap()).is_some(), "byte {at}");
    }
}
