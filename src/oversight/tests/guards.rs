//! What the database refuses, whoever asks: a change without its event, an event without its change, half an approval.

use uuid::Uuid;

use super::{approve, corrected, go, holder, id_of, officers, propose, restored, rule, state, suspended};
use crate::error::Problem;
use crate::licences::model::LicenceState;
use crate::oversight::model::{Act, Event, Reason};
use crate::testing::TestApp;

#[tokio::test]
async fn no_statement_alone_changes_a_licence() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    for pool in [&app.pool, &app.owner] {
        for change in [
            "state = 'suspended'",
            "state = 'revoked'",
            "state = 'superseded', superseded_by = id",
            "superseded_by = id",
        ] {
            let statement = sqlx::AssertSqlSafe(format!("UPDATE licences SET {change}"));
            let refusal = sqlx::query(statement).execute(pool).await.unwrap_err();
            assert_eq!(rule(&refusal), "licences_by_event", "{change}");
        }
    }
    suspended(&app, &number).await;
    for pool in [&app.pool, &app.owner] {
        for state in ["active", "revoked"] {
            let refusal = sqlx::query("UPDATE licences SET state = $1").bind(state).execute(pool).await.unwrap_err();
            assert_eq!(rule(&refusal), "licences_by_event", "{state}");
        }
    }
    assert_eq!(state(&app, &number).await, "suspended");
}

/// Adds an event by hand.
async fn event(app: &TestApp, licence: Uuid, event: &str, by: Uuid, proposal: Option<Uuid>) -> Result<(), String> {
    let reason = if event == "suspended" { "complaint_under_review" } else { "holder_asked" };
    sqlx::query(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at, proposal_id)
         VALUES ($1, $2, $3, $4, coalesce((SELECT at FROM proposal_outcomes WHERE proposal_id = $5), $6), $5)",
    )
    .bind(licence)
    .bind(event)
    .bind(reason)
    .bind(by)
    .bind(proposal)
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .map(drop)
    .map_err(|error| rule(&error))
}

#[tokio::test]
async fn nobody_restores_or_revokes_alone_by_hand() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let (id, [first, second]) = (id_of(&app, &number).await, officers(&app).await);
    let approved = Err("licence_events_approved".to_owned());
    assert_eq!(event(&app, id, "revoked", second, None).await, approved);
    // A proposal alone is not enough, nor another's refusal.
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    assert_eq!(event(&app, id, "revoked", second, Some(proposal)).await, approved);
    sqlx::query("INSERT INTO proposal_outcomes (proposal_id, outcome, by_id, at) VALUES ($1, 'refused', $2, $3)")
        .bind(proposal)
        .bind(second)
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap();
    assert_eq!(event(&app, id, "revoked", second, Some(proposal)).await, approved);
    assert_eq!(event(&app, id, "restored", second, None).await, Err("licence_events_possible".to_owned()));
    suspended(&app, &number).await;
    assert_eq!(event(&app, id, "restored", second, None).await, approved);
    assert_eq!(state(&app, &number).await, "suspended");
}

#[tokio::test]
async fn an_approval_works_once() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let (id, [first, second]) = (id_of(&app, &number).await, officers(&app).await);
    suspended(&app, &number).await;
    let mut tx = app.pool.begin().await.unwrap();
    go(&mut tx, id, [first, second], LicenceState::Active, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    suspended(&app, &number).await;
    let spent: Uuid = sqlx::query_scalar("SELECT id FROM licence_proposals").fetch_one(&app.pool).await.unwrap();
    assert_eq!(event(&app, id, "restored", second, Some(spent)).await, Err("licence_events_once_approved".to_owned()));
    // Nor is one licence's approval another's.
    let (_, other) = holder(&app).await;
    suspended(&app, &other).await;
    let refused = event(&app, id_of(&app, &other).await, "restored", second, Some(spent)).await;
    assert_eq!(refused, Err("licence_events_approved".to_owned()));
    assert_eq!((state(&app, &number).await, state(&app, &other).await), ("suspended".into(), "suspended".into()));
}

#[tokio::test]
async fn proposals_and_what_became_of_them_are_not_rewritten() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let [first, second] = officers(&app).await;
    let proposal = propose(&app, first, &number, Act::Revoke).await.unwrap();
    approve(&app, second, proposal).await.unwrap();
    for statement in [
        "UPDATE licence_proposals SET proposed_by = proposed_by",
        "DELETE FROM licence_proposals",
        "UPDATE proposal_outcomes SET outcome = 'refused'",
        "DELETE FROM proposal_outcomes",
    ] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
    // What officers wrote can be erased.
    for table in ["proposal_texts", "licence_event_texts"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&app.pool).await.unwrap();
    }
}

#[tokio::test]
async fn a_history_has_one_beginning_and_nothing_out_of_place() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let (id, [first, _]) = (id_of(&app, &number).await, officers(&app).await);
    let begin = sqlx::query("INSERT INTO licence_events (licence_id, event, at) VALUES ($1, 'issued', now())")
        .bind(id)
        .execute(&app.pool)
        .await;
    assert_eq!(rule(&begin.unwrap_err()), "licence_events_begin_once");
    assert_eq!(event(&app, id, "restored", first, None).await, Err("licence_events_possible".to_owned()));
    suspended(&app, &number).await;
    assert_eq!(event(&app, id, "suspended", first, None).await, Err("licence_events_possible".to_owned()));
    let unnamed = sqlx::query(
        "INSERT INTO licence_events (licence_id, event, reason, at) VALUES ($1, 'suspended', 'holder_asked', now())",
    )
    .bind(id_of(&app, &holder(&app).await.1).await)
    .execute(&app.pool)
    .await;
    assert_eq!(rule(&unnamed.unwrap_err()), "licence_events_untied", "nobody is nobody without ties");
}

#[tokio::test]
async fn the_database_takes_the_reasons_that_the_code_gives_and_no_other() {
    let app = TestApp::start().await;
    // The constraints alone: whether a reason fits what is done.
    let reasons: Vec<(String, String)> = sqlx::query_as(
        "SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conname IN ('licence_events_reason', 'licence_proposals_reason') ORDER BY conname",
    )
    .fetch_all(&app.owner)
    .await
    .unwrap();
    let takes = async |definition: &str, columns: String| -> bool {
        let condition = definition.trim_start_matches("CHECK ").trim_end_matches(" NOT VALID");
        let statement = format!("SELECT {condition} FROM (SELECT {columns}) AS given");
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&app.owner).await.unwrap()
    };
    for reason in Reason::ALL {
        for (done, act) in [
            (Event::Suspended, Act::Suspend),
            (Event::Restored, Act::Restore),
            (Event::Revoked, Act::Revoke),
            (Event::Superseded, Act::Correct),
            (Event::Issued, Act::Correct),
        ] {
            let columns = format!("'{}'::text AS event, '{}'::text AS reason", done.code(), reason.code());
            let fits = act.reasons().contains(&reason);
            assert_eq!(takes(&reasons[0].1, columns).await, fits, "{done:?} {reason:?}");
            if act.takes_two() {
                let columns = format!("'{}'::text AS act, '{}'::text AS reason", act.code(), reason.code());
                assert_eq!(takes(&reasons[1].1, columns).await, fits, "{act:?} {reason:?}");
            }
        }
    }
    for done in Event::ALL {
        let none = takes(&reasons[0].1, format!("'{}'::text AS event, NULL::text AS reason", done.code())).await;
        assert_eq!(none, done == Event::Issued, "{done:?} without a reason");
    }
}

#[tokio::test]
async fn a_correction_by_hand_continues_what_it_corrects() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let (_, other) = holder(&app).await;
    let (id, [officer, _]) = (id_of(&app, &number).await, officers(&app).await);
    let now = app.clock.now();
    let supersede = "INSERT INTO licence_events (licence_id, event, reason, actor_id, at, successor_id)
         VALUES ($1, 'superseded', 'name_corrected', $2, $3, coalesce($4, gen_random_uuid()))";
    // Not by a licence that exists already.
    let refusal = sqlx::query(supersede)
        .bind(id)
        .bind(officer)
        .bind(now)
        .bind(Some(id_of(&app, &other).await))
        .execute(&app.pool)
        .await
        .unwrap_err();
    assert_eq!(rule(&refusal), "licence_events_new_successor");
    // Not without a successor at all.
    let mut tx = app.pool.begin().await.unwrap();
    sqlx::query(supersede).bind(id).bind(officer).bind(now).bind(None::<Uuid>).execute(&mut *tx).await.unwrap();
    assert!(tx.commit().await.is_err(), "the successor is there at commit, or nothing happened");
    // Not with other days, another kind, another holder, another moment, or under cover of an ordinary licence.
    for (columns, refusing) in [
        (
            "request_id, person_id, kind, 'active', $2, daterange(lower(valid), upper(valid) + 365), id",
            "licences_continues",
        ),
        ("request_id, person_id, 'team_leader', 'active', $2, valid, id", "licences_continues"),
        (
            "(SELECT request_id FROM licences o WHERE o.id <> $1), (SELECT person_id FROM licences o WHERE o.id <> $1),
             kind, 'active', $2, valid, id",
            "licences_continues",
        ),
        ("request_id, person_id, kind, 'active', $2 + interval '1 second', valid, id", "licences_continues"),
        ("request_id, person_id, kind, 'active', $2, valid, NULL", "licences_continues"),
        ("request_id, person_id, kind, 'suspended', $2, valid, id", "licence_first_state"),
        ("request_id, person_id, kind, 'active', $2, valid, id", "nothing refused"),
    ] {
        let mut tx = app.pool.begin().await.unwrap();
        sqlx::query(supersede).bind(id).bind(officer).bind(now).bind(None::<Uuid>).execute(&mut *tx).await.unwrap();
        let statement = format!(
            "INSERT INTO licences (id, number, request_id, person_id, kind, state, issued_at, valid, corrects)
             SELECT superseded_by, '0000000000000000', {columns} FROM licences WHERE id = $1"
        );
        let done = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(id).bind(now).execute(&mut *tx).await;
        let refused = done.map_or_else(|error| rule(&error), |_| "nothing refused".to_owned());
        assert_eq!(refused, refusing, "{columns}");
    }
    assert_eq!(state(&app, &number).await, "active");
}

#[tokio::test]
async fn one_request_has_one_licence_that_stands() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let new = corrected(&app, &number).await;
    let refusal = sqlx::query(
        "INSERT INTO licences (number, request_id, person_id, kind, state, issued_at, valid)
         SELECT '0000000000000000', request_id, person_id, kind, 'active', issued_at,
             daterange(upper(valid), upper(valid) + 365) FROM licences WHERE number = $1",
    )
    .bind(new.digits())
    .execute(&app.pool)
    .await
    .unwrap_err();
    assert_eq!(rule(&refusal), "licences_one_per_request");
    // And what was superseded is nobody's to act on.
    let [first, _] = officers(&app).await;
    assert_eq!(propose(&app, first, &number, Act::Revoke).await, Problem::NoLongerPossible.refused());
    suspended(&app, &new).await;
    restored(&app, &new).await;
}
