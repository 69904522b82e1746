//! Credentials read by software that shares nothing with what made them: npm's `jose`, `jsonld` with the contexts that
//! W3C and 1EdTech publish, `@digitalbazaar/vc-bitstring-status-list`, and Python's `openbadgeslib`, which verifies Open
//! Badges 3.0.

use serde_json::{Value, json};

use super::{ORIGIN, downloaded, holder, part, start};
use crate::oversight::tests::{revoked, suspended};
use crate::signing::publish;
use crate::signing::tests::others::{python, run};

#[tokio::test]
#[ignore = "needs what scripts/setup --tests installs; scripts/test runs it"]
async fn others_verify_a_credential_and_its_status_and_refuse_every_bit_flipped() {
    let app = start().await;
    publish(&app.state).await.unwrap();
    let mut credentials = Vec::new();
    for set in [&[][..], &["revocation"], &["suspension"]] {
        let (person, number) = holder(&app).await;
        // Handed out while it counts; what became of it later, the lists tell.
        credentials
            .push(json!({ "signed": downloaded(&app, person, &number).await, "set": set, "number": number.digits() }));
        match set {
            ["revocation"] => revoked(&app, &number).await,
            ["suspension"] => suspended(&app, &number).await,
            _ => (),
        }
    }
    let mut lists = serde_json::Map::new();
    for entry in part(credentials[0]["signed"].as_str().unwrap(), 1)["credentialStatus"].as_array().unwrap() {
        let url = entry["statusListCredential"].as_str().unwrap();
        lists.insert(url.to_owned(), app.get(url.strip_prefix(ORIGIN).unwrap(), None).await.1.into());
    }
    let jwks: Value = serde_json::from_str(&app.get("/.well-known/jwks.json", None).await.1).unwrap();
    let given = json!({ "issuer": ORIGIN, "jwks": jwks, "credentials": credentials, "lists": lists });
    let file = std::env::temp_dir().join(format!("rukhsa-credentials-{}.json", std::process::id()));
    std::fs::write(&file, given.to_string()).unwrap();
    run("node", "credentials.mjs", &file);
    run(&python(), "credentials.py", &file);
    std::fs::remove_file(&file).unwrap();
}
