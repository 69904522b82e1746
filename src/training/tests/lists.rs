//! Lists of sessions, followed to their end in every order.

use time::Duration;

use crate::access::Role;
use crate::testing::{List, TestApp};

const STORED: &str = "SELECT id::text FROM training_sessions ORDER BY starts_at, id";
const NAMES: (&str, &str) = ("sessions", "id");

#[tokio::test]
async fn the_sessions_open_for_enrolment_are_each_there_once() {
    let app = TestApp::start().await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let mut planned = 0;
    // Two begin together: the place in the list is told by more than the time.
    let mut plan = async || {
        planned += 1;
        let starts_at = app.clock.now() + Duration::days(10) + Duration::hours(planned / 2);
        app.session_at(programme, 10, trainer, "online", starts_at).await;
    };
    for _ in 0..25 {
        plan().await;
    }
    for path in ["/api/training/sessions?", "/api/training/sessions?kind=practitioner&region=makkah&mode=online&"] {
        List { app: &app, path, cookie: None, names: NAMES, stored: STORED }.gives_each_row_once(&mut plan).await;
    }
}

#[tokio::test]
async fn the_most_free_seats_come_first() {
    let app = TestApp::start().await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let mut planned = 0;
    let mut plan = async |seats: i32| {
        planned += 1;
        let starts_at = app.clock.now() + Duration::days(10) + Duration::hours(planned / 2);
        app.session_at(programme, seats, trainer, "in_person", starts_at).await;
    };
    for number in 0..30 {
        plan(2 + number % 4).await;
    }
    let stored = "SELECT id::text FROM training_sessions ORDER BY seats - taken DESC, starts_at, id";
    let list = List { app: &app, path: "/api/training/sessions?", cookie: None, names: NAMES, stored };
    let seen = list.followed("seats", &mut async || plan(1).await).await;
    let all: Vec<String> = sqlx::query_scalar(stored).fetch_all(&app.owner).await.unwrap();
    assert!(all.len() > 30);
    assert_eq!(seen, all);
    let (_, page) = app.get("/training?order=seats", None).await;
    assert!(page.contains("order=seats&amp;after=") || page.contains("order=seats&after="), "{page}");
}

#[tokio::test]
async fn a_trainers_own_sessions_are_each_there_once() {
    let app = TestApp::start().await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let cookie = app.sign_in(trainer).await;
    let mut planned = 0;
    let mut plan = async |from: Duration| {
        planned += 1;
        let starts_at = app.clock.now() + from + Duration::minutes(planned / 2);
        app.session_at(programme, 10, trainer, "in_person", starts_at).await;
    };
    let times = [
        (
            "ahead",
            Duration::days(1),
            "SELECT id::text FROM training_sessions WHERE starts_at > now() ORDER BY starts_at, id",
        ),
        (
            "ended",
            -Duration::days(9),
            "SELECT id::text FROM training_sessions WHERE starts_at < now() ORDER BY starts_at, id",
        ),
    ];
    for (when, from, stored) in times {
        for _ in 0..25 {
            plan(from).await;
        }
        let path = format!("/api/training/my_sessions?when={when}&");
        let list = List { app: &app, path: &path, cookie: Some(&cookie), names: NAMES, stored };
        list.gives_each_row_once(async || plan(from).await).await;
    }
    // In short, both times, and from each the way to the rest.
    let (_, page) = app.get("/trainer", Some(&cookie)).await;
    for shown in ["when=ahead", "when=ended", "الدورات القادمة والجارية", "الدورات المنتهية", "rel=\"next\""]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(page.matches("<article").count(), 40);
    // Another trainer has none.
    let other = app.sign_in(app.staff(Role::Trainer).await).await;
    let (_, page) = app.get("/trainer?when=ended", Some(&other)).await;
    assert!(page.contains("الاختيار: الدورات المنتهية"), "{page}");
}
