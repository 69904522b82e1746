//! Drives a state machine by random acts of everybody: through the API, and by statements of the application's role.

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
