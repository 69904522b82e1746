//! `/report-forgery`: how to tell a forged licence, and whom to tell.

use crate::home::reading::{Block, Text};
use crate::i18n::{Locale, td_string};

pub fn text(locale: Locale) -> Text {
    let heading = |text: &str| Block::Heading(text.to_owned());
    let paragraph = |text: &str| Block::Paragraph(text.to_owned());
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Text {
        title: td_string!(locale, pages.report_title).to_owned(),
        lead: td_string!(locale, pages.report_lead).to_owned(),
        blocks: vec![
            heading(td_string!(locale, pages.report_signs_title)),
            Block::List(texts(&[
                td_string!(locale, pages.report_sign1),
                td_string!(locale, pages.report_sign2),
                td_string!(locale, pages.report_sign3),
                td_string!(locale, pages.report_sign4),
                td_string!(locale, pages.report_sign5),
            ])),
            heading(td_string!(locale, pages.report_check_title)),
            Block::Steps(texts(&[
                td_string!(locale, pages.report_check1),
                td_string!(locale, pages.report_check2),
                td_string!(locale, pages.report_check3),
                td_string!(locale, pages.report_check4),
                td_string!(locale, pages.report_check5),
            ])),
            Block::Link("/verify".to_owned(), td_string!(locale, common.verify_a_licence).to_owned()),
            heading(td_string!(locale, pages.report_send_title)),
            Block::List(texts(&[
                td_string!(locale, pages.report_send1),
                td_string!(locale, pages.report_send2),
                td_string!(locale, pages.report_send3),
                td_string!(locale, pages.report_send4),
                td_string!(locale, pages.report_send5),
            ])),
            heading(td_string!(locale, pages.report_to_title)),
            paragraph(td_string!(locale, pages.report_to_text)),
            Block::Email(td_string!(locale, pages.report_to_email).to_owned()),
            heading(td_string!(locale, pages.report_next_title)),
            Block::Steps(texts(&[
                td_string!(locale, pages.report_next1),
                td_string!(locale, pages.report_next2),
                td_string!(locale, pages.report_next3),
                td_string!(locale, pages.report_next4),
            ])),
            Block::Caution(td_string!(locale, pages.report_caution).to_owned()),
        ],
    }
}
