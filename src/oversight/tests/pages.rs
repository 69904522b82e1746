//! The pages of officers, and what holders and strangers see of what was done.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use super::{
    NOTE, approve, corrected, holder, noted, officers, other_name, propose, restored, revoked, suspend, suspended,
};
use crate::access::Role;
use crate::error::AppError;
use crate::licences::model::LicenceNumber;
use crate::oversight::model::Act;
use crate::testing::TestApp;

async fn page(app: &TestApp, cookie: &str, path: &str) -> String {
    let (status, page) = app.get(path, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    page
}

#[tokio::test]
async fn a_licence_is_found_by_its_number_however_it_is_typed() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let cookie = app.sign_in(app.staff(Role::Reviewer).await).await;
    assert!(page(&app, &cookie, "/review").await.contains("href=\"/oversight\""));
    let empty = page(&app, &cookie, "/oversight").await;
    assert!(empty.contains("لا مقترحات في الانتظار") && empty.contains("action=\"/oversight\""));
    let wrong = page(&app, &cookie, "/oversight?number=4821").await;
    assert!(wrong.contains("field__error") && wrong.contains("value=\"4821\""));
    let typed = number.grouped().replace(' ', "%20");
    let (status, _) = app.get(&format!("/oversight?number={typed}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::FOUND);
    let (status, _) = app.get("/oversight/1234567890123455", Some(&cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_licences_page_shows_whose_it_is_and_is_noted() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let cookie = app.sign_in(first).await;
    let path = format!("/oversight/{}", number.digits());
    let shown = page(&app, &cookie, &path).await;
    for text in ["محمد عبد الله سعد القحطاني", "Mohammed Alqahtani", &number.grouped(), "سجل الإجراءات", "صدرت"]
    {
        assert!(shown.contains(text), "{text}");
    }
    for (act, possible) in [("suspend", true), ("revoke", true), ("correct", true), ("restore", false)] {
        assert_eq!(shown.contains(&format!("{path}/{act}\"")), possible, "{act}");
    }
    let noted: (uuid::Uuid, uuid::Uuid, String) =
        sqlx::query_as("SELECT actor_id, subject_id, actor_role FROM audit_entries WHERE action = 'licence_viewed'")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    assert_eq!(noted, (first, person, "reviewer".to_owned()));
    let told = page(&app, &app.sign_in(person).await, "/account/access-log").await;
    assert!(told.contains("فتح رخصتك"), "the holder is told");

    suspend(&app, first, &number).await.unwrap();
    let shown = page(&app, &cookie, &format!("{path}?done=suspended")).await;
    assert!(shown.contains("notice--success") && shown.contains(NOTE) && shown.contains("بلاغ قيد النظر"));
    assert!(!page(&app, &cookie, &format!("{path}?done=revoked")).await.contains("notice--success"), "it was not");
    propose(&app, first, &number, Act::Restore).await.unwrap();
    // Its own may withdraw it; another may approve or refuse; and meanwhile nobody proposes or corrects.
    let own = page(&app, &cookie, &format!("{path}?done=proposed")).await;
    assert!(own.contains("/api/oversight/withdraw") && !own.contains("/api/oversight/approve"));
    assert!(own.contains("notice--success"));
    let other = page(&app, &app.sign_in(second).await, &path).await;
    assert!(
        other.contains("/api/oversight/approve") && other.contains("/api/oversight/refuse") && other.contains(NOTE)
    );
    assert!(!other.contains("/api/oversight/withdraw"));
    for act in ["suspend", "revoke", "correct", "restore"] {
        assert!(!other.contains(&format!("{path}/{act}\"")), "{act}");
        let act = page(&app, &cookie, &format!("{path}/{act}")).await;
        assert!(act.contains("notice--warning") && !act.contains("<form action=\"/api/oversight"), "{act}");
    }
}

#[tokio::test]
async fn each_act_has_a_page_with_its_reasons() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let cookie = app.sign_in(app.staff(Role::Reviewer).await).await;
    let path = |act: &str| format!("/oversight/{}/{act}", number.digits());
    for (act, endpoint) in [(Act::Suspend, "suspend"), (Act::Revoke, "propose"), (Act::Correct, "correct")] {
        let shown = page(&app, &cookie, &path(act.code())).await;
        assert!(shown.contains(&format!("action=\"/api/oversight/{endpoint}\"")), "{act:?}");
        for reason in act.reasons() {
            assert!(shown.contains(&format!("value=\"{}\"", reason.code())), "{act:?} {reason:?}");
        }
    }
    let correct = page(&app, &cookie, &path("correct")).await;
    assert!(correct.contains("value=\"القحطاني\"") && correct.contains("value=\"Mohammed Alqahtani\""));
    suspended(&app, &number).await;
    assert!(page(&app, &cookie, &path("restore")).await.contains("value=\"restore\""));
    assert_eq!(app.get(&path("erase"), Some(&cookie)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_of_what_waits_goes_on_by_page_oldest_first() {
    let app = TestApp::start().await;
    let [first, second] = officers(&app).await;
    let mut made = Vec::new();
    for _ in 0..22 {
        let (_, number) = holder(&app).await;
        app.clock.advance(Duration::minutes(1));
        let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
        made.push((number, proposal));
    }
    let cookie = app.sign_in(second).await;
    let list = async |after: &str| -> Value {
        let (_, body) = app.get(&format!("/api/oversight/proposals?after={after}"), Some(&cookie)).await;
        serde_json::from_str(&body).unwrap()
    };
    let one = list("").await;
    let after = one["next"].as_str().unwrap().to_owned();
    let two = list(&after).await;
    let numbers: Vec<&str> = [&one, &two]
        .into_iter()
        .flat_map(|page| page["proposals"].as_array().unwrap())
        .map(|line| line["number"].as_str().unwrap())
        .collect();
    assert_eq!(numbers, made.iter().map(|(number, _)| number.digits()).collect::<Vec<_>>());
    assert_eq!((two["proposals"].as_array().unwrap().len(), &two["next"]), (2, &Value::Null));
    let shown = page(&app, &cookie, "/oversight").await;
    assert!(shown.contains(&format!("href=\"/oversight?after={after}\"")) && shown.contains("لك أن تبتّ فيه"));
    assert!(page(&app, &app.sign_in(first).await, "/oversight").await.contains("مقترحك: ينتظر غيرك"));
    // What is settled waits no more.
    approve(&app, second, made[0].1).await.unwrap();
    assert_eq!(list("").await["proposals"][0]["number"], made[1].0.digits());
}

/// The card of a licence, as its holder reads it.
async fn card(app: &TestApp, cookie: &str, number: &LicenceNumber) -> (Value, String) {
    let (_, view) = app.get(&format!("/api/licences/card?number={}", number.digits()), Some(cookie)).await;
    let shown = page(app, cookie, &format!("/account/licences/{}", number.digits())).await;
    (serde_json::from_str(&view).unwrap(), shown)
}

#[tokio::test]
async fn the_holder_reads_every_step_its_reason_and_what_comes_next() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    let (view, shown) = card(&app, &cookie, &number).await;
    assert_eq!(view["history"].as_array().unwrap().len(), 1);
    assert!(shown.contains("سجل الإجراءات") && !shown.contains("ماذا بعد؟"));

    suspended(&app, &number).await;
    let (view, shown) = card(&app, &cookie, &number).await;
    assert_eq!(view["history"][1]["event"], "suspended");
    assert_eq!(view["history"][1]["reason"], "complaint_under_review");
    for text in ["موقوفة", "بلاغ قيد النظر", "ماذا بعد؟", "وقد يعاد سريانها"] {
        assert!(shown.contains(text), "{text}");
    }
    restored(&app, &number).await;
    assert!(!card(&app, &cookie, &number).await.1.contains("ماذا بعد؟"));

    let new = corrected(&app, &number).await;
    let (view, shown) = card(&app, &cookie, &number).await;
    let events: Vec<&str> =
        view["history"].as_array().unwrap().iter().map(|step| step["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["issued", "suspended", "restored", "superseded"]);
    assert_eq!(view["successor"], new.digits());
    assert!(shown.contains("حلّت محلها رخصة أحدث") && shown.contains(&format!("/account/licences/{}", new.digits())));

    revoked(&app, &new).await;
    let (view, shown) = card(&app, &cookie, &new).await;
    assert_eq!(
        (&view["predecessor"], &view["history"][0]["reason"]),
        (&json!(number.digits()), &json!("name_corrected"))
    );
    for text in ["ملغاة", "مخالفة ثابتة للميثاق", "الإلغاء نهائي", "/account/request/practitioner"]
    {
        assert!(shown.contains(text), "{text}");
    }
}

#[tokio::test]
async fn what_officers_write_is_for_officers_alone() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    suspend(&app, first, &number).await.unwrap();
    let new = super::correct(&app, first, &number, &other_name()).await.unwrap()[0].1.clone();
    let proposal = propose(&app, first, &new, Act::Revoke).await.unwrap();
    let cookie = app.sign_in(person).await;
    for step in 0..2 {
        for licence in [&number, &new] {
            for path in ["/account/licences/", "/api/licences/card?number=", "/v/", "/api/verification/look_up?number="]
            {
                let (status, body) = app.get(&format!("{path}{}", licence.digits()), Some(&cookie)).await;
                assert_eq!(status, StatusCode::OK);
                assert!(!body.contains(NOTE), "{path}");
                // Nor that a proposal waits, before it has its effect.
                assert_eq!(body.contains("charter_breach"), step == 1 && licence == &new, "{path} {step}");
            }
        }
        if step == 0 {
            approve(&app, second, proposal).await.unwrap();
        }
    }
    let (_, page) = app.get(&format!("/oversight/{}", new.digits()), Some(&app.sign_in(second).await)).await;
    assert!(page.contains(NOTE));
    assert_eq!(noted(&app, "licence_viewed").await, 1);
}

#[tokio::test]
async fn a_holder_who_was_erased_is_found_by_nobody() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    propose(&app, first, &number, Act::Revoke).await.unwrap();
    sqlx::query(
        "UPDATE persons SET given_name = NULL, father_name = NULL, grandfather_name = NULL, family_name = NULL,
             latin_name = NULL, name_key = NULL, profile_completed_at = NULL WHERE id = $1",
    )
    .bind(person)
    .execute(&app.pool)
    .await
    .unwrap();
    let cookie = app.sign_in(second).await;
    for path in [format!("/oversight/{}", number.digits()), format!("/oversight/{}/revoke", number.digits())] {
        assert_eq!(app.get(&path, Some(&cookie)).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(app.get("/api/oversight/proposals", Some(&cookie)).await.1.contains("\"proposals\":[]"));
    assert_eq!(suspend(&app, second, &number).await, Err(AppError::NotFound));
    assert_eq!(propose(&app, second, &number, Act::Revoke).await, Err(AppError::NotFound));
    // Nor does anybody get a name again.
    assert_eq!(super::correct(&app, second, &number, &other_name()).await, Err(AppError::NotFound));
}
