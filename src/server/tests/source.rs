//! Habits that the compiler does not check, read from the source.

use std::path::{Path, PathBuf};

fn files(folder: &str, kind: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, kind: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, kind, found);
            } else if path.extension().is_some_and(|extension| extension == kind) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), kind, &mut found);
    assert!(!found.is_empty());
    found
}

/// Text without what stands between two marks.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        kept.push_str(&rest[..at]);
        rest = rest[at..].find(to).map_or("", |end| &rest[at + end + to.len()..]);
    }
    kept + rest
}

/// Whether every text area stands without children: they would not be escaped.
fn text_areas_are_childless(source: &str) -> bool {
    // Put together, so that this file does not find itself.
    let open = concat!("<text", "area");
    source.split(open).skip(1).all(|after| {
        let end = after.find('>').unwrap_or(after.len());
        after[..end].ends_with('/') || after[end + 1..].trim_start().starts_with(concat!("</text", "area>"))
    })
}

#[test]
fn no_text_area_has_children() {
    for (path, text) in files("src", "rs") {
        assert!(text_areas_are_childless(&text), "{}", path.display());
    }
    let [with, without, closed] =
        ["x>{typed}</x>", "x a=b></x>", "x a=b/>"].map(|text| text.replace('x', concat!("text", "area")));
    assert!(!text_areas_are_childless(&format!("<{with}")));
    assert!(text_areas_are_childless(&format!("<{without}")) && text_areas_are_childless(&format!("<{closed}")));
}

#[test]
fn styles_know_no_left_and_no_right() {
    for (path, text) in files("style", "css") {
        let text = without(&text, "/*", "*/");
        for (line, words) in text.lines().enumerate() {
            let place = format!("{}:{}: {words}", path.display(), line + 1);
            let parts =
                |text: &str| text.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_owned).collect::<Vec<_>>();
            assert!(!parts(words).iter().any(|word| word == "left" || word == "right"), "{place}");
            let property = words.split(':').next().unwrap_or_default().trim();
            assert!(!parts(property).iter().any(|word| word == "top" || word == "bottom"), "{place}");
            assert!(
                !matches!(property.trim_start_matches("min-").trim_start_matches("max-"), "width" | "height"),
                "{place}"
            );
        }
    }
}

#[test]
fn the_time_comes_from_the_clock() {
    let now = concat!("now_", "utc()");
    for (path, text) in files("src", "rs") {
        assert!(path.ends_with("server/clock.rs") || !text.contains(now), "{}", path.display());
    }
}

#[test]
fn only_stores_hold_statements() {
    // The database and what every request needs of it have their own; tests look behind the curtain.
    let may = |path: &Path| {
        let path = path.to_string_lossy();
        ["/store/", "/store.rs", "/server/", "/testing/", "/tests/", "/tests.rs"].iter().any(|part| path.contains(part))
    };
    for (path, text) in files("src", "rs") {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        assert!(may(&path) || !code.contains("sqlx::query"), "{}", path.display());
    }
}

/// Lists of which nothing ever goes: the history of a setting, a finished check, and the pager that shows how pagers look.
const NEVER_SHRINK: [&str; 3] = ["administration/pages/setting.rs", "bulk/pages/check.rs", "home/pages/components.rs"];

#[test]
fn a_list_of_pages_knows_what_to_say_of_one_that_has_emptied() {
    // Put together, so that this file does not find itself.
    let (pager, past_end) = (concat!("<", "Pager "), concat!("<", "PastEnd/>"));
    let mut lists = 0;
    for (path, text) in files("src", "rs").into_iter().filter(|(_, text)| text.contains(pager)) {
        lists += 1;
        let grows = NEVER_SHRINK.iter().any(|one| path.ends_with(one));
        assert!(grows != text.contains(past_end), "{}", path.display());
    }
    assert!(lists > NEVER_SHRINK.len());
}
