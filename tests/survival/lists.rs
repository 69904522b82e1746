//! A list of ten thousand numbers, the server killed while it is answered.

use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, LOCATION, ORIGIN};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use rukhsa::licences::model::LicenceNumber;
use sqlx::PgPool;
use uuid::Uuid;

use super::PATIENCE;
use super::database::{Database, until_none};
use super::server::Server;
use super::visitor::client;

/// Numbers of the list, none of which was ever issued.
const MANY: i64 = 10_000;

const ANSWERED: &str = "SELECT count(*) FROM bulk_rows WHERE state = 'not_found'";

async fn count(pool: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(pool).await.unwrap()
}

/// Sends numbers as a browser does; the id of their list.
async fn sent(server: &Server, numbers: &str) -> Uuid {
    let origin = format!("http://{}", server.address);
    let body = format!("--edge\r\nContent-Disposition: form-data; name=\"numbers\"\r\n\r\n{numbers}\r\n--edge--\r\n");
    let answer = Client::builder()
        .redirect(Policy::none())
        .build()
        .unwrap()
        .post(format!("{origin}/verify/bulk/new"))
        .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(ORIGIN, origin)
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()[LOCATION].to_str().unwrap().rsplit('/').next().unwrap().parse().unwrap()
}

/// What was answered before now, in one text.
const ANSWERS: &str = "SELECT md5(string_agg(r::text, '|' ORDER BY line)) FROM bulk_rows r WHERE line = ANY ($1)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_answered_though_its_server_is_killed_half_way() {
    let database = Database::new().await;
    let pool = &database.pool;
    // Half a millisecond a row, so that the kill comes amid the work.
    for statement in [
        "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.0005); RETURN NEW; END $$",
        "CREATE TRIGGER dawdle BEFORE UPDATE ON bulk_rows FOR EACH ROW EXECUTE FUNCTION dawdle()",
    ] {
        sqlx::query(statement).execute(pool).await.unwrap();
    }
    let server = Server::start(&database, &[]).await;
    let numbers: Vec<String> = (0..MANY)
        .map(|n| LicenceNumber::from_digits15(&format!("{:015}", n * 99_999_999)).unwrap().digits().to_owned())
        .collect();
    let check = sent(&server, &numbers.join("\n")).await;
    let start = Instant::now();
    while count(pool, ANSWERED).await == 0 {
        assert!(start.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.kill();
    let lines: Vec<i32> =
        sqlx::query_scalar("SELECT line FROM bulk_rows WHERE state <> 'waiting'").fetch_all(pool).await.unwrap();
    assert!(lines.len() < numbers.len(), "killed too late");
    let answers: String = sqlx::query_scalar(ANSWERS).bind(&lines).fetch_one(pool).await.unwrap();
    sqlx::query("DROP TRIGGER dawdle ON bulk_rows").execute(pool).await.unwrap();

    let server = Server::start(&database, &[]).await;
    until_none(pool, "SELECT count(*) FROM bulk_rows WHERE state = 'waiting'").await;
    assert_eq!(count(pool, ANSWERED).await, MANY);
    let again: String = sqlx::query_scalar(ANSWERS).bind(&lines).fetch_one(pool).await.unwrap();
    assert_eq!(again, answers, "what was answered before stands");
    let page = client().get(format!("http://{}/verify/bulk/{check}", server.address)).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
}
