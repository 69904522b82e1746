//! Which page of the sheets that wait is asked for. Lives in the URL, and in the forms of the page, so that who decides a
//! sheet stays where they were.

use crate::licences::model::LicenceKind;
use crate::place::{Order, Place, href};

/// A page of the sheets that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// For tests of this kind of licence alone.
    pub kind: Option<LicenceKind>,
    pub order: Order,
    /// The last sheet of the page before; none on the first.
    pub after: Option<Place>,
}

impl Asked {
    pub const PATH: &str = "/admin/results";
    /// The order that goes without saying.
    pub const USUAL: Order = Order::Earliest;

    /// As the URL or a form spells it; what cannot be read is not asked.
    pub fn parse(kind: &str, order: &str, after: &str) -> Self {
        Self { kind: LicenceKind::from_slug(kind), order: Order::parse(order, Self::USUAL), after: Place::parse(after) }
    }

    /// As [`Asked::parse`] reads it, each with its name; empty where it goes without saying.
    pub fn values(self) -> [(&'static str, String); 3] {
        [
            ("kind", self.kind.map_or("", LicenceKind::slug).to_owned()),
            ("order", self.order.code_unless(Self::USUAL).to_owned()),
            ("after", self.after.map(|place| place.code()).unwrap_or_default()),
        ]
    }

    /// The path of the page.
    pub fn path(self) -> String {
        self.told("")
    }

    /// The path of the page that tells, by a code, what was done there.
    pub fn told(self, done: &str) -> String {
        let values = self.values();
        let mut pairs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        pairs.push(("done", done));
        href(Self::PATH, &pairs)
    }

    /// The first page of the same list.
    #[must_use]
    pub fn first(self) -> Self {
        Self { after: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_carries_leads_back_to_its_page_and_nowhere_else() {
        let place = "1764000000000000_00000000-0000-4000-8000-000000000001";
        let asked = Asked::parse("practitioner", "latest", place);
        let [(_, kind), (_, order), (_, after)] = asked.values();
        assert_eq!(Asked::parse(&kind, &order, &after), asked);
        assert_eq!(asked.path(), format!("/admin/results?kind=practitioner&order=latest&after={place}"));
        assert_eq!(asked.first().path(), "/admin/results?kind=practitioner&order=latest");
        assert_eq!(Asked::parse("", "", "").told("confirmed"), "/admin/results?done=confirmed");
        assert_eq!(Asked::parse("//elsewhere", "&done=x", "1_2&x=//elsewhere").path(), "/admin/results");
    }
}
