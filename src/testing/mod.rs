//! A real database and the real router, for tests.

mod app;
mod database;
mod licences;
mod lists;
pub mod modelled;
mod people;
pub mod sequences;
mod training;
mod wire;

pub use app::{TestApp, answered, posting, read};
pub use lists::List;
pub use wire::Wire;

/// How often a long test repeats: `small` by default, `full` where `TEST_SCALE` is 100.
pub fn scale(small: usize, full: usize) -> usize {
    match std::env::var("TEST_SCALE").ok().and_then(|percent| percent.parse::<usize>().ok()) {
        Some(percent) if percent > 0 => (full * percent / 100).max(small),
        _ => small,
    }
}
