//! Records of one person, against a real database: by the way of the desk, and by hand.

mod after;
mod desk;
mod gone;
mod likenesses;
mod lists;
mod races;
mod rules;
mod sequences;
mod ties;

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::licensed;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

/// An administrator and the cookie that signs them in.
async fn administrator(app: &TestApp) -> (Uuid, String) {
    let person = app.staff(Role::Administrator).await;
    let cookie = app.sign_in(person).await;
    (person, cookie)
}

/// Two verified people.
async fn two(app: &TestApp) -> [Uuid; 2] {
    [app.verified_person().await, app.verified_person().await]
}

/// A pair that waits, as the job would find it.
async fn pair_of(app: &TestApp, one: Uuid, other: Uuid) -> Uuid {
    sqlx::query_scalar(
        "INSERT INTO likely_pairs (one_id, other_id, found_at) VALUES (least($1, $2), greatest($1, $2), $3) RETURNING id",
    )
    .bind(one)
    .bind(other)
    .bind(app.clock.now())
    .fetch_one(&app.pool)
    .await
    .unwrap()
}

/// Merges a pair at the desk.
async fn merge(app: &TestApp, cookie: &str, pair: Uuid, keep: Uuid) -> (StatusCode, Value) {
    let (pair, keep) = (pair.to_string(), keep.to_string());
    let fields = [("pair", pair.as_str()), ("keep", &keep), ("sameness", "number_changed"), ("understood", "true")];
    app.post("merging/merge", Some(cookie), &fields).await
}

/// Merges one record into another at the desk, where nothing is in the way.
pub async fn merged(app: &TestApp, gone: Uuid, kept: Uuid) {
    let (_, cookie) = administrator(app).await;
    let pair = pair_of(app, gone, kept).await;
    assert_eq!(merge(app, &cookie, pair, kept).await.0, StatusCode::OK);
    assert_eq!(merged_into(app, gone).await, Some(kept));
}

/// Merges by hand, as the application's role.
async fn by_hand(app: &TestApp, pair: Uuid, gone: Uuid, kept: Uuid, by: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO merges (person_id, into_id, pair_id, reason, merged_by, merged_at)
         VALUES ($1, $2, $3, 'holder_asked', $4, $5)",
    )
    .bind(gone)
    .bind(kept)
    .bind(pair)
    .bind(by)
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .map(drop)
}

async fn merged_into(app: &TestApp, person: Uuid) -> Option<Uuid> {
    sqlx::query_scalar("SELECT merged_into FROM persons WHERE id = $1").bind(person).fetch_one(&app.pool).await.unwrap()
}

/// A verified person with a licence that is valid.
async fn holder(app: &TestApp) -> Uuid {
    let person = crate::licences::tests::ready(app, KIND).await;
    licensed(app, person, KIND, app.clock.now()).await;
    person
}

/// The rule of the database that refused.
fn rule(done: Result<(), sqlx::Error>) -> String {
    let error = done.expect_err("the database refuses");
    let error = error.as_database_error().expect("a rule");
    error.constraint().map_or_else(|| error.message().to_owned(), str::to_owned)
}

/// What a script is told of a refusal.
fn refused(problem: &str) -> (StatusCode, Value) {
    (StatusCode::CONFLICT, json!({ "Refused": problem }))
}
