//! Turns the locale files into the typed keys of `crate::i18n`, and rebuilds when a migration changes.

use std::error::Error;
use std::path::PathBuf;

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

/// One file of texts per feature, in each locale.
const NAMESPACES: [&str; 20] = [
    "accounts",
    "admin",
    "assessment",
    "common",
    "errors",
    "licences",
    "merging",
    "messages",
    "offline",
    "oversight",
    "pages",
    "papers",
    "programmes",
    "renewal",
    "review",
    "scanning",
    "second_factor",
    "site",
    "training",
    "verification",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    let config = Config::new("ar")?
        .add_locale("en")?
        .add_namespaces(NAMESPACES)?
        .locales_path("src/i18n/locales")
        .parse_options(ParseOptions::new().interpolate_display(true));
    let translations = TranslationsInfos::parse(config)?;
    translations.emit_diagnostics();
    translations.rerun_if_locales_changed();
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n");
    translations.generate_i18n_module(out)?;
    Ok(())
}
