//! What the queue is narrowed to. Lives in the URL; the oldest of the pool is handed out, whatever the pool.

use serde::{Deserialize, Serialize};

use crate::licences::model::LicenceKind;
use crate::text::code;

/// Ages in Hijri years, in bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeBand {
    Under18,
    From18To29,
    From30To44,
    From45To59,
    From60,
}

impl AgeBand {
    pub const ALL: [Self; 5] = [Self::Under18, Self::From18To29, Self::From30To44, Self::From45To59, Self::From60];

    /// The band of an age in full Hijri years.
    pub fn of(years: i32) -> Self {
        match years {
            ..18 => Self::Under18,
            18..30 => Self::From18To29,
            30..45 => Self::From30To44,
            45..60 => Self::From45To59,
            60.. => Self::From60,
        }
    }

    /// As the database and URLs spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Under18 => "under_18",
            Self::From18To29 => "18_29",
            Self::From30To44 => "30_44",
            Self::From45To59 => "45_59",
            Self::From60 => "from_60",
        }
    }

    /// Reads [`AgeBand::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A part of the queue. What cannot be read counts as not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    pub kind: Option<LicenceKind>,
    /// Code of the region applicants live in.
    pub region: Option<String>,
    pub age: Option<AgeBand>,
}

impl Pool {
    /// Reads the values as the URL spells them.
    pub fn parse(kind: &str, region: &str, age: &str) -> Self {
        Self {
            kind: LicenceKind::from_slug(kind),
            region: code(region).map(str::to_owned),
            age: AgeBand::from_code(age),
        }
    }

    /// Reads [`Pool::query`].
    pub fn from_query(query: &str) -> Self {
        let value = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
        };
        Self::parse(value("kind"), value("region"), value("age"))
    }

    /// The kind as the URL spells it; empty for all.
    pub fn kind_slug(&self) -> &'static str {
        self.kind.map_or("", LicenceKind::slug)
    }

    /// The region's code; empty for all.
    pub fn region_code(&self) -> &str {
        self.region.as_deref().unwrap_or_default()
    }

    /// The age band as the URL spells it; empty for all.
    pub fn age_code(&self) -> &'static str {
        self.age.map_or("", AgeBand::code)
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
    }

    /// As the query of a URL, without its question mark. None of its values needs escaping.
    pub fn query(&self) -> String {
        let values = [("kind", self.kind_slug()), ("region", self.region_code()), ("age", self.age_code())];
        let pairs: Vec<String> = values
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }

    /// A path that keeps this pool.
    pub fn on(&self, path: &str) -> String {
        if self.is_narrow() { format!("{path}?{}", self.query()) } else { path.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pool_is_read_from_its_query() {
        let pool = Pool::parse("team-leader", "northern-borders", "30_44");
        assert_eq!(pool.on("/review"), "/review?kind=team-leader&region=northern-borders&age=30_44");
        assert_eq!(Pool::from_query(&pool.query()), pool);
        assert_eq!(Pool::default().on("/review"), "/review");
        assert_eq!(Pool::parse("x", "مكة", "7"), Pool::default());
    }

    #[test]
    fn every_age_has_a_band() {
        for (years, band) in [(15, "under_18"), (18, "18_29"), (30, "30_44"), (59, "45_59"), (60, "from_60")] {
            assert_eq!(AgeBand::of(years).code(), band);
        }
        for band in AgeBand::ALL {
            assert_eq!(AgeBand::from_code(band.code()), Some(band));
        }
    }

    proptest! {
        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let pool = Pool::parse(&typed, &typed, &typed);
            prop_assert!(pool.query().is_ascii());
            prop_assert_eq!(Pool::from_query(&typed).is_narrow(), Pool::from_query(&Pool::from_query(&typed).query()).is_narrow());
        }
    }
}
