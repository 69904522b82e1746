//! Closing an account: everything personal goes, the register stays whole, and nothing that is open is left behind.

use axum::http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use super::{administrator, noted_of, refused};
use crate::access::Role;
use crate::administration::store::closing;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed, manages, organisation, passes, ready, submitted};
use crate::messages::store::notify;
use crate::server::database::begin_as;
use crate::testing::{TestApp, scale};

const ID: &str = "1000000008";
const MOBILE: &str = "+966500000931";
const KIND: LicenceKind = LicenceKind::Practitioner;

async fn close(app: &TestApp, cookie: &str) -> (StatusCode, Value) {
    app.post("administration/close_account", Some(cookie), &[("understood", "true")]).await
}

/// Every row of every table, as text, but for the queue's.
async fn everything(app: &TestApp) -> String {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
            .fetch_all(&app.owner)
            .await
            .unwrap();
    let mut all = String::new();
    for table in tables {
        let statement = format!("SELECT coalesce(string_agg(t::text, '\n'), '') FROM {table} t");
        all += &sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(statement)).fetch_one(&app.owner).await.unwrap();
    }
    all
}

/// What identifies a person in the rows: the names as written, what is sealed and what is hashed as hexadecimal digits.
async fn traces(app: &TestApp, person: Uuid) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT unnest(ARRAY[p.given_name, p.latin_name, p.email, encode(p.national_id_sealed, 'hex'),
             encode(p.national_id_hash, 'hex'), encode(p.birth_date_sealed, 'hex'), encode(a.mobile_sealed, 'hex'),
             encode(a.mobile_hash, 'hex'), encode(m.body_sealed, 'hex'), encode(d.recipient_sealed, 'hex'),
             encode(d.recipient_hash, 'hex')])
         FROM persons p JOIN accounts a ON a.person_id = p.id JOIN messages m ON m.person_id = p.id
         JOIN deliveries d ON d.message_id = m.id WHERE p.id = $1",
    )
    .bind(person)
    .fetch_all(&app.owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn what_is_personal_goes_and_the_register_stays() {
    let app = TestApp::start().await;
    let person = app.person_with(ID, MOBILE, "1990-05-17").await;
    app.verify(person).await;
    // Names of this person alone, so that nobody else's hide what is left.
    sqlx::query(
        "UPDATE persons SET given_name = 'فريد', name_key = 'فريد عبدالله', latin_name = 'Unique Name',
             email = 'unique@example.org' WHERE id = $1",
    )
    .bind(person)
    .execute(&app.owner)
    .await
    .unwrap();
    passes(&app, person, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let keys = &app.state.config.keys;
    let mut connection = app.pool.acquire().await.unwrap();
    notify(&mut connection, keys, person, "test", "نص خاص", app.clock.now()).await.unwrap();
    drop(connection);
    let cookie = app.sign_in(person).await;
    let page = app.get("/account/close", Some(&cookie)).await.1;
    assert!(page.contains("تأكيد إغلاق الحساب") && page.contains("ما يُمحى") && page.contains("ما يبقى"), "{page}");
    let traces = traces(&app, person).await;
    let before = everything(&app).await;
    assert!(traces.len() >= 11 && traces.iter().all(|trace| before.contains(trace)), "{traces:?}");

    let unticked = app.post("administration/close_account", Some(&cookie), &[]).await;
    assert_eq!(unticked.1["Invalid"][0]["problem"], "DeclarationNeeded");
    assert_eq!(close(&app, &cookie).await.0, StatusCode::OK);
    let after = everything(&app).await;
    for trace in &traces {
        assert!(!after.contains(trace), "{trace} is still there");
    }
    assert_eq!(noted_of(&app, "account_closed", person).await, 1);

    // Signed out, everywhere and at once.
    assert_eq!(close(&app, &cookie).await.0, StatusCode::UNAUTHORIZED);
    assert!(app.get("/account", Some(&cookie)).await.0.is_redirection());
    assert_eq!(app.get("/account-closed", None).await.0, StatusCode::OK);
    // The licence is there, keeps its number, and is nobody's to strangers.
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(kept, 1);
    let verdict = app.get(&format!("/verify/{}", number.digits()), None).await.1;
    assert!(verdict.contains("verdict--not-found"), "{verdict}");
    // An administrator who has the id sees that it is closed, and no name.
    let (_, admin) = administrator(&app).await;
    let (status, record) = app.get(&format!("/admin/people/{person}"), Some(&admin)).await;
    assert!(status == StatusCode::OK && record.contains("أُغلق هذا الحساب"), "{record}");
}

#[tokio::test]
async fn who_comes_back_is_somebody_new() {
    let app = TestApp::start().await;
    let person = app.person_with(ID, MOBILE, "1990-05-17").await;
    app.verify(person).await;
    close(&app, &app.sign_in(person).await).await;
    let again = app.person_with(ID, MOBILE, "1990-05-17").await;
    app.verify(again).await;
    assert_ne!(person, again);
    let home = app.get("/account", Some(&app.sign_in(again).await)).await;
    assert_eq!(home.0, StatusCode::OK);
}

/// A minor's consent, given with an ID number.
async fn consent_with(app: &TestApp, minor: Uuid, national_id: &str) {
    sqlx::query(
        "WITH asked AS (
             INSERT INTO code_attempts (purpose, mobile_sealed, mobile_hash, minor_id, code_hash, expires_at)
             VALUES ('guardian', 'm', 'm', $1, 'c', now()) RETURNING id)
         INSERT INTO guardian_consents (minor_id, attempt_id, guardian_name, national_id_sealed, national_id_hash,
             mobile_hash, given_at)
         SELECT $1, id, 'سعيد ولي الأمر', 'n', $2, 'm', now() FROM asked",
    )
    .bind(minor)
    .bind(app.state.config.keys.hash("national-id", national_id))
    .execute(&app.pool)
    .await
    .unwrap();
}

async fn consent(app: &TestApp, minor: Uuid) -> (String, bool) {
    sqlx::query_as("SELECT guardian_name, withdrawn_at IS NULL FROM guardian_consents WHERE minor_id = $1")
        .bind(minor)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_guardian_who_goes_leaves_the_consent_without_their_name() {
    let app = TestApp::start().await;
    let minor = app.person().await;
    consent_with(&app, minor, ID).await;
    // Who merely names the number takes nothing along and erases nothing.
    let stranger = app.person_with(ID, MOBILE, "1990-05-17").await;
    let cookie = app.sign_in(stranger).await;
    assert!(!app.get("/api/administration/held", Some(&cookie)).await.1.contains("سعيد"));
    close(&app, &cookie).await;
    assert_eq!(consent(&app, minor).await, ("سعيد ولي الأمر".to_owned(), true));

    let guardian = app.person_with(ID, MOBILE, "1980-05-17").await;
    app.verify(guardian).await;
    let cookie = app.sign_in(guardian).await;
    assert!(app.get("/api/administration/held", Some(&cookie)).await.1.contains("سعيد"));
    close(&app, &cookie).await;
    assert_eq!(consent(&app, minor).await, (String::new(), true));
    // A minor who goes ends it.
    close(&app, &app.sign_in(minor).await).await;
    assert_eq!(consent(&app, minor).await, (String::new(), false));
}

/// Closes through the store, in a transaction that names somebody.
async fn close_as(app: &TestApp, acting: Uuid, person: Uuid) -> Result<(), AppError> {
    let mut tx = begin_as(&app.pool, Some(acting)).await?;
    closing::close(&mut tx, &app.state.config.keys, person, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn an_account_is_closed_once_and_by_its_owner() {
    let app = TestApp::start().await;
    let (person, other) = (app.person().await, app.person().await);
    assert!(close_as(&app, other, person).await.is_err());
    assert_eq!(noted_of(&app, "account_closed", person).await, 0);
    assert_eq!(close_as(&app, person, person).await, Ok(()));
    assert_eq!(close_as(&app, person, person).await, Err(AppError::Refused(Problem::NoLongerPossible)));
    // What is closed stays closed, even past the code.
    for statement in ["UPDATE persons SET closed_at = NULL", "UPDATE persons SET given_name = 'محمد'"] {
        let statement = format!("{statement} WHERE id = '{person}'");
        assert!(sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&app.pool).await.is_err());
    }
}

/// Asks to close, sees the reason on the page and in the answer.
async fn stands_before(app: &TestApp, person: Uuid, problem: &str) {
    let cookie = app.sign_in(person).await;
    let blockers = app.get("/api/administration/closing", Some(&cookie)).await.1;
    assert_ne!(blockers, "[]", "{problem}");
    let page = app.get("/account/close", Some(&cookie)).await.1;
    assert!(page.contains("قبل الإغلاق") && !page.contains("تأكيد إغلاق الحساب"), "{page}");
    assert_eq!(close(app, &cookie).await, refused(problem));
}

#[tokio::test]
async fn what_is_open_is_ended_first() {
    let app = TestApp::start().await;
    stands_before(&app, app.staff(Role::Reviewer).await, "ClosingStaffRole").await;

    let applicant = ready(&app, KIND).await;
    submitted(&app, applicant, KIND, app.clock.now()).await;
    stands_before(&app, applicant, "ClosingOpenRequest").await;

    let (trainer, programme) = (app.staff(Role::Trainer).await, app.programme("practitioner").await);
    let session = app.session(programme, 5, trainer).await;
    let enrolled = app.person().await;
    let id = session.to_string();
    let answer = app.post("training/enrol", Some(&app.sign_in(enrolled).await), &[("session", &id)]).await;
    assert_eq!(answer.0, StatusCode::OK);
    stands_before(&app, enrolled, "ClosingSeat").await;

    let sitting = app.person().await;
    let enrolment = app.attended(session, sitting).await;
    sqlx::query(
        "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         VALUES ($1, $2, 1, 70, now(), now() + interval '30 minutes', 'open')",
    )
    .bind(enrolment)
    .bind(sitting)
    .execute(&app.pool)
    .await
    .unwrap();
    stands_before(&app, sitting, "ClosingOpenTest").await;

    let (manager, body) = (app.person().await, organisation(&app).await);
    manages(&app, manager, &body).await;
    stands_before(&app, manager, "ClosingOrganisation").await;

    let leader = app.person().await;
    sqlx::query(
        "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id)
         VALUES ('team-x', 'فريق', 'Team', 'فريق', 'غ', 'P', 'riyadh', $1::uuid, $2)",
    )
    .bind(&body)
    .bind(leader)
    .execute(&app.owner)
    .await
    .unwrap();
    stands_before(&app, leader, "ClosingTeam").await;
}

#[tokio::test]
async fn a_closing_and_a_new_seat_at_once_leave_one_of_them() {
    let app = TestApp::start().await;
    let (trainer, programme) = (app.staff(Role::Trainer).await, app.programme("practitioner").await);
    for round in 0..scale(20, 200) {
        let session = app.session(programme, 5, trainer).await;
        let person = app.person().await;
        let cookie = app.sign_in(person).await;
        let id = session.to_string();
        let fields = [("session", id.as_str())];
        let (closed, enrolled) = tokio::join!(close(&app, &cookie), app.post("training/enrol", Some(&cookie), &fields));
        let (is_closed, seats): (bool, i64) = sqlx::query_as(
            "SELECT closed_at IS NOT NULL, (SELECT count(*) FROM enrolments WHERE person_id = p.id)
             FROM persons p WHERE id = $1",
        )
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert!(is_closed != (seats == 1), "round {round}: {closed:?} {enrolled:?}");
        assert!(!enrolled.0.is_server_error() && !closed.0.is_server_error(), "round {round}: {closed:?} {enrolled:?}");
    }
}
