//! Text in lines and columns.

use super::cell::Cell;
use super::{READ_ROWS, Table};

/// Lines that are looked at for what separates their cells.
const LOOKED_AT: usize = 20;

/// The text of a file. Spreadsheets write UTF-8, UTF-16 or the code page of the country; whichever it is, digits and
/// separators read alike, and what cannot be read is no number.
pub fn decoded(bytes: &[u8]) -> String {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|two| read([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The rows of a text.
pub fn table(text: &str) -> Table {
    // Lines are counted by their last character, which the reader leaves to the next row where there are two.
    let mut text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    // Numbers one after another, with the comma that is at hand; in columns it belongs to the words.
    if !text.trim().contains('\n') {
        text = text.replace(['،', '؛'], ",");
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), csv::StringRecord::new());
    // One record for all rows, since a copy has the room of the widest; and no more rows than tell that they are too many.
    while rows.len() < READ_ROWS && reader.read_record(&mut record).unwrap_or(false) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(line) = record.position().and_then(|start| line(&text, start)) else { continue };
        rows.push((line, record.iter().map(|cell| Cell::Text(cell.to_owned())).enumerate().collect()));
    }
    rows
}

/// The line of a row. The reader counts from the empty lines before it.
fn line(text: &str, start: &csv::Position) -> Option<i32> {
    let rest = text.as_bytes().get(usize::try_from(start.byte()).ok()?..)?;
    let empty = rest.iter().take_while(|byte| **byte == b'\n').count();
    i32::try_from(start.line()).ok()?.checked_add(i32::try_from(empty).ok()?)
}

/// What separates the cells: spreadsheets copy with tabs, and in some countries save with semicolons.
fn delimiter(text: &str) -> u8 {
    let count =
        |separator: char| text.lines().take(LOOKED_AT).map(|line| line.matches(separator).count()).sum::<usize>();
    [(b'\t', '\t'), (b';', ';'), (b',', ',')].into_iter().max_by_key(|(_, c)| count(*c)).map_or(b',', |(byte, _)| byte)
}
