//! The tree (RFC 6962, 2.1), grown a leaf at a time in as many hashes as it has levels. Where the nodes of a proof stand,
//! and whether a proof holds, is `ct-merkle`'s to say.

use ct_merkle::{InclusionProof, RootHash, indices_for_inclusion_proof};
use sha2::{Digest, Sha256};

/// SHA-256 of something.
pub type Hash = [u8; 32];

/// The hash of a leaf.
pub fn leaf_hash(leaf: impl AsRef<[u8]>) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A complete subtree that a leaf completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completed {
    /// Two to the power of it leaves.
    pub level: u32,
    /// How many of its level stand before it.
    pub index: u64,
    pub hash: Hash,
}

/// The complete subtrees of a growing tree, the largest first.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    size: u64,
    edge: Vec<Hash>,
}

impl Tree {
    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf; the subtrees above it that are complete now, the smallest first.
    pub fn push(&mut self, leaf: Hash) -> Vec<Completed> {
        let mut completed = Vec::new();
        let mut hash = leaf;
        let mut index = self.size;
        while index & 1 == 1
            && let Some(left) = self.edge.pop()
        {
            hash = node_hash(&left, &hash);
            index >>= 1;
            let level = u32::try_from(completed.len()).unwrap_or(u32::MAX) + 1;
            completed.push(Completed { level, index, hash });
        }
        self.edge.push(hash);
        self.size += 1;
        completed
    }

    /// The root; of no leaves, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut from_right = self.edge.iter().rev().copied();
        let Some(last) = from_right.next() else { return Sha256::digest([]).into() };
        from_right.fold(last, |right, left| node_hash(&left, &right))
    }
}

/// The nodes, as level and index, whose hashes prove that a leaf is among the first `size`, the lowest first. None where
/// it is not.
pub fn path(position: u64, size: u64) -> Option<Vec<(u32, u64)>> {
    if position >= size {
        return None;
    }
    // Numbered from left to right, leaves and nodes in turn: a node of level n ends in n ones.
    let nodes = indices_for_inclusion_proof(size, position).into_iter();
    Some(nodes.map(|node| (node.trailing_ones(), node >> (node.trailing_ones() + 1))).collect())
}

/// Whether a leaf stands at a position of the tree of this size and root.
pub fn includes(leaf: &str, position: u64, proof: &[Hash], size: u64, root: Hash) -> bool {
    let root = RootHash::<Sha256>::new(root.into(), size);
    // Beyond it ct-merkle gives up; no log is that long.
    size <= u64::from(u32::MAX) << 16
        && root.verify_inclusion(&leaf, position, &InclusionProof::from_bytes(proof.concat())).is_ok()
}
