//! What the audit log is narrowed to, and its order. Lives in the URL.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::accounts::model::age::read_iso;
use crate::calendar::RIYADH;
use crate::place::{Order, href};
use crate::text::code;

/// Which entries are shown. A part that nobody could have meant narrows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFilter {
    pub action: Option<String>,
    pub actor: Option<Uuid>,
    pub subject: Option<Uuid>,
    /// First day, in Riyadh.
    pub from: Option<Date>,
    /// Last day, in Riyadh.
    pub to: Option<Date>,
    pub order: Order,
}

impl Default for AuditFilter {
    fn default() -> Self {
        Self { action: None, actor: None, subject: None, from: None, to: None, order: Self::USUAL }
    }
}

impl AuditFilter {
    /// The order that goes without saying.
    pub const USUAL: Order = Order::Latest;

    /// Reads the parts as the URL spells them.
    pub fn parse(action: &str, actor: &str, subject: &str, from: &str, to: &str, order: &str) -> Self {
        Self {
            action: code(action.trim()).map(str::to_owned),
            actor: Uuid::parse_str(actor.trim()).ok(),
            subject: Uuid::parse_str(subject.trim()).ok(),
            from: read_iso(from.trim()),
            to: read_iso(to.trim()),
            order: Order::parse(order, Self::USUAL),
        }
    }

    /// The action's code; empty for all.
    pub fn action_code(&self) -> &str {
        self.action.as_deref().unwrap_or_default()
    }

    /// The id of who acted; empty for all.
    pub fn actor_id(&self) -> String {
        self.actor.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The id of whom it was about; empty for all.
    pub fn subject_id(&self) -> String {
        self.subject.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The first and the last day; empty where there is none.
    pub fn days(&self) -> [String; 2] {
        [self.from, self.to].map(|day| day.map(|day| day.to_string()).unwrap_or_default())
    }

    /// A path with this filter, from a place in the list on. Every value is made of letters that a URL takes as they are.
    pub fn href(&self, path: &str, after: Option<&str>) -> String {
        let (actor, subject, [from, to]) = (self.actor_id(), self.subject_id(), self.days());
        href(
            path,
            &[
                ("action", self.action_code()),
                ("actor", &actor),
                ("subject", &subject),
                ("from", &from),
                ("to", &to),
                ("order", self.order.code_unless(Self::USUAL)),
                ("after", after.unwrap_or_default()),
            ],
        )
    }

    /// The whole log in the same order.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { order: self.order, ..Self::default() }
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        *self != self.whole()
    }

    /// The instant from which entries are shown.
    pub fn since(&self) -> Option<OffsetDateTime> {
        self.from.map(|day| day.midnight().assume_offset(RIYADH))
    }

    /// The instant from which on entries are shown no more.
    pub fn until(&self) -> Option<OffsetDateTime> {
        self.to.and_then(Date::next_day).map(|day| day.midnight().assume_offset(RIYADH))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_filter_goes_into_the_url_and_comes_back() {
        let id = "00000000-0000-4000-8000-000000000001";
        let filter = AuditFilter::parse("role_granted", id, id, "2026-11-01", "2026-11-25", "earliest");
        let href = filter.href("/admin/audit", Some("1_2"));
        assert_eq!(
            href,
            format!(
                "/admin/audit?action=role_granted&actor={id}&subject={id}&from=2026-11-01&to=2026-11-25&order=earliest&after=1_2"
            )
        );
        assert_eq!(filter.since(), Some(datetime!(2026-10-31 21:00 UTC)));
        assert_eq!(filter.until(), Some(datetime!(2026-11-25 21:00 UTC)));
        assert_eq!(AuditFilter::default().href("/admin/audit", None), "/admin/audit");
    }

    #[test]
    fn what_nobody_could_have_meant_narrows_nothing() {
        let filter = AuditFilter::parse("Drop Table", "me", "", "yesterday", "2026-02-30", "sideways");
        assert!(!filter.is_narrow() && filter.order == AuditFilter::USUAL);
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let filter = AuditFilter::parse(&typed, &typed, &typed, &typed, &typed, &typed);
            let _ = (filter.since(), filter.until(), filter.href("/", None));
        }
    }
}
