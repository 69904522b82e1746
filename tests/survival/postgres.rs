//! A Postgres of its own, to be killed.

use std::path::PathBuf;
use std::process::Command;

use sqlx::postgres::PgConnectOptions;

/// A running cluster. It does not outlive this.
pub struct Postgres(PathBuf);

impl Postgres {
    pub fn start() -> Self {
        let state = std::env::temp_dir().join(format!("rukhsa-survival-{}", std::process::id()));
        let cluster = Self(state);
        cluster.script("start");
        cluster
    }

    /// `kill -9` of every process of it, and a start after that.
    pub fn killed_and_started(&self) {
        self.script("kill");
        self.script("start");
    }

    pub fn owner(&self) -> PgConnectOptions {
        self.script("owner-url").trim().parse().unwrap()
    }

    pub fn application(&self) -> PgConnectOptions {
        self.script("url").trim().parse().unwrap()
    }

    fn script(&self, verb: &str) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres");
        let output = Command::new(script).arg(verb).env("RUKHSA_POSTGRES", &self.0).output().unwrap();
        assert!(output.status.success(), "{verb}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.script("destroy");
    }
}
