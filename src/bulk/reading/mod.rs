//! Lists as people send them: a number a line, columns copied from a spreadsheet, CSV and XLSX.

mod cell;
mod csv;
mod table;
mod xlsx;

use super::model::{Asked, MOST_ROWS};
use crate::error::Problem;
use cell::Cell;

/// A row of a file: its line, counted from 1, and its cells by their columns, counted from 0.
type Line = (i32, Vec<(usize, Cell)>);
type Table = Vec<Line>;

/// Rows that are read at most: more than a list may have, so that who sends more is told so, headings and gaps apart.
const READ_ROWS: usize = MOST_ROWS + 100;

/// The rows of a list that was pasted.
///
/// # Errors
/// [`Problem::Required`] where it is empty, [`Problem::NoNumbers`] where no column has any, [`Problem::ListTooLong`].
pub fn pasted(text: &str) -> Result<Vec<(i32, Asked)>, Problem> {
    table::asked(&csv::table(text))
}

/// The rows of a file, CSV or XLSX: its contents tell which. Takes its time: not for a thread that serves others.
///
/// # Errors
/// As [`pasted`], and [`Problem::FileUnreadable`] for what is neither.
pub fn sent(bytes: &[u8]) -> Result<Vec<(i32, Asked)>, Problem> {
    match bytes {
        [] => Err(Problem::Required),
        [b'P', b'K', ..] => table::asked(&xlsx::table(bytes)?),
        // What spreadsheets wrote before 2007, and any that is locked with a password.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Problem::FileUnreadable),
        _ => pasted(&csv::decoded(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bulk::model::Wrong;
    use crate::licences::model::LicenceNumber;

    const NUMBER: &str = "4821093755162049";
    const OTHER: &str = "1234567890123459";

    /// Each row by its line, as its number or the code of what is wrong.
    fn told(rows: Vec<(i32, Asked)>) -> Vec<(i32, String)> {
        let text = |asked| match asked {
            Asked::Number(number) => number,
            Asked::Wrong(_, wrong) => wrong.code().to_owned(),
        };
        rows.into_iter().map(|(line, asked)| (line, text(asked))).collect()
    }

    fn read(text: &str) -> Vec<(i32, String)> {
        told(pasted(text).unwrap())
    }

    fn expected<const N: usize>(rows: [(i32, &str); N]) -> Vec<(i32, String)> {
        rows.map(|(line, text)| (line, text.to_owned())).to_vec()
    }

    #[test]
    fn a_number_a_line() {
        assert_eq!(LicenceNumber::parse(OTHER).unwrap().digits(), OTHER);
        let text = format!("4821 0937 5516 2049\r\n\r\n٤٨٢١٠٩٣٧٥٥١٦٢٠٤٩\n4821-0937-5516-2040\n48\nanybody\n{OTHER}");
        assert_eq!(
            read(&text),
            expected([(1, NUMBER), (3, NUMBER), (4, "mistyped"), (5, "length"), (6, "length"), (7, OTHER)])
        );
    }

    #[test]
    fn the_column_is_found_by_its_heading_or_by_what_stands_in_it() {
        for separator in [",", ";", "\t"] {
            let lines = [["الاسم", "رقم الرخصة", "الرقم القديم"], ["سعد", NUMBER, OTHER], ["هند", "", OTHER]];
            let text = lines.map(|line| line.join(separator)).join("\n");
            assert_eq!(read(&text), expected([(2, NUMBER), (3, "missing")]), "{separator:?}");
            let lines = [["الاسم", "الرخصة", "القديمة"], ["سعد", "12", OTHER], ["هند", NUMBER, OTHER]];
            let text = lines.map(|line| line.join(separator)).join("\n");
            assert_eq!(read(&text), expected([(2, "length"), (3, NUMBER)]), "{separator:?}: the first that has one");
        }
        let quoted = format!("name,Number\n\"سعد، \"\"أبو\nفهد\"\"\",{NUMBER}\nهند,=\"{OTHER}\"\n");
        assert_eq!(read(&quoted), expected([(2, NUMBER), (4, OTHER)]));
        assert_eq!(pasted("سعد,هند\nنورة,1\n"), Err(Problem::NoNumbers));
    }

    #[test]
    fn numbers_in_one_line_are_one_row_each() {
        assert_eq!(read(&format!("{NUMBER}, {OTHER}، {NUMBER}")), expected([(1, NUMBER), (2, OTHER), (3, NUMBER)]));
    }

    #[test]
    fn what_programs_and_spreadsheets_made_of_numbers() {
        let text = format!("{NUMBER}.0\n4.821093755162049e+15\n4.82109E+15\n'{NUMBER}\n821093755162049.0\n");
        // 0821093755162049 has another check digit.
        assert_eq!(read(&text), expected([(1, NUMBER), (2, NUMBER), (3, "shortened"), (4, NUMBER), (5, "mistyped")]));
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(format!("الاسم\tرقم الرخصة\r\nسعد\t{NUMBER}\r\n").encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(told(sent(&utf16).unwrap()), expected([(2, NUMBER)]));
        let windows = [b"\xc7\xe1\xc7\xd3\xe3,no\r\n\xd3\xda\xcf,".as_slice(), NUMBER.as_bytes()].concat();
        assert_eq!(told(sent(&windows).unwrap()), expected([(2, NUMBER)]));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert_eq!(pasted(" \n\u{FEFF}\n"), Err(Problem::Required));
        assert_eq!(pasted("رقم الرخصة\n"), Err(Problem::Required));
        assert_eq!(sent(b""), Err(Problem::Required));
        assert_eq!(sent(&[0xD0, 0xCF, 0x11, 0xE0, 0]), Err(Problem::FileUnreadable));
        assert_eq!(sent(b"PK\x03\x04 and nothing more"), Err(Problem::FileUnreadable));
        let most = format!("{NUMBER}\n").repeat(MOST_ROWS);
        assert_eq!(pasted(&most).unwrap().len(), MOST_ROWS);
        assert_eq!(pasted(&format!("number\n\n{most}")).unwrap().len(), MOST_ROWS);
        assert_eq!(pasted(&format!("{most}{NUMBER}")), Err(Problem::ListTooLong));
    }

    proptest! {
        #[test]
        fn every_number_of_a_list_is_read(
            list in proptest::collection::vec(("[0-9]{15}", 0usize..3, "[ \u{200E}\u{2067}-]{0,2}", 0usize..2), 1..40),
            heading in 0usize..3,
        ) {
            let zeros = [u32::from('0'), u32::from('٠'), u32::from('۰')];
            let mut text = ["", "number\n", "رقم الرخصة\r\n"][heading].to_owned();
            let mut expected = Vec::new();
            let mut line = i32::from(heading > 0);
            for (random, script, gap, empty) in list {
                let number = LicenceNumber::from_digits15(&random).unwrap();
                for digit in number.digits().bytes() {
                    text.push(char::from_u32(zeros[script] + u32::from(digit - b'0')).unwrap());
                    text.push_str(&gap);
                }
                text.push_str(&"\n".repeat(1 + empty));
                expected.push((line + 1, Asked::Number(number.digits().to_owned())));
                line += 1 + i32::try_from(empty).unwrap();
            }
            prop_assert_eq!(pasted(&text), Ok(expected));
        }

        #[test]
        fn nothing_that_is_sent_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC*") {
            let _ = (sent(&bytes), pasted(&text), sent(&[b"PK\x03\x04".as_slice(), &bytes].concat()));
        }

        #[test]
        fn what_is_no_number_is_told_in_a_short_line(text in "\\PC*") {
            for (_, asked) in pasted(&text).unwrap_or_default() {
                if let Asked::Wrong(typed, wrong) = asked {
                    prop_assert!(typed.chars().count() <= 60 && !typed.contains(['\n', '\0']));
                    prop_assert_eq!(typed.is_empty(), wrong == Wrong::Missing);
                }
            }
        }
    }
}
