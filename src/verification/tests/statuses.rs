//! What a licence is on a day.

use axum::http::StatusCode;
use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::{KIND, look_up};
use crate::licences::model::LicenceStatus;
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{corrected, revoked, suspended};
use crate::testing::TestApp;
use crate::verification::store;

#[tokio::test]
async fn each_status_is_shown_by_its_name() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let mut number = licensed(&app, person, KIND, app.clock.now()).await;
    for (status, class) in [
        ("valid", "verdict--valid"),
        ("suspended", "verdict--suspended"),
        ("superseded", "verdict--superseded"),
        ("revoked", "verdict--revoked"),
    ] {
        match status {
            "suspended" => suspended(&app, &number).await,
            "superseded" => drop(corrected(&app, &number).await),
            "revoked" => {
                let other = ready(&app, KIND).await;
                number = licensed(&app, other, KIND, app.clock.now()).await;
                revoked(&app, &number).await;
            }
            _ => {}
        }
        let (code, answer) = look_up(&app, number.digits()).await;
        assert_eq!((code, &answer["licence"]["status"]), (StatusCode::OK, &json!(status)));
        let (code, page) = app.get(&format!("/v/{}", number.digits()), None).await;
        assert_eq!(code, StatusCode::OK);
        assert!(page.contains(class), "{class}");
    }
}

#[tokio::test]
async fn a_licence_ends_at_midnight_in_riyadh() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let midnight: OffsetDateTime =
        sqlx::query_scalar("SELECT upper(valid)::timestamp AT TIME ZONE 'Asia/Riyadh' FROM licences")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    let begin: OffsetDateTime =
        sqlx::query_scalar("SELECT lower(valid)::timestamp AT TIME ZONE 'Asia/Riyadh' FROM licences")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    for (at, status) in [
        (begin - Duration::seconds(1), LicenceStatus::NotYetValid),
        (begin, LicenceStatus::Valid),
        (midnight - Duration::seconds(1), LicenceStatus::Valid),
        (midnight, LicenceStatus::Expired),
    ] {
        let shown = store::look_up(&mut connection, &number, at).await.unwrap().unwrap();
        assert_eq!(shown.status, status, "{at}");
    }
    app.clock.advance(midnight - app.clock.now() + Duration::seconds(1));
    assert_eq!(look_up(&app, number.digits()).await.1["licence"]["status"], "expired");
}

#[tokio::test]
async fn a_renewal_supersedes_what_it_renews_once_that_has_ended() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let now = app.clock.now();
    let old = licensed(&app, person, KIND, now - Duration::days(1000)).await;
    let until: OffsetDateTime =
        sqlx::query_scalar("SELECT upper(valid)::timestamp AT TIME ZONE 'Asia/Riyadh' FROM licences")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Expired);
    let renewal = licensed(&app, person, KIND, until + Duration::hours(1)).await;
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Superseded);
    assert_eq!(
        store::look_up(&mut connection, &old, until - Duration::hours(1)).await.unwrap().unwrap().status,
        LicenceStatus::Valid
    );
    let corrected = corrected(&app, &renewal).await;
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Superseded);
    revoked(&app, &corrected).await;
    assert_eq!(store::look_up(&mut connection, &old, now).await.unwrap().unwrap().status, LicenceStatus::Expired);
}
