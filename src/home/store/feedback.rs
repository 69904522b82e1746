//! What visitors say of the pages. Written, and never read here: whoever runs the portal reads it in the database.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::error::AppError;
use crate::server::rate::Limit;

/// Answers from one address. Wide: a whole hall may share one.
pub const PER_ADDRESS: Limit = Limit { act: "feedback", most: 30, window: Duration::hours(1) };

/// Characters of a remark at most.
pub const LONGEST_REMARK: usize = 500;

/// Keeps an answer about the page at a path, with the remark unless it is empty.
///
/// # Errors
/// When the database is away.
pub async fn insert(
    connection: &mut PgConnection,
    path: &str,
    useful: bool,
    remark: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO page_feedback (page, useful, remark, at) VALUES ($1, $2, nullif($3, ''), $4)",
        words(path),
        useful,
        remark,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The words of a path, with `*` in place of numbers, ids and whatever else is no word of the portal's own addresses.
fn words(path: &str) -> String {
    let is_word =
        |part: &str| (1..=24).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let parts = path.trim_start_matches('/').split('/').take(6);
    let parts = parts.map(|part| if is_word(part) { part } else { "*" }).collect::<Vec<_>>();
    if path == "/" { "/".to_owned() } else { format!("/{}", parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn only_words_are_left_of_a_path() {
        for (path, kept) in [
            ("/", "/"),
            ("/help", "/help"),
            ("/licences/team-leader", "/licences/team-leader"),
            ("/verify/4821093755162049", "/verify/*"),
            ("/account/test/6a0c1d1e-51f5-4a4b-b6c5-8d7c4f8a0b1c/result/2", "/account/test/*/result/*"),
            ("/account/roles/abcdefghijklmnopqrstuvwxyzabcdefg", "/account/roles/*"),
            ("/a//b/c/d/e/f/g", "/a/*/b/c/d/e"),
            ("/%D9%85", "/*"),
            ("/help/", "/help/*"),
            ("", "/*"),
        ] {
            assert_eq!(words(path), kept);
        }
    }
}
