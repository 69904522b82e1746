//! Checkpoints as notes that anybody may keep.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use time::macros::datetime;

use crate::history::model::{Checkpoint, NoteRefusal};
use crate::server::signing_keys::{SigningKey, SigningKeys};
use crate::signing::model::PublicKey;

fn key(year: i32) -> SigningKey {
    SigningKeys::development().signing_in(year).unwrap()
}

fn trusted(year: i32) -> Vec<PublicKey> {
    vec![PublicKey::new("any".to_owned(), &key(year).public()).unwrap()]
}

fn checkpoint() -> Checkpoint {
    Checkpoint { log: "rukhsa.example/log".to_owned(), size: 42, root: [7; 32], at: datetime!(2026-11-28 06:00:00 UTC) }
}

#[test]
fn a_checkpoint_is_a_note_as_the_standard_writes_it() {
    let note = checkpoint().sign(&key(2026));
    let text = "rukhsa.example/log\n42\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\ntime 2026-11-28T06:00:00Z\n";
    let signature = note.strip_prefix(text).unwrap().strip_prefix("\n— rukhsa.example/log ").unwrap();
    let signature = STANDARD.decode(signature.trim_end()).unwrap();
    let id = Sha256::digest([b"rukhsa.example/log\n\x01".as_slice(), &key(2026).public()].concat());
    assert_eq!(signature[..4], id[..4]);
    let public = ed25519_dalek::VerifyingKey::from_bytes(&key(2026).public()).unwrap();
    let signature = ed25519_dalek::Signature::from_slice(&signature[4..]).unwrap();
    public.verify_strict(text.as_bytes(), &signature).unwrap();
    assert_eq!(Checkpoint::open(&note, "rukhsa.example/log", &trusted(2026)), Ok(checkpoint()));
}

#[test]
fn every_single_bit_of_a_note_counts() {
    let note = checkpoint().sign(&key(2026));
    for bit in 0..note.len() * 8 {
        let mut bytes = note.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(flipped) = String::from_utf8(bytes) else { continue };
        let opened = Checkpoint::open(&flipped, "rukhsa.example/log", &trusted(2026));
        // The line break at the end carries nothing.
        assert!(opened.is_err() || bit / 8 == note.len() - 1, "bit {bit}");
    }
}

#[test]
fn a_note_counts_of_its_log_and_keys_alone_and_witnesses_may_sign_beside() {
    let log = "rukhsa.example/log";
    let note = checkpoint().sign(&key(2026));
    assert_eq!(Checkpoint::open(&note, "other.example/log", &trusted(2026)), Err(NoteRefusal::AnotherLog));
    assert_eq!(Checkpoint::open(&note, log, &trusted(2027)), Err(NoteRefusal::Signature));
    assert_eq!(Checkpoint::open(&note, log, &[]), Err(NoteRefusal::Signature));
    assert_eq!(Checkpoint::open("", log, &trusted(2026)), Err(NoteRefusal::Form));
    let unsigned = note.split('—').next().unwrap();
    assert_eq!(Checkpoint::open(unsigned, log, &trusted(2026)), Err(NoteRefusal::Signature));
    let witnessed = format!("{note}— witness.example AAAAAAAA\n");
    assert_eq!(Checkpoint::open(&witnessed, log, &trusted(2026)), Ok(checkpoint()));
}
