//! Drives a state machine by random acts of everybody: through the API, and by statements of the application's role.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::test_runner::{Config, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use tokio::runtime::Runtime;

use super::TestApp;

/// The portal that all sequences of a test share: each begins with people and rows of its own.
pub struct World {
    pub app: TestApp,
    runtime: Runtime,
}

thread_local! {
    static WORLD: World = {
        let runtime = Runtime::new().unwrap();
        World { app: runtime.block_on(TestApp::start()), runtime }
    };
}

thread_local! {
    static MET: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes that a sequence of this test came to a state.
pub fn met(state: &'static str) {
    MET.with_borrow_mut(|met| met.insert(state));
}

/// As [`drive`], and on until so many states were met: sequences that never get to a state prove nothing about it.
pub fn drive_until_met<T: StateMachineTest>(sequences: usize, acts: usize, states: usize)
where
    <T::Reference as ReferenceStateMachine>::State: 'static,
    <T::Reference as ReferenceStateMachine>::Transition: 'static,
{
    for _ in 0..10 {
        drive::<T>(sequences, acts);
        if MET.with_borrow(BTreeSet::len) == states {
            return;
        }
    }
    panic!("only {:?} of {states} states", MET.take());
}

/// Runs something asynchronous in the portal of this test.
pub fn within<T>(act: impl AsyncFnOnce(&TestApp) -> T) -> T {
    WORLD.with(|world| world.runtime.block_on(act(&world.app)))
}

/// Runs so many sequences of up to so many acts; of one that fails, shows the shortest that does.
pub fn drive<T: StateMachineTest>(sequences: usize, acts: usize)
where
    <T::Reference as ReferenceStateMachine>::State: 'static,
    <T::Reference as ReferenceStateMachine>::Transition: 'static,
{
    let config = Config {
        cases: u32::try_from(sequences).unwrap(),
        max_shrink_iters: 500,
        failure_persistence: None,
        ..Config::default()
    };
    let sequences = T::Reference::sequential_strategy(1..=acts);
    TestRunner::new(config.clone())
        .run(&sequences, |(state, acts, seen)| {
            T::test_sequential(config.clone(), state, acts, seen);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}
