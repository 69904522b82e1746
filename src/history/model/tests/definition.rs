//! What RFC 6962 defines, as it defines it.

use sha2::{Digest, Sha256};

use crate::history::model::Hash;

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
