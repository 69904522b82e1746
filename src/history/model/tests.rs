//! Leaves, trees and notes.
