//! A name put right: the licences of its holder are issued anew, and the old numbers lead to the new.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::{
    KIND, NOTE, approve, correct, corrected, events, holder, looked_up, noted, officers, other_name, propose, revoked,
    state, suspended,
};
use crate::access::Role;
use crate::accounts::store::mending::Mended;
use crate::error::{AppError, Problem};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{count, licensed, passes, together};
use crate::oversight::model::{Act, Reason};
use crate::oversight::{effect, store};
use crate::testing::{TestApp, scale};

/// The fields of the form, as it is sent for a number.
fn form<'a>(number: &'a LicenceNumber, family: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("number", number.digits()),
        ("given_name", "محمد"),
        ("father_name", "عبد الله"),
        ("grandfather_name", "سعد"),
        ("family_name", family),
        ("latin_name", "Mohammed Alghamdi"),
        ("reason", "document_differs"),
        ("text", NOTE),
    ]
}

#[tokio::test]
async fn a_correction_issues_the_licence_anew_and_the_old_number_leads_to_it() {
    let app = TestApp::start().await;
    let (person, old) = holder(&app).await;
    let officer = app.sign_in(app.staff(Role::Reviewer).await).await;
    assert_eq!(app.post("oversight/correct", Some(&officer), &form(&old, "الغامدي")).await.0, StatusCode::OK);
    let new: String = sqlx::query_scalar("SELECT number FROM licences WHERE superseded_by IS NULL")
        .fetch_one(&app.pool)
        .await
        .unwrap();
    let new = LicenceNumber::parse(&new).unwrap();
    assert_eq!((state(&app, &old).await, state(&app, &new).await), ("superseded".into(), "active".into()));
    let same: bool = sqlx::query_scalar(
        "SELECT (a.request_id, a.person_id, a.kind, a.valid) = (b.request_id, b.person_id, b.kind, b.valid)
             AND a.superseded_by = b.id AND b.corrects = a.id FROM licences a, licences b WHERE a.id = b.corrects",
    )
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert!(same, "it continues the one it corrects");
    // History has the reason's code and no name.
    let why = Some("document_differs".to_owned());
    assert_eq!(events(&app, &old).await, [("issued".to_owned(), None), ("superseded".to_owned(), why.clone())]);
    assert_eq!(events(&app, &new).await, [("issued".to_owned(), why)]);
    let (name, latin): (String, String) = sqlx::query_as("SELECT family_name, latin_name FROM persons WHERE id = $1")
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!((name.as_str(), latin.as_str()), ("الغامدي", "Mohammed Alghamdi"));
    assert_eq!(noted(&app, "licence_corrected").await, 2, "a message and an audit entry");

    // The old number says so and leads to the new one's status; of its holder nothing.
    let shown = looked_up(&app, &old).await;
    assert_eq!(shown["status"], "superseded");
    assert_eq!(shown["successor"], json!({ "number": new.digits(), "status": "valid" }));
    assert_eq!((&shown["name"], &shown["body"]), (&Value::Null, &Value::Null));
    for path in ["/v/", "/verify/"] {
        let (_, page) = app.get(&format!("{path}{}", old.digits()), None).await;
        assert!(page.contains("verdict--superseded") && page.contains(&format!("href=\"/verify/{}\"", new.digits())));
        assert!(page.contains("سارية") && !page.contains("محمد"), "{page}");
    }
    assert_eq!(looked_up(&app, &new).await["name"], "محمد ع. س. غ.");
    let asked = [("number", old.digits()), ("name", "محمد عبد الله سعد الغامدي")];
    assert_eq!(app.post("verification/check_name", None, &asked).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = [("number", new.digits()), ("name", "محمد عبد الله سعد الغامدي")];
    assert_eq!(app.post("verification/check_name", None, &asked).await.0, StatusCode::OK);

    // Again finds the old licence superseded.
    let again = app.post("oversight/correct", Some(&officer), &form(&old, "العتيبي")).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    // The request leads to the newest licence.
    let request: String = sqlx::query_scalar("SELECT number FROM licence_requests").fetch_one(&app.pool).await.unwrap();
    let owner = app.sign_in(person).await;
    let (_, view) = app.get(&format!("/api/licences/request?number={request}"), Some(&owner)).await;
    assert!(view.contains(new.digits()), "{view}");
}

#[tokio::test]
async fn the_old_number_leads_to_the_last_of_several_corrections() {
    let app = TestApp::start().await;
    let (_, first) = holder(&app).await;
    let second = corrected(&app, &first).await;
    let [officer, _] = officers(&app).await;
    let again = Mended { latin_name: crate::accounts::model::LatinName::parse("M Alghamdi").ok(), ..Mended::default() };
    let third = correct(&app, officer, &second, &again).await.unwrap()[0].1.clone();
    suspended(&app, &third).await;
    for old in [&first, &second] {
        let successor = json!({ "number": third.digits(), "status": "suspended" });
        assert_eq!(looked_up(&app, old).await["successor"], successor);
    }
    assert_eq!(looked_up(&app, &third).await["successor"], Value::Null);
}

#[tokio::test]
async fn every_live_licence_is_issued_anew_and_what_is_suspended_stays_so() {
    let app = TestApp::start().await;
    let (person, practitioner) = holder(&app).await;
    passes(&app, person, LicenceKind::TeamLeader).await;
    let leader = licensed(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    suspended(&app, &leader).await;
    let (_, strangers) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let reissued = correct(&app, first, &practitioner, &other_name()).await.unwrap();
    assert_eq!(reissued.len(), 2);
    let new_of = |old: &LicenceNumber| reissued.iter().find(|(one, _)| one == old).unwrap().1.clone();
    assert_eq!(state(&app, &new_of(&practitioner)).await, "active");
    assert_eq!(state(&app, &strangers).await, "active");
    // The suspension goes on under its own reason, and a correction is no way around the second officer.
    let new = new_of(&leader);
    assert_eq!(state(&app, &new).await, "suspended");
    let steps = events(&app, &new).await;
    assert_eq!(steps[0], ("issued".to_owned(), Some("name_corrected".to_owned())));
    assert_eq!(steps[1], ("suspended".to_owned(), Some("complaint_under_review".to_owned())));
    assert_eq!(looked_up(&app, &new).await["reason"], "complaint_under_review");
    let proposal = propose(&app, first, &new, Act::Restore).await.unwrap();
    assert_eq!(approve(&app, second, proposal).await, Ok(1));
    assert_eq!(state(&app, &new).await, "active");
    // Restored, it is corrected as one that is active.
    let again = Mended { latin_name: crate::accounts::model::LatinName::parse("M Alghamdi").ok(), ..Mended::default() };
    let reissued = correct(&app, first, &new, &again).await.unwrap();
    for (_, new) in reissued {
        assert_eq!(state(&app, &new).await, "active");
    }
}

#[tokio::test]
async fn what_has_ended_or_was_revoked_is_not_issued_anew() {
    let app = TestApp::start().await;
    let person = crate::licences::tests::ready(&app, KIND).await;
    let ended = licensed(&app, person, KIND, app.clock.now() - Duration::days(1000)).await;
    let [officer, _] = officers(&app).await;
    assert_eq!(correct(&app, officer, &ended, &other_name()).await, Problem::NoLongerPossible.refused());
    let live = licensed(&app, person, KIND, app.clock.now()).await;
    assert_eq!(correct(&app, officer, &ended, &other_name()).await, Problem::NoLongerPossible.refused());
    let reissued = correct(&app, officer, &live, &other_name()).await.unwrap();
    assert_eq!(reissued.len(), 1);
    assert_eq!(state(&app, &ended).await, "active", "it has ended as what it was");
    revoked(&app, &reissued[0].1).await;
    let again = Mended { latin_name: crate::accounts::model::LatinName::parse("M Alghamdi").ok(), ..Mended::default() };
    assert_eq!(correct(&app, officer, &reissued[0].1, &again).await, Problem::NoLongerPossible.refused());
}

#[tokio::test]
async fn a_correction_that_changes_nothing_or_meets_a_proposal_is_refused_whole() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let cookie = app.sign_in(first).await;
    let mut same = form(&number, "القحطاني");
    same[5].1 = "Mohammed Alqahtani";
    let answer = app.post("oversight/correct", Some(&cookie), &same).await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "NothingChanged" })));
    // A proposal about any licence of the holder is settled first.
    passes(&app, person, LicenceKind::TeamLeader).await;
    let leader = licensed(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    let proposal = propose(&app, first, &leader, Act::Revoke).await.unwrap();
    assert_eq!(correct(&app, second, &number, &other_name()).await, Problem::ProposalOpen.refused());
    let family: String = sqlx::query_scalar("SELECT family_name FROM persons WHERE id = $1")
        .bind(person)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(family, "القحطاني", "nothing of it was done");
    assert_eq!(count(&app, "SELECT count(*) FROM licences WHERE corrects IS NOT NULL").await, 0);
    let mut tx = app.pool.begin().await.unwrap();
    store::withdraw(&mut tx, first, proposal, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(correct(&app, second, &number, &other_name()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_correction_says_what_is_wrong_with_its_fields_and_knows_its_callers() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [officer, _] = officers(&app).await;
    let cookie = app.sign_in(officer).await;
    let fields = [("number", number.digits()), ("given_name", "Ali"), ("reason", "charter_breach")];
    let (status, body) = app.post("oversight/correct", Some(&cookie), &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for (at, (field, problem)) in [
        ("given_name", "ArabicNameInvalid"),
        ("family_name", "Required"),
        ("latin_name", "Required"),
        ("reason", "Required"),
        ("text", "Required"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(body["Invalid"][at], json!({ "field": field, "problem": problem }));
    }
    let unknown = LicenceNumber::from_digits15("123456789012345").unwrap();
    assert_eq!(correct(&app, officer, &unknown, &other_name()).await, Err(AppError::NotFound));
    for who in [person, app.staff(Role::Trainer).await, app.staff(Role::Administrator).await] {
        let cookie = app.sign_in(who).await;
        let answer = app.post("oversight/correct", Some(&cookie), &form(&number, "الغامدي")).await;
        assert_eq!(answer.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(state(&app, &number).await, "active");
}

#[tokio::test]
async fn of_corrections_at_once_one_is_done() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let mut correctors = Vec::new();
    for _ in 0..scale(4, 12) {
        correctors.push(app.staff(Role::Reviewer).await);
    }
    let name = other_name();
    let answers = together(correctors.iter().map(|one| correct(&app, *one, &number, &name))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 2);
    assert_eq!(count(&app, "SELECT count(*) FROM licences WHERE superseded_by IS NULL").await, 1);
}

#[tokio::test]
async fn a_suspension_and_a_correction_at_once_lose_neither() {
    for _ in 0..scale(3, 20) {
        let app = TestApp::start().await;
        let (_, number) = holder(&app).await;
        let [first, second] = officers(&app).await;
        let name = other_name();
        let suspending = async { super::suspend(&app, first, &number).await.is_ok() };
        let correcting = async { correct(&app, second, &number, &name).await.unwrap()[0].1.clone() };
        let (done, new) = tokio::join!(suspending, correcting);
        // The suspension came first and goes on, or found the licence superseded and said so.
        assert_eq!(state(&app, &new).await, if done { "suspended" } else { "active" });
    }
}

#[tokio::test]
async fn a_number_that_exists_is_drawn_again() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let (_, other) = holder(&app).await;
    let [officer, _] = officers(&app).await;
    let mut draws = vec!["123456789012345".to_owned(), other.digits()[..15].to_owned()];
    let mut tx = app.pool.begin().await.unwrap();
    let reissued = store::correct(
        &mut tx,
        &app.state.config.keys,
        officer,
        &number,
        (&other_name(), Reason::NameChanged, NOTE),
        || draws.pop().unwrap(),
        app.clock.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert!(reissued[0].new.digits().starts_with("123456789012345"));
}

#[tokio::test]
async fn a_correction_tells_of_every_licence_with_both_numbers() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [officer, _] = officers(&app).await;
    let mut tx = app.pool.begin().await.unwrap();
    let (keys, correction) = (&app.state.config.keys, (&other_name(), Reason::NameChanged, NOTE));
    let reissued = effect::correct(&mut tx, keys, officer, &number, correction, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let sealed: (Uuid, Vec<u8>) =
        sqlx::query_as("SELECT person_id, body_sealed FROM messages WHERE template = 'licence_corrected'")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    assert_eq!(sealed.0, person);
    let body = keys.open(crate::server::keys::Purpose::Message, &sealed.1).unwrap();
    for shown in [number.grouped(), reissued[0].new.grouped(), "صُحّح".to_owned()] {
        assert!(body.contains(&shown), "{shown} in {body}");
    }
    assert!(!body.contains(NOTE) && !body.contains("الغامدي"));
}
