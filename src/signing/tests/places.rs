//! Places in the status lists: one for each licence, never shared, never changed.

use std::collections::BTreeSet;

use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{count, licensed, ready, together};
use crate::oversight::tests::corrected;
use crate::signing::model::Place;
use crate::testing::TestApp;

/// The place of a licence.
pub async fn place(app: &TestApp, number: &LicenceNumber) -> Place {
    let (list, index): (i32, i32) = sqlx::query_as("SELECT status_list, status_index FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&app.pool)
        .await
        .unwrap();
    Place::new(list.try_into().unwrap(), index.try_into().unwrap()).unwrap()
}

#[tokio::test]
async fn every_licence_has_a_place_of_its_own_also_its_correction() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let new = corrected(&app, &number).await;
    assert_ne!(place(&app, &number).await, place(&app, &new).await);
    assert_eq!(count(&app, "SELECT count(*) FROM status_places").await, 2);
}

#[tokio::test]
async fn a_place_is_neither_chosen_nor_changed() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    for statement in [
        "UPDATE licences SET status_index = (status_index + 1) % 131072",
        "UPDATE licences SET status_list = status_list + 1",
        "DELETE FROM status_places",
        "UPDATE status_places SET index = (index + 1) % 131072",
    ] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
    for statement in ["INSERT INTO status_places VALUES (1, 1)", "UPDATE status_places SET erased = true"] {
        assert!(sqlx::query(statement).execute(&app.pool).await.is_err(), "{statement}");
    }
}

/// Licences cut loose from the rules of issuing, so that only those of places hold.
async fn loose(app: &TestApp) {
    for statement in [
        "CREATE TABLE loose (status_list integer, status_index integer, UNIQUE (status_list, status_index),
             FOREIGN KEY (status_list, status_index) REFERENCES status_places)",
        "CREATE TRIGGER take BEFORE INSERT ON loose FOR EACH ROW EXECUTE FUNCTION take_status_place()",
        "GRANT SELECT, INSERT ON loose TO rukhsa_app",
    ] {
        sqlx::query(statement).execute(&app.owner).await.unwrap();
    }
}

#[tokio::test]
async fn places_drawn_at_the_same_time_are_all_different() {
    let app = TestApp::start().await;
    loose(&app).await;
    // So few that nearly every draw meets another's.
    sqlx::query(
        "CREATE OR REPLACE FUNCTION random_status_index() RETURNS integer LANGUAGE sql VOLATILE AS
             'SELECT floor(random() * 24)::integer'",
    )
    .execute(&app.owner)
    .await
    .unwrap();
    let draw = async || {
        let mut tx = app.pool.begin().await.unwrap();
        sqlx::query("INSERT INTO loose DEFAULT VALUES").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    together((0..100).map(|_| draw())).await;
    let places: Vec<(i32, i32)> =
        sqlx::query_as("SELECT status_list, status_index FROM loose").fetch_all(&app.pool).await.unwrap();
    assert_eq!(places.len(), 100);
    assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), 100);
    assert!(places.iter().any(|(list, _)| *list > 4), "a list that is full is followed by the next");
}

#[tokio::test]
async fn a_new_list_begins_when_one_is_some_half_full() {
    let app = TestApp::start().await;
    loose(&app).await;
    sqlx::query("INSERT INTO loose SELECT FROM generate_series(1, 140000)").execute(&app.owner).await.unwrap();
    let taken: Vec<(i32, i64)> = sqlx::query_as("SELECT list, count(*) FROM status_places GROUP BY list ORDER BY list")
        .fetch_all(&app.owner)
        .await
        .unwrap();
    let lists: Vec<i32> = taken.iter().map(|(list, _)| *list).collect();
    assert!(lists.len() > 1 && lists.iter().copied().eq(1..=i32::try_from(lists.len()).unwrap()), "{taken:?}");
    for (_, places) in &taken[..taken.len() - 1] {
        assert!((30_000..100_000).contains(places), "{taken:?}");
    }
    // At random: each eighth of the first list has its share.
    let eighths: Vec<i64> = sqlx::query_scalar(
        "SELECT count(*) FROM status_places WHERE list = 1 GROUP BY index / 16384 ORDER BY index / 16384",
    )
    .fetch_all(&app.owner)
    .await
    .unwrap();
    let share = taken[0].1 / 8;
    assert_eq!(eighths.len(), 8);
    assert!(eighths.iter().all(|eighth| (eighth - share).abs() < share / 10), "{eighths:?}");
}
