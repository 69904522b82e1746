//! Requests and licences against a real database.

mod cards;
mod machines;
pub mod qr;
mod requests;
mod sequences;

use std::future::poll_fn;
use std::task::Poll;

use time::OffsetDateTime;
use uuid::Uuid;

use super::model::{LicenceKind, LicenceNumber};
use super::store;
use crate::access::Role;
use crate::review::model::{EFFECT_AFTER, Pool};
use crate::review::store::{Verdict, decide, settle, take_next};
use crate::server::keys::random_digits;
use crate::testing::TestApp;

/// Somebody verified who passed the programme of a kind.
pub async fn ready(app: &TestApp, kind: LicenceKind) -> Uuid {
    let person = app.verified_person().await;
    passes(app, person, kind).await;
    person
}

/// A person passes the programme of a kind.
pub async fn passes(app: &TestApp, person: Uuid, kind: LicenceKind) {
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme(kind.code()).await;
    let session = app.session(programme, 10, trainer).await;
    app.passed(session, person).await;
}

/// A submitted request, by its number.
pub async fn submitted(app: &TestApp, person: Uuid, kind: LicenceKind, now: OffsetDateTime) -> String {
    let mut connection = app.pool.acquire().await.unwrap();
    store::submit(&mut connection, person, kind, None, || random_digits(10), now).await.unwrap().0
}

/// A licence issued to a person at an instant, in the way of the desk: decided ten seconds before.
pub async fn licensed(app: &TestApp, person: Uuid, kind: LicenceKind, now: OffsetDateTime) -> LicenceNumber {
    let request = submitted(app, person, kind, now - EFFECT_AFTER).await;
    issued(app, &request, now).await
}

/// A management licence issued to a person for an organisation that they manage, in the same way.
pub async fn licensed_for(app: &TestApp, person: Uuid, organisation: &str, now: OffsetDateTime) -> LicenceNumber {
    let mut connection = app.pool.acquire().await.unwrap();
    let (kind, organisation) = (LicenceKind::Management, organisation.parse().ok());
    let submitted = now - EFFECT_AFTER;
    let request = store::submit(&mut connection, person, kind, organisation, || random_digits(10), submitted).await;
    drop(connection);
    issued(app, &request.unwrap().0, now).await
}

async fn issued(app: &TestApp, request: &str, now: OffsetDateTime) -> LicenceNumber {
    let reviewer = app.staff(Role::Reviewer).await;
    let mut tx = app.pool.begin().await.unwrap();
    let taken = take_next(&mut tx, reviewer, &Pool::default(), now - EFFECT_AFTER).await.unwrap();
    assert_eq!(taken.as_deref(), Some(request));
    decide(&mut tx, reviewer, request, &Verdict::Approve, now - EFFECT_AFTER).await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM licence_requests WHERE number = $1")
        .bind(request)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    let settled = settle(&mut tx, id, || random_digits(15), now).await.unwrap();
    tx.commit().await.unwrap();
    settled.and_then(|settled| settled.licence).unwrap()
}

/// Runs futures at the same time and returns what each gave, in their order.
pub async fn together<F: Future>(all: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    poll_fn(|context| {
        for (future, answer) in running.iter_mut().filter(|(_, answer)| answer.is_none()) {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                *answer = Some(value);
            }
        }
        if running.iter().all(|(_, answer)| answer.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, answer)| answer).collect()
}

/// How many rows a query counts.
pub async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.owner).await.unwrap()
}

/// An approved organisation, by its id.
pub async fn organisation(app: &TestApp) -> String {
    let id: Uuid = sqlx::query_scalar(
        "INSERT INTO organisations (name_ar, name_en, name_key, sector, region, approved_at)
         VALUES ('جهة', 'Body', gen_random_uuid()::text, 'government', 'riyadh', now()) RETURNING id",
    )
    .fetch_one(&app.owner)
    .await
    .unwrap();
    id.to_string()
}

/// Makes a person manager of an organisation.
pub async fn manages(app: &TestApp, person: Uuid, organisation: &str) {
    sqlx::query("INSERT INTO organisation_roles (organisation_id, person_id, role) VALUES ($1::uuid, $2, 'manager')")
        .bind(organisation)
        .bind(person)
        .execute(&app.owner)
        .await
        .unwrap();
}
