//! XLSX, as strangers send it: unpacked with a limit first, since a small file may hold a whole disk of zeros.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::cell::Cell;
use super::{READ_ROWS, Table};
use crate::error::Problem;

/// Bytes that a file may unpack to; a list of 10,000 rows and twenty columns has a third of it.
const LARGEST_UNPACKED: u64 = 32 * 1024 * 1024;

/// Bytes of a shared text at least, with its marks.
const SMALLEST_TEXT: usize = 8;

/// Characters that are kept of a text.
const KEPT: usize = 100;

/// Bytes of the styles, and of one value in them: the reader copies names and formats into every style.
const LARGEST_STYLES: usize = 2 * 1024 * 1024;
const LONGEST_VALUE: usize = 1024;

/// Files in a file at most.
const MOST_PARTS: usize = 1_000;

/// Columns that are looked at.
const COLUMNS: u32 = 100;

/// Sheets that are looked at for the first that has anything in it.
const SHEETS: usize = 10;

/// The rows of the first sheet that has any.
///
/// # Errors
/// [`Problem::FileUnreadable`]
pub fn table(bytes: &[u8]) -> Result<Table, Problem> {
    is_harmless(bytes).ok_or(Problem::FileUnreadable)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Problem::FileUnreadable)?;
    for sheet in book.sheet_names().into_iter().take(SHEETS) {
        // A sheet may be a chart.
        let rows = rows(&mut book, &sheet).unwrap_or_default();
        if rows.iter().any(|(_, cells)| cells.iter().any(|(_, cell)| !cell.is_blank())) {
            return Ok(rows);
        }
    }
    Err(Problem::Required)
}

/// A text, or its beginning: one that many cells share takes room in each of them.
fn cut(text: &str) -> String {
    text.chars().take(KEPT).collect()
}

/// Cell by cell: as a whole a sheet would take the room of its furthest cell.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Option<Table> {
    let mut cells = book.worksheet_cells_reader(sheet).ok()?;
    let mut rows: Table = Vec::new();
    while let Some(cell) = cells.next_cell().ok()? {
        let (row, column) = cell.get_position();
        let value = match cell.get_value() {
            DataRef::Int(whole) => Cell::Text(whole.to_string()),
            DataRef::Float(quantity) => Cell::Quantity(*quantity),
            DataRef::String(text) => Cell::Text(cut(text)),
            DataRef::SharedString(text) => Cell::Text(cut(text)),
            _ => continue,
        };
        let line = i32::try_from(row).ok()?.checked_add(1)?;
        if column >= COLUMNS || value.is_blank() {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != line) {
            // Rows stand in their order, each once; what has them otherwise no spreadsheet wrote.
            if rows.last().is_some_and(|(last, _)| *last > line) {
                return None;
            }
            if rows.len() == READ_ROWS {
                break;
            }
            rows.push((line, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.push((usize::try_from(column).ok()?, value));
        }
    }
    Some(rows)
}

/// Whether a file unpacks to no more than it may, whatever it says of itself, and has no part that names a size of its own
/// for which the reader would make room at once.
fn is_harmless(bytes: &[u8]) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MOST_PARTS {
        return None;
    }
    let mut left = LARGEST_UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).ok()?;
        let name = part.name().ok()?.to_ascii_lowercase();
        let mut unpacked = Vec::new();
        let read = part.take(left + 1).read_to_end(&mut unpacked).ok()?;
        left = left.checked_sub(u64::try_from(read).ok()?)?;
        if (name.ends_with("sharedstrings.xml") && !claims_little(&unpacked))
            || (name.ends_with("styles.xml") && !copies_little(&unpacked))
        {
            return None;
        }
    }
    Some(())
}

/// The text of a part in UTF-8. In any other encoding, what is looked for could hide.
fn utf8(xml: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(xml).ok()?;
    let start = String::from_utf8_lossy(&xml[..xml.len().min(200)]).to_ascii_lowercase();
    let encoding = start.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    encoding.is_none_or(|encoding| encoding.starts_with("utf-8")).then_some(text)
}

/// Whether the styles are few enough, and short enough, to be copied into each other.
fn copies_little(xml: &[u8]) -> bool {
    let is_short = |text: &str| text.split(['"', '\'']).all(|value| value.len() <= LONGEST_VALUE);
    xml.len() <= LARGEST_STYLES && utf8(xml).is_some_and(is_short)
}

/// Whether the shared texts claim to be no more than their bytes allow: the reader makes room for as many at once.
fn claims_little(xml: &[u8]) -> bool {
    let Some(text) = utf8(xml) else { return false };
    text.split("uniqueCount").skip(1).all(|rest| {
        let claimed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let digits = claimed.bytes().take_while(u8::is_ascii_digit).count();
        digits < 9 && claimed[..digits].parse::<usize>().unwrap_or(0) <= xml.len() / SMALLEST_TEXT
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use rust_xlsxwriter::Workbook;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::sent;
    use super::*;
    use crate::bulk::model::{Asked, Wrong};

    const NUMBER: &str = "4821093755162049";

    /// A file with these cells: row, column and text.
    fn book(cells: &[(u32, u16, &str)]) -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet();
        let sheet = book.add_worksheet();
        for (row, column, text) in cells {
            match text.strip_prefix('#').and_then(|quantity| quantity.parse::<f64>().ok()) {
                Some(quantity) => sheet.write_number(*row, *column, quantity).unwrap(),
                None => sheet.write_string(*row, *column, *text).unwrap(),
            };
        }
        book.save_to_buffer().unwrap()
    }

    /// The file with one of its parts changed.
    fn changed(file: &[u8], of: &str, by: &str, to: &str) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
        let mut written = ZipWriter::new(Cursor::new(Vec::new()));
        for part in 0..archive.len() {
            let mut part = archive.by_index(part).unwrap();
            let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
            part.read_to_string(&mut text).unwrap();
            if name == of {
                assert!(text.contains(by), "{text}");
                text = text.replace(by, to);
            }
            written.start_file(name, SimpleFileOptions::default()).unwrap();
            written.write_all(text.as_bytes()).unwrap();
        }
        written.finish().unwrap().into_inner()
    }

    #[test]
    fn the_first_sheet_that_has_anything_is_read() {
        let cells = [
            (2, 1, "الاسم"),
            (2, 3, "رقم الرخصة"),
            (3, 1, "سعد"),
            (3, 3, "٤٨٢١ ٠٩٣٧ ٥٥١٦ ٢٠٤٩"),
            (4, 1, "هند"),
            (5, 3, "#4821093755162049"),
            (7, 3, "#4821093755162040"),
            (9, 3, "=1+1"),
        ];
        let number = || Asked::Number(NUMBER.to_owned());
        let expected = vec![
            (4, number()),
            (5, Asked::Wrong(String::new(), Wrong::Missing)),
            (6, number()),
            (8, number()),
            (10, Asked::Wrong("=1+1".to_owned(), Wrong::Length)),
        ];
        assert_eq!(sent(&book(&cells)), Ok(expected));
        assert_eq!(sent(&book(&[])), Err(Problem::Required));
    }

    #[test]
    fn the_furthest_cell_takes_no_room() {
        let cells = [(0, 0, NUMBER), (1_048_575, 16_383, "x"), (1_048_575, 0, NUMBER)];
        assert_eq!(sent(&book(&cells)).unwrap().len(), 2);
    }

    #[test]
    fn what_would_take_too_much_room_is_refused() {
        let file = book(&[(0, 0, NUMBER)]);
        let texts = "xl/sharedStrings.xml";
        let unique = "uniqueCount=\"1\"";
        assert_eq!(sent(&changed(&file, texts, unique, unique)).unwrap().len(), 1);
        for huge in ["uniqueCount=\"99999999999\"", "uniqueCount = '2000000'"] {
            assert_eq!(sent(&changed(&file, texts, unique, huge)), Err(Problem::FileUnreadable), "{huge}");
        }
        assert_eq!(
            sent(&changed(&file, texts, "encoding=\"UTF-8\"", "encoding=\"ISO-2022-JP\"")),
            Err(Problem::FileUnreadable)
        );
        let fonts = "<name val=\"Calibri\"/>";
        let name = format!("<name val=\"{}\"/>", "x".repeat(LONGEST_VALUE + 1));
        assert_eq!(sent(&changed(&file, "xl/styles.xml", fonts, &name)), Err(Problem::FileUnreadable));
        let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
        bomb.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
        for _ in 0..33 {
            bomb.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
        let bomb = bomb.finish().unwrap().into_inner();
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(sent(&bomb), Err(Problem::FileUnreadable));
    }
}
