//! A database with nothing but its migrations: what the test and the renewal need is all made at the desk.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{Holder, KIND, approved, refused};
use crate::access::Role;
use crate::programmes::model::ImportKind;
use crate::testing::TestApp;

/// An act at the administrator's desk.
async fn done(app: &TestApp, cookie: &str, endpoint: &str, fields: &[(&str, &str)]) {
    let (status, answer) = app.post(&format!("programmes/{endpoint}"), Some(cookie), fields).await;
    assert_eq!(status, StatusCode::OK, "{endpoint}: {answer}");
}

/// Takes a test and answers everything right.
async fn sit(app: &TestApp, person: Uuid, test: Uuid) {
    let (cookie, test) = (app.sign_in(person).await, test.to_string());
    assert_eq!(app.post("assessment/start", Some(&cookie), &[("enrolment", &*test)]).await.0, StatusCode::OK);
    let right: Vec<Uuid> = sqlx::query_scalar(
        "SELECT o.id FROM attempts a JOIN attempt_questions k ON k.attempt_id = a.id
         JOIN question_options o ON o.question_id = k.question_id AND o.correct
         WHERE a.person_id = $1 AND a.state = 'open' ORDER BY k.position",
    )
    .bind(person)
    .fetch_all(&app.pool)
    .await
    .unwrap();
    for (option, position) in right.iter().zip(1..) {
        let (option, position) = (option.to_string(), format!("{position}"));
        let fields = [("enrolment", &*test), ("attempt", "1"), ("position", &*position), ("option", &*option)];
        assert_eq!(app.post("assessment/answer", Some(&cookie), &fields).await.0, StatusCode::OK);
    }
    let fields = [("enrolment", &*test), ("attempt", "1")];
    assert_eq!(app.post("assessment/finish", Some(&cookie), &fields).await.0, StatusCode::OK);
}

/// Ten questions for the programmes' test and four of a module, in one file.
async fn import_questions(app: &TestApp, cookie: &str, module: &str) {
    let mut lines = vec![ImportKind::Questions.columns().join(",")];
    lines.extend((0..14).map(|n| {
        let place = if n < 10 { "" } else { module };
        format!("q-{n},practitioner,rules-1,سؤال {n},Question {n},أ,A,ب,B,,,,,2,{place}")
    }));
    done(app, cookie, "check_file", &[("what", "questions"), ("csv", &lines.join("\n"))]).await;
    let file: Uuid = sqlx::query_scalar("SELECT id FROM csv_imports").fetch_one(&app.pool).await.unwrap();
    done(app, cookie, "run_import", &[("import", &file.to_string())]).await;
}

#[tokio::test]
async fn a_new_database_comes_to_a_renewal_by_its_desks_alone() {
    let app = TestApp::start().await;
    let desk = app.sign_in(app.staff(Role::Administrator).await).await;
    for path in ["/admin/questions", "/admin/questions/new"] {
        let (_, page) = app.get(path, Some(&desk)).await;
        assert!(page.contains("أضف موضوعًا أولًا") && page.contains("/admin/topics/new"), "{page}");
    }
    let topic = [
        ("code", "rules-1"),
        ("name_ar", "الضوابط"),
        ("name_en", "Rules"),
        ("reading_ar", "اقرأ الضوابط"),
        ("reading_en", "Read the rules"),
    ];
    done(&app, &desk, "create_topic", &topic).await;
    let module = [
        ("kind", "practitioner"),
        ("title_ar", "ضوابط هذا العام"),
        ("title_en", "This year's rules"),
        ("reading_ar", "تغيّرت الضوابط"),
        ("reading_en", "The rules changed"),
        ("minutes", "10"),
    ];
    done(&app, &desk, "create_module", &module).await;
    let module: Uuid = sqlx::query_scalar("SELECT id FROM renewal_modules").fetch_one(&app.pool).await.unwrap();
    let module = module.to_string();
    import_questions(&app, &desk, &module).await;
    let publish = app.post("programmes/publish_module", Some(&desk), &[("module", &*module)]).await;
    assert_eq!(publish, refused("ModuleNotReady"), "four questions, and five are asked");
    let question = [
        ("kind", "practitioner"),
        ("module", &*module),
        ("topic", "rules-1"),
        ("stem_ar", "ما الذي تغيّر؟"),
        ("stem_en", "What changed?"),
        ("option1_ar", "أ"),
        ("option1_en", "A"),
        ("option2_ar", "ب"),
        ("option2_en", "B"),
        ("correct", "1"),
    ];
    done(&app, &desk, "create_question", &question).await;
    done(&app, &desk, "publish_module", &[("module", &module)]).await;

    // The programme's own test asks the ten of the bank; then the licence, and two years later its renewal.
    let person = app.verified_person().await;
    let session = app.session(app.programme("practitioner").await, 5, app.staff(Role::Trainer).await).await;
    let enrolment = app.attended(session, person).await;
    sit(&app, person, enrolment).await;
    let holder = Holder::of(&app, person, KIND).await;
    app.clock.stand_at(holder.days_before_the_end(30));
    let path = format!("/account/renew/{}", holder.number.digits());
    let (_, page) = app.get(&path, Some(&app.sign_in(person).await)).await;
    assert!(page.contains("ضوابط هذا العام") && page.contains("تغيّرت الضوابط"), "{page}");
    sit(&app, person, holder.licence).await;
    let request = holder.asks(&app).await;
    approved(&app, &request).await;
    assert_eq!(holder.follower(&app).await.map(|(_, first, _)| first), Some(holder.until));
}
