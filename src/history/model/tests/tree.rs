//! Roots and proofs, against the reference implementation, a library of others and the definition.

use std::collections::HashMap;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

use super::{path_by_definition, root_by_definition};
use crate::history::model::{Hash, Tree, includes, leaf_hash, path};

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
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
        let mut completed = HashMap::new();
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
