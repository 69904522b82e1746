//! Numbers at random: none is a licence's, and none tells whether one was.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};

use super::KIND;
use super::erased::{erased_and_never, shape};
use crate::licences::model::LicenceNumber;
use crate::licences::tests::{licensed, ready};
use crate::testing::{TestApp, read, scale};
use crate::verification::store;

/// Well-formed numbers as a stranger would guess them.
fn guessed(count: usize) -> Vec<LicenceNumber> {
    let mut random = vec![0; count * 8];
    getrandom::fill(&mut random).unwrap();
    let (draws, _) = random.as_chunks::<8>();
    let number = |draw| format!("{:015}", u64::from_le_bytes(draw) % 1_000_000_000_000_000);
    draws.iter().map(|draw| LicenceNumber::from_digits15(&number(*draw)).unwrap()).collect()
}

#[tokio::test]
async fn a_million_guesses_meet_no_licence() {
    let app = TestApp::start().await;
    let mut issued = Vec::new();
    for _ in 0..scale(5, 100) {
        let person = ready(&app, KIND).await;
        issued.push(licensed(&app, person, KIND, app.clock.now()).await);
    }
    let mut connection = app.pool.acquire().await.unwrap();
    let mut tried = 0;
    let all = scale(20_000, 1_000_000);
    while tried < all {
        let guesses = guessed(10_000);
        // One that is there, so that a look-up that finds nothing ever is seen.
        let known = &issued[tried % issued.len()];
        let numbers: Vec<&str> = guesses.iter().chain([known]).map(LicenceNumber::digits).collect();
        let found = store::look_up_all(&mut connection, &numbers, app.clock.now()).await.unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), [known.digits()]);
        tried += guesses.len();
    }
}

/// How far the ranks of one kind may stand from what chance leads to expect, in standard deviations: chance alone goes
/// beyond it once in fifteen thousand tries. The noise of a busy machine does not come three times running.
const BY_CHANCE: f64 = 4.0;
const TRIES: usize = 3;

/// The Mann-Whitney U of two samples of one size, in standard deviations from what is expected of samples of one
/// population (by the normal approximation; equal times hardly occur).
fn apart([one, two]: &[Vec<Duration>; 2]) -> f64 {
    let mut all: Vec<_> = one.iter().map(|time| (time, true)).chain(two.iter().map(|time| (time, false))).collect();
    all.sort_unstable();
    let ranks: usize = (1..).zip(&all).filter(|(_, (_, first))| *first).map(|(rank, _)| rank).sum();
    let [n, ranks] = [one.len(), ranks].map(|count| f64::from(u32::try_from(count).unwrap()));
    (ranks - n * (2.0 * n + 1.0) / 2.0).abs() / (n * n * (2.0 * n + 1.0) / 12.0).sqrt()
}

/// Opens a page from an address of its own, since one address alone would soon be told to wait.
async fn asked_from(app: &TestApp, round: usize, path: &str) -> (StatusCode, String) {
    let address = Ipv4Addr::from_bits(u32::try_from(round).unwrap() + 1);
    let request = Request::get(path)
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .extension(ConnectInfo(SocketAddr::from((address, 443))))
        .body(Body::empty())
        .unwrap();
    read(app.send(request).await).await
}

/// Asks for the erased and for the never issued in turn, and says how far apart the times were. Each answer is compared.
async fn asked(app: &TestApp, path: &str, numbers: &[[LicenceNumber; 2]], again: usize) -> f64 {
    let mut times = [Vec::new(), Vec::new()];
    let mut answer = None;
    for (round, pair) in numbers.iter().enumerate() {
        // Neither is always the first.
        for which in [round % 2, 1 - round % 2] {
            let address = format!("{path}{}", pair[which].digits());
            let start = Instant::now();
            let (status, body) = asked_from(app, round, &address).await;
            for _ in 0..again * which {
                asked_from(app, round, &address).await;
            }
            times[which].push(start.elapsed());
            let seen = (status, shape(&body));
            assert_eq!(seen, *answer.get_or_insert_with(|| seen.clone()), "{address}");
        }
    }
    apart(&times)
}

#[tokio::test]
async fn ten_thousand_answers_over_http_are_one_in_body_and_in_time() {
    let app = TestApp::start().await;
    app.clock.stand_at(app.clock.now());
    let mut erased = Vec::new();
    for _ in 0..scale(2, 20) {
        erased.push(erased_and_never(&app).await[0].clone());
    }
    let pairs = |count| -> Vec<_> { erased.iter().cloned().cycle().zip(guessed(count)).map(<[_; 2]>::from).collect() };
    for path in ["/verify/", "/api/verification/look_up?number="] {
        assert_eq!(app.get(&format!("{path}{}", erased[0].digits()), None).await.0, StatusCode::OK);
        let mut least = f64::INFINITY;
        for _ in 0..TRIES {
            least = least.min(asked(&app, path, &pairs(scale(100, 5_000)), 0).await);
            if least < BY_CHANCE {
                break;
            }
        }
        assert!(least < BY_CHANCE, "{path}: told apart by {least:.1} standard deviations");
        let noticed = asked(&app, path, &pairs(100), 1).await;
        assert!(noticed > BY_CHANCE, "{path}: a time twice as long stands apart by {noticed:.1} only");
    }
}
