//! Which questions an administrator lists.

use super::{Order, href};
use crate::licences::model::LicenceKind;
use crate::text::code;

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
        Self {
            retired: retired == "yes",
            kind: LicenceKind::from_slug(kind),
            topic: code(topic).map(str::to_owned),
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
