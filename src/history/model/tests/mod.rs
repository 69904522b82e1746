//! Leaves, trees and notes as anybody else computes them.

mod definition;
mod leaf;
mod note;
mod tree;

pub use definition::{path_by_definition, root_by_definition};
