//! Files of rows: read as spreadsheets write them, written so that spreadsheets read no formula.

use std::collections::HashMap;

use super::model::{ImportKind, OPTIONS, TypedPlan, TypedQuestion};
use crate::error::{AppError, Problem};
use crate::programmes::store::questions::Exported;
use crate::text::{guarded, unguarded};

/// Rows of a file at most.
const MOST_ROWS: usize = 500;

/// The cells of a row by the names of their columns.
pub struct Cells(HashMap<&'static str, String>);

impl Cells {
    /// The cell of a column; empty where the file lacks it.
    pub fn of(&self, column: &str) -> &str {
        self.0.get(column).map(String::as_str).unwrap_or_default()
    }

    /// A session, of this programme.
    pub fn plan(&self, programme: String) -> TypedPlan {
        let cell = |column: &str| self.of(column).to_owned();
        TypedPlan {
            programme,
            mode: cell("mode"),
            place: cell("place"),
            venue_ar: cell("venue_ar"),
            venue_en: cell("venue_en"),
            start_day: cell("start_day"),
            start_time: cell("start_time"),
            end_day: cell("end_day"),
            end_time: cell("end_time"),
            enrol_day: cell("enrol_day"),
            enrol_time: cell("enrol_time"),
            trainer: cell("trainer"),
            seats: cell("seats"),
        }
    }

    /// A question.
    pub fn question(&self) -> TypedQuestion {
        let cell = |column: &str| self.of(column).to_owned();
        TypedQuestion {
            kind: cell("kind"),
            topic: cell("topic"),
            stem_ar: cell("stem_ar"),
            stem_en: cell("stem_en"),
            option1_ar: cell("option1_ar"),
            option1_en: cell("option1_en"),
            option2_ar: cell("option2_ar"),
            option2_en: cell("option2_en"),
            option3_ar: cell("option3_ar"),
            option3_en: cell("option3_en"),
            option4_ar: cell("option4_ar"),
            option4_en: cell("option4_en"),
            correct: cell("correct"),
            module: cell("module"),
        }
    }
}

/// A row by its line in the file: its cells, or what is wrong with it as a whole.
pub type Row = (u64, Result<Cells, Problem>);

/// Reads a file: for each row its line, from 1, and its cells, or what is wrong with it as a whole.
///
/// # Errors
/// Against `csv`: it is empty, has too many rows, or lacks a column.
pub fn read(kind: ImportKind, contents: &str) -> Result<Vec<Row>, AppError> {
    // Lines are counted by their last character, which the reader leaves to the next row where there are two.
    let contents = contents.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    if contents.trim().is_empty() {
        return Err(Problem::Required.on("csv"));
    }
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(&contents)).from_reader(contents.as_bytes());
    let header = reader.headers().map_err(|_| Problem::CsvHeader.on("csv"))?.clone();
    let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    let place = |column: &&'static str| Some((*column, names.iter().position(|name| name == column)?));
    let places: Vec<(&'static str, usize)> = kind.columns().iter().filter_map(place).collect();
    let there = |column: &str| kind.may_lack(column) || places.iter().any(|(name, _)| *name == column);
    if !kind.columns().iter().all(|column| there(column)) {
        return Err(Problem::CsvHeader.on("csv"));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                rows.push((line, Err(Problem::CsvRow)));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Problem::TooManyRows.on("csv"));
        }
        if record.len() != names.len() {
            rows.push((line, Err(Problem::CsvRow)));
            continue;
        }
        let cell = |at: usize| unguarded(record.get(at).unwrap_or_default()).to_owned();
        rows.push((line, Ok(Cells(places.iter().map(|(column, at)| (*column, cell(*at))).collect()))));
    }
    if rows.is_empty() { Err(Problem::Required.on("csv")) } else { Ok(rows) }
}

/// What separates the cells: spreadsheets copy with tabs, and in some countries save with semicolons.
fn delimiter(contents: &str) -> u8 {
    let first = contents.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    [(b'\t', '\t'), (b';', ';'), (b',', ',')].into_iter().max_by_key(|(_, c)| count(*c)).map_or(b',', |(byte, _)| byte)
}

/// Questions as a file that can be imported again; the mark at its start tells spreadsheets that it is UTF-8.
pub fn write_questions(questions: &[Exported]) -> Vec<u8> {
    let mut lines = vec![ImportKind::Questions.columns().iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()];
    for Exported { key, texts } in questions {
        let typed = TypedQuestion::of(texts);
        let mut line =
            vec![key.clone(), typed.kind.clone(), typed.topic.clone(), typed.stem_ar.clone(), typed.stem_en.clone()];
        for (ar, en) in typed.options().into_iter().take(OPTIONS) {
            line.extend([ar.to_owned(), en.to_owned()]);
        }
        line.extend([typed.correct.clone(), typed.module.clone()]);
        lines.push(line);
    }
    written(&lines)
}

/// A file with nothing but an example, to be filled in.
pub fn template(kind: ImportKind) -> Vec<u8> {
    let header = kind.columns().iter().map(|name| (*name).to_owned()).collect();
    let example: &[&str] = match kind {
        ImportKind::Sessions => &[
            "riyadh-2027-01-a",
            "practitioner-foundations",
            "in_person",
            "riyadh/riyadh",
            "قاعة التدريب",
            "Training hall",
            "2027-01-10",
            "16:00",
            "2027-01-10",
            "21:00",
            "2027-01-09",
            "16:00",
            "00000000-0000-0000-0000-000000000000",
            "30",
        ],
        ImportKind::Questions => &[
            "law-001",
            "practitioner",
            "law",
            "ما العمل التطوعي؟",
            "What is volunteering?",
            "جهد بلا أجر",
            "Unpaid effort",
            "عمل بأجر",
            "Paid work",
            "",
            "",
            "",
            "",
            "1",
            "",
        ],
    };
    written(&[header, example.iter().map(|cell| (*cell).to_owned()).collect()])
}

fn written(lines: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    for line in lines {
        // Writing to memory does not fail, and every line has the same columns.
        let _ = writer.write_record(line.iter().map(|cell| guarded(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_spreadsheets_write_is_read() {
        let header = ImportKind::Questions.columns();
        for separator in [",", ";", "\t"] {
            let cells: Vec<String> = (0..header.len()).map(|place| place.to_string()).collect();
            let file = format!("\u{FEFF}{}\r\n{}\r\n\r\n", header.join(separator), cells.join(separator));
            let rows = read(ImportKind::Questions, &file).unwrap();
            assert_eq!(rows.len(), 1, "{separator:?}");
            let (line, cells) = &rows[0];
            assert_eq!((*line, cells.as_ref().unwrap().of("correct")), (2, "13"));
        }
    }

    #[test]
    fn a_file_of_questions_may_lack_the_column_of_modules() {
        let old: Vec<&str> =
            ImportKind::Questions.columns().iter().copied().filter(|column| *column != "module").collect();
        let rows = read(ImportKind::Questions, &format!("{}\n{}\n", old.join(","), old.join(","))).unwrap();
        assert_eq!(rows[0].1.as_ref().unwrap().question().module, "");
        let without = old.join(",").replace("topic,", "");
        let Err(error) = read(ImportKind::Questions, &format!("{without}\na\n")) else { panic!("read") };
        assert_eq!(error, Problem::CsvHeader.on("csv"));
    }

    #[test]
    fn a_file_without_a_column_is_refused_and_a_short_row_told() {
        let Err(error) = read(ImportKind::Sessions, "key,programme\na,b\n") else { panic!("read") };
        assert_eq!(error, Problem::CsvHeader.on("csv"));
        let file = format!("{}\na,b\n", ImportKind::Sessions.columns().join(","));
        let rows = read(ImportKind::Sessions, &file).unwrap();
        assert!(matches!(rows[0], (2, Err(Problem::CsvRow))));
    }

    proptest! {
        #[test]
        fn no_file_panics(file in "\\PC*") {
            let _ = read(ImportKind::Sessions, &file);
            let _ = read(ImportKind::Sessions, &format!("{}\n{file}", ImportKind::Sessions.columns().join(",")));
        }
    }
}
