//! Random acts of everybody on one request, through the API and by hand, against the machine.

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use time::Duration;
use uuid::Uuid;

use super::{state, take_effect, waiting};
use crate::access::Role;
use crate::licences::model::RequestState;
use crate::licences::tests::count;
use crate::testing::sequences::{drive_until_met, met, within};
use crate::testing::{TestApp, scale};

#[derive(Clone, Debug)]
enum Act {
    Take(usize),
    LetGo(usize),
    Approve(usize),
    Return(usize),
    Reject(usize),
    Undo(usize),
    Withdraw,
    Mend,
    Appeal,
    /// Lets so many seconds pass.
    Wait(i64),
    /// Lets the ten seconds of a decision pass, and settles it.
    TakeEffect,
    /// By hand, the state alone.
    Write(RequestState),
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
        let reviewer = 0usize..2;
        prop_oneof![
            4 => reviewer.clone().prop_map(Act::Take),
            1 => reviewer.clone().prop_map(Act::LetGo),
            1 => reviewer.clone().prop_map(Act::Approve),
            2 => reviewer.clone().prop_map(Act::Return),
            3 => reviewer.clone().prop_map(Act::Reject),
            2 => reviewer.prop_map(Act::Undo),
            1 => Just(Act::Withdraw),
            2 => Just(Act::Mend),
            2 => Just(Act::Appeal),
            4 => prop_oneof![Just(3), Just(10), Just(1900)].prop_map(Act::Wait),
            4 => Just(Act::TakeEffect),
            2 => prop::sample::select(RequestState::ALL.to_vec()).prop_map(Act::Write),
        ]
        .boxed()
    }

    fn apply(state: Self, _: &Act) -> Self {
        state
    }
}

struct Subject {
    reviewers: [Uuid; 2],
    applicant: String,
    number: String,
    state: RequestState,
    acts: Vec<Act>,
}

impl Subject {
    async fn begin(app: &TestApp) -> Self {
        clear(app).await;
        let reviewers = [app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await];
        let (person, number) = waiting(app).await;
        let applicant = app.sign_in(person).await;
        Self { reviewers, applicant, number, state: RequestState::Submitted, acts: Vec::new() }
    }

    async fn call(&self, app: &TestApp, cookie: &str, endpoint: &str, fields: &[(&str, &str)]) {
        let (status, answer) = app.post(endpoint, Some(cookie), fields).await;
        assert!(!status.is_server_error(), "{endpoint}: {answer}");
    }

    async fn review(&self, app: &TestApp, by: usize, endpoint: &str, fields: &[(&str, &str)]) {
        // The clock runs on for hours: a sign-in of an officer is never an old one.
        let cookie = app.sign_in(self.reviewers[by]).await;
        self.call(app, &cookie, endpoint, fields).await;
    }

    async fn perform(&self, app: &TestApp, act: &Act) {
        let number = ("number", self.number.as_str());
        let own = [number, ("text", "سبب"), ("place", "makkah/jeddah")];
        match act {
            Act::Take(by) => self.review(app, *by, "review/take_next", &[]).await,
            Act::LetGo(by) => self.review(app, *by, "review/let_go", &[number]).await,
            Act::Approve(by) => self.review(app, *by, "review/approve", &[number]).await,
            Act::Return(by) => {
                let fields = [number, ("fields[]", "place"), ("reasons[place]", "outdated")];
                self.review(app, *by, "review/return_request", &fields).await;
            }
            Act::Reject(by) => {
                let fields = [number, ("reason", "not_eligible"), ("text", "لا تنطبق الشروط")];
                self.review(app, *by, "review/reject", &fields).await;
            }
            Act::Undo(by) => {
                let newest: Option<Uuid> = sqlx::query_scalar(
                    "SELECT d.id FROM decisions d JOIN licence_requests q ON q.id = d.request_id
                     WHERE q.number = $1 ORDER BY d.decided_at DESC LIMIT 1",
                )
                .bind(&self.number)
                .fetch_optional(&app.pool)
                .await
                .unwrap();
                let newest = newest.unwrap_or_default().to_string();
                self.review(app, *by, "review/undo", &[("decision", &newest)]).await;
            }
            Act::Withdraw => self.call(app, &self.applicant, "licences/withdraw_request", &own).await,
            Act::Mend => self.call(app, &self.applicant, "licences/mend_request", &own).await,
            Act::Appeal => self.call(app, &self.applicant, "licences/appeal", &own).await,
            Act::Wait(seconds) => app.clock.advance(Duration::seconds(*seconds)),
            Act::TakeEffect => take_effect(app, &self.number).await,
            Act::Write(to) => {
                let written = sqlx::query("UPDATE licence_requests SET state = $2 WHERE number = $1")
                    .bind(&self.number)
                    .bind(to.code())
                    .execute(&app.pool)
                    .await;
                let direct = self.state == *to || self.state.can_become(*to);
                assert!(written.is_err() || direct, "{:?} was written {to:?}", self.state);
            }
        }
    }
}

/// Takes what the sequence before left open out of the way of the next.
async fn clear(app: &TestApp) {
    for statement in [
        "ALTER TABLE licence_requests DISABLE TRIGGER USER",
        "UPDATE licence_requests SET state = 'withdrawn' WHERE state NOT IN ('approved', 'rejected')",
        "ALTER TABLE licence_requests ENABLE TRIGGER USER",
    ] {
        sqlx::query(statement).execute(&app.owner).await.unwrap();
    }
}

struct Request;

impl StateMachineTest for Request {
    type SystemUnderTest = Subject;
    type Reference = Anything;

    fn init_test(_: &Anything) -> Subject {
        within(Subject::begin)
    }

    fn apply(mut subject: Subject, _: &Anything, act: Act) -> Subject {
        within(async |app| {
            subject.perform(app, &act).await;
            subject.acts.push(act);
            let (before, after) = (subject.state, RequestState::from_code(&state(app, &subject.number).await).unwrap());
            // A settlement may come on the way to an act of the applicant, and a release on the way to a claim.
            let direct = before == after || before.can_become(after);
            let by_way = RequestState::ALL.into_iter().any(|way| before.can_become(way) && way.can_become(after));
            assert!(direct || by_way, "{before:?} to {after:?} by {:?}", subject.acts);
            subject.state = after;
            met(after.code());
            subject
        })
    }

    fn teardown(subject: Subject, _: Anything) {
        within(async |app| {
            check(app, &subject.acts).await;
            // What was decided takes effect before the next sequence.
            take_effect(app, &subject.number).await;
        });
    }
}

/// What must hold after every sequence.
async fn check(app: &TestApp, acts: &[Act]) {
    for (what, query) in [
        (
            "a licence exactly for an approved request",
            "SELECT count(*) FROM licence_requests q
             WHERE (q.state = 'approved') <> EXISTS (SELECT FROM licences l WHERE l.request_id = q.id)",
        ),
        (
            "one decision stands a claim",
            "SELECT count(*) FROM licence_requests q
             WHERE (SELECT count(*) FROM standing_decision(q.id, coalesce(q.claimed_at, 'infinity'))) > 1",
        ),
        (
            "an appeal is another's",
            "SELECT count(*) FROM decisions a JOIN decisions b USING (request_id, reviewer_id)
             WHERE a.appeal AND NOT b.appeal AND b.outcome = 'rejected'
               AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = b.id)",
        ),
        (
            "one message for each decision that took effect",
            "SELECT abs((SELECT count(*) FROM messages WHERE template <> 'appeal_received') - (
                 SELECT count(*) FROM decisions d JOIN licence_requests q ON q.id = d.request_id
                 WHERE NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
                   AND (q.state <> 'in_review' OR d.decided_at < q.claimed_at)))",
        ),
        (
            "nothing is settled before its effect",
            "SELECT count(*) FROM licence_requests q JOIN licences l ON l.request_id = q.id
             JOIN decisions d ON d.request_id = q.id
             WHERE d.outcome = 'approved' AND q.settled_at < d.effective_at
               AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)",
        ),
    ] {
        assert_eq!(count(app, query).await, 0, "{what} after {acts:?}");
    }
}

#[test]
fn no_sequence_of_acts_leads_anywhere_else() {
    // All but the draft.
    drive_until_met::<Request>(scale(40, 3_300), 30, RequestState::ALL.len() - 1);
}
