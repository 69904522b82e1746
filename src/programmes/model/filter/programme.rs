//! Which programmes an administrator lists.

use crate::licences::model::LicenceKind;
use crate::place::{Order, href};

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
        let order = Order::parse(order, Order::Latest);
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
