//! Keys and endpoints of organisations, against a real database and a receiver that answers as it is told.

mod dropped;
mod keys;
mod pages;
mod programs;
mod receiver;
mod refusals;
mod rotation;
mod sending;
mod telling;

use serde_json::Value;
use uuid::Uuid;

use super::job;
use super::model::Scope;
use super::store::keys::Given;
use super::store::{self, endpoints};
use crate::access::Role;
use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

/// A secret that endpoints in tests are opened with: `whsec_` and 32 bytes of `k`.
const SECRET: &str = "whsec_a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

/// An approved organisation.
pub async fn organisation(app: &TestApp) -> Uuid {
    crate::licences::tests::organisation(app).await.parse().unwrap()
}

/// An administrator, signed in with a second factor passed a moment ago.
async fn administrator(app: &TestApp) -> (Uuid, String) {
    let person = app.staff(Role::Administrator).await;
    (person, app.sign_in(person).await)
}

/// A key given to an organisation.
async fn given(app: &TestApp, organisation: Uuid, scopes: &[Scope]) -> Given {
    let by = app.staff(Role::Administrator).await;
    let mut connection = app.pool.acquire().await.unwrap();
    store::keys::give(&mut connection, organisation, "بوابة", scopes, by, app.clock.now()).await.unwrap()
}

/// An endpoint of an organisation.
pub async fn endpoint(app: &TestApp, organisation: Uuid, url: &str) -> Uuid {
    let by = app.staff(Role::Administrator).await;
    let mut connection = app.pool.acquire().await.unwrap();
    let opened = (organisation, url, SECRET);
    endpoints::open(&mut connection, &app.state.config.keys, opened, by, app.clock.now()).await.unwrap()
}

/// Makes a person a member of a team of an organisation; the team.
pub async fn member(app: &TestApp, organisation: Uuid, person: Uuid, approved: bool) -> Uuid {
    let leader = app.person().await;
    sqlx::query_scalar(
        "WITH team AS (
             INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id,
                 approved_at)
             SELECT 'team-' || substr(name, 1, 8), 'فريق', 'Team', name, 'غ', 'P', 'riyadh', $1, $2,
                 CASE WHEN $4 THEN now() END FROM (SELECT gen_random_uuid()::text AS name) AS named
             RETURNING id)
         INSERT INTO memberships (team_id, person_id) SELECT id, $3 FROM team RETURNING team_id",
    )
    .bind(organisation)
    .bind(leader)
    .bind(person)
    .bind(approved)
    .fetch_one(&app.owner)
    .await
    .unwrap()
}

/// A member of a team of an organisation, who is given a licence: its number.
async fn licensed_member(app: &TestApp, organisation: Uuid) -> LicenceNumber {
    let person = ready(app, KIND).await;
    member(app, organisation, person, true).await;
    licensed(app, person, KIND, app.clock.now()).await
}

/// The deliveries to an endpoint, in the order of their events: their ids, events and states.
pub async fn deliveries(app: &TestApp, endpoint: Uuid) -> Vec<(Uuid, String, String)> {
    sqlx::query_as(
        "SELECT d.id, v.event, d.state FROM webhook_deliveries d JOIN licence_events v ON v.id = d.event_id
         WHERE d.endpoint_id = $1 ORDER BY v.id",
    )
    .bind(endpoint)
    .fetch_all(&app.owner)
    .await
    .unwrap()
}

/// Does what the job of a delivery does.
async fn send(app: &TestApp, delivery: Uuid) -> Option<String> {
    job::send(&app.state, delivery).await.unwrap()
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.owner).await.unwrap()
}

/// Reads a server function as somebody signed in.
async fn read(app: &TestApp, path: &str, cookie: &str) -> Value {
    let (status, body) = app.get(path, Some(cookie)).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

/// That an act is refused as one that is no longer possible.
fn is_over<T>(done: Result<T, AppError>) -> bool {
    matches!(done, Err(AppError::Refused(crate::error::Problem::NoLongerPossible)))
}
