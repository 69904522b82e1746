//! What people are told of, in several sorts: each an act at the server, or its job's, that somebody gets a message for.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use rukhsa::licences::model::LicenceNumber;
use rukhsa::server::config::Config;
use rukhsa::server::keys::Purpose;

use super::database::Database;
use super::renewals::REGISTER;
use super::subjects::{BATCH, SUBJECTS, guarded};
use super::visitor::{Cut, Visitor, client};
use super::{PATIENCE, VISITORS};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sort {
    /// A code to sign in with.
    Code,
    /// A seat given up, and offered to who waits.
    Offer,
    /// A decision about a licence.
    Suspension,
    /// A decision about a result on paper.
    Paper,
    /// A renewal, issued by the job of a batch once its decision has taken effect.
    Renewal,
}

impl Sort {
    pub const ALL: [Self; 5] = [Self::Code, Self::Offer, Self::Suspension, Self::Paper, Self::Renewal];

    /// What was committed, by the keys under which it is acknowledged.
    fn committed(self) -> &'static str {
        match self {
            Self::Code => "SELECT id::text FROM code_attempts",
            Self::Offer => "SELECT id::text FROM enrolments WHERE state = 'cancelled'",
            Self::Suspension => "SELECT number FROM licences WHERE state = 'suspended'",
            Self::Paper => "SELECT id::text FROM paper_results WHERE state = 'declined'",
            Self::Renewal => {
                "SELECT l.id::text FROM licences l JOIN licence_requests q ON q.id = l.request_id
                 WHERE q.renews IS NOT NULL"
            }
        }
    }
}

/// The number of somebody's licence: none that the register gives.
fn number(n: u32) -> String {
    LicenceNumber::from_digits15(&format!("{:015}", 1_000_000 + n)).unwrap().digits().to_owned()
}

/// What was acknowledged of a sort, and how many requests were left without an answer.
#[derive(Default)]
struct Tally {
    begun: AtomicU32,
    acknowledged: Mutex<BTreeSet<String>>,
    cut: AtomicUsize,
}

/// Everybody in the story, and what they were told was done.
pub struct Told {
    pub database: Database,
    officer: Visitor,
    cookie: String,
    /// People there are of each sort.
    each: u32,
    /// Renewals issued before the newest batch began.
    issued: AtomicUsize,
    tallies: [Tally; 5],
}

impl Told {
    /// Writes a story long enough for so many kills. The officer is signed in.
    pub async fn prepare(database: Database, officer: Visitor, cookie: String, kills: u32) -> Self {
        // At each kill of a sort, all visitors at once and some who must be told anew.
        let each = (kills / 5 + 1) * u32::try_from(VISITORS + 4).unwrap();
        let many = i64::from(each * 5);
        let pool = &database.pool;
        for statement in REGISTER {
            let query = sqlx::query(*statement);
            let query = if statement.contains("$1") { query.bind(many) } else { query };
            query.execute(pool).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        let keys = Config::read(|name| match name {
            "RUKHSA_MODE" => Some("development".to_owned()),
            "DATABASE_URL" => Some("postgres://unused".to_owned()),
            _ => None,
        })
        .unwrap()
        .keys;
        let mobiles: Vec<Vec<u8>> =
            (1..=many).map(|n| keys.seal(Purpose::Mobile, &format!("+9665{:08}", 50_000_000 + n))).collect();
        let numbers: Vec<String> = (1..=each * 5).map(number).collect();
        guarded(pool, false).await;
        for statement in SUBJECTS {
            let done = sqlx::query(*statement).bind(many).execute(pool).await;
            done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        let numbered = "UPDATE licences l SET number = v.number
             FROM unnest($1::text[]) WITH ORDINALITY AS v(number, n) WHERE l.id = md5('l' || v.n)::uuid";
        sqlx::query(numbered).bind(&numbers).execute(pool).await.unwrap();
        guarded(pool, true).await;
        let accounts = "INSERT INTO accounts (person_id, national_id_hash, mobile_sealed, mobile_hash)
             SELECT md5('p' || m.n)::uuid, sha256(('n' || m.n)::bytea), m.mobile, sha256(('m' || m.n)::bytea)
             FROM unnest($1::bytea[]) WITH ORDINALITY AS m(mobile, n)";
        sqlx::query(accounts).bind(&mobiles).execute(pool).await.unwrap();
        // Nothing waits for the morning.
        let quiet = "INSERT INTO settings (key, value) VALUES ('quiet_from_hour', 0), ('quiet_until_hour', 0)";
        sqlx::query(quiet).execute(pool).await.unwrap();
        sqlx::query("ANALYZE").execute(pool).await.unwrap();
        let (issued, tallies) = (AtomicUsize::default(), Default::default());
        let told = Self { database, officer, cookie, each, issued, tallies };
        // The code that the officer signed in with.
        let first = told.committed(Sort::Code).await;
        told.tallies[Sort::Code as usize].acknowledged.lock().unwrap().extend(first);
        told
    }

    /// The next person of a sort.
    fn next(&self, sort: Sort, many: u32) -> u32 {
        let begun = self.tallies[sort as usize].begun.fetch_add(many, Ordering::Relaxed);
        assert!(begun + many <= self.each, "{sort:?}: {begun} of {} are used up", self.each);
        sort as u32 * self.each + begun + 1
    }

    /// An act at a server; whether it was acknowledged. One that was not may have been committed, or not.
    pub async fn act(&self, sort: Sort, server: SocketAddr) -> bool {
        let n = self.next(sort, 1);
        let acted = self.ask(sort, server, n).await;
        let tally = &self.tallies[sort as usize];
        match acted {
            Ok(key) => tally.acknowledged.lock().unwrap().insert(key),
            Err(cut) => {
                tally.cut.fetch_add(usize::from(cut.under_way), Ordering::Relaxed);
                false
            }
        }
    }

    /// The key under which the act was acknowledged.
    async fn ask(&self, sort: Sort, server: SocketAddr, n: u32) -> Result<String, Cut> {
        let (endpoint, key, body) = match sort {
            Sort::Code => return Visitor::new(&client(), server, n).asks().await,
            Sort::Offer => {
                let key = format!("10000000-0000-4000-8000-{n:012}");
                ("training/cancel", key.clone(), format!("enrolment={key}"))
            }
            Sort::Suspension => {
                let key = number(n);
                ("oversight/suspend", key.clone(), format!("number={key}&reason=holder_asked&text=x"))
            }
            Sort::Paper => {
                let key = format!("20000000-0000-4000-8000-{n:012}");
                ("papers/decline", key.clone(), format!("sheet={key}"))
            }
            Sort::Renewal => unreachable!("the job does it"),
        };
        self.officer.at(server).acts(&self.cookie, endpoint, body).await?;
        Ok(key)
    }

    /// Acts until it is acknowledged: a server that is short of time refuses one at first.
    pub async fn acts(&self, sort: Sort, server: SocketAddr) {
        let acknowledged = async {
            if sort == Sort::Renewal {
                while self.committed(sort).await.len() <= self.issued.load(Ordering::Relaxed) {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                return;
            }
            while !self.act(sort, server).await {}
        };
        tokio::time::timeout(PATIENCE, acknowledged).await.unwrap_or_else(|_| panic!("{sort:?} is not done"));
    }

    /// Has the next server find a batch of renewals to issue.
    pub async fn begin_batch(&self) {
        let many = u32::try_from(VISITORS).unwrap();
        let first = self.next(Sort::Renewal, many);
        self.issued.store(self.committed(Sort::Renewal).await.len(), Ordering::Relaxed);
        guarded(&self.database.pool, false).await;
        for statement in BATCH {
            let query = sqlx::query(*statement).bind(i64::from(first)).bind(i64::from(many));
            // Somebody of another sort decided.
            let done = query.bind((first - self.each).to_string()).execute(&self.database.pool).await;
            done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        guarded(&self.database.pool, true).await;
    }

    async fn committed(&self, sort: Sort) -> BTreeSet<String> {
        let keys: Vec<String> = sqlx::query_scalar(sort.committed()).fetch_all(&self.database.pool).await.unwrap();
        keys.into_iter().collect()
    }

    /// What was acknowledged is there, and nothing that nobody asked for.
    pub async fn all_is_there(&self) {
        for sort in Sort::ALL {
            let (committed, tally) = (self.committed(sort).await, &self.tallies[sort as usize]);
            let (acknowledged, cut) = (tally.acknowledged.lock().unwrap(), tally.cut.load(Ordering::Relaxed));
            assert!(acknowledged.is_subset(&committed), "{sort:?}: {:?}", acknowledged.difference(&committed));
            let begun = usize::try_from(tally.begun.load(Ordering::Relaxed)).unwrap();
            let most = if sort == Sort::Renewal { begun } else { acknowledged.len() + cut };
            assert!(!committed.is_empty() && committed.len() <= most, "{sort:?}: {} of {most}", committed.len());
        }
    }
}
