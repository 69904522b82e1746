//! What a list of sessions is narrowed to. Lives in the URL.

use super::SessionMode;
use crate::licences::model::LicenceKind;
use crate::text::code;

/// What to show of the sessions. What cannot be read counts as not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub kind: Option<LicenceKind>,
    pub region: Option<String>,
    pub mode: Option<SessionMode>,
}

impl Filter {
    /// Reads the values as the URL spells them.
    pub fn parse(kind: &str, region: &str, mode: &str) -> Self {
        Self {
            kind: LicenceKind::from_slug(kind),
            region: code(region).map(str::to_owned),
            mode: SessionMode::from_code(mode),
        }
    }

    /// The kind as the URL spells it; empty for all.
    pub fn kind_slug(&self) -> &'static str {
        self.kind.map_or("", LicenceKind::slug)
    }

    /// The region's code; empty for all.
    pub fn region_code(&self) -> &str {
        self.region.as_deref().unwrap_or_default()
    }

    /// The mode as the URL spells it; empty for both.
    pub fn mode_code(&self) -> &'static str {
        self.mode.map_or("", SessionMode::code)
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
    }

    /// The path of the list with this filter, from a place in it on. None of its values needs escaping.
    pub fn href(&self, after: Option<&str>) -> String {
        let values = [
            ("kind", self.kind_slug()),
            ("region", self.region_code()),
            ("mode", self.mode_code()),
            ("after", after.unwrap_or_default()),
        ];
        let pairs: Vec<String> = values
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if pairs.is_empty() { "/training".to_owned() } else { format!("/training?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_widest_list_has_the_plain_path() {
        assert_eq!(Filter::default().href(None), "/training");
        let filter = Filter::parse("team-leader", "makkah", "online");
        assert_eq!(filter.href(Some("1_a")), "/training?kind=team-leader&region=makkah&mode=online&after=1_a");
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        assert_eq!(Filter::parse("leader", "مكة", "both"), Filter::default());
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let filter = Filter::parse(&typed, &typed, &typed);
            prop_assert!(filter.href(None).bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
