//! `rukhsa seed`: the demonstration set. Development only.

use super::{Outcome, failed};
use crate::server::config::Config;

pub async fn run(config: Config) -> Outcome {
    if !config.is_development() {
        return Err(failed("seed exists in development only (RUKHSA_MODE=development)"));
    }
    Ok(())
}
