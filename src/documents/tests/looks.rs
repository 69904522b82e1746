//! Papers beside what they looked like when somebody last looked at them. After a change that is meant to be seen:
//! `RENEW_LOOKS=1 cargo test --features ssr --lib documents::tests::looks`, and look at the pictures in `looks/`.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::PathBuf;

use super::picture::Picture;
use super::{Printed, address, card, certificate, licence, longest};
use crate::documents::typesetting::Template;
use crate::i18n::Locale;

/// Other versions of poppler draw edges a little otherwise; a word that moved or changed is more.
const MOST: f64 = 0.002;

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/documents/tests/looks").join(format!("{name}.png"))
}

fn read(name: &str) -> Picture {
    let mut reader = png::Decoder::new(BufReader::new(File::open(kept(name)).unwrap())).read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut grey).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Eight), "{name}");
    Picture { width: info.width as usize, height: info.height as usize, grey }
}

fn write(name: &str, picture: &Picture) {
    let (width, height) = (picture.width.try_into().unwrap(), picture.height.try_into().unwrap());
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(kept(name)).unwrap()), width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&picture.grey).unwrap();
}

/// A page looks as it did.
fn looks(printed: &Printed, page: usize, name: &str, dots: u32) {
    let now = Picture::of(printed, page, dots);
    if std::env::var_os("RENEW_LOOKS").is_some() {
        write(name, &now);
    }
    let differing = now.differing(&read(name));
    assert!(differing <= MOST, "{name}: {differing} of its pixels differ");
}

#[test]
fn the_card_looks_as_it_did_in_both_languages() {
    for locale in [Locale::ar, Locale::en] {
        let printed = Printed::new(Template::Card, &licence(locale, card(locale), address()));
        looks(&printed, 1, &format!("card-front-{locale}"), 200);
        looks(&printed, 2, &format!("card-back-{locale}"), 200);
        let printed = Printed::new(Template::Card, &licence(locale, longest(locale), address()));
        looks(&printed, 1, &format!("card-longest-{locale}"), 200);
    }
}

#[test]
fn the_sheet_looks_as_it_did_in_both_languages() {
    for locale in [Locale::ar, Locale::en] {
        let printed = Printed::new(Template::Licence, &licence(locale, card(locale), address()));
        looks(&printed, 1, &format!("sheet-{locale}"), 72);
        let printed = Printed::new(Template::Licence, &licence(locale, longest(locale), address()));
        looks(&printed, 1, &format!("sheet-longest-{locale}"), 72);
    }
}

#[test]
fn the_certificate_looks_as_it_did_in_both_languages() {
    for locale in [Locale::ar, Locale::en] {
        let printed = Printed::new(Template::Certificate, &certificate(locale));
        looks(&printed, 1, &format!("certificate-{locale}"), 72);
    }
}

#[test]
fn another_word_would_be_seen() {
    let mut card = card(Locale::ar);
    card.name = "محمد عبد الله سعد الزهراني".to_owned();
    let printed = Printed::new(Template::Card, &licence(Locale::ar, card, address()));
    let differing = Picture::of(&printed, 1, 200).differing(&read("card-front-ar"));
    assert!(differing > 2.0 * MOST, "{differing}");
}
