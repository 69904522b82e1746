//! What the database refuses, whoever writes.

use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Holder, KIND, approved, constraint, module, renewing, request_number};
use crate::licences::tests::{count, together};
use crate::testing::{TestApp, scale};

/// Writes a request for the renewal of a licence as a mistake in the code might.
async fn write(pool: &PgPool, person: Uuid, licence: Uuid, at: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO licence_requests (number, person_id, kind, renews, state, created_at, submitted_at)
         VALUES ($1, $2, 'practitioner', $3, 'submitted', $4, $4)",
    )
    .bind(request_number())
    .bind(person)
    .bind(licence)
    .bind(at)
    .execute(pool)
    .await
    .map(drop)
}

#[tokio::test]
async fn each_refusal_has_its_name() {
    let app = TestApp::start().await;
    module(&app, KIND, 6).await;
    let holder = Holder::new(&app).await;
    let stranger = app.person().await;
    let open = holder.days_before_the_end(30);
    for pool in [&app.pool, &app.owner] {
        let refused = async |person, at| constraint(write(pool, person, holder.licence, at).await.unwrap_err());
        assert_eq!(refused(stranger, open).await, "licence_requests_renews_own");
        assert_eq!(refused(holder.person, holder.days_before_the_end(61)).await, "licence_requests_renewal_early");
        assert_eq!(refused(holder.person, holder.days_before_the_end(0)).await, "licence_requests_renewal_ended");
        assert_eq!(refused(holder.person, open).await, "licence_requests_renewal_module");
        holder.becomes(&app, "suspended").await;
        assert_eq!(refused(holder.person, open).await, "licence_requests_renewal_suspended");
        holder.becomes(&app, "active").await;
    }
    app.clock.stand_at(open);
    holder.passes_module(&app).await;
    let number = holder.asks(&app).await;
    approved(&app, &number).await;
    for pool in [&app.pool, &app.owner] {
        let error = write(pool, holder.person, holder.licence, open).await.unwrap_err();
        assert_eq!(constraint(error), "licence_requests_renewal_renewed");
    }
    holder.becomes(&app, "revoked").await;
    let error = write(&app.owner, holder.person, holder.licence, open).await.unwrap_err();
    assert_eq!(constraint(error), "licence_requests_renewal_final");
    for statement in [
        "UPDATE licence_requests SET renews = NULL WHERE renews IS NOT NULL",
        "UPDATE licence_requests SET renews = (SELECT id FROM licences LIMIT 1) WHERE renews IS NULL",
    ] {
        let error = sqlx::query(statement).execute(&app.owner).await.unwrap_err();
        assert_eq!(constraint(error), "licence_requests_fixed", "{statement}");
    }
}

#[tokio::test]
async fn two_renewals_are_never_open_at_once() {
    for _ in 0..scale(2, 20) {
        let app = TestApp::start().await;
        let holder = renewing(&app).await;
        let now = app.clock.now();
        let writes = (0..8).map(|_| write(&app.pool, holder.person, holder.licence, now));
        let written = together(writes).await;
        assert_eq!(written.iter().filter(|one| one.is_ok()).count(), 1);
        for error in written.into_iter().filter_map(Result::err) {
            assert_eq!(constraint(error), "licence_requests_one_open");
        }
    }
}

#[tokio::test]
async fn a_renewal_starts_on_no_other_day() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let number = holder.asks(&app).await;
    // Approved, and its licence still to be written.
    let mut tx = app.owner.begin().await.unwrap();
    for statement in [
        "ALTER TABLE licence_requests DISABLE TRIGGER USER",
        "UPDATE licence_requests SET state = 'approved' WHERE renews IS NOT NULL",
        "ALTER TABLE licence_requests ENABLE TRIGGER USER",
    ] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let issue = async |shift: i32| {
        let mut tx = app.pool.begin().await.unwrap();
        let done = sqlx::query(
            "INSERT INTO licences (number, request_id, person_id, kind, state, issued_at, valid)
             SELECT '0000000000000002', q.id, q.person_id, q.kind, 'active', $2,
                 daterange(upper(l.valid) + $3, upper(l.valid) + 700)
             FROM licence_requests q JOIN licences l ON l.id = q.renews WHERE q.number = $1",
        )
        .bind(&number)
        .bind(app.clock.now())
        .bind(shift)
        .execute(&mut *tx)
        .await;
        tx.rollback().await.unwrap();
        done.map(drop)
    };
    for shift in [-1, 1, 30] {
        assert_eq!(constraint(issue(shift).await.unwrap_err()), "licences_renewal_day_after", "{shift}");
    }
    assert!(issue(0).await.is_ok());
    holder.becomes(&app, "suspended").await;
    assert_eq!(constraint(issue(0).await.unwrap_err()), "licences_renewal_standing");
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 1);
}
