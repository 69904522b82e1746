//! A number that was never issued and one whose holder was erased: told apart neither by the answer nor by the time.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{KIND, look_up};
use crate::licences::model::LicenceNumber;
use crate::licences::tests::{licensed, ready};
use crate::testing::{TestApp, scale};
use crate::verification::store;

/// The number of somebody who was erased, and one that was never issued.
pub(super) async fn erased_and_never(app: &TestApp) -> [LicenceNumber; 2] {
    let person = ready(app, KIND).await;
    let erased = licensed(app, person, KIND, app.clock.now()).await;
    app.erase(person).await;
    [erased, LicenceNumber::from_digits15("123456789012345").unwrap()]
}

/// A page or an answer without what differs from one asking to the next: numbers, times, the nonce of scripts.
pub(super) fn shape(body: &str) -> String {
    let nonce = body.split_once("nonce=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(nonce, _)| nonce);
    let body = nonce.map_or_else(|| body.to_owned(), |nonce| body.replace(nonce, ""));
    let mut shape = String::new();
    for c in body.chars() {
        match c {
            '0'..='9' if shape.ends_with('0') => {}
            '0'..='9' => shape.push('0'),
            c => shape.push(c),
        }
    }
    shape
}

#[tokio::test]
async fn both_get_the_same_answer() {
    let app = TestApp::start().await;
    let numbers = erased_and_never(&app).await;
    for number in &numbers {
        let (code, answer) = look_up(&app, number.digits()).await;
        assert_eq!((code, &answer["licence"]), (StatusCode::OK, &Value::Null));
        let (code, page) = app.get(&format!("/verify/{}", number.digits()), None).await;
        assert_eq!(code, StatusCode::OK);
        assert!(page.contains("verdict--not-found") && page.contains(&number.grouped()));
        assert!(page.contains("/report-forgery"));
        let fields = [("number", number.digits()), ("name", "محمد عبد الله سعد القحطاني")];
        let (code, body) = app.post("verification/check_name", None, &fields).await;
        assert_eq!(code, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(body["Invalid"][0]["problem"], "NameDiffers");
    }
    for path in ["/verify/", "/v/", "/api/verification/look_up?number=", "/api/v1/licences/"] {
        let mut shapes = Vec::new();
        for number in &numbers {
            let (status, body) = app.get(&format!("{path}{}", number.digits()), None).await;
            shapes.push((status, shape(&body)));
        }
        assert_eq!(shapes[0], shapes[1], "{path}");
    }
}

/// The statements about licences that a connection has sent, by name.
async fn statements(connection: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT name FROM pg_prepared_statements
         WHERE statement LIKE '%licences%' AND statement NOT LIKE '%pg_prepared_statements%' ORDER BY name",
    )
    .fetch_all(connection)
    .await
    .unwrap()
}

#[tokio::test]
async fn one_statement_by_one_plan_finds_both_out() {
    let app = TestApp::start().await;
    let numbers = erased_and_never(&app).await;
    let mut connection = PgConnection::connect_with(&app.pool.connect_options()).await.unwrap();
    // As with a register of millions, where no table is small enough to be read whole.
    sqlx::query("SET enable_seqscan = off").execute(&mut connection).await.unwrap();
    let mut plans = Vec::new();
    for number in &numbers {
        assert!(store::look_up(&mut connection, number, app.clock.now()).await.unwrap().is_none());
        let names = statements(&mut connection).await;
        assert_eq!(names.len(), 1, "one statement, and the same for both");
        let digits = number.digits();
        let plan: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(format!("EXPLAIN EXECUTE {}('{{{digits}}}', '2026-11-23')", names[0])))
                .fetch_all(&mut connection)
                .await
                .unwrap();
        plans.push(plan.join("\n").replace(digits, "number"));
    }
    assert!(plans[0].contains("licences_number"), "by the index of numbers:\n{}", plans[0]);
    assert_eq!(plans[0], plans[1]);
}

/// A difference of medians, as a share of the smaller one, from which on a stranger could learn something.
///
/// What would give a number away is work done for one kind alone: a second statement, say, which doubles the time of a
/// look-up. That this test notices one is shown by sending one. The single statement looks at the erased person too,
/// which costs three microseconds or a twentieth of a look-up, far less than a network lets anybody measure; and while
/// other tests run, medians of interleaved look-ups differ by a tenth at times. Noise does not come three times running.
const TELLING: f64 = 0.25;
const TRIES: usize = 3;

/// Asks both ways in turn, and returns the difference of the medians of the time it took.
async fn difference(rounds: usize, mut ask: impl AsyncFnMut(usize)) -> f64 {
    let mut times = [Vec::with_capacity(rounds), Vec::with_capacity(rounds)];
    for round in 0..rounds {
        // Neither is always the first.
        for which in [round % 2, 1 - round % 2] {
            let start = Instant::now();
            ask(which).await;
            times[which].push(start.elapsed());
        }
    }
    let [one, two] = times.map(|mut times: Vec<Duration>| {
        times.sort();
        times[rounds / 2].as_secs_f64()
    });
    (one - two).abs() / one.min(two)
}

/// The smallest difference of several tries: a true one shows in each.
async fn least_difference(rounds: usize, mut ask: impl AsyncFnMut(usize)) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..TRIES {
        least = least.min(difference(rounds, &mut ask).await);
        if least < TELLING {
            break;
        }
    }
    least
}

#[tokio::test]
async fn a_look_up_of_either_takes_the_same_time() {
    let app = TestApp::start().await;
    let numbers = erased_and_never(&app).await;
    let now = app.clock.now();
    let mut connection = app.pool.acquire().await.unwrap();
    let rounds = scale(400, 4_000);
    let least = least_difference(rounds, async |which| {
        assert!(store::look_up(&mut connection, &numbers[which], now).await.unwrap().is_none());
    })
    .await;
    assert!(least < TELLING, "the median of one is longer by {least:.2}");

    let noticed = least_difference(rounds, async |which| {
        for _ in 0..=which {
            store::look_up(&mut connection, &numbers[1], now).await.unwrap();
        }
    })
    .await;
    assert!(noticed > TELLING, "one statement more is a difference of {noticed:.2} only");
}
