//! Who is found to be like whom.

use uuid::Uuid;

use super::{merged, two};
use crate::accounts::name_key::name_key;
use crate::licences::tests::together;
use crate::merging::job::compare_all;
use crate::server::keys::Purpose;
use crate::testing::{TestApp, scale};

/// Somebody verified with a name and a birth date.
async fn called(app: &TestApp, name: [&str; 4], birth: &str) -> Uuid {
    let person = app.person().await;
    call(app, person, name, birth).await;
    app.verify(person).await;
    person
}

async fn call(app: &TestApp, person: Uuid, name: [&str; 4], birth: &str) {
    sqlx::query(
        "UPDATE persons SET given_name = $2, father_name = $3, grandfather_name = $4, family_name = $5, name_key = $6,
             birth_date_sealed = $7 WHERE id = $1",
    )
    .bind(person)
    .bind(name[0])
    .bind(name[1])
    .bind(name[2])
    .bind(name[3])
    .bind(name_key(&name.join(" ")))
    .bind(app.state.config.keys.seal(Purpose::BirthDate, birth))
    .execute(&app.pool)
    .await
    .unwrap();
}

/// The standing of the pair of two people, once everybody was compared.
async fn standing(app: &TestApp, one: Uuid, other: Uuid) -> Option<String> {
    compare_all(&app.state).await.unwrap();
    sqlx::query_scalar("SELECT state FROM likely_pairs WHERE (one_id, other_id) = (least($1, $2), greatest($1, $2))")
        .bind(one)
        .bind(other)
        .fetch_optional(&app.pool)
        .await
        .unwrap()
}

const NAME: [&str; 4] = ["فاطمة", "عبد الرحمن", "أحمد", "العمري"];
const BIRTH: &str = "1988-03-09";

#[tokio::test]
async fn spellings_of_one_name_are_found_and_others_are_not() {
    let app = TestApp::start().await;
    let first = called(&app, NAME, BIRTH).await;
    let spelt = called(&app, ["فاطمه", "عبدالرحمٰن", "احمد", "العمرى"], BIRTH).await;
    let younger = called(&app, NAME, "1988-03-10").await;
    let cousin = called(&app, ["فاطمة", "عبد الرحمن", "سعد", "العمري"], BIRTH).await;
    assert_eq!(standing(&app, first, spelt).await.as_deref(), Some("waiting"));
    for other in [younger, cousin] {
        assert_eq!(standing(&app, first, other).await, None);
        assert_eq!(standing(&app, spelt, other).await, None);
    }
}

#[tokio::test]
async fn nobody_is_put_before_an_officer_by_merely_naming_them() {
    let app = TestApp::start().await;
    let (known, stranger) = (called(&app, NAME, BIRTH).await, app.person().await);
    call(&app, stranger, NAME, BIRTH).await;
    assert_eq!(standing(&app, known, stranger).await, None);
    app.verify(stranger).await;
    assert_eq!(standing(&app, known, stranger).await.as_deref(), Some("waiting"));
}

#[tokio::test]
async fn a_mended_name_undoes_what_waits_and_nothing_that_was_settled() {
    let app = TestApp::start().await;
    let [first, second, third] =
        [called(&app, NAME, BIRTH).await, called(&app, NAME, BIRTH).await, called(&app, NAME, BIRTH).await];
    assert_eq!(standing(&app, first, second).await.as_deref(), Some("waiting"));
    let by = app.staff(crate::access::Role::Administrator).await;
    sqlx::query(
        "UPDATE likely_pairs SET state = 'dismissed', settled_at = now(), settled_by = $3, reason = 'both_came'
         WHERE (one_id, other_id) = (least($1, $2), greatest($1, $2))",
    )
    .bind(first)
    .bind(third)
    .bind(by)
    .execute(&app.pool)
    .await
    .unwrap();
    call(&app, first, ["فاطمة", "عبد الرحمن", "أحمد", "الغامدي"], BIRTH).await;
    assert_eq!(standing(&app, first, second).await, None);
    assert_eq!(standing(&app, first, third).await.as_deref(), Some("dismissed"));
    // What was told apart does not come back, though they are alike again.
    call(&app, first, NAME, BIRTH).await;
    assert_eq!(standing(&app, first, second).await.as_deref(), Some("waiting"));
    assert_eq!(standing(&app, first, third).await.as_deref(), Some("dismissed"));
}

#[tokio::test]
async fn who_is_gone_is_compared_no_more() {
    let app = TestApp::start().await;
    let [first, second, third] =
        [called(&app, NAME, BIRTH).await, called(&app, NAME, BIRTH).await, called(&app, NAME, BIRTH).await];
    assert_eq!(standing(&app, second, third).await.as_deref(), Some("waiting"));
    sqlx::query("DELETE FROM likely_pairs WHERE (one_id, other_id) = (least($1, $2), greatest($1, $2))")
        .bind(first)
        .bind(second)
        .execute(&app.pool)
        .await
        .unwrap();
    merged(&app, first, second).await;
    assert_eq!(standing(&app, first, second).await.as_deref(), Some("merged"));
    assert_eq!(standing(&app, first, third).await, None);
    assert_eq!(standing(&app, second, third).await.as_deref(), Some("waiting"));
    let cookie = app.sign_in(third).await;
    app.post("administration/close_account", Some(&cookie), &[("understood", "true")]).await;
    assert_eq!(standing(&app, second, third).await, None);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM likenesses WHERE person_id = ANY ($1)")
        .bind(vec![first, third])
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_birth_date_that_does_not_open_holds_nobody_up() {
    let app = TestApp::start().await;
    let broken = called(&app, NAME, BIRTH).await;
    sqlx::query("UPDATE persons SET birth_date_sealed = 'noise' WHERE id = $1")
        .bind(broken)
        .execute(&app.pool)
        .await
        .unwrap();
    let (first, second) = (called(&app, NAME, BIRTH).await, called(&app, NAME, BIRTH).await);
    assert_eq!(standing(&app, first, second).await.as_deref(), Some("waiting"));
    assert_eq!(standing(&app, broken, second).await, None);
}

#[tokio::test]
async fn comparisons_at_once_miss_nobody() {
    let app = TestApp::start().await;
    for round in 0..scale(5, 50) {
        let birth = format!("19{:02}-03-09", 50 + round % 50);
        let name = ["فاطمة", "سالم", "أحمد", if round < 50 { "العمري" } else { "الحربي" }];
        let (first, second) = (called(&app, name, &birth).await, called(&app, name, &birth).await);
        // Each takes one of the two.
        let mut blocker = app.pool.begin().await.unwrap();
        sqlx::query("SELECT FROM people_to_compare WHERE person_id = $1 FOR UPDATE")
            .bind(second)
            .execute(&mut *blocker)
            .await
            .unwrap();
        let first_half = compare_all(&app.state);
        let release = async {
            blocker.rollback().await.unwrap();
            compare_all(&app.state).await
        };
        let (one, other) = tokio::join!(first_half, release);
        one.unwrap();
        other.unwrap();
        assert_eq!(standing(&app, first, second).await.as_deref(), Some("waiting"), "round {round}");
    }
}

#[tokio::test]
async fn a_name_mended_during_a_comparison_is_compared_after_it() {
    let app = TestApp::start().await;
    let [first, second] = two(&app).await;
    for round in 0..scale(5, 50) {
        let birth = format!("19{:02}-07-01", 30 + round % 70);
        let act = async |person| {
            let mut tx = app.pool.begin().await.unwrap();
            sqlx::query("UPDATE persons SET birth_date_sealed = $2 WHERE id = $1")
                .bind(person)
                .bind(app.state.config.keys.seal(Purpose::BirthDate, &birth))
                .execute(&mut *tx)
                .await
                .unwrap();
            compare_all(&app.state).await.unwrap();
            tx.commit().await.unwrap();
        };
        together([act(first), act(second)]).await;
        assert_eq!(standing(&app, first, second).await.as_deref(), Some("waiting"), "round {round}");
    }
}
