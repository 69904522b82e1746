//! Which column has the numbers, and the rows that ask.

use super::cell::Cell;
use super::{Line, Table};
use crate::bulk::model::{Asked, MOST_ROWS, Wrong};
use crate::error::Problem;

/// Headings of the column of numbers, in one line and small letters.
const HEADINGS: [&str; 6] =
    ["رقم الرخصة", "رقم الرخصه", "number", "licence number", "license number", "رقم رخصة العمل التطوعي"];

/// What each row of a table asks about. Rows with nothing in any cell are passed over.
///
/// # Errors
/// [`Problem::Required`], [`Problem::NoNumbers`] or [`Problem::ListTooLong`].
pub fn asked(table: &Table) -> Result<Vec<(i32, Asked)>, Problem> {
    let filled: Vec<&Line> = table.iter().filter(|(_, cells)| cells.iter().any(|(_, cell)| !cell.is_blank())).collect();
    let Some(((_, first), rest)) = filled.split_first() else { return Err(Problem::Required) };
    let rows = if rest.is_empty() && first.iter().filter(|(_, cell)| cell.number().is_ok()).count() > 1 {
        one_after_another(first)
    } else {
        let (column, headed) = column(first, &filled)?;
        let cell = |cells: &[(usize, Cell)]| cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell.asked());
        let missing = || Asked::Wrong(String::new(), Wrong::Missing);
        let rows = filled.iter().skip(usize::from(headed));
        rows.map(|(line, cells)| (*line, cell(cells).unwrap_or_else(missing))).collect()
    };
    match rows.len() {
        0 => Err(Problem::Required),
        1..=MOST_ROWS => Ok(rows),
        _ => Err(Problem::ListTooLong),
    }
}

/// Numbers that stand in a single line.
fn one_after_another(cells: &[(usize, Cell)]) -> Vec<(i32, Asked)> {
    (1..).zip(cells.iter().filter(|(_, cell)| !cell.is_blank()).map(|(_, cell)| cell.asked())).collect()
}

/// The column of numbers, and whether its first cell is a heading.
fn column(first: &[(usize, Cell)], rows: &[&Line]) -> Result<(usize, bool), Problem> {
    if let Some((column, _)) = first.iter().find(|(_, cell)| HEADINGS.contains(&cell.heading().as_str())) {
        return Ok((*column, true));
    }
    let cells = || rows.iter().flat_map(|(_, cells)| cells);
    let with_number = cells().filter(|(_, cell)| cell.number().is_ok()).map(|(column, _)| *column).min();
    // A single column is that of numbers, whatever is wrong with all of them.
    let only = || {
        let (least, most) = (cells().map(|(column, _)| column).min()?, cells().map(|(column, _)| column).max()?);
        (least == most).then_some(*least)
    };
    let column = with_number.or_else(only).ok_or(Problem::NoNumbers)?;
    let heading = first.iter().find(|(at, _)| *at == column).is_none_or(|(_, cell)| !cell.has_digit());
    Ok((column, heading && rows.len() > 1))
}
