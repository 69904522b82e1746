//! What the lists are narrowed to. All of it lives in the URL; what cannot be read counts as not asked.

use uuid::Uuid;

use crate::licences::model::LicenceKind;
use crate::training::model::{Filter, SessionMode};

/// The sessions of which time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// To come, soonest first.
    #[default]
    Upcoming,
    /// Begun or over, latest first.
    Past,
    /// Cancelled, latest first.
    Cancelled,
}

impl When {
    pub const ALL: [Self; 3] = [Self::Upcoming, Self::Past, Self::Cancelled];

    /// As the URL spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Past => "past",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|when| when.code() == code).unwrap_or_default()
    }
}

/// In which order a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Earliest,
    Latest,
}

impl Order {
    /// As the URL spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::Latest => "latest",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Earliest, Self::Latest].into_iter().find(|order| order.code() == code)
    }

    /// The other one.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Earliest => Self::Latest,
            Self::Latest => Self::Earliest,
        }
    }

    /// As the URL spells it, empty where it is what goes without saying.
    fn code_unless(self, usual: Self) -> &'static str {
        if self == usual { "" } else { self.code() }
    }
}

/// The path of a list with what is asked of it. No value needs escaping.
fn href(path: &str, values: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        values.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Which sessions to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionFilter {
    pub when: When,
    pub programme: Option<Uuid>,
    pub region: Option<String>,
    pub mode: Option<SessionMode>,
    /// `None` for what goes without saying: those to come soonest first, others latest first.
    pub order: Option<Order>,
}

impl SessionFilter {
    /// Reads the values as the URL spells them.
    pub fn parse(when: &str, programme: &str, region: &str, mode: &str, order: &str) -> Self {
        let Filter { region, mode, .. } = Filter::parse("", region, mode);
        let (when, order) = (When::from_code(when), Order::from_code(order));
        Self { when, programme: Uuid::parse_str(programme).ok(), region, mode, order }
    }

    /// The order in force.
    pub fn order(&self) -> Order {
        let usual = if self.when == When::Upcoming { Order::Earliest } else { Order::Latest };
        self.order.unwrap_or(usual)
    }

    /// The order as the URL spells it; empty for what goes without saying.
    pub fn order_code(&self) -> &'static str {
        self.order.map_or("", Order::code)
    }

    /// The programme as the URL spells it; empty for all.
    pub fn programme_code(&self) -> String {
        self.programme.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The region as the URL spells it; empty for all.
    pub fn region_code(&self) -> &str {
        self.region.as_deref().unwrap_or_default()
    }

    /// The mode as the URL spells it; empty for both.
    pub fn mode_code(&self) -> &'static str {
        self.mode.map_or("", SessionMode::code)
    }

    /// Whether more is left out than the time says.
    pub fn is_narrow(&self) -> bool {
        self.programme.is_some() || self.region.is_some() || self.mode.is_some()
    }

    /// The path of the list with this filter, from a place in it on.
    pub fn href(&self, after: &str) -> String {
        let when = if self.when == When::default() { "" } else { self.when.code() };
        let programme = self.programme_code();
        href(
            "/admin/sessions",
            &[
                ("when", when),
                ("programme", &programme),
                ("region", self.region_code()),
                ("mode", self.mode_code()),
                ("order", self.order_code()),
                ("after", after),
            ],
        )
    }
}

/// Which programmes to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgrammeFilter {
    pub retired: bool,
    pub kind: Option<LicenceKind>,
    /// By when it was made.
    pub order: Order,
}

impl ProgrammeFilter {
    /// Reads the values as the URL spells them.
    pub fn parse(retired: &str, kind: &str, order: &str) -> Self {
        let order = Order::from_code(order).unwrap_or(Order::Latest);
        Self { retired: retired == "yes", kind: LicenceKind::from_slug(kind), order }
    }

    /// Whether the retired are asked for, as the URL spells it.
    pub fn retired_code(self) -> &'static str {
        if self.retired { "yes" } else { "" }
    }

    /// The kind as the URL spells it; empty for all.
    pub fn kind_slug(self) -> &'static str {
        self.kind.map_or("", LicenceKind::slug)
    }

    /// The path of the list with this filter, from a place in it on.
    pub fn href(self, after: &str) -> String {
        let order = self.order.code_unless(Order::Latest);
        let values = [("retired", self.retired_code()), ("kind", self.kind_slug()), ("order", order), ("after", after)];
        href("/admin/programmes", &values)
    }
}

/// Which questions to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionFilter {
    pub retired: bool,
    pub kind: Option<LicenceKind>,
    pub topic: Option<String>,
    /// By when it was made.
    pub order: Order,
}

impl QuestionFilter {
    /// Reads the values as the URL spells them.
    pub fn parse(retired: &str, kind: &str, topic: &str, order: &str) -> Self {
        let is_code =
            !topic.is_empty() && topic.len() <= 40 && topic.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        Self {
            retired: retired == "yes",
            kind: LicenceKind::from_slug(kind),
            topic: is_code.then(|| topic.to_owned()),
            order: Order::from_code(order).unwrap_or(Order::Latest),
        }
    }

    /// Whether the retired are asked for, as the URL spells it.
    pub fn retired_code(&self) -> &'static str {
        if self.retired { "yes" } else { "" }
    }

    /// The kind as the URL spells it; empty for all.
    pub fn kind_slug(&self) -> &'static str {
        self.kind.map_or("", LicenceKind::slug)
    }

    /// The topic's code; empty for all.
    pub fn topic_code(&self) -> &str {
        self.topic.as_deref().unwrap_or_default()
    }

    /// The path of the list with this filter, from a place in it on.
    pub fn href(&self, after: &str) -> String {
        href(
            "/admin/questions",
            &[
                ("retired", self.retired_code()),
                ("kind", self.kind_slug()),
                ("topic", self.topic_code()),
                ("order", self.order.code_unless(Order::Latest)),
                ("after", after),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_widest_lists_have_plain_paths() {
        assert_eq!(SessionFilter::default().href(""), "/admin/sessions");
        assert_eq!(ProgrammeFilter::parse("", "", "").href(""), "/admin/programmes");
        assert_eq!(QuestionFilter::parse("", "", "", "").href(""), "/admin/questions");
        let filter = SessionFilter::parse("past", "", "riyadh", "online", "earliest");
        assert_eq!(filter.href("1_a"), "/admin/sessions?when=past&region=riyadh&mode=online&order=earliest&after=1_a");
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics_or_needs_escaping(typed in "\\PC*") {
            for path in [
                SessionFilter::parse(&typed, &typed, &typed, &typed, &typed).href(""),
                ProgrammeFilter::parse(&typed, &typed, &typed).href(""),
                QuestionFilter::parse(&typed, &typed, &typed, &typed).href(""),
            ] {
                prop_assert!(path.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
