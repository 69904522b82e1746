//! The rows of a list in words, and everything that anybody may try with them.

use proptest::prelude::*;
use proptest::sample::select;

use crate::testing::modelled::Model;

pub const STATES: [&str; 9] =
    ["malformed", "waiting", "valid", "not_yet_valid", "expired", "suspended", "revoked", "superseded", "not_found"];

#[derive(Clone, Debug)]
pub enum Act {
    /// The job.
    WorkOff,
    /// A run thought dead writes down that it found nothing.
    AnswerLate,
    /// What forgets lists whose day is over: not this one.
    ForgetOld,
    /// By hand: the row of this place in this state, with all that the state asks for.
    Write(usize, &'static str),
    /// By hand: the state alone.
    WriteBare(usize, &'static str),
    /// By hand: the number, or the row.
    Rewrite,
    Delete,
    /// By hand: the list.
    Drop,
}

/// What a row says was found.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    Nothing,
    /// What the register has.
    Licence,
    /// What a hand wrote.
    Written,
}

/// A row waits until it is answered, once; what is no number is never asked about. The list goes with all its rows.
#[derive(Clone, Debug)]
pub struct List {
    /// A licence, a number that was never issued, and no number.
    pub rows: [(&'static str, Option<(i64, Found)>); 3],
    pub there: bool,
}

impl List {
    pub fn answer(&mut self, place: usize, state: &'static str, second: i64, found: Found) {
        if self.rows[place].0 == "waiting" {
            self.rows[place] = (state, Some((second, found)));
        }
    }
}

impl Model for List {
    type Act = Act;

    fn first() -> BoxedStrategy<Self> {
        Just(Self { rows: [("waiting", None), ("waiting", None), ("malformed", None)], there: true }).boxed()
    }

    fn acts() -> BoxedStrategy<Act> {
        let state = || select(STATES.to_vec());
        prop_oneof![
            1 => Just(Act::WorkOff),
            1 => Just(Act::AnswerLate),
            1 => Just(Act::ForgetOld),
            6 => (0..3usize, state()).prop_map(|(place, state)| Act::Write(place, state)),
            2 => (0..3usize, state()).prop_map(|(place, state)| Act::WriteBare(place, state)),
            1 => select(vec![Act::Rewrite, Act::Delete]),
            1 => Just(Act::Drop),
        ]
        .boxed()
    }

    fn take(&mut self, act: &Act, second: i64) -> bool {
        match act {
            Act::WorkOff => {
                self.answer(0, "valid", second, Found::Licence);
                self.answer(1, "not_found", second, Found::Nothing);
                true
            }
            Act::AnswerLate => {
                self.answer(0, "not_found", second, Found::Nothing);
                self.answer(1, "not_found", second, Found::Nothing);
                true
            }
            Act::ForgetOld => true,
            Act::Write(place, state) => {
                let may = self.there && self.rows[*place].0 == "waiting" && !["waiting", "malformed"].contains(state);
                if may {
                    let found = if *state == "not_found" { Found::Nothing } else { Found::Written };
                    self.answer(*place, state, second, found);
                }
                may
            }
            // Every answer says when it was given.
            Act::WriteBare(..) | Act::Rewrite | Act::Delete => false,
            Act::Drop => std::mem::take(&mut self.there),
        }
    }

    fn states(&self) -> Vec<&'static str> {
        if self.there { self.rows.iter().map(|(state, _)| *state).collect() } else { vec!["gone"] }
    }
}
