//! What the register signs, read by libraries that share nothing with it: Python's `joserfc` and npm's
//! `@digitalbazaar/vc-bitstring-status-list`. They run as processes of their own on a file that is written here.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::lists::one;
use super::places::place;
use super::{fetch, trusted};
use crate::oversight::tests::{revoked, suspended};
use crate::signing::jws::key_at;
use crate::signing::model::{Claims, verify};
use crate::testing::TestApp;

/// Runs a program of `end2end/` on a file, and shows what it says when it fails.
pub fn run(program: &str, script: &str, file: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("end2end");
    let ran = Command::new(program).arg(folder.join(script)).arg(file).output();
    let ran = ran.unwrap_or_else(|error| panic!("{program}: {error}; scripts/setup --tests installs what is missing"));
    let said = [ran.stdout, ran.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert!(ran.status.success(), "{}{}", said[0], said[1]);
}

/// The Python that `scripts/setup --tests` gave its libraries to.
pub fn python() -> String {
    std::env::var("RUKHSA_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

#[tokio::test]
#[ignore = "needs what scripts/setup --tests installs; scripts/test runs it"]
async fn others_read_what_the_register_signs_and_refuse_every_bit_flipped() {
    let app = TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", "https://rukhsa.example")]).await;
    let keys = trusted(&app).await;
    let (active, gone, held) = (one(&app).await, one(&app).await, one(&app).await);
    revoked(&app, &gone).await;
    suspended(&app, &held).await;
    let address = crate::licences::tests::qr::address_of(&app, &active).await;
    let token = address.split_once('#').unwrap().1;
    let Claims { number, .. } = verify(token, &keys).unwrap();
    assert_eq!(number, active);
    let mut places = Vec::new();
    for (number, set) in [(&active, &[][..]), (&gone, &["revocation"]), (&held, &["suspension"])] {
        places.push(json!([place(&app, number).await.index, set]));
    }
    let mut lists = serde_json::Map::new();
    for purpose in ["revocation", "suspension"] {
        lists.insert(purpose.to_owned(), fetch(&app, &format!("/status/{purpose}/1"), None).await.2.into());
    }
    let jwks: Value = serde_json::from_str(&fetch(&app, "/.well-known/jwks.json", None).await.2).unwrap();
    let claims: Value = serde_json::from_str(&verify(token, &keys).unwrap().encode()).unwrap();
    let kid = key_at(&app.state, app.clock.now()).unwrap().id();
    let given = json!({
        "jwks": jwks, "kid": kid, "token": token, "claims": claims, "lists": lists, "places": places,
    });
    let file = std::env::temp_dir().join(format!("rukhsa-signatures-{}.json", std::process::id()));
    std::fs::write(&file, given.to_string()).unwrap();
    run(&python(), "signatures.py", &file);
    run("node", "status-lists.mjs", &file);
    std::fs::remove_file(&file).unwrap();
}
