//! Random walks through the state machine of a licence as the application's role: what the enums allow succeeds, all else is refused
//! by a rule of the database and changes nothing, and from where nothing follows nothing does.

mod licences;

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Runtime;

use crate::testing::TestApp;

/// Where a try aims. Aimed anywhere alone, few walks would go far.
#[derive(Clone, Copy, Debug)]
enum Aim {
    Anywhere,
    /// Where the machine leads.
    Follow,
    /// As that, but to no end.
    FollowOn,
}

/// A try to take something on to another state.
#[derive(Clone, Debug)]
struct Try {
    aim: Aim,
    /// Which of the states aimed at.
    to: Index,
    /// Whether what the change asks for is written with it: its event, a second officer, the licence that succeeds.
    complete: bool,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let aim = prop_oneof![5 => Just(Aim::Anywhere), 1 => Just(Aim::Follow), 4 => Just(Aim::FollowOn)];
    let one = (aim, any::<Index>(), prop::bool::weighted(0.8));
    vec(one.prop_map(|(aim, to, complete)| Try { aim, to, complete }), 1..40)
}

impl Try {
    /// The state to try from one, in a machine that leads from state to state by `can_become`.
    fn state<S: Copy>(&self, all: &[S], from: S, can_become: impl Fn(S, S) -> bool) -> S {
        let leads_on = |state| all.iter().any(|next| can_become(state, *next));
        let aimed_at = |to: S| match self.aim {
            Aim::Anywhere => true,
            Aim::Follow => can_become(from, to),
            Aim::FollowOn => can_become(from, to) && leads_on(to),
        };
        let choice: Vec<S> = all.iter().copied().filter(|to| aimed_at(*to)).collect();
        *self.to.get(if choice.is_empty() { all } else { &choice })
    }
}

/// How many tries did what they tried, and how many were refused.
#[derive(Default)]
struct Told {
    done: Cell<u32>,
    refused: Cell<u32>,
}

impl Told {
    /// Compares what the database did with what the enum says.
    fn compare(&self, done: Result<(), sqlx::Error>, allowed: bool, what: &str) -> Result<(), TestCaseError> {
        let counter = if allowed { &self.done } else { &self.refused };
        counter.set(counter.get() + 1);
        match done {
            Ok(()) => prop_assert!(allowed, "{} went through", what),
            Err(error) => {
                prop_assert!(!allowed, "{} was refused: {}", what, error);
                let code = error.as_database_error().and_then(|error| error.code().map(String::from));
                prop_assert_eq!(code.as_deref(), Some("23514"), "{} was refused by no rule: {}", what, error);
            }
        }
        Ok(())
    }
}

/// Walks until something differs, then shows the shortest walk on which it does.
fn walk(cases: usize, one: impl AsyncFn(&TestApp, &Told, &[Try]) -> Result<(), TestCaseError>) {
    let runtime = Runtime::new().unwrap();
    let app = runtime.block_on(TestApp::start());
    let told = Told::default();
    let config = Config {
        cases: u32::try_from(cases).unwrap(),
        max_shrink_iters: 500,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&tries(), |tries| runtime.block_on(one(&app, &told, &tries)));
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    assert!(told.done.get() > 0 && told.refused.get() > 0, "walks that tell nothing");
}
