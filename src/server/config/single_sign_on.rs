//! The national single sign-on: an `OpenID` Connect provider and how this portal is registered with it.

use openidconnect::{ClientId, ClientSecret, IssuerUrl, RedirectUrl};

/// Where the provider sends a browser back to, below the portal's own origin.
pub const CALLBACK: &str = "/sign-in/national/callback";

/// The claim that carries the national ID where none is named.
const ID_CLAIM: &str = "national_id";

/// A provider and what it knows this portal by.
#[derive(Clone)]
pub struct SingleSignOn {
    /// As `OpenID` Connect Discovery 1.0 knows it: its document stands below it.
    pub issuer: IssuerUrl,
    pub client_id: ClientId,
    pub client_secret: ClientSecret,
    pub redirect: RedirectUrl,
    /// Name of the claim that carries the national ID or Iqama number; `sub` where it is the subject itself.
    pub id_claim: String,
}

impl SingleSignOn {
    /// Reads the variables through `get`: the three that go together, or none.
    pub(super) fn read(
        get: &impl Fn(&str) -> Option<String>,
        origin: &str,
        development: bool,
        problems: &mut Vec<String>,
    ) -> Option<Self> {
        let names = ["RUKHSA_SSO_ISSUER", "RUKHSA_SSO_CLIENT_ID", "RUKHSA_SSO_CLIENT_SECRET"];
        let [issuer, client_id, client_secret] = super::together(get, names, true, problems)?;
        if !development && !issuer.starts_with("https://") {
            problems.push("RUKHSA_SSO_ISSUER must begin with https://".to_owned());
        }
        // Discovery 1.0 section 3: an issuer has neither query nor fragment.
        let issuer = IssuerUrl::new(issuer).ok().filter(|issuer| {
            let url = issuer.url();
            matches!(url.scheme(), "https" | "http") && url.query().is_none() && url.fragment().is_none()
        });
        if issuer.is_none() {
            problems.push("RUKHSA_SSO_ISSUER is not the address of an issuer".to_owned());
        }
        let redirect = RedirectUrl::new(format!("{}{CALLBACK}", origin.trim_end_matches('/')));
        let redirect = redirect.map_err(|_| {
            problems.push("RUKHSA_ORIGIN is not an address that a provider can send browsers to".to_owned());
        });
        Some(Self {
            issuer: issuer?,
            client_id: ClientId::new(client_id),
            client_secret: ClientSecret::new(client_secret),
            redirect: redirect.ok()?,
            id_claim: get("RUKHSA_SSO_ID_CLAIM").unwrap_or_else(|| ID_CLAIM.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    const ISSUER: (&str, &str) = ("RUKHSA_SSO_ISSUER", "https://sso.example/oidc");
    const ID: (&str, &str) = ("RUKHSA_SSO_CLIENT_ID", "rukhsa");
    const SECRET: (&str, &str) = ("RUKHSA_SSO_CLIENT_SECRET", "s3cret");

    fn read(mode: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::read(|name| match name {
            "RUKHSA_MODE" => Some(mode.to_owned()),
            "DATABASE_URL" => Some("postgres://x".to_owned()),
            name => variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
        })
    }

    fn problems(mode: &str, variables: &[(&str, &str)]) -> Vec<String> {
        let found = read(mode, variables).err().unwrap_or_default();
        found.into_iter().filter(|problem| problem.contains("SSO")).collect()
    }

    #[test]
    fn without_its_variables_it_is_off() {
        assert!(read("development", &[]).ok().unwrap().single_sign_on.is_none());
        assert!(problems("production", &[]).is_empty());
    }

    #[test]
    fn with_all_three_it_is_on() {
        let read = |more: &[(&str, &str)]| {
            let variables = [&[ISSUER, ID, SECRET], more].concat();
            read("development", &variables).ok().unwrap().single_sign_on.unwrap()
        };
        let plain = read(&[("RUKHSA_ORIGIN", "http://localhost:3000/")]);
        assert_eq!(plain.redirect.as_str(), "http://localhost:3000/sign-in/national/callback");
        assert_eq!(plain.id_claim, "national_id");
        assert_eq!(read(&[("RUKHSA_SSO_ID_CLAIM", "sub")]).id_claim, "sub");
    }

    #[test]
    fn some_without_the_others_are_told() {
        for given in [ISSUER, ID, SECRET] {
            let told = problems("development", &[given]);
            let missing: Vec<_> = [ISSUER, ID, SECRET].into_iter().filter(|one| *one != given).collect();
            assert_eq!(told, missing.iter().map(|(name, _)| format!("{name} is not set")).collect::<Vec<_>>());
        }
    }

    #[test]
    fn production_needs_a_secure_issuer() {
        assert!(problems("production", &[ISSUER, ID, SECRET]).is_empty());
        let plain = ("RUKHSA_SSO_ISSUER", "http://sso.example");
        assert!(problems("development", &[plain, ID, SECRET]).is_empty());
        assert_eq!(problems("production", &[plain, ID, SECRET]), ["RUKHSA_SSO_ISSUER must begin with https://"]);
    }

    #[test]
    fn what_is_no_issuer_is_told() {
        for issuer in ["sso.example", "file:///etc", "https://sso.example/?a=b", "https://sso.example/#a"] {
            let told = problems("development", &[("RUKHSA_SSO_ISSUER", issuer), ID, SECRET]);
            assert_eq!(told, ["RUKHSA_SSO_ISSUER is not the address of an issuer"], "{issuer}");
        }
    }
}
