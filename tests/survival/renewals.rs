//! The renewal of very many licences as one job, the server killed three times on the way.

use std::time::{Duration, Instant};

use sqlx::PgPool;

use super::database::{Database, until_none};
use super::server::Server;
use super::visitor::{Acknowledged, Visitor, client};

/// Renewals: 35,000 where `TEST_SCALE` is 100.
fn many() -> i64 {
    let percent = std::env::var("TEST_SCALE").ok().and_then(|percent| percent.parse::<i64>().ok()).unwrap_or(1);
    (35_000 * percent / 100).max(350)
}

/// The register as it is thirty days before as many licences end, each with its renewal asked for and its module passed.
/// Written by the owner past the guards: the stories of so many people would take longer than the job.
pub const REGISTER: &[&str] = &[
    "ALTER TABLE persons DISABLE TRIGGER USER",
    "ALTER TABLE enrolments DISABLE TRIGGER USER",
    "ALTER TABLE attempts DISABLE TRIGGER USER",
    "ALTER TABLE licence_requests DISABLE TRIGGER USER",
    "ALTER TABLE licences DISABLE TRIGGER USER",
    "ALTER TABLE licences ENABLE TRIGGER licences_take_place",
    "INSERT INTO persons (id, national_id_sealed, national_id_hash, given_name, family_name, name_key, latin_name, region,
         city, email, birth_date_sealed, profile_completed_at, identity_verified_at)
     SELECT md5('p' || n)::uuid, '', sha256(('n' || n)::bytea), 'محمد', 'القحطاني', 'محمد القحطاني', 'Mohammed', 'riyadh',
         'riyadh', 'm@example.org', '', now(), now() FROM generate_series(0, $1) n",
    "INSERT INTO programmes (id, code, kind, title_ar, title_en, summary_ar, summary_en, hours)
     SELECT md5('programme')::uuid, 'p', 'practitioner', 'ب', 'P', 'و', 'S', 6",
    "INSERT INTO training_sessions (id, programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by,
         trainer_id, seats)
     SELECT md5('session')::uuid, id, 'online', 'riyadh', 'riyadh', 'ق', 'H', now(), now() + interval '1 hour', now(),
         md5('p0')::uuid, 1 FROM programmes",
    "INSERT INTO enrolments (id, session_id, programme_id, person_id, state, attendance_by, attendance_at, created_at)
     SELECT md5('e' || n)::uuid, md5('session')::uuid, md5('programme')::uuid, md5('p' || n)::uuid, 'passed',
         md5('p0')::uuid, now(), now() FROM generate_series(1, $1) n",
    "INSERT INTO licence_requests (id, number, person_id, kind, state, created_at, submitted_at)
     SELECT md5('q' || n)::uuid, lpad(n::text, 10, '0'), md5('p' || n)::uuid, 'practitioner', 'approved',
         now() - interval '700 days', now() - interval '700 days' FROM generate_series(1, $1) n",
    "INSERT INTO licences (id, number, request_id, person_id, kind, state, issued_at, valid)
     SELECT md5('l' || n)::uuid, lpad(n::text, 16, '0'), md5('q' || n)::uuid, md5('p' || n)::uuid, 'practitioner', 'active',
         now() - interval '700 days', daterange(current_date - 700, current_date + 20 + (n % 20)::integer) FROM generate_series(1, $1) n",
    "INSERT INTO attempts (id, enrolment_id, renews, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state,
         finished_at, right_answers)
     SELECT md5(one || n)::uuid, CASE one WHEN 'a' THEN md5('e' || n)::uuid END, CASE one WHEN 'b' THEN md5('l' || n)::uuid END,
         md5('p' || n)::uuid, 1, 70, now(), now() + interval '1 minute', 'passed', now(), 5
     FROM generate_series(1, $1) n, unnest(ARRAY['a', 'b']) one",
    "INSERT INTO licence_requests (id, number, person_id, kind, renews, state, created_at, submitted_at)
     SELECT md5('r' || n)::uuid, lpad((1000000 + n)::text, 10, '0'), md5('p' || n)::uuid, 'practitioner',
         md5('l' || n)::uuid, 'submitted', now() - interval '1 hour', now() - interval '1 hour' FROM generate_series(1, $1) n",
    "ALTER TABLE persons ENABLE TRIGGER USER",
    "ALTER TABLE enrolments ENABLE TRIGGER USER",
    "ALTER TABLE attempts ENABLE TRIGGER USER",
    "ALTER TABLE licence_requests ENABLE TRIGGER USER",
    "ALTER TABLE licences ENABLE TRIGGER USER",
];

async fn count(pool: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(pool).await.unwrap()
}

/// Waits until a query counts as many; a job taken up again after a kill may take its time.
async fn until(pool: &PgPool, query: &'static str, enough: i64) {
    let start = Instant::now();
    let mut last = (-1, Instant::now());
    loop {
        let found = count(pool, query).await;
        if found >= enough {
            return;
        }
        if found != last.0 {
            last = (found, Instant::now());
        }
        assert!(last.1.elapsed() < super::PATIENCE, "{found} of {enough} for {:?}: {query}", start.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const APPROVED: &str = "SELECT count(*) FROM renewal_batch_rows WHERE state <> 'waiting'";
const ISSUED: &str =
    "SELECT count(*) FROM licences l JOIN licence_requests q ON q.id = l.request_id WHERE q.renews IS NOT NULL";

/// What is there by half, or twice, or with a gap: each query counts some.
const WRONG: &[(&str, &str)] = &[
    (
        "renewals that do not start the day after",
        "SELECT count(*) FROM licences n JOIN licence_requests q ON q.id = n.request_id JOIN licences o ON o.id = q.renews
         WHERE lower(n.valid) <> upper(o.valid)",
    ),
    (
        "licences renewed twice",
        "SELECT count(*) FROM (SELECT q.renews FROM licences n JOIN licence_requests q ON q.id = n.request_id
             WHERE q.renews IS NOT NULL GROUP BY 1 HAVING count(*) > 1) d",
    ),
    (
        "requests approved without a licence, or the other way round",
        "SELECT count(*) FROM licence_requests q WHERE q.renews IS NOT NULL
           AND (q.state = 'approved') <> EXISTS (SELECT FROM licences l WHERE l.request_id = q.id)",
    ),
    (
        "requests decided twice",
        "SELECT count(*) FROM (SELECT request_id FROM decisions GROUP BY 1 HAVING count(*) > 1) d",
    ),
    (
        "rows approved without their decision, or the other way round",
        "SELECT count(*) FROM renewal_batch_rows r
         WHERE (r.decision_id IS NOT NULL) <> EXISTS (SELECT FROM decisions d WHERE d.request_id = r.request_id)",
    ),
    (
        "licences without the event that begins their history, or with two",
        "SELECT count(*) FROM licences l JOIN licence_requests q ON q.id = l.request_id WHERE q.renews IS NOT NULL
           AND 1 <> (SELECT count(*) FROM licence_events e WHERE e.licence_id = l.id)",
    ),
];

async fn nothing_is_wrong(pool: &PgPool) {
    for (what, query) in WRONG {
        assert_eq!(count(pool, query).await, 0, "{what}");
    }
}

/// Signs somebody in and gives them roles; their cookie.
pub async fn officer(database: &Database, server: &Server, roles: &[&str]) -> (Visitor, String) {
    let visitor = Visitor::new(&client(), server.address, 77_000_000);
    let cookie = std::sync::Mutex::new(None);
    visitor
        .signs_in(|one| {
            if let Acknowledged::SignedIn(_, given) = one {
                *cookie.lock().unwrap() = Some(given);
            }
        })
        .await
        .unwrap();
    for role in roles {
        let give = "INSERT INTO staff_roles (person_id, role)
             SELECT person_id, $1 FROM accounts ORDER BY created_at DESC LIMIT 1";
        sqlx::query(give).bind(role).execute(&database.pool).await.unwrap();
    }
    // The second factor has tests of its own.
    sqlx::query("UPDATE sign_in_sessions SET second_factor_at = now()").execute(&database.pool).await.unwrap();
    (visitor, cookie.into_inner().unwrap().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_of_renewals_killed_three_times_leaves_no_gap_and_no_double() {
    let (database, many) = (Database::new().await, many());
    for statement in REGISTER {
        let query = sqlx::query(*statement);
        let query = if statement.contains("$1") { query.bind(many) } else { query };
        query.execute(&database.pool).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    sqlx::query("ANALYZE").execute(&database.pool).await.unwrap();
    let server = Server::start(&database, &[]).await;
    let (visitor, cookie) = officer(&database, &server, &["reviewer"]).await;
    visitor.starts_renewals(&cookie).await;

    // Amid the approvals, between the first effects, and near the end.
    until(&database.pool, APPROVED, many / 3).await;
    server.kill();
    let approved = count(&database.pool, APPROVED).await;
    assert!(approved < many, "killed too late: {approved} of {many}");
    nothing_is_wrong(&database.pool).await;
    for share in [4, 2] {
        let server = Server::start(&database, &[]).await;
        until(&database.pool, ISSUED, many / share).await;
        server.kill();
        let issued = count(&database.pool, ISSUED).await;
        assert!(issued < many, "killed too late: {issued} of {many}");
        nothing_is_wrong(&database.pool).await;
    }

    let _server = Server::start(&database, &[]).await;
    until(&database.pool, ISSUED, many).await;
    until_none(&database.pool, "SELECT count(*) FROM renewal_batches WHERE finished_at IS NULL").await;
    nothing_is_wrong(&database.pool).await;
    assert_eq!(count(&database.pool, ISSUED).await, many);
    assert_eq!(count(&database.pool, "SELECT count(*) FROM renewal_batch_rows WHERE state = 'issued'").await, many);
}
