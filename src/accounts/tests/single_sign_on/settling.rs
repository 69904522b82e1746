//! Who is signed in, who is verified, and who is told to take another way first.

use axum::http::StatusCode;

use super::super::{ID, MOBILE, OTHER_ID, count, read, sign_in};
use super::{cookie, is_verified, location, sign_ins, start, turn_of};

#[tokio::test]
async fn a_verified_owner_is_signed_in() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    let response = turn_of(&app, &provider, "١٠٠٠٠٠٠٠٠٨", None).await;
    assert_eq!(location(&response), "/account");
    let session = cookie(&response, "session").unwrap();
    assert_eq!(read(&app, "accounts/home", Some(&session)).await.0, StatusCode::OK);
    assert_eq!(cookie(&response, "national").as_deref(), Some("national="), "the turn's cookie is cleared");
}

#[tokio::test]
async fn staff_have_their_second_step_before_them() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    sqlx::query("INSERT INTO staff_roles (person_id, role) VALUES ($1, 'reviewer')")
        .bind(person)
        .execute(&app.pool)
        .await
        .unwrap();
    let response = turn_of(&app, &provider, ID, None).await;
    assert_eq!(location(&response), "/account/second-factor");
    let session = cookie(&response, "session").unwrap();
    assert_eq!(read(&app, "review/desk", Some(&session)).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    let before = app.sign_in(person).await;
    let response = turn_of(&app, &provider, ID, Some(&before)).await;
    let session = cookie(&response, "session").unwrap();
    assert_eq!(read(&app, "accounts/home", Some(&before)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(read(&app, "accounts/home", Some(&session)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn who_is_signed_in_with_a_code_becomes_verified_and_the_number_theirs() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    let other = app.person_with(ID, "+966598765432", "1990-05-17").await;
    let (session, others) = (app.sign_in(person).await, app.sign_in(other).await);
    let response = turn_of(&app, &provider, ID, Some(&session)).await;
    assert_eq!(location(&response), "/account?national=verified");
    assert_eq!(cookie(&response, "session"), None, "the session goes on");
    assert!(is_verified(&app, person).await);
    assert!(!is_verified(&app, other).await);
    assert_eq!(read(&app, "accounts/home", Some(&session)).await.0, StatusCode::OK);
    assert_eq!(read(&app, "accounts/home", Some(&others)).await.0, StatusCode::UNAUTHORIZED, "frozen");
    let noted = count(
        &app,
        "SELECT count(*) FROM identity_confirmations c JOIN audit_entries a ON a.subject_id = c.person_id
         WHERE c.method = 'single_sign_on' AND a.action = 'identity_confirmed' AND a.actor_id = c.person_id",
    );
    assert_eq!(noted.await, 1);
}

#[tokio::test]
async fn a_number_that_is_only_named_lets_nobody_in_and_is_not_verified() {
    let (app, provider) = start().await;
    let stranger = app.person_with(ID, "+966512345678", "1990-05-17").await;
    for id in [ID, OTHER_ID] {
        let response = turn_of(&app, &provider, id, None).await;
        assert_eq!(location(&response), "/sign-in?national=unknown");
        assert_eq!(cookie(&response, "session"), None);
    }
    assert!(!is_verified(&app, stranger).await);
    assert_eq!((sign_ins(&app).await, count(&app, "SELECT count(*) FROM persons").await), (0, 1));
}

#[tokio::test]
async fn another_number_than_ones_own_changes_nothing() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    let owner = app.person_with(OTHER_ID, "+966598765432", "1990-05-17").await;
    app.verify(owner).await;
    let session = app.sign_in(person).await;
    let response = turn_of(&app, &provider, OTHER_ID, Some(&session)).await;
    assert_eq!(location(&response), "/account?national=differs");
    assert_eq!(cookie(&response, "session"), None);
    assert!(!is_verified(&app, person).await);
    assert_eq!(sign_ins(&app).await, 1);
}

#[tokio::test]
async fn a_frozen_account_is_told_so() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    sqlx::query("UPDATE accounts SET frozen_at = now()").execute(&app.owner).await.unwrap();
    let response = turn_of(&app, &provider, ID, None).await;
    assert_eq!(location(&response), "/sign-in?national=frozen");
    assert_eq!(sign_ins(&app).await, 0);
}

#[tokio::test]
async fn the_profile_comes_before_the_verification_that_fixes_it() {
    let (app, provider) = start().await;
    let session = sign_in(&app, ID, MOBILE).await;
    let response = turn_of(&app, &provider, ID, Some(&session)).await;
    assert_eq!(location(&response), "/account?national=profile_first");
    assert_eq!(count(&app, "SELECT count(*) FROM identity_confirmations").await, 0);
}

#[tokio::test]
async fn a_minor_who_has_come_of_age_is_seen_as_grown_up() {
    let (app, provider) = start().await;
    let person = app.person_with(ID, "+966512345678", "1990-05-17").await;
    app.verify(person).await;
    sqlx::query("UPDATE persons SET needs_guardian = true").execute(&app.owner).await.unwrap();
    turn_of(&app, &provider, ID, None).await;
    assert_eq!(count(&app, "SELECT count(*) FROM persons WHERE needs_guardian").await, 0);
}
