//! Reminders at 60, 30 and 7 days before a licence ends: each once, whatever happens meanwhile.

use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::count;
use crate::calendar::RIYADH;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed, ready, together};
use crate::messages::store::{self, reminders};
use crate::testing::{TestApp, Wire, scale};

const KIND: LicenceKind = LicenceKind::Practitioner;

/// Somebody with a new licence, and its last day.
async fn holder(app: &TestApp) -> (Uuid, Date) {
    let person = ready(app, KIND).await;
    let number = licensed(app, person, KIND, app.clock.now()).await;
    let last = sqlx::query_scalar("SELECT upper(valid) - 1 FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&app.owner)
        .await
        .unwrap();
    (person, last)
}

/// Ten past eight in Riyadh, so many days before a day.
fn days_before(last: Date, days: i64) -> OffsetDateTime {
    (last - Duration::days(days)).with_time(Time::from_hms(8, 10, 0).unwrap()).assume_offset(RIYADH)
}

async fn remind(app: &TestApp, now: OffsetDateTime) {
    reminders::remind(&app.pool, &app.state.config, now).await.unwrap();
}

/// The texts of a person's reminders, oldest first.
async fn told(app: &TestApp, person: Uuid) -> Vec<String> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM messages WHERE person_id = $1 AND template = 'licence_expiring' ORDER BY created_at",
    )
    .bind(person)
    .fetch_all(&app.owner)
    .await
    .unwrap();
    let mut texts = Vec::new();
    for id in ids {
        let mut connection = app.pool.acquire().await.unwrap();
        let keys = &app.state.config.keys;
        texts.push(store::message(&mut connection, keys, person, id, app.clock.now()).await.unwrap().body);
    }
    texts
}

#[tokio::test]
async fn each_reminder_is_given_on_its_day_and_never_again() {
    let app = TestApp::start().await;
    let (person, last) = holder(&app).await;
    let mut given = Vec::new();
    for days in (-1..=62).rev() {
        for _ in 0..2 {
            remind(&app, days_before(last, days)).await;
        }
        let all = told(&app, person).await.len();
        if all > given.len() {
            given.push(days);
            assert_eq!(all, given.len());
        }
    }
    assert_eq!(given, [60, 30, 7]);
    let texts = told(&app, person).await;
    for (text, words) in texts.iter().zip(["بعد 60 يومًا", "بعد 30 يومًا", "بعد 7 أيام"]) {
        assert!(text.contains(words), "{text}");
        assert!(text.contains("http://localhost:3000/account/renew/"), "{text}");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM licence_reminders WHERE NOT overtaken").await, 3);
}

#[tokio::test]
async fn a_day_on_which_nothing_ran_is_made_good() {
    let app = TestApp::start().await;
    let (person, last) = holder(&app).await;
    remind(&app, days_before(last, 58)).await;
    assert!(told(&app, person).await[0].contains("بعد 58 يومًا"));
    remind(&app, days_before(last, 3)).await;
    let texts = told(&app, person).await;
    assert_eq!(texts.len(), 2, "one for both that were due");
    assert!(texts[1].contains("بعد 3 أيام"), "{}", texts[1]);
    assert_eq!(count(&app, "SELECT count(*) FROM licence_reminders WHERE days = 30 AND overtaken").await, 1);
    remind(&app, days_before(last, 0)).await;
    assert_eq!(told(&app, person).await.len(), 2);
}

#[tokio::test]
async fn the_last_day_is_the_last_chance() {
    let app = TestApp::start().await;
    let (person, last) = holder(&app).await;
    remind(&app, days_before(last, -1)).await;
    assert_eq!(told(&app, person).await, [""; 0], "it has ended");
    remind(&app, days_before(last, 0)).await;
    assert!(told(&app, person).await[0].contains("بنهاية اليوم"));
}

#[tokio::test]
async fn only_who_must_act_is_reminded() {
    let app = TestApp::start().await;
    let (suspended, last) = holder(&app).await;
    let (revoked, _) = holder(&app).await;
    let (renewed, _) = holder(&app).await;
    let (again, _) = holder(&app).await;
    for (person, state) in [(suspended, "suspended"), (revoked, "revoked")] {
        app.put_licences(Some(person), state).await;
    }
    // A renewal, and one that was revoked since.
    for (person, state) in [(renewed, "active"), (again, "revoked")] {
        let mut tx = app.owner.begin().await.unwrap();
        for table in ["licences", "licence_requests"] {
            let statement = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
        }
        let places = "ALTER TABLE licences ENABLE TRIGGER licences_take_place";
        sqlx::query(places).execute(&mut *tx).await.unwrap();
        sqlx::query(
            "WITH request AS (
                 INSERT INTO licence_requests (number, person_id, kind, state, created_at, submitted_at)
                 SELECT lpad((random() * 1e9)::bigint::text, 10, '7'), $1, 'practitioner', 'approved', now(), now()
                 RETURNING id)
             INSERT INTO licences (number, request_id, person_id, kind, state, issued_at, valid)
             SELECT lpad((random() * 1e9)::bigint::text, 16, '7'), r.id, $1, 'practitioner', $2, now(),
                 daterange(upper(l.valid), upper(l.valid) + 700)
             FROM request r, licences l WHERE l.person_id = $1",
        )
        .bind(person)
        .bind(state)
        .execute(&mut *tx)
        .await
        .unwrap();
        // What is checked at commit is checked now: no table is altered before.
        sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut *tx).await.unwrap();
        for table in ["licences", "licence_requests"] {
            let statement = format!("ALTER TABLE {table} ENABLE TRIGGER USER");
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    remind(&app, days_before(last, 60)).await;
    for (person, reminders) in [(suspended, 0), (revoked, 0), (renewed, 0), (again, 1)] {
        assert_eq!(told(&app, person).await.len(), reminders);
    }
    // Restored in time, a licence is reminded of as any other.
    app.put_licences(Some(suspended), "active").await;
    remind(&app, days_before(last, 40)).await;
    assert_eq!(told(&app, suspended).await.len(), 1);
}

#[tokio::test]
async fn a_licence_issued_after_a_reminders_day_has_no_such_reminder() {
    let app = TestApp::start().await;
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('validity_months', 1, $1)")
        .bind(app.clock.now() - Duration::days(1))
        .execute(&app.pool)
        .await
        .unwrap();
    let (person, last) = holder(&app).await;
    remind(&app, app.clock.now()).await;
    assert_eq!(told(&app, person).await.len(), 0, "it is new");
    remind(&app, days_before(last, 7)).await;
    assert_eq!(told(&app, person).await.len(), 1);
}

#[tokio::test]
async fn several_servers_at_once_give_each_reminder_once() {
    let app = TestApp::start().await;
    let holders = scale(4, 30);
    let mut last = None;
    for _ in 0..holders {
        last = Some(holder(&app).await.1);
    }
    for days in [60, 30, 7] {
        let now = days_before(last.unwrap(), days);
        together((0..6).map(|_| remind(&app, now))).await;
    }
    let expected = i64::try_from(holders * 3).unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM licence_reminders").await, expected);
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'licence_expiring'").await, expected);
    assert_eq!(
        count(
            &app,
            "SELECT count(*) FROM (SELECT FROM messages WHERE template = 'licence_expiring'
            GROUP BY person_id HAVING count(*) <> 3) others"
        )
        .await,
        0
    );
}

#[tokio::test]
async fn cut_off_anywhere_and_begun_again_each_reminder_is_given_once() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        holder(&app).await;
    }
    let (_, last) = holder(&app).await;
    let now = days_before(last, 30);
    let wire = Wire::new(&app.pool).await;
    let pool = wire.pool();
    // Dropped after ever more of its steps, as a server that dies at any of them.
    let mut steps = 0;
    let cut_off = loop {
        let mut under_way = Box::pin(reminders::remind(&pool, &app.state.config, now));
        let mut left = steps;
        let ended = std::future::poll_fn(|context| match under_way.as_mut().poll(context) {
            std::task::Poll::Ready(done) => {
                done.unwrap();
                std::task::Poll::Ready(true)
            }
            std::task::Poll::Pending if left == 0 => std::task::Poll::Ready(false),
            std::task::Poll::Pending => {
                left -= 1;
                std::task::Poll::Pending
            }
        })
        .await;
        drop(under_way);
        // In one statement: a commit that was sent before the cut may come between two.
        let (noted, told): (i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM licence_reminders WHERE NOT overtaken),
                 (SELECT count(*) FROM messages WHERE template = 'licence_expiring')",
        )
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert_eq!(noted, told, "cut off after {steps}");
        if ended {
            break steps;
        }
        steps += 1;
    };
    // At each answer it waits for, at least: begin, what is due, eight notes, four messages, commit.
    assert!(cut_off >= 15, "it was cut off {cut_off} times");
    remind(&app, now).await;
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'licence_expiring'").await, 4);
    assert_eq!(count(&app, "SELECT count(*) FROM licence_reminders WHERE overtaken").await, 4);
}
