//! `/privacy`: what is held of people, why, how it is protected, who sees it.

use crate::home::reading::{Block, Text};
use crate::i18n::{Locale, td_string};

pub fn text(locale: Locale) -> Text {
    let heading = |text: &str| Block::Heading(text.to_owned());
    let paragraph = |text: &str| Block::Paragraph(text.to_owned());
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Text {
        title: td_string!(locale, pages.privacy_title).to_owned(),
        lead: td_string!(locale, pages.privacy_lead).to_owned(),
        blocks: vec![
            heading(td_string!(locale, pages.privacy_held_title)),
            Block::List(texts(&[
                td_string!(locale, pages.privacy_held1),
                td_string!(locale, pages.privacy_held2),
                td_string!(locale, pages.privacy_held3),
                td_string!(locale, pages.privacy_held4),
                td_string!(locale, pages.privacy_held5),
                td_string!(locale, pages.privacy_held6),
            ])),
            heading(td_string!(locale, pages.privacy_why_title)),
            paragraph(td_string!(locale, pages.privacy_why_text)),
            heading(td_string!(locale, pages.privacy_protect_title)),
            Block::List(texts(&[
                td_string!(locale, pages.privacy_protect1),
                td_string!(locale, pages.privacy_protect2),
                td_string!(locale, pages.privacy_protect3),
                td_string!(locale, pages.privacy_protect4),
                td_string!(locale, pages.privacy_protect5),
            ])),
            heading(td_string!(locale, pages.privacy_see_title)),
            Block::List(texts(&[
                td_string!(locale, pages.privacy_see1),
                td_string!(locale, pages.privacy_see2),
                td_string!(locale, pages.privacy_see3),
                td_string!(locale, pages.privacy_see4),
                td_string!(locale, pages.privacy_see5),
                td_string!(locale, pages.privacy_see6),
            ])),
            heading(td_string!(locale, pages.privacy_cookies_title)),
            paragraph(td_string!(locale, pages.privacy_cookies_text)),
            heading(td_string!(locale, pages.privacy_keep_title)),
            Block::List(texts(&[
                td_string!(locale, pages.privacy_keep1),
                td_string!(locale, pages.privacy_keep2),
                td_string!(locale, pages.privacy_keep_lists),
                td_string!(locale, pages.privacy_keep3),
                td_string!(locale, pages.privacy_keep4),
            ])),
            heading(td_string!(locale, pages.privacy_rights_title)),
            paragraph(td_string!(locale, pages.privacy_rights_lead)),
            Block::List(texts(&[
                td_string!(locale, pages.privacy_rights1),
                td_string!(locale, pages.privacy_rights2),
                td_string!(locale, pages.privacy_rights3),
                td_string!(locale, pages.privacy_rights4),
                td_string!(locale, pages.privacy_rights5),
            ])),
            heading(td_string!(locale, pages.privacy_contact_title)),
            paragraph(td_string!(locale, pages.privacy_contact_text)),
            Block::Email(td_string!(locale, pages.privacy_contact_email).to_owned()),
        ],
    }
}
