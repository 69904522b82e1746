//! What the source of every server function says, read as text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A server function as it is written.
struct Written {
    file: PathBuf,
    endpoint: String,
    body: String,
}

/// Every source file of the crate, but for tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs")
            && path.file_name().is_none_or(|name| name != "tests.rs")
        {
            found.push(path);
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&root(), &mut found);
    found
}

/// The feature that a file belongs to, and what it is within it.
fn place(file: &Path) -> Option<(String, String)> {
    let mut parts = file.strip_prefix(root()).ok()?.iter().map(|part| part.to_string_lossy().into_owned());
    Some((parts.next()?, parts.next()?))
}

fn written() -> Vec<Written> {
    let mut found = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut rest = text.as_str();
        while let Some(at) = rest.find("\n#[server(") {
            rest = &rest[at + 1..];
            let attribute = &rest[..rest.find(")]").unwrap()];
            let endpoint = attribute
                .split_once("endpoint = \"")
                .unwrap_or_else(|| panic!("{}: a server function without an endpoint", file.display()))
                .1;
            let endpoint = endpoint[..endpoint.find('"').unwrap()].to_owned();
            // The body is what stands between the brace after the return type and the next brace in the first column.
            let signature = rest.find("-> Result<").unwrap();
            let open = signature + rest[signature..].find('{').unwrap();
            let close = open + rest[open..].find("\n}").unwrap();
            found.push(Written { file: file.clone(), endpoint, body: rest[open + 1..close].to_owned() });
            rest = &rest[close..];
        }
    }
    found
}

/// The first statement of a body; what is only imported there does nothing.
fn first_statement(body: &str) -> &str {
    let mut rest = body.trim_start();
    loop {
        let end = rest.find(';').map_or(rest.len(), |at| at + 1);
        let imports = rest.starts_with("use ");
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after).trim_start();
        } else if imports {
            rest = rest[end..].trim_start();
        } else {
            return &rest[..end];
        }
    }
}

/// Whether a function as written opens no transaction.
pub fn reads_only(endpoint: &str) -> bool {
    written().iter().filter(|one| one.endpoint == endpoint).all(|one| !one.body.contains(".begin()"))
}

/// The functions of stores that have a statement which writes, each with its feature.
fn writing() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for file in files() {
        let Some((feature, _)) = place(&file).filter(|(_, within)| within == "store" || within == "store.rs") else {
            continue;
        };
        for function in std::fs::read_to_string(&file).unwrap().split("async fn ").skip(1) {
            let body = &function[..function.find("\n}").unwrap_or(function.len())];
            let says = |words: &str| body.contains(words);
            if says("INSERT INTO ") || says("DELETE FROM ") || says("UPDATE ") && says(" SET ") {
                found.insert((feature.clone(), name(function).to_owned()));
            }
        }
    }
    found
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The functions of stores that these server functions call, and which write, as `feature::name`.
pub fn writes(endpoints: &BTreeSet<&str>) -> BTreeSet<String> {
    let writing = writing();
    let mut found = BTreeSet::new();
    for one in written().into_iter().filter(|one| endpoints.contains(one.endpoint.as_str())) {
        let used = one.body.split("crate::").skip(1).filter_map(|rest| rest.split_once("::"));
        let mut features: BTreeSet<String> =
            used.filter(|(_, rest)| rest.starts_with("store")).map(|(feature, _)| feature.to_owned()).collect();
        features.extend(place(&one.file).map(|(feature, _)| feature));
        let calls = one.body.split("::").skip(1).map(name);
        for called in calls.filter(|called| one.body.contains(&format!("::{called}("))) {
            for feature in &features {
                if writing.contains(&(feature.clone(), called.to_owned())) {
                    found.insert(format!("{feature}::{called}"));
                }
            }
        }
    }
    found
}

#[test]
fn every_server_function_asks_for_permission_first() {
    for one in written() {
        let first = first_statement(&one.body);
        let asks = format!("authorise(\"{}\")?", one.endpoint);
        assert!(first.contains(&asks), "{}: {} begins with {first}", one.file.display(), one.endpoint);
        // Nothing may be done on the way to the question.
        let before = &first[..first.find(&asks).unwrap()];
        assert!(!before.contains(['(', '{']), "{}: {first}", one.file.display());
    }
}

#[test]
fn the_functions_that_are_written_are_those_that_exist() {
    let mut written: Vec<String> = written().into_iter().map(|one| one.endpoint).collect();
    let mut there: Vec<String> = super::functions().into_iter().map(|(endpoint, _)| endpoint.to_owned()).collect();
    written.sort();
    there.sort();
    assert_eq!(written, there);
}

#[test]
fn a_first_statement_is_found_behind_imports() {
    let body = "\n    use a::{b, c};\n    // why\n    let caller = authorise(\"a/b\")?;\n    more();\n";
    assert_eq!(first_statement(body), "let caller = authorise(\"a/b\")?;");
}
