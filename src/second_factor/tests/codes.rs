//! Recovery codes.

use axum::http::StatusCode;
use time::Duration;

use super::{Officer, needed, refused, wrong_code};
use crate::access::Role;
use crate::testing::TestApp;

#[tokio::test]
async fn each_code_passes_once() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    let codes = officer.make_codes(&app).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(officer.standing(&app).await["codes_left"], 10);
    let spaced = format!("{} {} {}", &codes[0][..4], &codes[0][4..8], &codes[0][8..]);
    let first = officer.call(&app, "second_factor/use_code", &[("code", &spaced)]).await;
    assert_eq!(first.0, StatusCode::OK, "{first:?}");
    let again = officer.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    assert_eq!(again, (StatusCode::UNPROCESSABLE_ENTITY, wrong_code()));
    assert_eq!(officer.standing(&app).await["codes_left"], 9);
}

#[tokio::test]
async fn of_two_uses_at_once_one_passes() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    let codes = officer.make_codes(&app).await;
    for code in codes.iter().take(4) {
        let sign_ins = [app.sign_in_by_code(officer.person).await, app.sign_in_by_code(officer.person).await];
        let cookies = sign_ins.map(|token| format!("session={token}"));
        let fields = [("code", code.as_str())];
        let (one, two) = tokio::join!(
            app.post("second_factor/use_code", Some(&cookies[0]), &fields),
            app.post("second_factor/use_code", Some(&cookies[1]), &fields)
        );
        let mut statuses = [one.0, two.0];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::UNPROCESSABLE_ENTITY]);
    }
}

#[tokio::test]
async fn a_code_is_no_one_elses() {
    let app = TestApp::start().await;
    let mut one = Officer::new(&app, Role::Trainer).await;
    let mut other = Officer::new(&app, Role::Trainer).await;
    let codes = one.make_codes(&app).await;
    other.make_codes(&app).await;
    let answer = other.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    assert_eq!(answer.1, wrong_code());
}

#[tokio::test]
async fn guessing_ends_after_ten_tries() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    let codes = officer.make_codes(&app).await;
    for _ in 0..10 {
        let answer = officer.call(&app, "second_factor/use_code", &[("code", "000000000001")]).await;
        assert_eq!(answer.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = officer.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    assert_eq!(right.0, StatusCode::TOO_MANY_REQUESTS, "a right one neither");
    app.clock.advance(Duration::minutes(15));
    let later = officer.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    assert_eq!(later.0, StatusCode::OK);
}

#[tokio::test]
async fn new_codes_replace_the_old_only_when_one_is_typed() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    let old = officer.make_codes(&app).await;
    officer.call(&app, "second_factor/draft_codes", &[]).await;
    assert_eq!(officer.standing(&app).await["draft"].as_array().unwrap().len(), 10);
    let wrong = officer.call(&app, "second_factor/keep_codes", &[("code", &old[0])]).await;
    assert_eq!(wrong.1, wrong_code());
    let used = officer.call(&app, "second_factor/use_code", &[("code", &old[0])]).await;
    assert_eq!(used.0, StatusCode::OK, "the old are in force meanwhile");
    let new = officer.make_codes(&app).await;
    let gone = officer.call(&app, "second_factor/use_code", &[("code", &old[1])]).await;
    assert_eq!(gone.1, wrong_code());
    let works = officer.call(&app, "second_factor/use_code", &[("code", &new[1])]).await;
    assert_eq!(works.0, StatusCode::OK);
}

#[tokio::test]
async fn new_codes_are_shown_for_a_quarter_of_an_hour_where_they_were_made() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    officer.call(&app, "second_factor/draft_codes", &[]).await;
    let other = format!("session={}", app.sign_in_by_code(officer.person).await);
    let elsewhere = Officer { person: officer.person, cookie: other }.standing(&app).await;
    assert_eq!(elsewhere["draft"], serde_json::json!([]));
    app.clock.advance(Duration::minutes(15));
    assert_eq!(officer.standing(&app).await["draft"], serde_json::json!([]));
}

#[tokio::test]
async fn a_first_factor_is_added_within_seven_days_of_the_role() {
    let app = TestApp::start().await;
    let mut late = Officer::new(&app, Role::Trainer).await;
    let mut volunteer = Officer { person: late.person, cookie: app.sign_in(app.verified_person().await).await };
    app.clock.advance(Duration::days(6));
    assert_eq!(late.call(&app, "second_factor/draft_codes", &[]).await.0, StatusCode::OK);
    app.clock.advance(Duration::days(1));
    let answer = late.call(&app, "second_factor/draft_codes", &[]).await;
    assert_eq!(answer, (StatusCode::CONFLICT, refused("FactorTooLate")));
    let answer = late.call(&app, "second_factor/begin_passkey", &[]).await;
    assert_eq!(answer.1, refused("FactorTooLate"));
    volunteer.cookie = format!("session={}", app.sign_in_by_code(app.verified_person().await).await);
    let answer = volunteer.call(&app, "second_factor/draft_codes", &[]).await;
    assert_eq!(answer.1, refused("FactorTooLate"), "who has no role needs none");
}

#[tokio::test]
async fn who_has_a_factor_adds_another_with_it_only() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    officer.make_codes(&app).await;
    // Somebody else who reads the codes sent to the mobile, within the seven days.
    let token = app.sign_in_by_code(officer.person).await;
    let mut thief = Officer { person: officer.person, cookie: format!("session={token}") };
    for endpoint in ["second_factor/draft_codes", "second_factor/begin_passkey"] {
        assert_eq!(thief.call(&app, endpoint, &[]).await, (StatusCode::FORBIDDEN, needed()), "{endpoint}");
    }
}

#[tokio::test]
async fn of_two_first_factors_at_once_one_is_kept() {
    let app = TestApp::start().await;
    for _ in 0..5 {
        let mut one = Officer::new(&app, Role::Trainer).await;
        let token = app.sign_in_by_code(one.person).await;
        let mut two = Officer { person: one.person, cookie: format!("session={token}") };
        let mut drafts = Vec::new();
        for officer in [&mut one, &mut two] {
            officer.call(&app, "second_factor/draft_codes", &[]).await;
            drafts.push(officer.standing(&app).await["draft"][0].as_str().unwrap().to_owned());
        }
        let fields = [[("code", drafts[0].as_str())], [("code", drafts[1].as_str())]];
        let (first, second) = tokio::join!(
            one.call(&app, "second_factor/keep_codes", &fields[0]),
            two.call(&app, "second_factor/keep_codes", &fields[1])
        );
        let mut statuses = [first.0, second.0];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::FORBIDDEN]);
    }
}

#[tokio::test]
async fn codes_are_kept_as_hashes_and_their_owner_is_told() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    let codes = officer.make_codes(&app).await;
    let dump: String = sqlx::query_scalar(
        "SELECT coalesce(string_agg(t::text, '|'), '') FROM (
             SELECT c::text FROM recovery_codes c UNION ALL SELECT d::text FROM recovery_code_drafts d
             UNION ALL SELECT a::text FROM audit_entries a) t",
    )
    .fetch_one(&app.owner)
    .await
    .unwrap();
    assert!(codes.iter().all(|code| !dump.contains(code.as_str()) && !dump.contains(&code[..8])));
    let told: i64 =
        sqlx::query_scalar("SELECT count(*) FROM messages WHERE person_id = $1 AND template = 'second_factor_changed'")
            .bind(officer.person)
            .fetch_one(&app.pool)
            .await
            .unwrap();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn a_used_code_cannot_be_made_new_in_the_database() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Trainer).await;
    let codes = officer.make_codes(&app).await;
    officer.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    for change in ["used_at = NULL", "used_at = now()", "person_id = gen_random_uuid()"] {
        let statement = format!("UPDATE recovery_codes SET {change} WHERE used_at IS NOT NULL");
        let error = sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&app.pool).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some("recovery_codes_used_once"), "{change}");
    }
}
