//! Nobody acts on the licence of somebody they are tied to: not by the desk, and not by hand.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{KIND, NOTE, approve, correct, go, id_of, officers, other_name, propose, rule, state, suspend, suspended};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::model::{LicenceNumber, LicenceState};
use crate::licences::tests::{licensed, passes, ready};
use crate::oversight::model::Act;
use crate::review::tests::ties::tie;
use crate::testing::TestApp;

/// An officer who is tied to the holder of a valid licence, in one of the ways there are.
async fn tied(app: &TestApp, how: &str) -> (Uuid, LicenceNumber) {
    let officer = app.staff(Role::Reviewer).await;
    let person = match how {
        "own" => officer,
        "identity" => app.person().await,
        _ => app.verified_person().await,
    };
    if how != "own" {
        tie(app, officer, person, how).await;
    }
    passes(app, person, KIND).await;
    (officer, licensed(app, person, KIND, app.clock.now()).await)
}

const WAYS: [&str; 4] = ["own", "team", "organisation", "identity"];

#[tokio::test]
async fn nobody_acts_across_a_tie() {
    for how in WAYS {
        let app = TestApp::start().await;
        let (officer, number) = tied(&app, how).await;
        let refused = Problem::TiedToPerson;
        assert_eq!(suspend(&app, officer, &number).await, refused.refused(), "{how}");
        assert_eq!(propose(&app, officer, &number, Act::Revoke).await, refused.refused(), "{how}");
        assert_eq!(correct(&app, officer, &number, &other_name()).await, refused.refused(), "{how}");
        let [first, _] = officers(&app).await;
        let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
        assert_eq!(approve(&app, officer, proposal).await, refused.refused(), "{how}");

        let (cookie, proposal) = (app.sign_in(officer).await, proposal.to_string());
        let why = [("reason", "holder_asked"), ("text", NOTE), ("number", number.digits())];
        let name = [("given_name", "سعد"), ("family_name", "الغامدي"), ("latin_name", "Saad Alghamdi")];
        for (endpoint, fields) in [
            ("oversight/suspend", why.to_vec()),
            ("oversight/propose", [&why[..], &[("act", "revoke")]].concat()),
            ("oversight/correct", [&name[..], &[("reason", "name_changed")], &why[1..]].concat()),
            ("oversight/approve", vec![("proposal", proposal.as_str())]),
            ("oversight/refuse", vec![("proposal", proposal.as_str()), ("text", NOTE)]),
        ] {
            let answer = app.post(endpoint, Some(&cookie), &fields).await;
            assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "TiedToPerson" })), "{how} {endpoint}");
        }
        assert_eq!(state(&app, &number).await, "active", "{how}");
    }
}

#[tokio::test]
async fn nobody_restores_across_a_tie() {
    for how in WAYS {
        let app = TestApp::start().await;
        let (officer, number) = tied(&app, how).await;
        suspended(&app, &number).await;
        assert_eq!(propose(&app, officer, &number, Act::Restore).await, Problem::TiedToPerson.refused(), "{how}");
        let [first, _] = officers(&app).await;
        let proposal = propose(&app, first, &number, Act::Restore).await.unwrap();
        assert_eq!(approve(&app, officer, proposal).await, Problem::TiedToPerson.refused(), "{how}");
        assert_eq!(state(&app, &number).await, "suspended", "{how}");
    }
}

#[tokio::test]
async fn the_database_refuses_what_is_done_by_hand_across_a_tie() {
    for how in WAYS {
        let app = TestApp::start().await;
        let (officer, number) = tied(&app, how).await;
        let (id, [first, _]) = (id_of(&app, &number).await, officers(&app).await);
        for pool in [&app.pool, &app.owner] {
            for (to, pair, refusing) in [
                (LicenceState::Suspended, [officer, first], "licence_events_untied"),
                (LicenceState::Superseded, [officer, first], "licence_events_untied"),
                (LicenceState::Revoked, [officer, first], "licence_proposals_untied"),
                (LicenceState::Revoked, [first, officer], "proposal_outcomes_untied"),
            ] {
                let mut tx = pool.begin().await.unwrap();
                let refusal = go(&mut tx, id, pair, to, app.clock.now()).await.unwrap_err();
                assert_eq!(rule(&refusal), refusing, "{how} {to:?}");
            }
        }
    }
}

#[tokio::test]
async fn who_is_tied_sees_of_a_licence_what_anybody_sees() {
    for how in WAYS {
        let app = TestApp::start().await;
        let (officer, number) = tied(&app, how).await;
        suspended(&app, &number).await;
        let [first, _] = officers(&app).await;
        propose(&app, first, &number, Act::Restore).await.unwrap();
        let cookie = app.sign_in(officer).await;
        let (status, page) = app.get(&format!("/oversight/{}", number.digits()), Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK);
        for hidden in [NOTE, "القحطاني", "Alqahtani"] {
            assert!(!page.contains(hidden), "{how} {hidden}");
        }
        let (_, list) = app.get("/api/oversight/proposals", Some(&cookie)).await;
        let list: Value = serde_json::from_str(&list).unwrap();
        assert_eq!(list["proposals"][0]["reason"], json!(null), "{how}");
        let views = "SELECT count(*) FROM audit_entries WHERE action = 'licence_viewed'";
        assert_eq!(crate::licences::tests::count(&app, views).await, 0, "nothing personal was shown");
    }
}

#[tokio::test]
async fn a_tie_made_after_the_proposal_stops_the_approval() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let [first, second] = officers(&app).await;
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    tie(&app, second, person, "team").await;
    assert_eq!(approve(&app, second, proposal).await, Problem::TiedToPerson.refused());
    assert_eq!(state(&app, &number).await, "active");
}
