//! The sheets that wait, followed to their end in both orders.

use axum::http::StatusCode;
use time::Duration;

use super::Hall;
use crate::testing::List;

#[tokio::test]
async fn the_sheets_that_wait_are_each_there_once() {
    let hall = Hall::new().await;
    let app = &hall.app;
    let another = async || {
        let enrolment = app.attended(hall.session, app.person().await).await;
        assert_eq!(hall.record_as(&hall.trainers, "20", &[(enrolment, "14")]).await.0, StatusCode::OK);
    };
    for _ in 0..25 {
        another().await;
    }
    let stored = "SELECT id::text FROM paper_results ORDER BY recorded_at, id";
    for path in ["/api/papers/waiting?", "/api/papers/waiting?kind=practitioner&"] {
        let list = List { app, path, cookie: Some(&hall.officers), names: ("sheets", "id"), stored };
        list.gives_each_row_once(async || {
            app.clock.advance(Duration::seconds(1));
            another().await;
        })
        .await;
    }
    let (_, page) = app.get("/admin/results?kind=management", Some(&hall.officers)).await;
    assert!(page.contains("الاختيار: ") && page.contains("href=\"/admin/results\""), "{page}");
}
