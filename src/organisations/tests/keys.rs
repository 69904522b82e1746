//! Keys: what is kept of them, how long they are good, and what racing and writing by hand make of them.

use sha2::{Digest, Sha256};
use time::Duration;
use uuid::Uuid;

use super::{count, given, is_over, organisation};
use crate::access::Role;
use crate::licences::tests::together;
use crate::organisations::model::Scope;
use crate::organisations::store::{keys, programs};
use crate::testing::TestApp;

const VERIFY: &[Scope] = &[Scope::Verify];

async fn is_known(app: &TestApp, key: &str) -> bool {
    let mut connection = app.pool.acquire().await.unwrap();
    programs::program(&mut connection, key, app.clock.now()).await.unwrap().is_some()
}

async fn rotate(app: &TestApp, key: Uuid, by: Uuid) -> Result<keys::Given, crate::error::AppError> {
    keys::rotate(&mut app.pool.acquire().await.unwrap(), key, by, app.clock.now()).await
}

#[tokio::test]
async fn a_key_is_kept_as_its_hash_alone() {
    let app = TestApp::start().await;
    let key = given(&app, organisation(&app).await, VERIFY).await.key;
    assert!(key.starts_with("rk_") && key.len() == 3 + 43, "{key}");
    let (row, hash): (String, Vec<u8>) =
        sqlx::query_as("SELECT k::text, hash FROM api_keys k").fetch_one(&app.owner).await.unwrap();
    assert_eq!(hash, Sha256::digest(key.as_bytes()).to_vec());
    assert!(!row.contains(&key) && !row.contains(&key[9..]) && row.contains(&key[..9]));
    let logged = "SELECT count(*) FROM audit_entries WHERE action = 'api_key_given' AND detail = (SELECT id::text FROM api_keys)";
    assert_eq!(count(&app, logged).await, 1);
}

#[tokio::test]
async fn a_key_is_good_for_a_year() {
    let app = TestApp::start().await;
    app.clock.stand_at(app.clock.now());
    let given = given(&app, organisation(&app).await, &Scope::ALL).await;
    let mut connection = app.pool.acquire().await.unwrap();
    let program = programs::program(&mut connection, &given.key, app.clock.now()).await.unwrap().unwrap();
    assert_eq!(
        (program.key, program.organisation, &program.scopes[..]),
        (given.id, given.organisation, &Scope::ALL[..])
    );
    assert!(!is_known(&app, &format!("{}x", given.key)).await && !is_known(&app, "").await);
    app.clock.advance(Duration::days(365) - Duration::SECOND);
    assert!(is_known(&app, &given.key).await);
    app.clock.advance(Duration::SECOND);
    assert!(!is_known(&app, &given.key).await);
}

#[tokio::test]
async fn a_replaced_key_stays_good_for_the_days_of_the_setting() {
    let app = TestApp::start().await;
    app.clock.stand_at(app.clock.now());
    let old = given(&app, organisation(&app).await, VERIFY).await;
    let by = app.staff(Role::Administrator).await;
    app.clock.advance(Duration::days(30));
    let new = rotate(&app, old.id, by).await.unwrap();
    assert_ne!(new.key, old.key);
    app.clock.advance(Duration::days(7) - Duration::SECOND);
    assert!(is_known(&app, &old.key).await && is_known(&app, &new.key).await);
    app.clock.advance(Duration::SECOND);
    assert!(!is_known(&app, &old.key).await && is_known(&app, &new.key).await);
}

#[tokio::test]
async fn of_many_rotations_of_one_key_at_once_one_is_done() {
    let app = TestApp::start().await;
    let old = given(&app, organisation(&app).await, VERIFY).await;
    let by = app.staff(Role::Administrator).await;
    let all = together((0..6).map(|_| rotate(&app, old.id, by))).await;
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    assert!(all.into_iter().filter(Result::is_err).all(is_over));
    assert_eq!(count(&app, "SELECT count(*) FROM api_keys").await, 2);
}

#[tokio::test]
async fn a_revoked_key_is_over_at_once_and_for_good() {
    let app = TestApp::start().await;
    let given = given(&app, organisation(&app).await, VERIFY).await;
    let by = app.staff(Role::Administrator).await;
    let mut connection = app.pool.acquire().await.unwrap();
    let organisation = keys::revoke(&mut connection, given.id, by, app.clock.now()).await.unwrap();
    assert_eq!(organisation, given.organisation);
    assert!(!is_known(&app, &given.key).await);
    assert!(is_over(keys::revoke(&mut connection, given.id, by, app.clock.now()).await));
    assert!(is_over(rotate(&app, given.id, by).await));
}

#[tokio::test]
async fn an_organisation_that_is_approved_no_more_has_no_keys() {
    let app = TestApp::start().await;
    let given = given(&app, organisation(&app).await, VERIFY).await;
    sqlx::query("UPDATE organisations SET approved_at = NULL").execute(&app.owner).await.unwrap();
    assert!(!is_known(&app, &given.key).await);
    let by = app.staff(Role::Administrator).await;
    let mut connection = app.pool.acquire().await.unwrap();
    assert!(is_over(keys::give(&mut connection, given.organisation, "x", VERIFY, by, app.clock.now()).await));
}

#[tokio::test]
async fn what_is_written_past_the_code_is_refused_by_the_database() {
    let app = TestApp::start().await;
    let given = given(&app, organisation(&app).await, VERIFY).await;
    let stranger = app.staff(Role::Reviewer).await;
    let mut connection = app.pool.acquire().await.unwrap();
    assert!(is_over(keys::give(&mut connection, given.organisation, "x", VERIFY, stranger, app.clock.now()).await));
    assert!(is_over(keys::revoke(&mut connection, given.id, stranger, app.clock.now()).await));
    assert!(is_over(rotate(&app, given.id, stranger).await));
    for (statement, rule) in [
        ("UPDATE api_keys SET expires_at = expires_at + interval '1 day'", "api_keys_fixed"),
        ("UPDATE api_keys SET scopes = '{verify,webhooks}'", "api_keys_fixed"),
        ("UPDATE api_keys SET hash = sha256('known')", "api_keys_fixed"),
        ("DELETE FROM api_keys", "api_keys_append_only"),
    ] {
        let refused = sqlx::query(statement).execute(&app.owner).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(rule), "{statement}");
    }
}
