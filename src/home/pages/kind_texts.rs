//! The texts of the three licence kinds, which have the same keys in the locale files.

use leptos_i18n::I18nContext;

use crate::i18n::{Locale, tu_string};
use crate::licences::model::LicenceKind;

/// What is told of a kind.
pub struct KindTexts {
    pub lead: &'static str,
    pub for_whom: &'static str,
    /// Title and text of each step.
    pub steps: [(&'static str, &'static str); 6],
    pub needs: Vec<&'static str>,
}

/// What a kind's card on the home page tells.
pub struct CardTexts {
    pub for_whom: &'static str,
    pub takes: &'static str,
    pub how_long: &'static str,
    pub link: &'static str,
}

macro_rules! kind_texts {
    ($i18n:ident, $kind:ident, [$($need:ident),*]) => {
        KindTexts {
            lead: tu_string!($i18n, pages.$kind.lead),
            for_whom: tu_string!($i18n, pages.$kind.for_whom),
            steps: [
                (tu_string!($i18n, pages.$kind.step1_title), tu_string!($i18n, pages.$kind.step1_text)),
                (tu_string!($i18n, pages.$kind.step2_title), tu_string!($i18n, pages.$kind.step2_text)),
                (tu_string!($i18n, pages.$kind.step3_title), tu_string!($i18n, pages.$kind.step3_text)),
                (tu_string!($i18n, pages.$kind.step4_title), tu_string!($i18n, pages.$kind.step4_text)),
                (tu_string!($i18n, pages.$kind.step5_title), tu_string!($i18n, pages.$kind.step5_text)),
                (tu_string!($i18n, pages.$kind.step6_title), tu_string!($i18n, pages.$kind.step6_text)),
            ],
            needs: vec![$(tu_string!($i18n, pages.$kind.$need)),*],
        }
    };
}

macro_rules! card_texts {
    ($i18n:ident, $kind:ident) => {
        CardTexts {
            for_whom: tu_string!($i18n, pages.$kind.card_for_whom),
            takes: tu_string!($i18n, pages.$kind.card_takes),
            how_long: tu_string!($i18n, pages.$kind.card_how_long),
            link: tu_string!($i18n, pages.$kind.card_link),
        }
    };
}

/// The texts of a kind's own page.
pub fn of_page(i18n: I18nContext<Locale>, kind: LicenceKind) -> KindTexts {
    match kind {
        LicenceKind::Practitioner => kind_texts!(i18n, practitioner, [need1, need2, need3, need4, need5]),
        LicenceKind::TeamLeader => kind_texts!(i18n, team_leader, [need1, need2, need3, need4]),
        LicenceKind::Management => kind_texts!(i18n, management, [need1, need2, need3, need4]),
    }
}

/// The texts of a kind's card.
pub fn of_card(i18n: I18nContext<Locale>, kind: LicenceKind) -> CardTexts {
    match kind {
        LicenceKind::Practitioner => card_texts!(i18n, practitioner),
        LicenceKind::TeamLeader => card_texts!(i18n, team_leader),
        LicenceKind::Management => card_texts!(i18n, management),
    }
}
