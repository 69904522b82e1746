//! Text as people type it: any digits, invisible marks, spaces. Pure, for every feature.

use crate::error::Problem;

/// Characters that change the direction of text and are invisible: they arrive with pasted numbers and mean nothing.
pub fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The value of a decimal digit: Latin, Arabic-Indic (٠-٩) or extended Arabic-Indic (۰-۹).
fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        _ => None,
    }
}

/// Rewrites every digit as a Latin one and drops direction marks; all else stays.
pub fn latin_digits(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !is_direction_mark(*c))
        .map(|c| digit_value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c))
        .collect()
}

/// The digits of a number as typed: any digits, with spaces, dashes and direction marks between them.
/// `None` when anything else is among them.
pub fn digits(typed: &str) -> Option<String> {
    latin_digits(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '.'))
        .map(|c| c.is_ascii_digit().then_some(c))
        .collect()
}

/// A code of ours as a URL spells it: 1 to 40 small Latin letters, dashes and underscores. `None` for anything else.
pub fn code(spelt: &str) -> Option<&str> {
    let fits = (1..=40).contains(&spelt.len())
        && spelt.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-');
    fits.then_some(spelt)
}

/// One line as typed: direction marks and control characters dropped, runs of white space made one space, ends trimmed.
pub fn one_line(typed: &str) -> String {
    let means_nothing = |c: char| is_direction_mark(c) || (c.is_control() && !c.is_whitespace());
    let kept: String = typed.chars().filter(|c| !means_nothing(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A path on this site, to be led back to: one slash at its start, so that it names no host. `None` for anything else.
pub fn local_path(path: &str) -> Option<&str> {
    let here = path.strip_prefix('/').is_some_and(|rest| !rest.starts_with('/'));
    // Browsers drop tabs and line breaks, and read a backslash as a slash.
    (here && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')).then_some(path)
}

/// A text of several lines as typed: direction marks dropped, white space within lines made one space, empty lines at
/// most one in a row, ends trimmed.
///
/// # Errors
/// [`Problem::Required`] when nothing is left, [`Problem::TooLong`] beyond `longest` characters.
pub fn paragraph(typed: &str, longest: usize) -> Result<String, Problem> {
    let mut lines: Vec<String> = Vec::new();
    for line in typed.lines().map(one_line) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    let text = lines.join("\n").trim_end().to_owned();
    match text.chars().count() {
        0 => Err(Problem::Required),
        count if count > longest => Err(Problem::TooLong),
        _ => Ok(text),
    }
}

/// The characters by which a spreadsheet takes a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell of comma-separated values that no spreadsheet computes: an apostrophe stands before what would be a formula.
pub fn guarded(cell: &str) -> String {
    if cell.starts_with(FORMULA) || cell.starts_with('\'') { format!("'{cell}") } else { cell.to_owned() }
}

/// Undoes [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) || rest.starts_with('\'') => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_are_small_letters() {
        assert_eq!(code("al_jawf"), Some("al_jawf"));
        assert_eq!(code(&"a".repeat(40)).map(str::len), Some(40));
        for other in ["", "Riyadh", "مكة", "a b", "a'", &"a".repeat(41)] {
            assert_eq!(code(other), None, "{other}");
        }
    }

    #[test]
    fn digits_of_every_script_are_read() {
        assert_eq!(digits("٤٨٢١ ۰۹۳۷-5516\u{200F} 2049").as_deref(), Some("4821093755162049"));
    }

    #[test]
    fn letters_among_digits_are_refused() {
        assert_eq!(digits("4821 O937"), None);
    }

    #[test]
    fn a_line_keeps_its_words_only() {
        assert_eq!(one_line("  عبد \u{200F} الله\t\n"), "عبد الله");
        assert_eq!(one_line("عبد\0\u{1B} الله"), "عبد الله", "Postgres keeps no NUL");
    }

    #[test]
    fn a_path_leads_to_this_site_alone() {
        for path in ["/", "/account/request/team-leader", "/training/1?kind=a&b=//c#d"] {
            assert_eq!(local_path(path), Some(path));
        }
        for path in [
            "",
            "account",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/دورة",
            "/a b",
        ] {
            assert_eq!(local_path(path), None, "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn any_writing_of_a_number_reads_the_same(number in "[0-9]{1,20}", script in 0u32..3, gap in "[ \u{200E}\u{2066}-]{0,3}") {
            let zero = [u32::from('0'), u32::from('٠'), u32::from('۰')][script as usize];
            let written: String = number
                .chars()
                .map(|c| format!("{}{gap}", char::from_u32(zero + c as u32 - '0' as u32).unwrap()))
                .collect();
            prop_assert_eq!(digits(&written), Some(number));
        }

        #[test]
        fn no_cell_is_a_formula_and_each_is_read_back(cell in "\\PC*") {
            let safe = guarded(&cell);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@']));
            prop_assert_eq!(unguarded(&safe), cell.as_str());
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = (digits(&typed), one_line(&typed), latin_digits(&typed));
        }
    }
}
