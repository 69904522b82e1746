//! The results of one paper after another in words, and everything that anybody may try with them.

use proptest::prelude::*;
use proptest::sample::select;

use crate::testing::modelled::Model;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// Of the session; an administrator too, so that only the rule of two officers is in the way.
    Trainer,
    Officer,
    Person,
}

#[derive(Clone, Debug)]
pub enum Act {
    /// So many right answers of twenty.
    Record(By, i16),
    Confirm(By),
    Decline(By),
    Withdraw(By),
    /// The test online, by its person.
    Start,
    HandIn,
    /// By hand, and taken back: a sheet that begins in this state.
    Begin(&'static str),
    /// By hand: the newest sheet in this state, accounted for by somebody.
    Write(&'static str, By),
    /// By hand: the state alone.
    WriteBare(&'static str),
    /// By hand: what was recorded.
    Rewrite,
    Delete,
}

#[derive(Clone, Debug)]
pub struct Sheet {
    pub right: i16,
    pub recorded: i64,
    pub state: &'static str,
    pub decided: Option<(i64, By)>,
}

/// One sheet waits at a time, and none beside a test online. A second officer confirms or declines it, its trainer takes it
/// back. A confirmed one is an attempt, of which there are three; fourteen right of twenty pass.
#[derive(Clone, Debug)]
pub struct Papers {
    pub sheets: Vec<Sheet>,
    /// Whether on paper, and how many right answers once it is over.
    pub attempts: Vec<(bool, Option<i16>)>,
    pub enrolment: &'static str,
}

impl Papers {
    pub fn waits(&self) -> bool {
        self.sheets.last().is_some_and(|sheet| sheet.state == "waiting")
    }

    pub fn online(&self) -> bool {
        self.attempts.last().is_some_and(|(_, right)| right.is_none())
    }

    /// Whether a sheet or a test may begin.
    pub fn free(&self) -> bool {
        self.enrolment == "attended" && !self.waits() && !self.online()
    }

    pub fn decide(&mut self, state: &'static str, second: i64, by: By) -> bool {
        match self.sheets.last_mut() {
            Some(sheet) if sheet.state == "waiting" => {
                (sheet.state, sheet.decided) = (state, Some((second, by)));
                true
            }
            _ => false,
        }
    }

    pub fn count(&mut self, right: i16) {
        if right >= 14 {
            self.enrolment = "passed";
        } else if self.attempts.len() == 3 {
            self.enrolment = "failed";
        }
    }
}

impl Model for Papers {
    type Act = Act;

    fn first() -> BoxedStrategy<Self> {
        Just(Self { sheets: Vec::new(), attempts: Vec::new(), enrolment: "attended" }).boxed()
    }

    fn acts() -> BoxedStrategy<Act> {
        let by = || prop_oneof![2 => Just(By::Trainer), 2 => Just(By::Officer), 1 => Just(By::Person)];
        let state = || select(vec!["waiting", "confirmed", "declined", "withdrawn"]);
        prop_oneof![
            8 => (by(), select(vec![13, 14])).prop_map(|(by, right)| Act::Record(by, right)),
            3 => by().prop_map(Act::Confirm),
            2 => by().prop_map(Act::Decline),
            2 => by().prop_map(Act::Withdraw),
            1 => Just(Act::Start),
            2 => Just(Act::HandIn),
            1 => state().prop_map(Act::Begin),
            // By the officer a confirmation by hand would be one: the attempt that it makes is ended by the portal.
            2 => (state(), by())
                .prop_filter("a confirmation", |(state, by)| *state != "confirmed" || !matches!(by, By::Officer))
                .prop_map(|(state, by)| Act::Write(state, by)),
            2 => state().prop_map(Act::WriteBare),
            1 => select(vec![Act::Rewrite, Act::Delete]),
        ]
        .boxed()
    }

    fn take(&mut self, act: &Act, second: i64) -> bool {
        match act {
            Act::Record(By::Trainer, right) if self.free() => {
                self.sheets.push(Sheet { right: *right, recorded: second, state: "waiting", decided: None });
                true
            }
            Act::Confirm(By::Officer) if self.waits() => {
                self.decide("confirmed", second, By::Officer);
                let right = self.sheets.last().map_or(0, |sheet| sheet.right);
                self.attempts.push((true, Some(right)));
                self.count(right);
                true
            }
            Act::Decline(By::Officer) | Act::Write("declined", By::Officer) => {
                self.decide("declined", second, By::Officer)
            }
            Act::Withdraw(By::Trainer) | Act::Write("withdrawn", By::Trainer) => {
                self.decide("withdrawn", second, By::Trainer)
            }
            // Who has begun goes on.
            Act::Start if self.online() => true,
            Act::Start if self.free() => {
                self.attempts.push((false, None));
                true
            }
            // With nothing answered; a second time it changes nothing.
            Act::HandIn => {
                if self.online() {
                    self.attempts.last_mut().unwrap().1 = Some(0);
                    self.count(0);
                }
                !self.attempts.is_empty()
            }
            Act::Begin("waiting") => self.free(),
            Act::WriteBare("waiting") => self.waits(),
            _ => false,
        }
    }

    fn states(&self) -> Vec<&'static str> {
        self.sheets.iter().map(|sheet| sheet.state).collect()
    }
}
