//! The attempts at one test in words, and everything that anybody may try with them.

use proptest::prelude::*;
use proptest::sample::select;

use crate::testing::modelled::Model;

/// Seconds that a test may take.
pub const TIME: i64 = 1_800;

#[derive(Clone, Debug)]
pub enum Act {
    Start,
    /// Somebody else, who knows the address.
    StartAsOther,
    /// The question at a place, right or wrong.
    Answer(i16, bool),
    HandIn,
    /// The job that ends what is out of time.
    CloseOverdue,
    /// Lets so many seconds pass.
    Wait(i64),
    /// By hand, and taken back: an attempt that begins in this state.
    Begin(&'static str),
    /// By hand, and taken back: the newest attempt ended in this state.
    Write(&'static str),
    /// By hand, and taken back: the state alone.
    WriteBare(&'static str),
    /// By hand, and taken back: the right answer to the first question.
    AnswerByHand,
    /// By hand: how many were right.
    Rewrite,
    /// By hand: the answers.
    Erase,
}

#[derive(Clone, Debug)]
pub struct Sitting {
    pub started: i64,
    /// To the two questions, whether right.
    pub answers: [Option<bool>; 2],
    pub ended: Option<i64>,
}

impl Sitting {
    pub fn right(&self) -> usize {
        self.answers.iter().filter(|answer| **answer == Some(true)).count()
    }

    pub fn state(&self) -> &'static str {
        match self.ended {
            None => "open",
            // Seventy of a hundred: of two questions, both.
            Some(_) if self.right() == 2 => "passed",
            Some(_) => "failed",
        }
    }
}

/// Three attempts, one at a time and until one is passed. Each ends when it is handed in, or half an hour after its start;
/// answers count until then, the latest of each question. What has ended is final.
#[derive(Clone, Debug)]
pub struct Sittings {
    pub all: Vec<Sitting>,
    pub enrolment: &'static str,
}

impl Sittings {
    pub fn open(&mut self) -> Option<&mut Sitting> {
        self.all.last_mut().filter(|last| last.ended.is_none())
    }

    pub fn end(&mut self, second: i64) {
        let Some(open) = self.open() else { return };
        open.ended = Some(second.min(open.started + TIME));
        let passed = open.state() == "passed";
        if passed {
            self.enrolment = "passed";
        } else if self.all.len() == 3 {
            self.enrolment = "failed";
        }
    }

    pub fn end_overdue(&mut self, second: i64) {
        if self.open().is_some_and(|open| open.started + TIME < second) {
            self.end(second);
        }
    }
}

impl Model for Sittings {
    type Act = Act;

    fn first() -> BoxedStrategy<Self> {
        Just(Self { all: Vec::new(), enrolment: "attended" }).boxed()
    }

    fn acts() -> BoxedStrategy<Act> {
        let state = || select(vec!["open", "passed", "failed"]);
        prop_oneof![
            5 => Just(Act::Start),
            6 => (1..=2i16, prop::bool::weighted(0.8)).prop_map(|(place, right)| Act::Answer(place, right)),
            3 => Just(Act::HandIn),
            1 => Just(Act::CloseOverdue),
            2 => select(vec![900, TIME, TIME + 1]).prop_map(Act::Wait),
            1 => state().prop_map(Act::Begin),
            1 => state().prop_map(Act::Write),
            1 => state().prop_map(Act::WriteBare),
            1 => Just(Act::AnswerByHand),
            2 => select(vec![Act::StartAsOther, Act::Rewrite, Act::Erase]),
        ]
        .boxed()
    }

    fn pause(act: &Act) -> i64 {
        if let Act::Wait(seconds) = act { *seconds } else { 1 }
    }

    fn take(&mut self, act: &Act, second: i64) -> bool {
        if matches!(act, Act::Start | Act::Answer(..) | Act::HandIn | Act::CloseOverdue) {
            // Whoever comes by finds ended what is out of time.
            self.end_overdue(second);
        }
        let is_open = self.open().is_some();
        match act {
            Act::Start if is_open => true,
            Act::Start if self.enrolment == "attended" => {
                self.all.push(Sitting { started: second, answers: [None; 2], ended: None });
                true
            }
            Act::Answer(place, right) => match self.open() {
                Some(open) => {
                    open.answers[usize::from(*place == 2)] = Some(*right);
                    true
                }
                None => false,
            },
            // A second time it changes nothing.
            Act::HandIn => {
                self.end(second);
                !self.all.is_empty()
            }
            Act::CloseOverdue | Act::Wait(_) => true,
            Act::Begin("open") => self.enrolment == "attended" && !is_open,
            // Whatever result is written, it is counted.
            Act::Write(_) | Act::WriteBare("open") => is_open,
            Act::AnswerByHand => self.open().is_some_and(|open| second <= open.started + TIME),
            _ => false,
        }
    }

    fn states(&self) -> Vec<&'static str> {
        self.all.iter().map(Sitting::state).collect()
    }
}
