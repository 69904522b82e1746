//! Answered lists as files for spreadsheets, written so that no cell is computed and no number loses a digit.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use super::model::{Asked, Row};
use super::words::{state_word, wrong_text};
use crate::calendar::RIYADH;
use crate::i18n::{Locale, td_string};
use crate::licences::words::kind_name;
use crate::text::guarded;
use crate::ui::number::grouped;

const DAY: &[BorrowedFormatItem<'static>] = format_description!("[year]-[month]-[day]");
const TIME: &[BorrowedFormatItem<'static>] = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

/// Widths of the columns, in characters.
const WIDTHS: [f64; 9] = [8.0, 24.0, 24.0, 28.0, 32.0, 28.0, 14.0, 14.0, 22.0];

/// As comma-separated values; the mark at the start tells spreadsheets that it is UTF-8. Numbers stand in groups, which
/// no spreadsheet takes for a quantity.
pub fn csv(locale: Locale, rows: &[Row]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    for line in std::iter::once(headings(locale)).chain(rows.iter().map(|row| cells(locale, row))) {
        // Writing to memory does not fail, and every line has the same columns.
        let _ = writer.write_record(line.iter().map(|cell| guarded(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// As XLSX. Every cell is text.
///
/// # Errors
/// When it cannot be put together.
pub fn xlsx(locale: Locale, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_right_to_left(locale == Locale::ar).set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for ((column, heading), width) in (0..).zip(headings(locale)).zip(WIDTHS) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, heading, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells(locale, row)) {
            if !cell.is_empty() {
                sheet.write_string(line, column, cell)?;
            }
        }
    }
    book.save_to_buffer()
}

fn headings(locale: Locale) -> [String; 9] {
    [
        td_string!(locale, bulk.line),
        td_string!(locale, licences.number),
        td_string!(locale, licences.state),
        td_string!(locale, bulk.why),
        td_string!(locale, licences.kind),
        td_string!(locale, verification.holder),
        td_string!(locale, licences.valid_from),
        td_string!(locale, licences.expires),
        td_string!(locale, bulk.answered_at),
    ]
    .map(str::to_owned)
}

fn cells(locale: Locale, row: &Row) -> [String; 9] {
    let (asked, why) = match &row.asked {
        Asked::Number(number) => (grouped(number, 4), ""),
        Asked::Wrong(typed, wrong) => (typed.clone(), wrong_text(locale, *wrong)),
    };
    // Dates of these centuries have the parts that are asked for.
    let day = |day: Date| day.format(DAY).unwrap_or_default();
    let time = |at: OffsetDateTime| at.to_offset(RIYADH).format(TIME).unwrap_or_default();
    [
        row.line.to_string(),
        asked,
        state_word(locale, row.state).to_owned(),
        why.to_owned(),
        row.licence.map(|(kind, _)| kind_name(locale, kind).to_owned()).unwrap_or_default(),
        row.holder.clone().unwrap_or_default(),
        row.licence.map(|(_, valid)| day(valid.from)).unwrap_or_default(),
        row.licence.map(|(_, valid)| day(valid.to)).unwrap_or_default(),
        row.answered_at.map(time).unwrap_or_default(),
    ]
}
