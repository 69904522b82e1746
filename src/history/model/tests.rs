//! Leaves, trees and notes as anybody else computes them.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use time::macros::{date, datetime};
use uuid::Uuid;

use super::*;
use crate::server::signing_keys::{SigningKey, SigningKeys};
use crate::signing::model::PublicKey;

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The root as RFC 6962, 2.1 defines it, from the top down.
pub fn root_by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        more => {
            let (left, right) = more.split_at(more.len().next_power_of_two() / 2);
            let (left, right) = (root_by_definition(left), root_by_definition(right));
            Sha256::digest([&[1][..], &left, &right].concat()).into()
        }
    }
}

/// The proof of a leaf as RFC 6962, 2.1.1 defines it.
pub fn path_by_definition(position: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let half = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(half);
    let (mut path, beside) = if position < half {
        (path_by_definition(position, left), right)
    } else {
        (path_by_definition(position - half, right), left)
    };
    path.push(root_by_definition(beside));
    path
}

#[test]
fn the_roots_are_those_of_certificate_transparency() {
    // The leaves and roots of the reference implementation's own tests.
    let leaves: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let mut tree = Tree::default();
    assert_eq!(hex(&tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let roots = leaves.map(|leaf| {
        tree.push(leaf_hash(leaf));
        hex(&tree.root())
    });
    assert_eq!(roots[0], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_eq!(roots[1], "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    assert_eq!(roots[2], "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    assert_eq!(roots[4], "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4");
    assert_eq!(roots[7], "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

proptest! {
    #[test]
    fn trees_of_any_size_are_what_others_make_of_the_same_leaves(size in 1_usize..400, at in any::<prop::sample::Index>()) {
        let leaves: Vec<String> = (0..size).map(|leaf| format!("leaf {leaf}")).collect();
        let hashes: Vec<Hash> = leaves.iter().map(leaf_hash).collect();
        let (mut tree, mut theirs) = (Tree::default(), MemoryBackedTree::<Sha256, String>::new());
        let mut completed = std::collections::HashMap::new();
        for (position, leaf) in leaves.iter().enumerate() {
            completed.insert((0, position as u64), hashes[position]);
            completed.extend(tree.push(hashes[position]).into_iter().map(|node| ((node.level, node.index), node.hash)));
            theirs.push(leaf.clone());
        }
        prop_assert_eq!(tree.root(), root_by_definition(&hashes));
        let root = theirs.root();
        prop_assert_eq!(&tree.root()[..], &root.as_bytes()[..]);
        let position = at.index(size);
        let proof = path_by_definition(position, &hashes);
        let their_proof = theirs.prove_inclusion(position);
        prop_assert_eq!(proof.concat(), their_proof.as_bytes());
        // Where a node is complete, it is where the path says.
        let nodes = path(position as u64, size as u64).unwrap();
        prop_assert_eq!(nodes.len(), proof.len());
        for (node, hash) in nodes.iter().zip(&proof) {
            prop_assert!(completed.get(node).is_none_or(|stored| stored == hash));
        }
        let (leaf, position, size) = (&leaves[position], position as u64, size as u64);
        prop_assert!(includes(leaf, position, &proof, size, tree.root()));
        prop_assert!(!includes("another", position, &proof, size, tree.root()));
        prop_assert!(!includes(leaf, position, &proof, size, leaf_hash("another")));
        prop_assert!(!includes(leaf, position + 1, &proof, size, tree.root()));
        prop_assert!(proof.is_empty() || !includes(leaf, position, &proof[1..], size, tree.root()));
        prop_assert!(path(size, size).is_none());
    }
}

#[test]
fn a_proof_from_anywhere_never_panics() {
    for size in [0, 1, u64::MAX / 2, u64::MAX / 2 + 1, u64::MAX] {
        for position in [0, 1, u64::MAX / 2, u64::MAX] {
            assert!(!includes("leaf", position, &[Hash::default(); 3], size, Hash::default()));
        }
    }
}

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
    let seal = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, seal);
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
    let signature = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, signature.trim_end()).unwrap();
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
