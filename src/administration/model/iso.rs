//! Days and instants that a download writes as people and programs read them: ISO 8601, instants in UTC.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use time::{Date, OffsetDateTime, UtcOffset};

use crate::accounts::model::age::read_iso;

/// A day, as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

/// An instant to the second, as `YYYY-MM-DDTHH:MM:SSZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant(pub OffsetDateTime);

impl Instant {
    /// As the download writes it.
    pub fn text(self) -> String {
        let at = self.0.to_offset(UtcOffset::UTC);
        format!("{}T{:02}:{:02}:{:02}Z", at.date(), at.hour(), at.minute(), at.second())
    }

    fn read(text: &str) -> Option<Self> {
        let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
        let mut parts = time.splitn(3, ':').map(|part| part.parse::<u8>().ok());
        let time = time::Time::from_hms(parts.next()??, parts.next()??, parts.next()??).ok()?;
        Some(Self(read_iso(day)?.with_time(time).assume_utc()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_iso(&String::deserialize(from)?).map(Self).ok_or_else(|| D::Error::custom("no day"))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no instant"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn days_and_instants_are_written_in_iso() {
        assert_eq!(serde_json::to_string(&Day(date!(1990 - 05 - 17))).unwrap(), "\"1990-05-17\"");
        let at = Instant(datetime!(2026-11-25 01:02:03.5 +3));
        assert_eq!(serde_json::to_string(&at).unwrap(), "\"2026-11-24T22:02:03Z\"");
    }

    proptest! {
        #[test]
        fn every_second_is_read_again(seconds in -2_000_000_000i64..4_000_000_000) {
            let at = Instant(OffsetDateTime::from_unix_timestamp(seconds).unwrap());
            prop_assert_eq!(Instant::read(&at.text()), Some(at));
        }

        #[test]
        fn nothing_read_panics(text in "\\PC*") {
            let _ = Instant::read(&text);
        }
    }
}
