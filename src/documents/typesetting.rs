//! The typesetter: a template and what it is to say become a PDF. It knows neither requests nor the register.

use std::sync::LazyLock;

use serde::Serialize;
use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::text::is_direction_mark;

/// Documents after which what was laid out for one is forgotten: what is the same in all of them is needed again by then.
const KEPT_FOR: usize = 8;

/// Where templates find what they are to say.
const CONTENTS: &str = "contents.json";

/// What can be printed, each by a template of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    Licence,
    Card,
    Certificate,
}

impl Template {
    /// As its file and those it makes are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Card => "card",
            Self::Certificate => "certificate",
        }
    }
}

/// Why nothing was printed: a mistake in a template.
#[derive(Debug, thiserror::Error)]
#[error("a template failed: {0}")]
pub struct Unprintable(String);

macro_rules! font {
    ($family:literal, $file:literal) => {
        ($family, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file, ".ttf")) as &'static [u8])
    };
}

/// Set-up makes them. Two of them share a name with others: here each script has its own, for templates to ask for.
const FONTS: [(&str, &[u8]); 6] = [
    font!("Arabic", "arabic-400"),
    font!("Arabic", "arabic-700"),
    font!("Latin", "latin-400"),
    font!("Latin", "latin-700"),
    font!("Latin Extended", "latin-ext-400"),
    font!("Latin Extended", "latin-ext-700"),
];

macro_rules! source {
    ($file:literal) => {
        ($file, include_str!(concat!("templates/", $file)))
    };
}

const SOURCES: [(&str, &str); 4] =
    [source!("licence.typ"), source!("card.typ"), source!("certificate.typ"), source!("look.typ")];

/// The mark of the portal, which templates show.
const MARK: &[u8] = include_bytes!("../../public/mark.svg");

/// What all documents share.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let (mut book, mut fonts) = (FontBook::new(), Vec::new());
    for (family, data) in FONTS {
        for font in Font::iter(Bytes::new(data)) {
            let mut info = font.info().clone();
            family.clone_into(&mut info.family);
            book.push(info);
            fonts.push(font);
        }
    }
    let sources = SOURCES.iter().filter_map(|(name, text)| Some(Source::new(file(name)?, (*text).to_owned())));
    Shop { library: LazyHash::new(Library::default()), book: LazyHash::new(book), fonts, sources: sources.collect() }
});

/// The id of a file beside the templates; every name here is one.
fn file(name: &str) -> Option<FileId> {
    VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document in the making.
struct Sheet {
    main: FileId,
    said: Bytes,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &SHOP.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHOP.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHOP.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id.vpath().get_without_slash() {
            CONTENTS => Ok(self.said.clone()),
            "mark.svg" => Ok(Bytes::new(MARK)),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHOP.fonts.get(index).cloned()
    }

    /// No document says when it was printed.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Prints `contents` by a template, as PDF/A-2a (ISO 19005-2) that is PDF/UA-1 (ISO 14289-1) too. The same contents under
/// the same `name`, which becomes the document's id, give the same bytes. Takes tens of milliseconds of a core.
///
/// # Errors
/// When the template has a mistake.
pub fn print(template: Template, contents: &impl Serialize, name: &str) -> Result<Vec<u8>, Unprintable> {
    let said = serde_json::to_string(contents).map_err(|error| Unprintable(error.to_string()))?;
    let main = format!("{}.typ", template.name());
    let main = file(&main).ok_or(Unprintable(main))?;
    let sheet = Sheet { main, said: Bytes::from_string(printable(&said)) };
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| Unprintable(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(name.to_owned()),
        creator: Smart::Custom(None),
        standards,
        ..PdfOptions::default()
    };
    let printed = typst::compile(&sheet).output.and_then(|document| typst_pdf::pdf(&document, &options));
    comemo::evict(KEPT_FOR);
    printed.map_err(|mistakes| {
        let mistakes = mistakes.iter().map(|SourceDiagnostic { message, .. }| message.as_str());
        Unprintable(mistakes.collect::<Vec<_>>().join("; "))
    })
}

/// The text with a question mark for each character that no font has, since PDF/A forbids a glyph that is missing, and
/// without what only steers its direction.
fn printable(text: &str) -> String {
    let known = |c: char| {
        let mut infos = (0..SHOP.fonts.len()).filter_map(|index| SHOP.book.info(index));
        infos.any(|info| info.coverage.contains(u32::from(c)))
    };
    let shown = text.chars().filter(|c| !is_direction_mark(*c));
    shown.map(|c| if c.is_ascii() || known(c) { c } else { '?' }).collect()
}
