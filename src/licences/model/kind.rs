//! The three kinds.

use serde::{Deserialize, Serialize};

/// The three licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum LicenceKind {
    Practitioner,
    TeamLeader,
    Management,
}

impl LicenceKind {
    pub const ALL: [Self; 3] = [Self::Practitioner, Self::TeamLeader, Self::Management];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::TeamLeader => "team_leader",
            Self::Management => "management",
        }
    }

    /// Reads [`LicenceKind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As paths spell it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TeamLeader => "team-leader",
            other => other.code(),
        }
    }

    /// Reads [`LicenceKind::slug`].
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_spelt_for_paths_and_for_the_database() {
        for kind in LicenceKind::ALL {
            assert_eq!(LicenceKind::from_code(kind.code()), Some(kind));
            assert_eq!(LicenceKind::from_slug(kind.slug()), Some(kind));
        }
        assert_eq!(LicenceKind::TeamLeader.slug(), "team-leader");
    }
}
