//! Configuration from the environment, read once at start. Every problem is told at once.

mod single_sign_on;

use std::net::{IpAddr, SocketAddr};

use super::keys::Keys;
use super::signing_keys::SigningKeys;

pub use single_sign_on::{CALLBACK, SingleSignOn};

/// How the program runs: development has extra pages and default secrets, production has neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Production,
    Development,
}

/// Everything the server is told from outside.
#[derive(Clone)]
pub struct Config {
    pub mode: Mode,
    pub addr: SocketAddr,
    pub metrics_addr: SocketAddr,
    /// Scheme, host and port that people see, without a trailing slash.
    pub origin: String,
    pub database_url: String,
    pub keys: Keys,
    pub signing_keys: SigningKeys,
    pub trusted_proxies: Vec<IpAddr>,
    /// Where text messages go; `None` only in development, where they stay in the inbox page.
    pub sms: Option<SmsGateway>,
    pub mail: Option<MailServer>,
    /// `None` where there is none: nothing of it shows then.
    pub single_sign_on: Option<SingleSignOn>,
}

/// An HTTP gateway that takes `{"to", "text"}` with a bearer token.
#[derive(Clone)]
pub struct SmsGateway {
    pub url: String,
    pub token: String,
}

/// An SMTP server, as a `smtps://user:password@host` URL, and the sender's address.
#[derive(Clone)]
pub struct MailServer {
    pub url: String,
    pub from: String,
}

/// Keys that anybody can read here, so they are for development alone.
const DEVELOPMENT_DATA_KEY: &str = "1:ZGV2ZWxvcG1lbnQtb25seS1kYXRhLWtleS0zMi1ieXQ=";
const DEVELOPMENT_INDEX_KEY: &str = "ZGV2ZWxvcG1lbnQtb25seS1pbmRleC1rZXktMzItYnk=";
/// Not a list of keys: one for any year.
const DEVELOPMENT_SIGNING_KEYS: &str = "development";

impl Config {
    /// Reads variables through `get`.
    ///
    /// # Errors
    /// One sentence for each variable that is missing or wrong.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        let mut problems = Vec::new();
        let mode = match get("RUKHSA_MODE").as_deref() {
            None | Some("production") => Mode::Production,
            Some("development") => Mode::Development,
            Some(other) => {
                problems.push(format!("RUKHSA_MODE must be production or development, not {other}"));
                Mode::Production
            }
        };
        let development = mode == Mode::Development;
        let mut required = |name: &str, default: Option<&str>| {
            get(name).or_else(|| default.filter(|_| development).map(str::to_owned)).unwrap_or_else(|| {
                problems.push(format!("{name} is not set"));
                String::new()
            })
        };

        let database_url = required("DATABASE_URL", None);
        let origin = required("RUKHSA_ORIGIN", Some("http://localhost:3000"));
        let data_key = required("RUKHSA_DATA_KEY", Some(DEVELOPMENT_DATA_KEY));
        let index_key = required("RUKHSA_INDEX_KEY", Some(DEVELOPMENT_INDEX_KEY));
        let signing_keys = required("RUKHSA_SIGNING_KEYS", Some(DEVELOPMENT_SIGNING_KEYS));
        let addr = get("RUKHSA_ADDR").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let metrics_addr = get("RUKHSA_METRICS_ADDR").unwrap_or_else(|| "127.0.0.1:9000".to_owned());

        let addr = parse("RUKHSA_ADDR", &addr, &mut problems);
        let metrics_addr: Option<SocketAddr> = parse("RUKHSA_METRICS_ADDR", &metrics_addr, &mut problems);
        if metrics_addr.is_some_and(|addr| !addr.ip().is_loopback()) {
            problems.push("RUKHSA_METRICS_ADDR must be a loopback address".to_owned());
        }
        if development && addr.is_some_and(|addr: SocketAddr| !addr.ip().is_loopback()) {
            problems.push("RUKHSA_ADDR must be a loopback address in development".to_owned());
        }
        if !development && !origin.is_empty() && !origin.starts_with("https://") {
            problems.push("RUKHSA_ORIGIN must begin with https://".to_owned());
        }
        let trusted_proxies = get("RUKHSA_TRUSTED_PROXIES")
            .unwrap_or_default()
            .split(',')
            .filter(|one| !one.trim().is_empty())
            .filter_map(|one| parse("RUKHSA_TRUSTED_PROXIES", one.trim(), &mut problems))
            .collect();
        let sms = together(&get, ["RUKHSA_SMS_URL", "RUKHSA_SMS_TOKEN"], development, &mut problems)
            .map(|[url, token]| SmsGateway { url, token });
        let mail = together(&get, ["RUKHSA_SMTP_URL", "RUKHSA_MAIL_FROM"], development, &mut problems)
            .map(|[url, from]| MailServer { url, from });
        let single_sign_on = SingleSignOn::read(&get, &origin, development, &mut problems);
        let keys = if data_key.is_empty() || index_key.is_empty() {
            None
        } else {
            Keys::parse(&data_key, &index_key).map_err(|problem| problems.push(problem.to_owned())).ok()
        };
        let signing_keys = match signing_keys.as_str() {
            "" => None,
            DEVELOPMENT_SIGNING_KEYS if development => Some(SigningKeys::development()),
            given => SigningKeys::parse(given).map_err(|problem| problems.push(problem.to_owned())).ok(),
        };
        let public = data_key == DEVELOPMENT_DATA_KEY
            || index_key == DEVELOPMENT_INDEX_KEY
            || signing_keys.as_ref().is_some_and(SigningKeys::are_public);
        if !development && public {
            problems.push("the keys of development are public: make new ones".to_owned());
        }
        match (addr, metrics_addr, keys, signing_keys) {
            (Some(addr), Some(metrics_addr), Some(keys), Some(signing_keys)) if problems.is_empty() => Ok(Self {
                mode,
                addr,
                metrics_addr,
                origin: origin.trim_end_matches('/').to_owned(),
                database_url,
                keys,
                signing_keys,
                trusted_proxies,
                sms,
                mail,
                single_sign_on,
            }),
            _ => Err(problems),
        }
    }

    /// Whether `/dev/*` and `seed` exist.
    pub fn is_development(&self) -> bool {
        self.mode == Mode::Development
    }

    /// Whether cookies can carry `Secure` and the `__Host-` prefix.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

fn parse<T: std::str::FromStr>(name: &str, value: &str, problems: &mut Vec<String>) -> Option<T> {
    value.parse().map_err(|_| problems.push(format!("{name} is not an address: {value}"))).ok()
}

/// Variables that go together: all of them, or none where that is `optional`.
fn together<const N: usize>(
    get: &impl Fn(&str) -> Option<String>,
    names: [&str; N],
    optional: bool,
    problems: &mut Vec<String>,
) -> Option<[String; N]> {
    let values: Vec<String> = names.iter().filter_map(|name| get(name)).collect();
    if !(optional && values.is_empty()) {
        let missing = names.iter().filter(|name| get(name).is_none());
        problems.extend(missing.map(|name| format!("{name} is not set")));
    }
    values.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::read(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn production_tells_every_missing_variable_at_once() {
        let problems = read(&[]).err().unwrap();
        for name in [
            "DATABASE_URL",
            "RUKHSA_ORIGIN",
            "RUKHSA_DATA_KEY",
            "RUKHSA_INDEX_KEY",
            "RUKHSA_SIGNING_KEYS",
            "RUKHSA_SMS_URL",
            "RUKHSA_SMTP_URL",
        ] {
            assert!(problems.iter().any(|problem| problem.contains(name)), "{name} in {problems:?}");
        }
    }

    #[test]
    fn development_needs_a_database_only() {
        let config = read(&[("RUKHSA_MODE", "development"), ("DATABASE_URL", "postgres://x")]).ok().unwrap();
        assert_eq!(config.origin, "http://localhost:3000");
    }

    #[test]
    fn development_keys_are_refused_in_production() {
        let problems = read(&[("RUKHSA_DATA_KEY", DEVELOPMENT_DATA_KEY)]).err().unwrap();
        assert!(problems.iter().any(|problem| problem.contains("keys of development")));
    }

    #[test]
    fn development_stays_on_loopback() {
        let problems = read(&[("RUKHSA_MODE", "development"), ("DATABASE_URL", "x"), ("RUKHSA_ADDR", "0.0.0.0:3000")]);
        assert!(problems.err().unwrap()[0].contains("loopback"));
    }
}
