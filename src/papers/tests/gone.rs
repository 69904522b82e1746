//! Sheets of accounts that are closed, and of records that an administrator would merge away.

use axum::http::StatusCode;

use super::{Hall, refused, rule};

#[tokio::test]
async fn a_sheet_of_a_closed_account_is_declined_alone() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("20").await;
    let closed = hall.app.post("administration/close_account", Some(&hall.persons), &[("understood", "true")]).await;
    assert_eq!(closed.0, StatusCode::OK);
    let (_, page) = hall.app.get("/admin/results", Some(&hall.officers)).await;
    assert!(page.contains("أُغلق حساب صاحبها") && !page.contains("اعتماد النتيجة"), "{page}");
    assert_eq!(hall.confirm(sheet).await, refused("NoLongerPossible"));
    for pool in hall.pools() {
        assert_eq!(rule(hall.settle(pool, sheet, "confirmed", hall.officer).await), "person_is_open");
    }
    assert_eq!(hall.decide("papers/decline", &hall.officers, sheet).await.0, StatusCode::OK);
    assert_eq!((hall.told("paper_declined").await, hall.attempts().await.len()), (0, 0));
    for pool in hall.pools() {
        assert_eq!(rule(hall.write(pool, hall.trainer, 20, 20).await), "person_is_open");
    }
    let (_, page) = hall.app.get(&format!("/trainer/{}/results", hall.session), Some(&hall.trainers)).await;
    assert!(page.contains("لا أحد تُسجَّل له نتيجة"), "{page}");
}

#[tokio::test]
async fn a_record_with_a_sheet_that_waits_is_not_merged_away() {
    let hall = Hall::new().await;
    hall.app.verify(hall.person).await;
    hall.waiting("20").await;
    let blockers: Vec<String> = sqlx::query_scalar("SELECT merging_blockers($1, $2, $3)")
        .bind(hall.person)
        .bind(hall.app.verified_person().await)
        .bind(hall.app.clock.now())
        .fetch_all(&hall.app.pool)
        .await
        .unwrap();
    // It waits of who attended only, which is in the way already.
    assert_eq!(blockers, ["enrolment"]);
}

#[tokio::test]
async fn a_sheet_of_a_record_that_was_merged_is_not_confirmed() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("20").await;
    // As if nothing had been in the way.
    let kept = hall.app.verified_person().await;
    let mut tx = hall.app.owner.begin().await.unwrap();
    sqlx::query("ALTER TABLE persons DISABLE TRIGGER USER").execute(&mut *tx).await.unwrap();
    sqlx::query("UPDATE persons SET merged_into = $2 WHERE id = $1")
        .bind(hall.person)
        .bind(kept)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("ALTER TABLE persons ENABLE TRIGGER USER").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    for pool in hall.pools() {
        assert_eq!(rule(hall.settle(pool, sheet, "confirmed", hall.officer).await), "person_is_open");
    }
    assert_eq!(hall.confirm(sheet).await, refused("NoLongerPossible"));
}
