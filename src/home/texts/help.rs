//! `/help`: how the portal works, in questions and answers, in the order of the way to a licence.

use crate::home::reading::{Block, Text};
use crate::i18n::{Locale, td_string};

pub fn text(locale: Locale) -> Text {
    let heading = |text: &str| Block::Heading(text.to_owned());
    let answer = |question: &str, answer: &str| Block::Answer(question.to_owned(), answer.to_owned());
    Text {
        title: td_string!(locale, pages.help_title).to_owned(),
        lead: td_string!(locale, pages.help_lead).to_owned(),
        blocks: vec![
            heading(td_string!(locale, pages.help_account_title)),
            answer(td_string!(locale, pages.help_q1), td_string!(locale, pages.help_a1)),
            answer(td_string!(locale, pages.help_q2), td_string!(locale, pages.help_a2)),
            answer(td_string!(locale, pages.help_q3), td_string!(locale, pages.help_a3)),
            answer(td_string!(locale, pages.help_q4), td_string!(locale, pages.help_a4)),
            heading(td_string!(locale, pages.help_minors_title)),
            answer(td_string!(locale, pages.help_q5), td_string!(locale, pages.help_a5)),
            answer(td_string!(locale, pages.help_q6), td_string!(locale, pages.help_a6)),
            heading(td_string!(locale, pages.help_training_title)),
            answer(td_string!(locale, pages.help_q7), td_string!(locale, pages.help_a7)),
            answer(td_string!(locale, pages.help_q8), td_string!(locale, pages.help_a8)),
            heading(td_string!(locale, pages.help_attendance_title)),
            answer(td_string!(locale, pages.help_q9), td_string!(locale, pages.help_a9)),
            answer(td_string!(locale, pages.help_q10), td_string!(locale, pages.help_a10)),
            heading(td_string!(locale, pages.help_test_title)),
            answer(td_string!(locale, pages.help_q11), td_string!(locale, pages.help_a11)),
            answer(td_string!(locale, pages.help_q12), td_string!(locale, pages.help_a12)),
            answer(td_string!(locale, pages.help_q13), td_string!(locale, pages.help_a13)),
            heading(td_string!(locale, pages.help_request_title)),
            answer(td_string!(locale, pages.help_q14), td_string!(locale, pages.help_a14)),
            answer(td_string!(locale, pages.help_q15), td_string!(locale, pages.help_a15)),
            heading(td_string!(locale, pages.help_licence_title)),
            answer(td_string!(locale, pages.help_q16), td_string!(locale, pages.help_a16)),
            answer(td_string!(locale, pages.help_q17), td_string!(locale, pages.help_a17)),
            answer(td_string!(locale, pages.help_q18), td_string!(locale, pages.help_a18)),
            answer(td_string!(locale, pages.help_list_q), td_string!(locale, pages.help_list_a)),
            Block::Link("/verify/bulk".to_owned(), td_string!(locale, verification.verify_list).to_owned()),
            answer(td_string!(locale, pages.help_q19), td_string!(locale, pages.help_a19)),
            heading(td_string!(locale, pages.help_contact_title)),
            Block::Paragraph(td_string!(locale, pages.help_contact_text).to_owned()),
            Block::Email(td_string!(locale, pages.help_contact_email).to_owned()),
            heading(td_string!(locale, pages.help_programs_title)),
            Block::Link("/api".to_owned(), td_string!(locale, pages.api_title).to_owned()),
        ],
    }
}
