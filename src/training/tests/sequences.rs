//! Random acts of volunteers, the trainer and time on one session, through the API and by hand, against the machine.

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use time::Duration;
use uuid::Uuid;

use super::{session_with, taken};
use crate::testing::sequences::{drive_until_met, met, within};
use crate::testing::{TestApp, scale};
use crate::training::model::EnrolmentState;
use crate::training::store::{offers, unmarked};

/// People about one session, and its seats: some wait.
const PEOPLE: usize = 4;
const SEATS: i32 = 2;

#[derive(Clone, Debug)]
enum Act {
    Enrol(usize),
    Cancel(usize),
    Accept(usize),
    Mark(usize, &'static str),
    /// Lets so many hours pass, and what is due then happen.
    Wait(i64),
    /// By hand: an enrolment in this state, whoever has none.
    Begin(usize, EnrolmentState),
    /// By hand: the newest enrolment in this state.
    Write(usize, EnrolmentState),
}

/// Everything that anybody may try, whatever the state: what comes of it is the portal's to say, and the machine's to allow.
#[derive(Clone, Debug)]
struct Anything;

impl ReferenceStateMachine for Anything {
    type State = Self;
    type Transition = Act;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Act> {
        let person = 0..PEOPLE;
        let state = prop::sample::select(EnrolmentState::ALL.to_vec());
        let mark = prop::sample::select(vec!["present", "absent"]);
        prop_oneof![
            6 => person.clone().prop_map(Act::Enrol),
            3 => person.clone().prop_map(Act::Cancel),
            3 => person.clone().prop_map(Act::Accept),
            4 => (person.clone(), mark).prop_map(|(person, mark)| Act::Mark(person, mark)),
            3 => prop::sample::select(vec![1, 25, 250]).prop_map(Act::Wait),
            1 => (person.clone(), state.clone()).prop_map(|(person, state)| Act::Begin(person, state)),
            3 => (person, state).prop_map(|(person, state)| Act::Write(person, state)),
        ]
        .boxed()
    }

    fn apply(state: Self, _: &Act) -> Self {
        state
    }
}

struct Subject {
    session: Uuid,
    trainer: Uuid,
    people: Vec<Uuid>,
    /// Every enrolment and its state, in the order they were made.
    enrolments: Vec<(Uuid, EnrolmentState)>,
    acts: Vec<Act>,
}

impl Subject {
    async fn begin(app: &TestApp) -> Self {
        let (session, trainer) = session_with(app, SEATS).await;
        let mut people = Vec::new();
        for _ in 0..PEOPLE {
            people.push(app.person().await);
        }
        Self { session, trainer, people, enrolments: Vec::new(), acts: Vec::new() }
    }

    async fn stored(&self, app: &TestApp) -> Vec<(Uuid, EnrolmentState)> {
        let rows: Vec<(Uuid, String)> =
            sqlx::query_as("SELECT id, state FROM enrolments WHERE session_id = $1 ORDER BY position")
                .bind(self.session)
                .fetch_all(&app.pool)
                .await
                .unwrap();
        rows.into_iter().map(|(id, state)| (id, EnrolmentState::from_code(&state).unwrap())).collect()
    }

    /// The newest enrolment of a person.
    async fn newest(&self, app: &TestApp, person: usize) -> Uuid {
        let newest: Option<Uuid> = sqlx::query_scalar(
            "SELECT id FROM enrolments WHERE session_id = $1 AND person_id = $2 ORDER BY position DESC LIMIT 1",
        )
        .bind(self.session)
        .bind(self.people[person])
        .fetch_optional(&app.pool)
        .await
        .unwrap();
        newest.unwrap_or_default()
    }

    async fn call(&self, app: &TestApp, who: Uuid, endpoint: &str, fields: &[(&str, &str)]) {
        let cookie = app.sign_in(who).await;
        let (status, answer) = app.post(endpoint, Some(&cookie), fields).await;
        assert!(!status.is_server_error(), "{endpoint}: {answer}");
    }

    async fn perform(&self, app: &TestApp, act: &Act) {
        match act {
            Act::Enrol(who) => {
                let session = self.session.to_string();
                self.call(app, self.people[*who], "training/enrol", &[("session", &session)]).await;
            }
            Act::Cancel(who) | Act::Accept(who) => {
                let endpoint = if matches!(act, Act::Cancel(_)) { "training/cancel" } else { "training/accept_offer" };
                let enrolment = self.newest(app, *who).await.to_string();
                self.call(app, self.people[*who], endpoint, &[("enrolment", &enrolment)]).await;
            }
            Act::Mark(who, mark) => {
                let enrolment = self.newest(app, *who).await.to_string();
                let fields = [("enrolment", enrolment.as_str()), ("mark", mark)];
                self.call(app, self.trainer, "training/mark_attendance", &fields).await;
            }
            Act::Wait(hours) => {
                app.clock.advance(Duration::hours(*hours));
                offers::end_all_offers(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
                unmarked::count_absent(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
            }
            Act::Begin(who, state) => {
                let begun = sqlx::query(
                    "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
                     SELECT id, programme_id, $2, $3, $4 FROM training_sessions WHERE id = $1",
                )
                .bind(self.session)
                .bind(self.people[*who])
                .bind(state.code())
                .bind(app.clock.now())
                .execute(&app.pool)
                .await;
                let first = matches!(state, EnrolmentState::Enrolled | EnrolmentState::Waitlisted);
                assert!(begun.is_err() || first, "begun as {state:?}");
            }
            Act::Write(who, state) => {
                let written = sqlx::query(
                    "UPDATE enrolments SET state = $2, offered_until = $4, attendance_by = $3, attendance_at = $4
                     WHERE id = $1",
                )
                .bind(self.newest(app, *who).await)
                .bind(state.code())
                .bind(self.trainer)
                .bind(app.clock.now())
                .execute(&app.pool)
                .await;
                // A result comes from a test, and nobody here has taken one.
                let result = matches!(state, EnrolmentState::Passed | EnrolmentState::Failed);
                assert!(
                    !result || written.map_or(true, |written| written.rows_affected() == 0),
                    "{state:?} was written"
                );
            }
        }
    }
}

struct Enrolments;

impl StateMachineTest for Enrolments {
    type SystemUnderTest = Subject;
    type Reference = Anything;

    fn init_test(_: &Anything) -> Subject {
        within(Subject::begin)
    }

    fn apply(mut subject: Subject, _: &Anything, act: Act) -> Subject {
        within(async |app| {
            subject.perform(app, &act).await;
            subject.acts.push(act);
            let after = subject.stored(app).await;
            for (id, state) in &after {
                met(state.code());
                let Some((_, before)) = subject.enrolments.iter().find(|(one, _)| one == id) else { continue };
                // An offer that ended makes room for the next; both in one act of time.
                let by_way =
                    EnrolmentState::ALL.into_iter().any(|way| before.can_become(way) && way.can_become(*state));
                let direct = before == state || before.can_become(*state);
                let by_time = matches!(subject.acts.last(), Some(Act::Wait(_))) && by_way;
                assert!(direct || by_time, "{before:?} to {state:?} by {:?}", subject.acts);
            }
            assert!(after.len() >= subject.enrolments.len(), "an enrolment went by {:?}", subject.acts);
            subject.enrolments = after;
            subject
        })
    }

    fn check_invariants(subject: &Subject, _: &Anything) {
        within(async |app| {
            let mut connection = app.pool.acquire().await.unwrap();
            let (counted, held) = taken(&mut connection, subject.session).await;
            assert_eq!(i64::from(counted), held, "after {:?}", subject.acts);
            assert!((0..=SEATS).contains(&counted), "{counted} of {SEATS} seats after {:?}", subject.acts);
        });
    }
}

#[test]
fn no_sequence_of_acts_leaves_the_states_or_oversells() {
    // All but the results, which come from tests alone.
    drive_until_met::<Enrolments>(scale(40, 3_300), 30, EnrolmentState::ALL.len() - 2);
}
