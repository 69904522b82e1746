//! Returned for completion: just those fields, each with its reason.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{decide, state, take, take_effect, waiting};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{count, licensed, passes, ready};
use crate::review::model::{FieldReason, RequestField};
use crate::review::store::Verdict;
use crate::testing::TestApp;

/// A request returned over HTTP for these fields of a form: who applied, its number.
async fn returned(app: &TestApp, fields: &[(&str, &str)]) -> (Uuid, String) {
    let (person, number) = waiting(app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    assert_eq!(take(app, reviewer).await.as_ref(), Some(&number));
    let cookie = app.sign_in(reviewer).await;
    let fields = [&[("number", number.as_str())], fields].concat();
    let (status, body) = app.post("review/return_request", Some(&cookie), &fields).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    take_effect(app, &number).await;
    (person, number)
}

#[tokio::test]
async fn a_returned_request_shows_and_takes_just_its_fields() {
    let app = TestApp::start().await;
    let (person, number) = returned(
        &app,
        &[
            ("fields[]", "latin_name"),
            ("fields[]", "place"),
            ("reasons[latin_name]", "misspelt"),
            ("texts[latin_name]", "ينقصه حرف"),
            ("reasons[place]", "outdated"),
            ("reasons[name]", "incomplete"),
        ],
    )
    .await;
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'request_returned'").await, 1);
    let cookie = app.sign_in(person).await;
    let (_, body) = app.get(&format!("/api/licences/request?number={number}"), Some(&cookie)).await;
    let view: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(view["state"], "returned");
    let shown: Vec<(&str, &str)> = view["returned"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["field"].as_str().unwrap(), one["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(shown, [("latin_name", "misspelt"), ("place", "outdated")]);
    assert!(body.contains("ينقصه حرف") && !body.contains("1990-05-17") && !body.contains("القحطاني"), "{body}");
    let (_, page) = app.get(&format!("/account/requests/{number}"), Some(&cookie)).await;
    assert!(page.contains("id=\"latin_name\"") && page.contains("id=\"place\"") && page.contains("ينقصه حرف"));
    assert!(!page.contains("id=\"given_name\"") && !page.contains("id=\"birth_day\""));

    // What was not asked for is not taken, whatever is sent.
    let fields = [
        ("number", number.as_str()),
        ("latin_name", "Mohammad Alqahtani"),
        ("place", "makkah/jeddah"),
        ("given_name", "سعيد"),
        ("family_name", "الغامدي"),
        ("birth_day", "1"),
        ("birth_month", "1"),
        ("birth_year", "1991"),
        ("birth_calendar", "gregorian"),
    ];
    let wrong = [fields[0], ("latin_name", "محمد"), ("place", "riyadh/atlantis")];
    let (status, body) = app.post("licences/mend_request", Some(&cookie), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert_eq!(app.post("licences/mend_request", Some(&cookie), &fields).await.0, StatusCode::OK);
    let (latin, given, city): (String, String, String) =
        sqlx::query_as("SELECT latin_name, given_name, city FROM persons WHERE id = $1")
            .bind(person)
            .fetch_one(&app.pool)
            .await
            .unwrap();
    assert_eq!((latin.as_str(), given.as_str(), city.as_str()), ("Mohammad Alqahtani", "محمد", "jeddah"));
    assert_eq!(state(&app, &number).await, "submitted");
    let again = app.post("licences/mend_request", Some(&cookie), &fields).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));

    // The next reviewer sees what was asked for, and may approve.
    let reviewer = app.staff(Role::Reviewer).await;
    assert_eq!(take(&app, reviewer).await.as_ref(), Some(&number));
    let desk = app.sign_in(reviewer).await;
    let (_, page) = app.get(&format!("/review/{number}"), Some(&desk)).await;
    assert!(page.contains("ينقصه حرف") && page.contains("Mohammad Alqahtani"));
    decide(&app, reviewer, &number, &Verdict::Approve).await.unwrap();
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "approved");
}

#[tokio::test]
async fn a_return_needs_a_field_and_each_field_its_reason() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    for (fields, problem) in [
        (vec![], json!({ "field": "fields", "problem": "NoFieldChosen" })),
        (vec![("fields[]", "place")], json!({ "field": "reasons[place]", "problem": "Required" })),
        (
            vec![("fields[]", "place"), ("reasons[place]", "other")],
            json!({ "field": "texts[place]", "problem": "Required" }),
        ),
    ] {
        let fields = [vec![("number", number.as_str())], fields].concat();
        let (status, body) = app.post("review/return_request", Some(&cookie), &fields).await;
        assert_eq!((status, &body["Invalid"][0]), (StatusCode::UNPROCESSABLE_ENTITY, &problem));
    }
    for (fields, field) in [(vec![("text", "سبب")], "reason"), (vec![("reason", "other"), ("text", "")], "text")] {
        let fields = [vec![("number", number.as_str())], fields].concat();
        let (status, body) = app.post("review/reject", Some(&cookie), &fields).await;
        assert_eq!((status, &body["Invalid"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
    // Only a management licence has an organisation.
    let organisation = Verdict::Return(vec![(RequestField::Organisation, FieldReason::Outdated, None)]);
    assert_eq!(decide(&app, reviewer, &number, &organisation).await, Problem::ChoiceUnknown.refused());
    assert_eq!(count(&app, "SELECT count(*) FROM decisions").await, 0);
}

#[tokio::test]
async fn a_returned_request_is_its_applicants() {
    let app = TestApp::start().await;
    let (person, number) = returned(&app, &[("fields[]", "place"), ("reasons[place]", "outdated")]).await;
    let stranger = app.person().await;
    let stranger = app.sign_in(stranger).await;
    let fields = [("number", number.as_str()), ("place", "makkah/jeddah")];
    assert_eq!(app.post("licences/mend_request", Some(&stranger), &fields).await.0, StatusCode::NOT_FOUND);
    let cookie = app.sign_in(person).await;
    let unknown = [("number", "0000000000"), ("place", "makkah/jeddah")];
    assert_eq!(app.post("licences/mend_request", Some(&cookie), &unknown).await.0, StatusCode::NOT_FOUND);
    let answer = app.post("licences/withdraw_request", Some(&cookie), &fields[..1]).await;
    assert_eq!(answer.0, StatusCode::OK);
    assert_eq!(app.post("licences/mend_request", Some(&cookie), &fields).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_name_that_stands_on_a_licence_is_not_mended_with_a_request() {
    let app = TestApp::start().await;
    let holder = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, holder, LicenceKind::Practitioner, app.clock.now()).await;
    passes(&app, holder, LicenceKind::TeamLeader).await;
    let cookie = app.sign_in(holder).await;
    let asked = [("kind", "team-leader"), ("declared", "true")];
    assert_eq!(app.post("licences/submit_request", Some(&cookie), &asked).await.0, StatusCode::OK);
    let reviewer = app.staff(Role::Reviewer).await;
    let number = take(&app, reviewer).await.unwrap();
    for field in [RequestField::Name, RequestField::LatinName] {
        let returned = Verdict::Return(vec![(field, FieldReason::Misspelt, None)]);
        assert_eq!(decide(&app, reviewer, &number, &returned).await, Problem::NameOnLicence.refused());
    }
    // Whoever writes: the register refuses.
    for pool in [&app.pool, &app.owner] {
        let written =
            sqlx::query("UPDATE persons SET family_name = 'الغامدي' WHERE id = $1").bind(holder).execute(pool).await;
        let refusal = written.unwrap_err().into_database_error().unwrap();
        assert_eq!(refusal.constraint(), Some("name_on_licence"));
    }
    // Where they live stands on no licence.
    let returned = Verdict::Return(vec![(RequestField::Place, FieldReason::Outdated, None)]);
    decide(&app, reviewer, &number, &returned).await.unwrap();
}
