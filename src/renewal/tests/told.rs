//! The programs of an organisation are told of a renewal as one.

use super::{approved, renewing};
use crate::organisations::store::deliveries;
use crate::organisations::tests::{endpoint, member, organisation};
use crate::testing::TestApp;

#[tokio::test]
async fn a_renewal_is_told_with_the_number_that_it_renews() {
    let app = TestApp::start().await;
    let holder = renewing(&app).await;
    let body = organisation(&app).await;
    member(&app, body, holder.person, true).await;
    endpoint(&app, body, "https://example.org/hook").await;
    let request = holder.asks(&app).await;
    approved(&app, &request).await;
    let (new, ..) = holder.follower(&app).await.unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    let (told, _) = deliveries::told(&mut connection, body, None).await.unwrap();
    assert_eq!(told.len(), 1);
    let told = &told[0].1;
    assert_eq!((told.event.as_str(), &told.number), ("licence.renewed", &new));
    assert_eq!(told.renews.as_deref(), Some(holder.number.digits()));
}
