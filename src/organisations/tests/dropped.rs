//! What has nobody to go to, or nothing to tell any more, is sent to nobody.

use axum::http::StatusCode;

use super::sending::Told;
use super::{is_over, send};
use crate::access::Role;
use crate::organisations::store::endpoints;

/// That the delivery which waited is dropped, and that nothing came.
async fn is_dropped(told: &Told) {
    let delivery = told.delivery().await;
    assert_eq!(send(&told.app, delivery).await, None);
    assert_eq!(told.states().await, ["dropped"]);
    assert!(told.receiver.received().is_empty());
    assert!(is_over(told.replay(delivery).await), "it is dropped for good");
}

#[tokio::test]
async fn a_closed_address_is_told_nothing_more() {
    let told = Told::start(StatusCode::OK).await;
    let by = told.app.staff(Role::Administrator).await;
    let mut connection = told.app.pool.acquire().await.unwrap();
    endpoints::close(&mut connection, told.endpoint, by, told.app.clock.now()).await.unwrap();
    is_dropped(&told).await;
}

#[tokio::test]
async fn an_organisation_that_is_approved_no_more_is_told_nothing_more() {
    let told = Told::start(StatusCode::OK).await;
    sqlx::query("UPDATE organisations SET approved_at = NULL").execute(&told.app.owner).await.unwrap();
    is_dropped(&told).await;
}

#[tokio::test]
async fn of_who_was_erased_nothing_is_told() {
    let told = Told::start(StatusCode::OK).await;
    sqlx::query(
        "UPDATE persons SET given_name = NULL, father_name = NULL, grandfather_name = NULL, family_name = NULL,
             latin_name = NULL, name_key = NULL, profile_completed_at = NULL
         WHERE id = (SELECT person_id FROM licences WHERE number = $1)",
    )
    .bind(told.number.digits())
    .execute(&told.app.pool)
    .await
    .unwrap();
    is_dropped(&told).await;
}
