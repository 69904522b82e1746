//! An officer who lost every factor.

use axum::http::StatusCode;
use time::Duration;

use super::{Officer, needed, refused};
use crate::access::Role;
use crate::testing::TestApp;

#[tokio::test]
async fn an_administrator_lets_an_officer_start_anew() {
    let app = TestApp::start().await;
    let mut administrator = Officer::new(&app, Role::Administrator).await;
    administrator.make_codes(&app).await;
    let mut lost = Officer::new(&app, Role::Reviewer).await;
    let codes = lost.make_codes(&app).await;
    let person = lost.person.to_string();
    let reset = administrator.call(&app, "administration/reset_second_factor", &[("person", &person)]).await;
    assert_eq!(reset.0, StatusCode::OK, "{reset:?}");
    assert_eq!(lost.desk(&app, "review/desk").await, StatusCode::FORBIDDEN, "what was passed counts no longer");
    let old = lost.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    assert_eq!(old.0, StatusCode::UNPROCESSABLE_ENTITY);
    lost.make_codes(&app).await;
    assert_eq!(lost.desk(&app, "review/desk").await, StatusCode::OK);
}

#[tokio::test]
async fn the_time_opened_again_ends_too() {
    let app = TestApp::start().await;
    let mut lost = Officer::new(&app, Role::Reviewer).await;
    app.clock.advance(Duration::days(30));
    let mut administrator = Officer::new(&app, Role::Administrator).await;
    administrator.make_codes(&app).await;
    let token = app.sign_in_by_code(lost.person).await;
    lost.cookie = format!("session={token}");
    assert_eq!(lost.call(&app, "second_factor/draft_codes", &[]).await.1, refused("FactorTooLate"));
    let person = lost.person.to_string();
    administrator.call(&app, "administration/reset_second_factor", &[("person", &person)]).await;
    app.clock.advance(Duration::days(6));
    assert_eq!(lost.call(&app, "second_factor/draft_codes", &[]).await.0, StatusCode::OK);
    app.clock.advance(Duration::days(1));
    let token = app.sign_in_by_code(lost.person).await;
    lost.cookie = format!("session={token}");
    assert_eq!(lost.call(&app, "second_factor/draft_codes", &[]).await.1, refused("FactorTooLate"));
}

#[tokio::test]
async fn nobody_resets_their_own_or_a_volunteers() {
    let app = TestApp::start().await;
    let mut administrator = Officer::new(&app, Role::Administrator).await;
    administrator.make_codes(&app).await;
    let own = administrator.person.to_string();
    let answer = administrator.call(&app, "administration/reset_second_factor", &[("person", &own)]).await;
    assert_eq!(answer, (StatusCode::CONFLICT, refused("OwnRole")));
    let volunteer = app.verified_person().await.to_string();
    let answer = administrator.call(&app, "administration/reset_second_factor", &[("person", &volunteer)]).await;
    assert_eq!(answer.0, StatusCode::NOT_FOUND);
    assert_eq!(administrator.standing(&app).await["codes_left"], 10);
    let mut reviewer = Officer::new(&app, Role::Reviewer).await;
    let answer = reviewer.call(&app, "administration/reset_second_factor", &[("person", &own)]).await;
    assert_ne!(answer.1, needed(), "a reviewer is not even asked");
    assert_eq!(answer.0, StatusCode::FORBIDDEN);
}
