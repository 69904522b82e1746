//! What a licence's token says.

use time::Date;

use super::Place;
use crate::licences::model::{LicenceKind, LicenceNumber, Validity};

/// Bytes of the address in a QR code at most, the token in its fragment with them: what a phone reads at once from a
/// screen and from 3 cm of paper.
pub const LONGEST_ADDRESS: usize = 350;

/// The Julian day of 1 January 1970.
const EPOCH: i32 = 2_440_588;

/// What a token says of a licence, in this order, as a JSON array. An array, since each name of a field would cost as
/// much of the QR code as a letter of the holder's name.
///
/// | | | |
/// |-|-|-|
/// | 0 | issuer | host and port of the register's address, which the QR code's address begins with |
/// | 1 | number | sixteen digits |
/// | 2 | kind | `p` practitioner, `t` team leader, `m` management |
/// | 3 | issued | day, read in Riyadh, as all days: whole days since 1 January 1970 |
/// | 4 | first valid day | as above |
/// | 5 | last valid day | as above |
/// | 6 | masked name | where there is no room for all of it, as much as fits, and «…» |
/// | 7 | status list | from 1 |
/// | 8 | place in the status list | from 0 |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    pub number: LicenceNumber,
    pub kind: LicenceKind,
    pub issued: Date,
    pub valid: Validity,
    /// As strangers see it.
    pub name: String,
    pub place: Place,
}

type Written<'a> = (&'a str, &'a str, char, i32, i32, i32, &'a str, u32, u32);
type Read = (String, String, char, i32, i32, i32, String, u32, u32);

impl Claims {
    /// As the token carries them.
    pub fn encode(&self) -> String {
        let [issued, from, to] = [self.issued, self.valid.from, self.valid.to].map(|day| day.to_julian_day() - EPOCH);
        let kind = letter(self.kind);
        let Place { list, index } = self.place;
        let written: Written = (&self.issuer, self.number.digits(), kind, issued, from, to, &self.name, list, index);
        // Text and numbers can always be written.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Reads [`Claims::encode`]; `None` for anything else.
    pub(super) fn decode(payload: &[u8]) -> Option<Self> {
        let (issuer, number, kind, on, from, to, name, list, index): Read = serde_json::from_slice(payload).ok()?;
        let kind = LicenceKind::ALL.into_iter().find(|one| letter(*one) == kind)?;
        let day = |number: i32| number.checked_add(EPOCH).and_then(|day| Date::from_julian_day(day).ok());
        let valid = Validity { from: day(from)?, to: day(to)? };
        let claims = Self {
            issuer,
            number: LicenceNumber::parse(&number).ok()?,
            kind,
            issued: day(on)?,
            valid,
            name,
            place: Place::new(list, index)?,
        };
        (valid.from <= valid.to && claims.encode().as_bytes() == payload).then_some(claims)
    }

    /// With as much of the name as leaves the encoded claims no longer than `room` bytes.
    #[must_use]
    pub fn within(mut self, room: usize) -> Self {
        let whole = std::mem::take(&mut self.name);
        let cuts = (0..whole.chars().count()).rev().map(|kept| {
            let cut: String = whole.chars().take(kept).collect();
            format!("{}…", cut.trim_end_matches([' ', '.']))
        });
        for name in std::iter::once(whole.clone()).chain(cuts) {
            self.name = name;
            if self.encode().len() <= room {
                break;
            }
        }
        self
    }
}

/// The issuer that tokens name: host and port of the register's address.
pub fn issuer_of(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

fn letter(kind: LicenceKind) -> char {
    match kind {
        LicenceKind::Practitioner => 'p',
        LicenceKind::TeamLeader => 't',
        LicenceKind::Management => 'm',
    }
}
