//! Walks of a request, with the rules about who decides it.

use proptest::prelude::*;
use time::{Duration, OffsetDateTime};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::walk;
use crate::access::Role;
use crate::licences::model::RequestState;
use crate::server::keys::random_digits;
use crate::testing::{TestApp, scale};

/// A request as the enum and the rules about who decides have it.
struct Request {
    id: Uuid,
    state: RequestState,
    /// Which reviewer holds it, or held it last.
    claimant: Option<usize>,
    decisions: i64,
}

impl Request {
    async fn new(app: &TestApp, person: Uuid, state: RequestState) -> Self {
        let id = sqlx::query_scalar(
            "INSERT INTO licence_requests (number, person_id, kind, state, created_at, submitted_at)
             VALUES ($1, $2, 'practitioner', $3, $4, CASE WHEN $3 <> 'draft' THEN $4::timestamptz END) RETURNING id",
        )
        .bind(random_digits(10))
        .bind(person)
        .bind(state.code())
        .bind(app.clock.now())
        .fetch_one(&app.pool)
        .await
        .unwrap();
        Self { id, state, claimant: None, decisions: 0 }
    }

    fn allows(&self, to: RequestState, decided: bool, reviewer: usize) -> bool {
        use RequestState::{Approved, InReview, Rejected, Returned};
        let decisive = matches!(to, Approved | Rejected | Returned);
        let may_follow = self.state == to || self.state.can_become(to);
        let untied = to != InReview || reviewer != 2;
        // A decision is the claimant's own, and there is none outside a review.
        let own = self.state == InReview && self.claimant == Some(reviewer);
        let decision = !decisive || if decided { own } else { self.state != InReview };
        may_follow && untied && decision
    }

    async fn take(
        &self,
        app: &TestApp,
        to: RequestState,
        decided: bool,
        reviewer: Uuid,
        at: OffsetDateTime,
    ) -> Result<(), sqlx::Error> {
        let mut tx = app.pool.begin().await?;
        if decided && ["approved", "rejected", "returned"].contains(&to.code()) {
            sqlx::query(
                "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at)
                 VALUES ($1, $2, $3, $4, $4)",
            )
            .bind(self.id)
            .bind(to.code())
            .bind(reviewer)
            .bind(at)
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query(
            "UPDATE licence_requests SET state = $2,
                 submitted_at = CASE WHEN $2 <> 'draft' THEN coalesce(submitted_at, $4) END,
                 claimed_by = CASE WHEN $2 = 'in_review' THEN $3 ELSE claimed_by END,
                 claimed_at = CASE WHEN $2 = 'in_review' THEN $4 ELSE claimed_at END
             WHERE id = $1",
        )
        .bind(self.id)
        .bind(to.code())
        .bind(reviewer)
        .bind(at)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }
}

#[test]
fn a_request_goes_where_its_machine_leads_and_nowhere_else() {
    let untied = OnceCell::new();
    walk(scale(60, 1_000), async |app, told, tries| {
        let [one, two] =
            *untied.get_or_init(async || [app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await]).await;
        let applicant = app.person().await;
        let reviewers = [one, two, applicant];
        let first = if tries.len() % 2 == 0 { RequestState::Draft } else { RequestState::Submitted };
        let mut request = Request::new(app, applicant, first).await;
        for (second, one) in (1i64..).zip(tries) {
            let from = request.state;
            let to = one.state(&RequestState::ALL, from, RequestState::can_become);
            let at = app.clock.now() + Duration::seconds(second);
            let reviewer = one.reviewer.or(request.claimant).unwrap_or_default();
            let done = request.take(app, to, one.complete, reviewers[reviewer], at).await;
            let allowed = request.allows(to, one.complete, reviewer);
            told.compare(done, allowed, &format!("{from:?} to {to:?} by {one:?}"))?;
            if allowed {
                let decisive = from == RequestState::InReview && one.complete;
                request.decisions += i64::from(decisive && ["approved", "rejected", "returned"].contains(&to.code()));
                request.state = to;
                if to == RequestState::InReview {
                    request.claimant = Some(reviewer);
                }
            }
            let (state, decisions): (String, i64) = sqlx::query_as(
                "SELECT state, (SELECT count(*) FROM decisions WHERE request_id = q.id)
                 FROM licence_requests q WHERE id = $1",
            )
            .bind(request.id)
            .fetch_one(&app.owner)
            .await
            .unwrap();
            prop_assert_eq!((state.as_str(), decisions), (request.state.code(), request.decisions));
        }
        Ok(())
    });
}
