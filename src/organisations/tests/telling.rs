//! Who is told of which change, and that a delivery exists exactly when its change was committed.

use super::{KIND, deliveries, endpoint, licensed_member, member, organisation};
use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, licensed_for, manages, ready};
use crate::organisations::model::DeliveryState;
use crate::oversight::tests::{corrected, restored, revoked, suspended};
use crate::testing::TestApp;

const URL: &str = "https://example.org/hook";

/// How many jobs there are to tell endpoints of something.
async fn jobs(app: &TestApp) -> i64 {
    let query = "SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier = 'send_webhook'";
    sqlx::query_scalar(query).fetch_one(&app.owner).await.unwrap()
}

#[tokio::test]
async fn a_delivery_and_its_job_exist_exactly_when_the_change_was_committed() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let endpoint = endpoint(&app, body, URL).await;
    let number = licensed_member(&app, body).await;
    assert_eq!((deliveries(&app, endpoint).await.len(), jobs(&app).await), (1, 1));
    let [officer, _] = crate::oversight::tests::officers(&app).await;
    let mut tx = app.pool.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
         SELECT id, 'suspended', 'holder_asked', $2, $3 FROM licences WHERE number = $1",
    )
    .bind(number.digits())
    .bind(officer)
    .bind(app.clock.now())
    .execute(&mut *tx)
    .await
    .unwrap();
    let within: i64 = sqlx::query_scalar("SELECT count(*) FROM webhook_deliveries").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(within, 2);
    tx.rollback().await.unwrap();
    assert_eq!((deliveries(&app, endpoint).await.len(), jobs(&app).await), (1, 1));
}

async fn told(app: &TestApp, endpoint: uuid::Uuid) -> Vec<String> {
    deliveries(app, endpoint).await.into_iter().map(|(_, event, _)| event).collect()
}

#[tokio::test]
async fn every_kind_of_change_is_told_once() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let endpoint = endpoint(&app, body, URL).await;
    let number = licensed_member(&app, body).await;
    suspended(&app, &number).await;
    restored(&app, &number).await;
    let successor: LicenceNumber = corrected(&app, &number).await;
    revoked(&app, &successor).await;
    let expected = ["issued", "suspended", "restored", "superseded", "issued", "revoked"];
    assert_eq!(told(&app, endpoint).await, expected);
    assert_eq!(jobs(&app).await, 6);
}

#[tokio::test]
async fn the_organisation_that_a_licence_names_is_told_of_it_and_no_other_is() {
    let app = TestApp::start().await;
    let (own, other) = (organisation(&app).await, organisation(&app).await);
    let (at_own, at_other) = (endpoint(&app, own, URL).await, endpoint(&app, other, URL).await);
    let person = ready(&app, LicenceKind::Management).await;
    for body in [own, other] {
        manages(&app, person, &body.to_string()).await;
    }
    let number = licensed_for(&app, person, &own.to_string(), app.clock.now()).await;
    suspended(&app, &number).await;
    assert_eq!(told(&app, at_own).await, ["issued", "suspended"]);
    assert!(told(&app, at_other).await.is_empty());
}

#[tokio::test]
async fn nobody_is_told_of_licences_that_are_not_their_business() {
    let app = TestApp::start().await;
    let (own, other, closed) = (organisation(&app).await, organisation(&app).await, organisation(&app).await);
    let (at_own, at_other) = (endpoint(&app, own, URL).await, endpoint(&app, other, URL).await);
    let at_closed = endpoint(&app, closed, URL).await;
    let person = ready(&app, KIND).await;
    let of_two_teams = (member(&app, own, person, true).await, member(&app, own, person, true).await);
    assert_ne!(of_two_teams.0, of_two_teams.1);
    member(&app, closed, person, true).await;
    // Of the other, only a team that is not approved, and one that was left.
    member(&app, other, person, false).await;
    let left = member(&app, other, person, true).await;
    sqlx::query("UPDATE memberships SET left_at = now() WHERE team_id = $1")
        .bind(left)
        .execute(&app.owner)
        .await
        .unwrap();
    let by = app.staff(crate::access::Role::Administrator).await;
    let mut connection = app.pool.acquire().await.unwrap();
    super::endpoints::close(&mut connection, at_closed, by, app.clock.now()).await.unwrap();
    licensed(&app, person, KIND, app.clock.now()).await;
    // Once, though two teams of theirs are supervised.
    assert_eq!(told(&app, at_own).await, ["issued"]);
    assert!(told(&app, at_other).await.is_empty() && told(&app, at_closed).await.is_empty());
    // A licence of somebody else's is nobody's business.
    let stranger = ready(&app, KIND).await;
    licensed(&app, stranger, KIND, app.clock.now()).await;
    assert_eq!(told(&app, at_own).await, ["issued"]);
}

#[tokio::test]
async fn the_database_knows_the_same_ways_between_states() {
    let app = TestApp::start().await;
    let known: Vec<(String, String)> =
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = 'webhook'")
            .fetch_all(&app.owner)
            .await
            .unwrap();
    for from in DeliveryState::ALL {
        for to in DeliveryState::ALL {
            let stored = known.contains(&(from.code().to_owned(), to.code().to_owned()));
            assert_eq!(stored, from.can_become(to), "{from:?} {to:?}");
        }
    }
}

#[tokio::test]
async fn an_address_is_open_once_and_its_secret_ends_with_it() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let first = endpoint(&app, body, URL).await;
    let by = app.staff(crate::access::Role::Administrator).await;
    let mut connection = app.pool.acquire().await.unwrap();
    let (keys, now) = (&app.state.config.keys, app.clock.now());
    let again = super::endpoints::open(&mut connection, keys, (body, URL, super::SECRET), by, now).await;
    assert_eq!(again, Err(AppError::Refused(crate::error::Problem::EndpointOpen)));
    super::endpoints::close(&mut connection, first, by, now).await.unwrap();
    assert!(super::is_over(super::endpoints::close(&mut connection, first, by, now).await));
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT secret_sealed FROM webhook_endpoints").fetch_one(&app.owner).await.unwrap();
    assert!(sealed.is_empty());
    assert_ne!(endpoint(&app, body, URL).await, first);
}
