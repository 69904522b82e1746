//! An ID number and a mobile reach no page, no answer and no log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use super::{ask, confirm, newest_code, sign_in, wrong};
use crate::testing::TestApp;

/// Canaries: synthetic numbers that appear nowhere else.
const ID: &str = "2123456788";
const MOBILE: &str = "0587654321";
const CANARIES: [&str; 3] = [ID, "87654321", "2011-05-17"];

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn assert_clean(text: &str, of: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in {of}");
    }
}

// One thread, so that the subscriber of this test sees all of it.
#[tokio::test]
async fn no_number_is_shown_or_logged() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG).with_writer(log.clone()).finish();
    // With one dispatcher alone, tracing decides for all threads by the thread that first meets a log line; other tests
    // have no subscriber and would switch it off here too. A second one makes it ask both.
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let guard = tracing::subscriber::set_default(subscriber);

    let app = TestApp::start().await;
    let person = app.person_with(ID, "+966587654321", "2011-05-17").await;
    sqlx::query("UPDATE persons SET needs_guardian = true WHERE id = $1")
        .bind(person)
        .execute(&app.owner)
        .await
        .unwrap();
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    let answers = [
        app.post("accounts/ask_code", None, &[("national_id", ID), ("mobile", "05")]).await.1,
        confirm(&app, attempt, &wrong(&code)).await.1,
        confirm(&app, attempt, &code).await.1,
    ];
    for answer in &answers {
        assert_clean(&answer.to_string(), "an answer");
    }
    let cookie = sign_in(&app, ID, MOBILE).await;
    assert_eq!(app.post("accounts/ask_guardian", Some(&cookie), &[("mobile", "0500000099")]).await.0, 200);
    let (guardian, _) = newest_code(&app, "0500000099").await;

    for path in
        ["/", "/sign-in", "/verify", "/training", &format!("/sign-in/code/{attempt}"), &format!("/guardian/{guardian}")]
    {
        assert_clean(&app.get(path, None).await.1, path);
    }
    // The profile's own form shows its owner their birth date, as three numbers; nothing else of these.
    for path in ["/account", "/account/sign-ins", "/account/guardian"] {
        assert_clean(&app.get(path, Some(&cookie)).await.1, path);
    }
    drop(guard);
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("http.route"), "requests are logged");
    assert_clean(&logged, "the log");
    assert!(!logged.contains(&code), "the code in the log");
}
