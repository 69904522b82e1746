//! Lists, followed from page to page as their readers do.

use axum::http::StatusCode;
use serde_json::Value;

use super::TestApp;

/// A list as its server function answers with it.
pub struct List<'a> {
    pub app: &'a TestApp,
    /// Path of its server function with what it is asked besides order and place, ending in `?` or `&`.
    pub path: &'a str,
    pub cookie: Option<&'a str>,
    /// What the answer calls the rows, and what tells each of them apart.
    pub names: (&'static str, &'static str),
    /// Asks the database for what tells the rows apart, as text, the earliest first.
    pub stored: &'static str,
}

impl List<'_> {
    async fn stored(&self) -> Vec<String> {
        sqlx::query_scalar(self.stored).fetch_all(&self.app.owner).await.unwrap()
    }

    /// What tells the rows apart, from the first page to the last. Between each two of them something happens.
    pub async fn followed(&self, order: &str, meanwhile: &mut impl AsyncFnMut()) -> Vec<String> {
        let (rows, id) = self.names;
        let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let path = format!("{}order={order}&after={after}", self.path);
            let (status, body) = self.app.get(&path, self.cookie).await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            let page: Value = serde_json::from_str(&body).unwrap();
            let text = |row: &Value| row[id].as_str().map_or_else(|| row[id].to_string(), str::to_owned);
            seen.extend(page[rows].as_array().unwrap().iter().map(text));
            pages += 1;
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut after),
                None => break,
            }
            meanwhile().await;
        }
        assert!(pages > 1, "{}: a list of one page goes on nowhere", self.path);
        seen
    }

    /// Follows the list in both orders, while rows come that are later than all before: each row is there once, in its
    /// place.
    pub async fn gives_each_row_once(&self, mut arrive: impl AsyncFnMut()) {
        let before = self.stored().await.len();
        let seen = self.followed("earliest", &mut arrive).await;
        let stored = self.stored().await;
        assert!(stored.len() > before, "{}: nothing came meanwhile", self.path);
        assert_eq!(seen, stored, "{}", self.path);
        // Who reads the latest first has passed the place of those that come.
        let seen = self.followed("latest", &mut arrive).await;
        assert_eq!(seen, stored.into_iter().rev().collect::<Vec<_>>(), "{}", self.path);
    }
}
