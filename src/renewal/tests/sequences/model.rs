//! The batches of one renewal in words, and everything that anybody may try with them.

use proptest::prelude::*;
use proptest::sample::select;

use crate::testing::modelled::Model;

/// Seconds from a decision to its effect.
pub const EFFECT: i64 = 10;

pub const STATES: [&str; 4] = ["waiting", "approved", "issued", "left"];

#[derive(Clone, Debug)]
pub enum Act {
    Start,
    /// By its reviewer, or by another.
    Stop(bool),
    /// The job.
    WorkOff,
    /// Another reviewer takes what waits in the queue.
    Take,
    /// The batch's reviewer, of the decision made last.
    Undo,
    /// Lets so many seconds pass.
    Wait(i64),
    /// By hand: the newest row in this state.
    Write(&'static str),
    /// By hand: as before, with whatever decision there is.
    WriteWhole(&'static str),
    /// By hand, and taken back: a second row of the licence that begins in this state.
    Begin(&'static str),
    Delete,
}

/// What has become of the request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    Waits,
    Taken,
    /// At which second.
    Approved(i64),
    Undone,
    Issued,
}

#[derive(Clone, Debug)]
pub struct Batch {
    pub row: &'static str,
    /// When the decision was made that the row names.
    pub decided: Option<i64>,
    pub started: i64,
    pub stopped: Option<i64>,
    pub finished: Option<i64>,
}

/// A row waits until the job approves its renewal, and is issued once that takes effect. What another holds, what was
/// undone in time, and what a hand says so of, is left. One batch at a time; one that is stopped approves no more.
#[derive(Clone, Debug)]
pub struct Batches {
    pub all: Vec<Batch>,
    pub request: Request,
}

impl Batches {
    pub fn work_off(&mut self, second: i64) {
        let Some(batch) = self.all.last_mut() else { return };
        if let ("approved", Some(decided)) = (batch.row, batch.decided)
            && decided + EFFECT <= second
        {
            if self.request == Request::Approved(decided) {
                self.request = Request::Issued;
            }
            batch.row = if self.request == Request::Issued { "issued" } else { "left" };
        }
        if batch.row == "waiting" && batch.stopped.is_none() {
            batch.row = "left";
            if self.request == Request::Waits {
                (batch.row, batch.decided, self.request) = ("approved", Some(second), Request::Approved(second));
            }
        }
        if batch.row != "approved" {
            batch.finished = batch.finished.or(Some(second));
        }
    }
}

impl Model for Batches {
    type Act = Act;

    fn first() -> BoxedStrategy<Self> {
        Just(Self { all: Vec::new(), request: Request::Waits }).boxed()
    }

    fn acts() -> BoxedStrategy<Act> {
        let state = || select(STATES.to_vec());
        prop_oneof![
            6 => Just(Act::Start),
            2 => prop::bool::weighted(0.7).prop_map(Act::Stop),
            8 => Just(Act::WorkOff),
            1 => Just(Act::Take),
            2 => Just(Act::Undo),
            3 => select(vec![3, EFFECT]).prop_map(Act::Wait),
            2 => state().prop_map(Act::Write),
            2 => state().prop_map(Act::WriteWhole),
            1 => state().prop_map(Act::Begin),
            1 => Just(Act::Delete),
        ]
        .boxed()
    }

    fn pause(act: &Act) -> i64 {
        if let Act::Wait(seconds) = act { *seconds } else { 1 }
    }

    fn take(&mut self, act: &Act, second: i64) -> bool {
        match act {
            Act::Start => {
                if self.all.last().is_some_and(|batch| batch.finished.is_none()) {
                    return true;
                }
                let waits = self.request == Request::Waits;
                if waits {
                    let (row, started) = ("waiting", second);
                    self.all.push(Batch { row, decided: None, started, stopped: None, finished: None });
                }
                waits
            }
            Act::Stop(own) => match self.all.last_mut() {
                Some(batch) if *own && (batch.finished.is_none() || batch.stopped.is_some()) => {
                    batch.stopped = batch.stopped.or(Some(second));
                    true
                }
                _ => false,
            },
            Act::WorkOff => {
                self.work_off(second);
                true
            }
            Act::Take => {
                if self.request == Request::Waits {
                    self.request = Request::Taken;
                }
                self.request == Request::Taken
            }
            Act::Undo => match self.request {
                Request::Approved(decided) if second < decided + EFFECT => {
                    self.request = Request::Undone;
                    true
                }
                Request::Undone => true,
                _ => false,
            },
            Act::Wait(_) => true,
            Act::Write(next) | Act::WriteWhole(next) => {
                let Some(batch) = self.all.last_mut() else { return false };
                // Anybody may be shown what is left, but a row is approved by its decision and issued by its licence.
                let may = batch.row == *next || *next == "left" && matches!(batch.row, "waiting" | "approved");
                if may {
                    batch.row = *next;
                }
                may
            }
            Act::Begin(_) | Act::Delete => false,
        }
    }

    fn states(&self) -> Vec<&'static str> {
        self.all.iter().map(|batch| batch.row).collect()
    }
}
