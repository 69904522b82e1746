//! A delivery in words, and everything that anybody may try with it.

use proptest::prelude::*;
use proptest::sample::select;

use crate::testing::modelled::Model;

/// Seconds that a message may be of use for.
pub const USEFUL: i64 = 600;

pub const STATES: [&str; 6] = ["queued", "failed", "sent", "dead", "withheld", "expired"];

#[derive(Clone, Debug)]
pub enum Act {
    /// The job, and a gateway that takes it.
    Send,
    /// The job so many times, and a gateway that refuses.
    Fail(u8),
    /// An administrator, or somebody else.
    Retry(bool),
    RetryAll(bool),
    /// Lets so many seconds pass.
    Wait(i64),
    /// By hand: this state, with the time that it asks for.
    Write(&'static str),
    /// By hand: the state alone.
    WriteBare(&'static str),
    /// By hand, and taken back: a delivery that begins in this state.
    Begin(&'static str),
    /// By hand: where it goes.
    Redirect,
    Delete,
}

/// What the message is to be sent like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Plain,
    /// Of use for ten minutes.
    Code,
    /// Over the cap of its person's day.
    Capped,
}

/// A delivery is sent, or fails and is tried again, or is tried twelve times and waits for an administrator, who has it
/// tried from the start. What is over the cap is withheld at the first try; what is of no use any more expires.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub kind: Kind,
    pub state: &'static str,
    pub failures: u8,
    /// What the gateway answered last.
    pub error: Option<&'static str>,
    pub sent: Option<i64>,
    pub dead: Option<i64>,
}

impl Delivery {
    pub fn may_become(&self, next: &str) -> bool {
        match self.state {
            "queued" => matches!(next, "queued" | "sent" | "failed" | "withheld" | "expired"),
            "failed" => matches!(next, "failed" | "sent" | "dead" | "expired"),
            "dead" => matches!(next, "dead" | "queued" | "expired"),
            last => next == last,
        }
    }

    pub fn become_state(&mut self, state: &'static str, second: i64) {
        self.state = state;
        self.sent = (state == "sent").then_some(second);
        self.dead = (state == "dead").then_some(second);
    }

    /// Whether it is handed to the gateway; nothing where the database would not have it.
    pub fn turn(&mut self, second: i64) -> Option<bool> {
        let tried = matches!(self.state, "queued" | "failed");
        match self.kind {
            _ if !tried => Some(false),
            Kind::Code if second >= USEFUL => {
                self.state = "expired";
                Some(false)
            }
            // What is over the cap never failed before, but by hand.
            Kind::Capped if self.state == "failed" => None,
            Kind::Capped => {
                self.state = "withheld";
                Some(false)
            }
            Kind::Plain | Kind::Code => Some(true),
        }
    }

    pub fn retry(&mut self) -> bool {
        let dead = self.state == "dead";
        if dead {
            (self.state, self.failures, self.dead) = ("queued", 0, None);
        }
        dead
    }
}

impl Model for Delivery {
    type Act = Act;

    fn first() -> BoxedStrategy<Self> {
        select(vec![Kind::Plain, Kind::Plain, Kind::Code, Kind::Capped])
            .prop_map(|kind| Self { kind, state: "queued", failures: 0, error: None, sent: None, dead: None })
            .boxed()
    }

    fn acts() -> BoxedStrategy<Act> {
        let state = || select(STATES.to_vec());
        prop_oneof![
            2 => Just(Act::Send),
            5 => select(vec![1, 5, 12]).prop_map(Act::Fail),
            3 => any::<bool>().prop_map(Act::Retry),
            1 => any::<bool>().prop_map(Act::RetryAll),
            1 => select(vec![300, USEFUL]).prop_map(Act::Wait),
            3 => state().prop_map(Act::Write),
            3 => state().prop_map(Act::WriteBare),
            1 => state().prop_map(Act::Begin),
            1 => select(vec![Act::Redirect, Act::Delete]),
        ]
        .boxed()
    }

    fn pause(act: &Act) -> i64 {
        if let Act::Wait(seconds) = act { *seconds } else { 1 }
    }

    fn take(&mut self, act: &Act, second: i64) -> bool {
        match act {
            Act::Send => {
                let turn = self.turn(second);
                if turn == Some(true) {
                    self.become_state("sent", second);
                }
                turn.is_some()
            }
            Act::Fail(times) => (0..*times).all(|_| {
                let turn = self.turn(second);
                if turn == Some(true) {
                    self.failures += 1;
                    self.error = Some("answered_503");
                    self.become_state(if self.failures >= 12 { "dead" } else { "failed" }, second);
                }
                turn.is_some()
            }),
            Act::Retry(administrator) => *administrator && self.retry(),
            Act::RetryAll(administrator) => {
                if *administrator {
                    self.retry();
                }
                *administrator
            }
            Act::Wait(_) => true,
            Act::Write(next) => {
                let may = self.may_become(next);
                if may {
                    self.become_state(next, second);
                }
                may
            }
            // What is sent or given up says since when, and nothing else does.
            Act::WriteBare(next) => {
                let bare = |state: &str| !matches!(state, "sent" | "dead");
                let may = self.may_become(next) && (self.state == *next || bare(self.state) && bare(next));
                if may {
                    self.state = *next;
                }
                may
            }
            Act::Begin(state) => *state == "queued",
            Act::Redirect | Act::Delete => false,
        }
    }

    fn states(&self) -> Vec<&'static str> {
        vec![self.state]
    }
}
