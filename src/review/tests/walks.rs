//! Random acts of everybody on one request, against the machine.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use time::Duration;
use uuid::Uuid;

use super::{decide, rejection, settle, state, take, undo, waiting};
use crate::access::Role;
use crate::licences::model::RequestState;
use crate::licences::tests::count;
use crate::review::model::{FieldReason, RequestField};
use crate::review::store::{self, Verdict};
use crate::testing::{TestApp, scale};

#[derive(Clone, Copy, Debug)]
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
    Settle,
}

fn act() -> impl Strategy<Value = Act> {
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
        3 => Just(Act::Settle),
    ]
}

async fn perform(app: &TestApp, act: Act, reviewers: [Uuid; 2], cookie: &str, number: &str) {
    let fields = [("number", number), ("text", "سبب"), ("place", "makkah/jeddah")];
    match act {
        Act::Take(who) => drop(take(app, reviewers[who]).await),
        Act::LetGo(who) => {
            let mut connection = app.pool.acquire().await.unwrap();
            let _ = store::let_go(&mut connection, reviewers[who], number).await;
        }
        Act::Approve(who) => drop(decide(app, reviewers[who], number, &Verdict::Approve).await),
        Act::Return(who) => {
            let verdict = Verdict::Return(vec![(RequestField::Place, FieldReason::Outdated, None)]);
            let _ = decide(app, reviewers[who], number, &verdict).await;
        }
        Act::Reject(who) => drop(decide(app, reviewers[who], number, &rejection()).await),
        Act::Undo(who) => {
            let newest: Option<Uuid> = sqlx::query_scalar(
                "SELECT d.id FROM decisions d JOIN licence_requests q ON q.id = d.request_id
                 WHERE q.number = $1 ORDER BY d.decided_at DESC LIMIT 1",
            )
            .bind(number)
            .fetch_optional(&app.pool)
            .await
            .unwrap();
            if let Some(newest) = newest {
                let _ = undo(app, reviewers[who], newest).await;
            }
        }
        Act::Withdraw => drop(app.post("licences/withdraw_request", Some(cookie), &fields).await),
        Act::Mend => drop(app.post("licences/mend_request", Some(cookie), &fields).await),
        Act::Appeal => drop(app.post("licences/appeal", Some(cookie), &fields).await),
        Act::Wait(seconds) => app.clock.advance(Duration::seconds(seconds)),
        Act::Settle => settle(app, number).await,
    }
}

/// What must hold after every act.
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

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_acts_leads_anywhere_else() {
    let app = TestApp::start().await;
    let reviewers = [app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await];
    let mut runner = TestRunner::new(Config::default());
    let mut seen = std::collections::BTreeSet::new();
    let walks = scale(40, 400);
    let mut walked = 0;
    // On until every state but the draft was met: a walk that never gets there proves nothing about it.
    while walked < walks || (seen.len() < 7 && walked < 10 * walks) {
        walked += 1;
        let acts = {
            use proptest::strategy::ValueTree;
            proptest::collection::vec(act(), 8..30).new_tree(&mut runner).unwrap().current()
        };
        let (person, number) = waiting(&app).await;
        let cookie = app.sign_in(person).await;
        let mut before = RequestState::Submitted;
        for (done, act) in acts.iter().enumerate() {
            perform(&app, *act, reviewers, &cookie, &number).await;
            let after = RequestState::from_code(&state(&app, &number).await).unwrap();
            // A settlement may come on the way to an act of the applicant, and a release on the way to a claim.
            let direct = before == after || before.can_become(after);
            let by_way = RequestState::ALL.into_iter().any(|way| before.can_become(way) && way.can_become(after));
            assert!(direct || by_way, "{before:?} to {after:?} by {:?}", &acts[..=done]);
            before = after;
            seen.insert(after.code());
        }
        check(&app, &acts).await;
        // Out of the way of the next walk.
        app.clock.advance(Duration::seconds(10));
        settle(&app, &number).await;
        sqlx::query("ALTER TABLE licence_requests DISABLE TRIGGER USER").execute(&app.owner).await.unwrap();
        sqlx::query("UPDATE licence_requests SET state = 'withdrawn' WHERE state NOT IN ('approved', 'rejected')")
            .execute(&app.owner)
            .await
            .unwrap();
        sqlx::query("ALTER TABLE licence_requests ENABLE TRIGGER USER").execute(&app.owner).await.unwrap();
    }
    assert!(seen.len() >= 7, "only {seen:?}");
}
