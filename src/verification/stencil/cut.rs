//! A page with holes: cut out of one page, it gives every other of its shape.

use super::gzip;

/// The pieces of a page in their order.
pub struct Stencil(Vec<Piece>);

enum Piece {
    /// The same on every page, as text and already deflated.
    Fixed(String, Vec<u8>),
    /// What differs: the place in the list of holes.
    Hole(usize),
}

impl Stencil {
    /// Cuts what `holes` says out of a page, wherever it stands.
    ///
    /// # Errors
    /// The place of a hole that stands nowhere: then this is not the page they were made for.
    pub fn cut(page: &str, holes: &[String]) -> Result<Self, usize> {
        let mut pieces = vec![Piece::Fixed(page.to_owned(), Vec::new())];
        for (index, hole) in holes.iter().enumerate() {
            let mut next = Vec::new();
            let mut found = false;
            for piece in pieces {
                let Piece::Fixed(text, _) = &piece else {
                    next.push(piece);
                    continue;
                };
                for (nth, part) in text.split(hole.as_str()).enumerate() {
                    if nth > 0 {
                        found = true;
                        next.push(Piece::Hole(index));
                    }
                    if !part.is_empty() {
                        next.push(Piece::Fixed(part.to_owned(), Vec::new()));
                    }
                }
            }
            if !found {
                return Err(index);
            }
            pieces = next;
        }
        for piece in &mut pieces {
            if let Piece::Fixed(text, deflated) = piece {
                *deflated = gzip::deflated(text);
            }
        }
        Ok(Self(pieces))
    }

    /// The page with these in its holes.
    pub fn filled(&self, holes: &[String]) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Fixed(text, _) => text.as_str(),
                Piece::Hole(index) => holes.get(*index).map_or("", String::as_str),
            })
            .collect()
    }

    /// The same, as a gzip file (RFC 1952): only what differs is new, and that is stored as it is.
    pub fn gzipped(&self, holes: &[String]) -> Vec<u8> {
        let mut file = gzip::Writer::default();
        for piece in &self.0 {
            match piece {
                Piece::Fixed(text, deflated) => file.deflated(text, deflated),
                Piece::Hole(index) => file.stored(holes.get(*index).map_or("", String::as_str)),
            }
        }
        file.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    fn holes(of: &[&str]) -> Vec<String> {
        of.iter().map(|&hole| hole.to_owned()).collect()
    }

    fn unzipped(file: &[u8]) -> String {
        let mut text = String::new();
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn what_was_cut_out_of_one_page_gives_another() {
        let page = "<p>محمد ع.</p><a href=\"/v/12\">12</a>";
        let stencil = Stencil::cut(page, &holes(&["محمد ع.", "12"])).unwrap();
        assert_eq!(stencil.filled(&holes(&["محمد ع.", "12"])), page);
        assert_eq!(stencil.filled(&holes(&["نورة", "345"])), "<p>نورة</p><a href=\"/v/345\">345</a>");
    }

    #[test]
    fn a_page_that_lacks_a_value_gives_no_stencil() {
        assert!(Stencil::cut("<p>محمد</p>", &holes(&["محمد", "سعد"])).err() == Some(1));
    }

    #[test]
    fn what_is_already_a_hole_is_not_cut_again() {
        let stencil = Stencil::cut("a12b2c", &holes(&["12", "2"])).unwrap();
        assert_eq!(stencil.filled(&holes(&["34", "5"])), "a34b5c");
    }

    proptest! {
        #[test]
        fn the_gzip_file_holds_the_page(start in "\\PC{0,400}", value in "[^a-z]{1,80}", end in "\\PC{0,400}") {
            let page = format!("{start}hole{end}");
            let stencil = Stencil::cut(&page, &holes(&["hole"])).unwrap();
            let value = [value];
            prop_assert_eq!(unzipped(&stencil.gzipped(&value)), stencil.filled(&value));
        }
    }

    #[test]
    fn a_value_longer_than_a_stored_block_is_whole() {
        let stencil = Stencil::cut("a-b", &holes(&["-"])).unwrap();
        let long = ["س".repeat(70_000)];
        assert_eq!(unzipped(&stencil.gzipped(&long)), stencil.filled(&long));
    }
}
