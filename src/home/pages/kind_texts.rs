//! The texts of the three licence kinds, which have the same keys in the locale files.

use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceKind;

/// What is told of a kind.
pub struct KindTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub for_whom: &'static str,
    /// Title and text of each step.
    pub steps: [(&'static str, &'static str); 6],
    pub needs: Vec<&'static str>,
}

/// What a kind's card on the home page tells.
pub struct CardTexts {
    pub title: &'static str,
    pub for_whom: &'static str,
    pub takes: &'static str,
    pub how_long: &'static str,
    pub link: &'static str,
}

macro_rules! kind_texts {
    ($locale:ident, $kind:ident, [$($need:ident),*]) => {
        KindTexts {
            title: td_string!($locale, pages.$kind.title),
            lead: td_string!($locale, pages.$kind.lead),
            for_whom: td_string!($locale, pages.$kind.for_whom),
            steps: [
                (td_string!($locale, pages.$kind.step1_title), td_string!($locale, pages.$kind.step1_text)),
                (td_string!($locale, pages.$kind.step2_title), td_string!($locale, pages.$kind.step2_text)),
                (td_string!($locale, pages.$kind.step3_title), td_string!($locale, pages.$kind.step3_text)),
                (td_string!($locale, pages.$kind.step4_title), td_string!($locale, pages.$kind.step4_text)),
                (td_string!($locale, pages.$kind.step5_title), td_string!($locale, pages.$kind.step5_text)),
                (td_string!($locale, pages.$kind.step6_title), td_string!($locale, pages.$kind.step6_text)),
            ],
            needs: vec![$(td_string!($locale, pages.$kind.$need)),*],
        }
    };
}

macro_rules! card_texts {
    ($locale:ident, $kind:ident) => {
        CardTexts {
            title: td_string!($locale, pages.$kind.title),
            for_whom: td_string!($locale, pages.$kind.card_for_whom),
            takes: td_string!($locale, pages.$kind.card_takes),
            how_long: td_string!($locale, pages.$kind.card_how_long),
            link: td_string!($locale, pages.$kind.card_link),
        }
    };
}

/// The texts of a kind's own page.
pub fn of_page(locale: Locale, kind: LicenceKind) -> KindTexts {
    match kind {
        LicenceKind::Practitioner => kind_texts!(locale, practitioner, [need1, need2, need3, need4, need5]),
        LicenceKind::TeamLeader => kind_texts!(locale, team_leader, [need1, need2, need3, need4]),
        LicenceKind::Management => kind_texts!(locale, management, [need1, need2, need3, need4]),
    }
}

/// The texts of a kind's card.
pub fn of_card(locale: Locale, kind: LicenceKind) -> CardTexts {
    match kind {
        LicenceKind::Practitioner => card_texts!(locale, practitioner),
        LicenceKind::TeamLeader => card_texts!(locale, team_leader),
        LicenceKind::Management => card_texts!(locale, management),
    }
}
