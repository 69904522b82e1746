//! The machine of a licence against a model of it: what the model allows succeeds, all else is refused and changes nothing.

use std::cell::Cell;

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use uuid::Uuid;

use super::{licensed, ready};
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState};
use crate::oversight::model::Act;
use crate::oversight::tests::{go, officers};
use crate::testing::sequences::{drive, within};
use crate::testing::{TestApp, scale};

/// A licence as the model sees it: its state, and the proposal that is open, with which of the officers made it.
#[derive(Clone, Debug)]
struct Model {
    state: LicenceState,
    open: Option<(Act, usize)>,
    /// Whether the last act did something.
    done: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Suspend(usize),
    Propose(usize, Act),
    Approve(usize),
    Refuse(usize),
    Withdraw(usize),
    Correct(usize),
    /// By hand, with all that the change asks for: its event, a second officer, the licence that succeeds.
    Write(LicenceState),
    /// By hand, the state alone.
    WriteBare(LicenceState),
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self { state: LicenceState::Active, open: None, done: true }).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Step> {
        let officer = 0usize..2;
        let act = prop::sample::select(vec![Act::Restore, Act::Revoke]);
        let state = prop::sample::select(LicenceState::ALL.to_vec());
        prop_oneof![
            4 => officer.clone().prop_map(Step::Suspend),
            6 => (officer.clone(), act).prop_map(|(officer, act)| Step::Propose(officer, act)),
            4 => officer.clone().prop_map(Step::Approve),
            2 => officer.clone().prop_map(Step::Refuse),
            2 => officer.clone().prop_map(Step::Withdraw),
            1 => officer.prop_map(Step::Correct),
            2 => state.clone().prop_map(Step::Write),
            2 => state.prop_map(Step::WriteBare),
        ]
        .boxed()
    }

    fn apply(before: Self, step: &Step) -> Self {
        let Self { state, open, .. } = before;
        let can_become = |to| state.can_become(to);
        let next = match step {
            Step::Suspend(_) if can_become(LicenceState::Suspended) => Some((LicenceState::Suspended, open)),
            Step::Propose(by, act) if open.is_none() && can_become(act.makes()) => Some((state, Some((*act, *by)))),
            Step::Approve(by) => open.filter(|(_, first)| first != by).map(|(act, _)| (act.makes(), None)),
            Step::Refuse(by) if open.is_some_and(|(_, first)| first != *by) => Some((state, None)),
            Step::Withdraw(by) if open.is_some_and(|(_, first)| first == *by) => Some((state, None)),
            Step::Correct(_) if open.is_none() && can_become(LicenceState::Superseded) => {
                Some((LicenceState::Superseded, None))
            }
            Step::Write(LicenceState::Suspended) if can_become(LicenceState::Suspended) => {
                Some((LicenceState::Suspended, open))
            }
            Step::Write(to) if *to != LicenceState::Suspended && open.is_none() && can_become(*to) => Some((*to, None)),
            Step::WriteBare(to) if *to == state => Some((state, open)),
            _ => None,
        };
        match next {
            Some((state, open)) => Self { state, open, done: true },
            None => Self { state, open, done: false },
        }
    }
}

struct Subject {
    licence: Uuid,
    number: LicenceNumber,
    officers: [Uuid; 2],
    cookies: [String; 2],
    /// Of the proposal made last.
    proposal: Uuid,
}

impl Subject {
    async fn begin(app: &TestApp) -> Self {
        let person = ready(app, LicenceKind::Practitioner).await;
        let number = licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await;
        let licence = sqlx::query_scalar("SELECT id FROM licences WHERE number = $1")
            .bind(number.digits())
            .fetch_one(&app.pool)
            .await
            .unwrap();
        let officers = officers(app).await;
        let cookies = [app.sign_in(officers[0]).await, app.sign_in(officers[1]).await];
        Self { licence, number, officers, cookies, proposal: Uuid::nil() }
    }

    /// Whether the portal did it.
    async fn call(&self, app: &TestApp, by: usize, endpoint: &str, fields: &[(&str, &str)]) -> bool {
        let (status, answer) = app.post(endpoint, Some(&self.cookies[by]), fields).await;
        assert!(!status.is_server_error(), "{endpoint}: {answer}");
        status.is_success()
    }

    /// Whether the database let it be.
    async fn write(&self, app: &TestApp, to: LicenceState, whole: bool) -> bool {
        let mut tx = app.pool.begin().await.unwrap();
        let tried = if whole {
            go(&mut tx, self.licence, self.officers, to, app.clock.now()).await
        } else {
            let statement = "UPDATE licences SET state = $1 WHERE id = $2";
            sqlx::query(statement).bind(to.code()).bind(self.licence).execute(&mut *tx).await.map(drop)
        };
        let tried = match tried {
            Ok(()) => tx.commit().await,
            refused => refused,
        };
        if let Err(error) = &tried {
            let code = error.as_database_error().and_then(|error| error.code().map(String::from));
            assert_eq!(code.as_deref(), Some("23514"), "refused by no rule: {error}");
        }
        tried.is_ok()
    }

    async fn take(&mut self, app: &TestApp, step: &Step) -> bool {
        let number = self.number.digits().to_owned();
        let number = ("number", number.as_str());
        let proposal = self.proposal.to_string();
        let proposal = ("proposal", proposal.as_str());
        let text = ("text", "سبب");
        match step {
            Step::Suspend(by) => {
                self.call(app, *by, "oversight/suspend", &[number, ("reason", "holder_asked"), text]).await
            }
            Step::Propose(by, act) => {
                let fields = [number, ("act", act.code()), ("reason", act.reasons()[0].code()), text];
                let proposed = self.call(app, *by, "oversight/propose", &fields).await;
                let newest = "SELECT id FROM licence_proposals WHERE licence_id = $1 ORDER BY proposed_at DESC LIMIT 1";
                let newest: Option<Uuid> =
                    sqlx::query_scalar(newest).bind(self.licence).fetch_optional(&app.pool).await.unwrap();
                self.proposal = newest.unwrap_or_default();
                proposed
            }
            Step::Approve(by) => self.call(app, *by, "oversight/approve", &[proposal]).await,
            Step::Refuse(by) => self.call(app, *by, "oversight/refuse", &[proposal, text]).await,
            Step::Withdraw(by) => self.call(app, *by, "oversight/withdraw", &[proposal]).await,
            Step::Correct(by) => {
                let fields = [
                    number,
                    ("given_name", "سعد"),
                    ("family_name", "القحطاني"),
                    ("latin_name", "Saad Alqahtani"),
                    ("reason", "name_corrected"),
                    text,
                ];
                self.call(app, *by, "oversight/correct", &fields).await
            }
            Step::Write(to) => self.write(app, *to, true).await,
            Step::WriteBare(to) => self.write(app, *to, false).await,
        }
    }

    async fn stored(&self, app: &TestApp) -> (String, i64) {
        sqlx::query_as("SELECT state, (SELECT count(*) FROM open_proposals(l.id)) FROM licences l WHERE id = $1")
            .bind(self.licence)
            .fetch_one(&app.pool)
            .await
            .unwrap()
    }
}

thread_local! {
    static DONE: Cell<u64> = const { Cell::new(0) };
    static REFUSED: Cell<u64> = const { Cell::new(0) };
}

struct Licence;

impl StateMachineTest for Licence {
    type SystemUnderTest = Subject;
    type Reference = Model;

    fn init_test(_: &Model) -> Subject {
        within(Subject::begin)
    }

    fn apply(mut subject: Subject, model: &Model, step: Step) -> Subject {
        within(async |app| {
            assert_eq!(subject.take(app, &step).await, model.done, "{step:?}");
            let counter = if model.done { &DONE } else { &REFUSED };
            counter.with(|counter| counter.set(counter.get() + 1));
            subject
        })
    }

    fn check_invariants(subject: &Subject, model: &Model) {
        let (state, open) = within(async |app| subject.stored(app).await);
        assert_eq!((state.as_str(), open), (model.state.code(), i64::from(model.open.is_some())), "{model:?}");
    }
}

#[test]
fn a_licence_goes_where_its_model_leads_and_nowhere_else() {
    drive::<Licence>(scale(30, 3_400), 16);
    let (done, refused) = (DONE.get(), REFUSED.get());
    assert!(done > 0 && refused > 0, "{done} acts done and {refused} refused tell nothing");
}
