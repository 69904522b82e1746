//! What a list of sessions is narrowed to, and its order. Lives in the URL.

use serde::{Deserialize, Serialize};

use super::SessionMode;
use crate::licences::model::LicenceKind;
use crate::place::{Order, href};
use crate::text::code;

/// In which order the sessions open for enrolment go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionOrder {
    #[default]
    Soonest,
    Latest,
    /// The most free seats first; among as many, the soonest.
    Seats,
}

impl SessionOrder {
    pub const ALL: [Self; 3] = [Self::Soonest, Self::Latest, Self::Seats];

    /// As the URL spells it; empty for what goes without saying.
    pub fn code(self) -> &'static str {
        match self {
            Self::Soonest => "",
            Self::Latest => "latest",
            Self::Seats => "seats",
        }
    }

    fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// What to show of the sessions. What cannot be read counts as not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub kind: Option<LicenceKind>,
    pub region: Option<String>,
    pub mode: Option<SessionMode>,
    pub order: SessionOrder,
}

impl Filter {
    /// Reads the values as the URL spells them.
    pub fn parse(kind: &str, region: &str, mode: &str, order: &str) -> Self {
        Self {
            kind: LicenceKind::from_slug(kind),
            region: code(region).map(str::to_owned),
            mode: SessionMode::from_code(mode),
            order: SessionOrder::from_code(order),
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
        self.kind.is_some() || self.region.is_some() || self.mode.is_some()
    }

    /// The path of the list with this filter, from a place in it on. None of its values needs escaping.
    pub fn href(&self, after: Option<&str>) -> String {
        let values = [
            ("kind", self.kind_slug()),
            ("region", self.region_code()),
            ("mode", self.mode_code()),
            ("order", self.order.code()),
            ("after", after.unwrap_or_default()),
        ];
        href("/training", &values)
    }
}

/// The sessions of which time a trainer lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrainerWhen {
    /// To come or going on.
    Ahead,
    Ended,
}

impl TrainerWhen {
    pub const ALL: [Self; 2] = [Self::Ahead, Self::Ended];

    /// As the URL spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Ended => "ended",
        }
    }

    /// Reads [`TrainerWhen::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.code() == code)
    }

    /// The order that goes without saying: what is next to today comes first.
    pub fn usual_order(self) -> Order {
        match self {
            Self::Ahead => Order::Earliest,
            Self::Ended => Order::Latest,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_widest_list_has_the_plain_path() {
        assert_eq!(Filter::default().href(None), "/training");
        let filter = Filter::parse("team-leader", "makkah", "online", "seats");
        assert_eq!(
            filter.href(Some("1_a")),
            "/training?kind=team-leader&region=makkah&mode=online&order=seats&after=1_a"
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        assert_eq!(Filter::parse("leader", "مكة", "both", "random"), Filter::default());
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let filter = Filter::parse(&typed, &typed, &typed, &typed);
            prop_assert!(filter.href(None).bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
