//! What the audit log is narrowed to. Lives in the URL.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::accounts::model::age::read_iso;
use crate::calendar::RIYADH;
use crate::text::code;

/// Which entries are shown. A part that nobody could have meant narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    pub action: Option<String>,
    pub actor: Option<Uuid>,
    pub subject: Option<Uuid>,
    /// First day, in Riyadh.
    pub from: Option<Date>,
    /// Last day, in Riyadh.
    pub to: Option<Date>,
}

impl AuditFilter {
    /// Reads the parts as the URL spells them.
    pub fn parse(action: &str, actor: &str, subject: &str, from: &str, to: &str) -> Self {
        Self {
            action: code(action.trim()).map(str::to_owned),
            actor: Uuid::parse_str(actor.trim()).ok(),
            subject: Uuid::parse_str(subject.trim()).ok(),
            from: read_iso(from.trim()),
            to: read_iso(to.trim()),
        }
    }

    /// The parts that narrow, as (name, value).
    fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("action", self.action.clone()),
            ("actor", self.actor.map(|id| id.to_string())),
            ("subject", self.subject.map(|id| id.to_string())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// A path with this filter, from a place in the list on. Every value is made of letters that a URL takes as they are.
    pub fn href(&self, path: &str, after: Option<&str>) -> String {
        let mut pairs = self.pairs();
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        let query: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
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
        let filter = AuditFilter::parse("role_granted", id, id, "2026-11-01", "2026-11-25");
        let href = filter.href("/admin/audit", Some("1_2"));
        assert_eq!(
            href,
            format!("/admin/audit?action=role_granted&actor={id}&subject={id}&from=2026-11-01&to=2026-11-25&after=1_2")
        );
        assert_eq!(filter.since(), Some(datetime!(2026-10-31 21:00 UTC)));
        assert_eq!(filter.until(), Some(datetime!(2026-11-25 21:00 UTC)));
        assert_eq!(AuditFilter::default().href("/admin/audit", None), "/admin/audit");
    }

    #[test]
    fn what_nobody_could_have_meant_narrows_nothing() {
        let filter = AuditFilter::parse("Drop Table", "me", "", "yesterday", "2026-02-30");
        assert!(!filter.is_narrow());
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let filter = AuditFilter::parse(&typed, &typed, &typed, &typed, &typed);
            let _ = (filter.since(), filter.until(), filter.href("/", None));
        }
    }
}
