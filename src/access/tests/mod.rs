//! The matrix of permissions against the functions that exist, and against the running portal, cell by cell.

mod routes;
mod samples;
mod source;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;
use uuid::Uuid;

use super::Role;
use super::matrix::{Access, MATRIX};
use crate::testing::TestApp;
use samples::sample;

/// Functions that exist in tests only.
const OF_TESTS: &str = "test/";

/// Every server function of the portal by its endpoint, with the method it is called by.
fn functions() -> Vec<(&'static str, Method)> {
    server_fn_paths()
        .map(|(path, method)| (path.strip_prefix("/api/").unwrap_or(path), method))
        .filter(|(endpoint, _)| !endpoint.starts_with(OF_TESTS))
        .collect()
}

/// Somebody who calls, and the roles they have; `None` is a visitor.
struct Who {
    name: String,
    person: Option<Uuid>,
    role: Option<Role>,
    /// Whether they have passed the second factor.
    passed: bool,
}

async fn everybody(app: &TestApp) -> Vec<Who> {
    let mut everybody = vec![
        Who { name: "visitor".to_owned(), person: None, role: None, passed: false },
        Who { name: "volunteer".to_owned(), person: Some(app.verified_person().await), role: None, passed: false },
    ];
    for role in Role::ALL {
        for passed in [false, true] {
            let name = format!("{}{}", role.code(), if passed { "" } else { " without second factor" });
            everybody.push(Who { name, person: Some(app.staff(role).await), role: Some(role), passed });
        }
    }
    everybody
}

fn permitted(access: Access, who: &Who) -> bool {
    match access {
        Access::Public => true,
        Access::SignedIn => who.person.is_some(),
        Access::Staff(role) => who.role == Some(role) && who.passed,
    }
}

/// Calls a function over HTTP with its sample, signed in afresh: some samples sign out.
async fn call(app: &TestApp, endpoint: &str, method: &Method, who: &Who) -> StatusCode {
    let fields = sample(endpoint).unwrap_or_else(|| panic!("{endpoint} has no sample in access/tests/samples.rs"));
    let cookie = match who.person {
        Some(person) if who.passed => Some(app.sign_in(person).await),
        Some(person) => Some(format!("session={}", app.sign_in_by_code(person).await)),
        None => None,
    };
    if method == Method::GET {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        app.get(&format!("/api/{endpoint}?{query}"), cookie.as_deref()).await.0
    } else {
        app.post(endpoint, cookie.as_deref(), fields).await.0
    }
}

/// A fingerprint of everything stored, but for the sign-ins that the test itself makes.
async fn fingerprint(app: &TestApp) -> Vec<(String, String)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'sign_in_sessions'
         ORDER BY tablename",
    )
    .fetch_all(&app.owner)
    .await
    .unwrap();
    let mut prints = Vec::new();
    for table in tables {
        let statement = format!("SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t");
        let print: String = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&app.owner).await.unwrap();
        prints.push((table, print));
    }
    prints
}

#[test]
fn every_server_function_stands_in_the_matrix() {
    let rows: BTreeSet<&str> = MATRIX.iter().map(|(endpoint, _)| *endpoint).collect();
    let missing: Vec<&str> =
        functions().into_iter().map(|(endpoint, _)| endpoint).filter(|endpoint| !rows.contains(endpoint)).collect();
    assert!(missing.is_empty(), "not in the matrix: {missing:?}");
}

#[test]
fn every_row_of_the_matrix_is_one_server_function() {
    let there: BTreeSet<&str> = functions().into_iter().map(|(endpoint, _)| endpoint).collect();
    let gone: Vec<&str> =
        MATRIX.iter().map(|(endpoint, _)| *endpoint).filter(|endpoint| !there.contains(endpoint)).collect();
    assert!(gone.is_empty(), "no such function: {gone:?}");
    let rows: BTreeSet<&str> = MATRIX.iter().map(|(endpoint, _)| *endpoint).collect();
    assert_eq!(rows.len(), MATRIX.len(), "a row stands twice");
}

/// What is written by GET: nothing that another site could want to happen by a link.
const WRITTEN_BY_GET: [&str; 3] = [
    // Who read whose record, and that it was read.
    "administration::reading",
    "administration::roster",
    // That its reviewer looks at a request, which keeps their claim on it: who reads for long is not idle. It gives nobody a
    // claim, and works where there are no scripts to post it.
    "review::request",
];

#[test]
fn no_server_function_that_changes_something_is_called_by_get() {
    // Posts from other sites are refused; a link from one is not.
    let by_get = functions().into_iter().filter(|(_, method)| method == Method::GET);
    let by_get: BTreeSet<&str> = by_get.map(|(endpoint, _)| endpoint).collect();
    for endpoint in &by_get {
        assert!(source::reads_only(endpoint), "{endpoint} is called by GET and begins a transaction");
    }
    assert_eq!(source::writes(&by_get), BTreeSet::from(WRITTEN_BY_GET.map(str::to_owned)));
}

#[tokio::test]
async fn refused_callers_are_told_so_and_change_nothing() {
    let app = TestApp::start().await;
    let everybody = everybody(&app).await;
    let before = fingerprint(&app).await;
    let mut cells = 0;
    for (endpoint, method) in functions() {
        let Some((_, access)) = MATRIX.iter().find(|(row, _)| *row == endpoint) else { continue };
        for who in everybody.iter().filter(|who| !permitted(*access, who)) {
            let status = call(&app, endpoint, &method, who).await;
            let expected = if who.person.is_none() { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{} calls {endpoint}", who.name);
            cells += 1;
        }
    }
    assert_eq!(fingerprint(&app).await, before);
    assert!(cells > 0);
}

#[tokio::test]
async fn permitted_callers_are_let_in_with_well_formed_arguments() {
    let app = TestApp::start().await;
    let everybody = everybody(&app).await;
    for (endpoint, method) in functions() {
        let Some((_, access)) = MATRIX.iter().find(|(row, _)| *row == endpoint) else { continue };
        for who in everybody.iter().filter(|who| permitted(*access, who)) {
            let status = call(&app, endpoint, &method, who).await;
            assert!(
                !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST)
                    && !status.is_server_error(),
                "{} calls {endpoint}: {status}",
                who.name
            );
        }
    }
}
