//! Numbers inside Arabic text: Latin digits, isolated so that their order never turns.

use leptos::prelude::*;

/// A number or a code.
#[component]
pub fn Number(#[prop(into)] value: String) -> impl IntoView {
    view! { <bdi class="num" dir="ltr">{value}</bdi> }
}

/// A number in groups of `size` digits, for reading aloud and typing.
pub fn grouped(digits: &str, size: usize) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(size).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_number_stands_in_fours() {
        assert_eq!(grouped("4821093755162049", 4), "4821 0937 5516 2049");
    }
}
