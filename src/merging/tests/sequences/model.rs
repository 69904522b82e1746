//! A pair of records in words, and everything that anybody may try with it.

use proptest::prelude::*;
use proptest::sample::select;

use crate::testing::modelled::Model;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum By {
    Officer,
    /// An administrator who is one of the two.
    Own,
    /// No administrator.
    Reviewer,
}

/// Which of the two stays. The other way round a staff role is in the way.
#[derive(Clone, Copy, Debug)]
pub enum Keep {
    Staffed,
    Plain,
}

#[derive(Clone, Debug)]
pub enum Act {
    Dismiss(By),
    Merge(By, Keep),
    /// By hand: the merge itself.
    MergeByHand(By, Keep),
    /// By hand: this state, accounted for by somebody.
    Write(&'static str, By),
    /// By hand: the state alone.
    WriteBare(&'static str),
    /// By hand, and taken back: another pair that begins in this state.
    Begin(&'static str),
    /// By hand: since when it waits.
    Rewrite,
    /// By hand, as the comparison does once a name was mended.
    Forget,
}

/// A pair waits until it is found to be two people or made one, both for good; one that waits may be forgotten.
#[derive(Clone, Debug)]
pub struct Pair {
    pub state: &'static str,
    /// At which second, and why.
    pub settled: Option<(i64, &'static str)>,
}

impl Model for Pair {
    type Act = Act;

    fn first() -> BoxedStrategy<Self> {
        Just(Self { state: "waiting", settled: None }).boxed()
    }

    fn acts() -> BoxedStrategy<Act> {
        let by = || select(vec![By::Officer, By::Own, By::Reviewer]);
        let keep = || select(vec![Keep::Staffed, Keep::Plain]);
        let state = || select(vec!["waiting", "dismissed", "merged"]);
        prop_oneof![
            2 => by().prop_map(Act::Dismiss),
            3 => (by(), keep()).prop_map(|(by, keep)| Act::Merge(by, keep)),
            2 => (by(), keep()).prop_map(|(by, keep)| Act::MergeByHand(by, keep)),
            2 => (state(), by()).prop_map(|(state, by)| Act::Write(state, by)),
            2 => state().prop_map(Act::WriteBare),
            1 => state().prop_map(Act::Begin),
            1 => Just(Act::Rewrite),
            1 => Just(Act::Forget),
        ]
        .boxed()
    }

    fn take(&mut self, act: &Act, second: i64) -> bool {
        let waits = self.state == "waiting";
        let (state, reason) = match act {
            Act::Dismiss(By::Officer) if waits => ("dismissed", "both_came"),
            Act::Write("dismissed", By::Officer) if waits => ("dismissed", "no_evidence"),
            Act::Merge(By::Officer, Keep::Staffed) if waits => ("merged", "number_changed"),
            Act::MergeByHand(By::Officer, Keep::Staffed) if waits => ("merged", "holder_asked"),
            Act::Forget if waits => {
                self.state = "forgotten";
                return true;
            }
            Act::WriteBare("waiting") => return waits,
            Act::Begin(state) => return *state == "waiting",
            _ => return false,
        };
        (self.state, self.settled) = (state, Some((second, reason)));
        true
    }

    fn states(&self) -> Vec<&'static str> {
        vec![self.state]
    }
}
