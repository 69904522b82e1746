//! Standings, findings and what is in the way of a merge, in words.

use super::model::{Blocker, Chosen, Difference, Sameness, Standing};
use crate::i18n::{Locale, td_string};
use crate::ui::tag::Tone;

/// Where a pair stands, as the filter of the list names it.
pub fn standing_word(locale: Locale, standing: Standing) -> (Tone, &'static str) {
    match standing {
        Standing::Waiting => (Tone::Warning, td_string!(locale, merging.waiting)),
        Standing::Dismissed => (Tone::Neutral, td_string!(locale, merging.dismissed)),
        Standing::Merged => (Tone::Success, td_string!(locale, merging.merged)),
    }
}

/// What is in the way, and what to do about it.
pub fn blocker_text(locale: Locale, blocker: Blocker) -> &'static str {
    match blocker {
        Blocker::Closed => td_string!(locale, merging.blocked_closed),
        Blocker::Merged => td_string!(locale, merging.blocked_merged),
        Blocker::Identity => td_string!(locale, merging.blocked_identity),
        Blocker::Licence => td_string!(locale, merging.blocked_licence),
        Blocker::OpenRequest => td_string!(locale, merging.blocked_open_request),
        Blocker::Enrolment => td_string!(locale, merging.blocked_enrolment),
        Blocker::OpenTest => td_string!(locale, merging.blocked_open_test),
        Blocker::StaffRole => td_string!(locale, merging.blocked_staff_role),
        Blocker::Team => td_string!(locale, merging.blocked_team),
        Blocker::Organisation => td_string!(locale, merging.blocked_organisation),
    }
}

/// What shows that it is one person.
pub fn sameness_text(locale: Locale, why: Sameness) -> &'static str {
    match why {
        Sameness::NumberChanged => td_string!(locale, merging.number_changed),
        Sameness::HolderAsked => td_string!(locale, merging.holder_asked),
        Sameness::DocumentsAgree => td_string!(locale, merging.documents_agree),
    }
}

/// What shows that they are two.
pub fn difference_text(locale: Locale, why: Difference) -> &'static str {
    match why {
        Difference::DocumentsDiffer => td_string!(locale, merging.documents_differ),
        Difference::BothCame => td_string!(locale, merging.both_came),
        Difference::NoEvidence => td_string!(locale, merging.no_evidence),
    }
}

/// What an officer found.
pub fn chosen_text(locale: Locale, chosen: Chosen) -> &'static str {
    match chosen {
        Chosen::OnePerson(why) => sameness_text(locale, why),
        Chosen::TwoPeople(why) => difference_text(locale, why),
    }
}
