//! Which questions an administrator lists.

use uuid::Uuid;

use super::{Order, href};
use crate::licences::model::LicenceKind;
use crate::programmes::model::code;

/// Which questions to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionFilter {
    pub retired: bool,
    pub kind: Option<LicenceKind>,
    pub topic: Option<String>,
    /// Those of a renewal module alone.
    pub module: Option<Uuid>,
    /// By when it was made.
    pub order: Order,
}

impl QuestionFilter {
    /// Reads the values as the URL spells them.
    pub fn parse(retired: &str, kind: &str, topic: &str, module: &str, order: &str) -> Self {
        Self {
            retired: retired == "yes",
            kind: LicenceKind::from_slug(kind),
            topic: code(topic).ok(),
            module: Uuid::parse_str(module).ok(),
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

    /// The module's id; empty for all.
    pub fn module_id(&self) -> String {
        self.module.map(|module| module.to_string()).unwrap_or_default()
    }

    /// The path of the list with this filter, from a place in it on.
    pub fn href(&self, after: &str) -> String {
        href(
            "/admin/questions",
            &[
                ("retired", self.retired_code()),
                ("kind", self.kind_slug()),
                ("topic", self.topic_code()),
                ("module", &self.module_id()),
                ("order", self.order.code_unless(Order::Latest)),
                ("after", after),
            ],
        )
    }
}
