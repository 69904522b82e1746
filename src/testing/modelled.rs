//! Drives a state machine against a model of it: what the model allows is done, all else is refused, and after every act
//! whole rows are what the model says.

use std::cell::Cell;
use std::fmt::Debug;
use std::marker::PhantomData;

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use serde_json::Value;
use sqlx::Postgres;
use sqlx::postgres::{PgArguments, PgQueryResult};
use sqlx::query::Query;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use super::TestApp;
use super::sequences::{drive_until_met, met, within};

/// A state machine as its rules are in words: with nothing of the portal's code or the database's tables in it.
pub trait Model: Clone + Debug + 'static {
    type Act: Clone + Debug + 'static;

    /// What a sequence may begin with.
    fn first() -> BoxedStrategy<Self>;

    /// Everything that anybody may try, whatever the state.
    fn acts() -> BoxedStrategy<Self::Act>;

    /// Seconds that pass before an act.
    fn pause(_: &Self::Act) -> i64 {
        1
    }

    /// An act at a second of the sequence: what comes of it, and whether it is done or refused.
    fn take(&mut self, act: &Self::Act, second: i64) -> bool;

    /// The states that its rows are in.
    fn states(&self) -> Vec<&'static str>;
}

/// The rows that a model is of.
pub trait Subject: Sized {
    type Model: Model;

    async fn begin(app: &TestApp, model: &Self::Model) -> Self;

    /// Whether the portal or the database did it.
    async fn perform(&mut self, app: &TestApp, act: &<Self::Model as Model>::Act) -> bool;

    /// Whole rows, as JSON.
    async fn stored(&self, app: &TestApp) -> Value;

    /// What they should be; `at` is a second of the sequence as the database shows it.
    fn expected(&self, model: &Self::Model, at: &dyn Fn(i64) -> Value) -> Value;
}

/// A model on its way, with the second it is at and whether its last act was done.
#[derive(Clone, Debug)]
pub struct Walk<M> {
    model: M,
    second: i64,
    done: bool,
}

impl<M: Model> ReferenceStateMachine for Walk<M> {
    type State = Self;
    type Transition = M::Act;

    fn init_state() -> BoxedStrategy<Self> {
        M::first().prop_map(|model| Self { model, second: 0, done: true }).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<M::Act> {
        M::acts()
    }

    fn apply(mut walk: Self, act: &M::Act) -> Self {
        walk.second += M::pause(act);
        walk.done = walk.model.take(act, walk.second);
        walk
    }
}

/// Rows on their way, and when their sequence began.
pub struct Run<S> {
    subject: S,
    begun: OffsetDateTime,
}

struct Against<S>(PhantomData<S>);

thread_local! {
    static DONE: Cell<u64> = const { Cell::new(0) };
    static REFUSED: Cell<u64> = const { Cell::new(0) };
}

impl<S: Subject> StateMachineTest for Against<S> {
    type SystemUnderTest = Run<S>;
    type Reference = Walk<S::Model>;

    fn init_test(walk: &Walk<S::Model>) -> Run<S> {
        within(async |app| {
            // The clock stands, so that every instant is known; sequences follow upon each other.
            let begun = app.clock.now().replace_nanosecond(0).unwrap() + Duration::SECOND;
            app.clock.stand_at(begun);
            Run { subject: S::begin(app, &walk.model).await, begun }
        })
    }

    fn apply(mut run: Run<S>, walk: &Walk<S::Model>, act: <S::Model as Model>::Act) -> Run<S> {
        within(async |app| {
            app.clock.stand_at(run.begun + Duration::seconds(walk.second));
            assert_eq!(run.subject.perform(app, &act).await, walk.done, "{act:?} to {walk:?}");
            let counter = if walk.done { &DONE } else { &REFUSED };
            counter.set(counter.get() + 1);
            run
        })
    }

    fn check_invariants(run: &Run<S>, walk: &Walk<S::Model>) {
        walk.model.states().into_iter().for_each(met);
        let stored = within(async |app| run.subject.stored(app).await);
        let at = |second| stamp(run.begun + Duration::seconds(second));
        assert_eq!(stored, run.subject.expected(&walk.model, &at), "{walk:?}");
    }
}

/// Runs so many sequences of up to so many acts, and on until so many states were met.
pub fn drive_modelled<S: Subject + 'static>(sequences: usize, acts: usize, states: usize) {
    drive_until_met::<Against<S>>(sequences, acts, states);
    let (done, refused) = (DONE.get(), REFUSED.get());
    assert!(done > 0 && refused > 0, "{done} acts done and {refused} refused tell nothing");
    println!("{done} acts done, {refused} refused");
}

/// An instant as a row of the database shows it in JSON.
fn stamp(at: OffsetDateTime) -> Value {
    Value::String(at.format(&Rfc3339).unwrap().replace('Z', "+00:00"))
}

/// Calls a server function as a person; whether the portal did it.
pub async fn call(app: &TestApp, cookie: &str, endpoint: &str, fields: &[(&str, &str)]) -> bool {
    let (status, answer) = app.post(endpoint, Some(cookie), fields).await;
    assert!(!status.is_server_error() && status != StatusCode::UNAUTHORIZED, "{endpoint}: {status} {answer}");
    status.is_success()
}

/// Whether the database would let a statement change anything. Whatever it did is taken back.
pub async fn would_be(app: &TestApp, statement: Query<'_, Postgres, PgArguments>) -> bool {
    let mut tx = app.pool.begin().await.unwrap();
    let done = statement.execute(&mut *tx).await;
    tx.rollback().await.unwrap();
    let_be(done)
}

/// Whether the database let a statement change anything. What refuses it is a rule or a right that is not given.
pub fn let_be(done: Result<PgQueryResult, sqlx::Error>) -> bool {
    match done {
        Ok(done) => done.rows_affected() > 0,
        Err(error) => {
            let code = error.as_database_error().and_then(|error| error.code().map(String::from)).unwrap_or_default();
            // A check, a uniqueness, or a permission.
            assert!(["23514", "23505", "42501"].contains(&code.as_str()), "refused by no rule: {error}");
            false
        }
    }
}
