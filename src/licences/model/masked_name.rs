//! Names as strangers see them.

/// A name as strangers see it: the first name, then the first letter of each further name after «ال».
pub fn masked_name<'a>(given: &str, further: impl IntoIterator<Item = &'a str>) -> String {
    let mut masked = given.trim().to_owned();
    for name in further {
        let name = name.trim();
        let bare = name.strip_prefix("ال").filter(|rest| !rest.is_empty()).unwrap_or(name);
        if let Some(first) = bare.chars().next() {
            masked.push(' ');
            masked.push(first);
            masked.push('.');
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_masked_to_first_letters() {
        assert_eq!(masked_name("محمد", ["عبد الله", "القحطاني"]), "محمد ع. ق.");
        assert_eq!(masked_name("نورة", ["", "ال"]), "نورة ا.");
        assert_eq!(masked_name("سارة", []), "سارة");
    }

    proptest! {
        #[test]
        fn no_name_panics(name in "\\PC*") {
            let _ = masked_name(&name, [name.as_str()]);
        }
    }
}
