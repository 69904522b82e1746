//! Turns the locale files into the typed keys of `crate::i18n`, rebuilds when a migration changes, and asks for the fonts
//! that the server prints with.

use std::error::Error;
use std::path::{Path, PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

/// One file of texts per feature, in each locale.
const NAMESPACES: [&str; 26] = [
    "accounts",
    "admin",
    "assessment",
    "bulk",
    "common",
    "credentials",
    "documents",
    "errors",
    "licences",
    "lists",
    "merging",
    "messages",
    "offline",
    "organisations",
    "oversight",
    "pages",
    "papers",
    "programmes",
    "receipts",
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
    println!("cargo::rerun-if-changed=fonts");
    if std::env::var_os("CARGO_FEATURE_SSR").is_some() && !Path::new("fonts/OFL.txt").exists() {
        return Err("the fonts are missing: scripts/setup makes them".into());
    }
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
