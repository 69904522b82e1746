//! Which sessions an administrator lists.

use uuid::Uuid;

use crate::place::{Order, href};
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
        let Filter { region, mode, .. } = Filter::parse("", region, mode, "");
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
