//! `/api`: how programs verify licences, for those who write them.

use crate::home::reading::{Block, Text};
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceStatus;
use crate::organisations::model::EVENTS;
use crate::organisations::words::event_text;
use crate::public_api::{
    Change, MOST_NUMBERS, MOST_NUMBERS_WITH_KEY, MOST_QUESTIONS, MOST_QUESTIONS_WITH_KEY, OneAnswer, Status,
};
use crate::server::layers::rate_limit::PER_SECOND;

/// How a program shows its key.
const KEY: &str = "-H 'Authorization: Bearer rk_...'";

/// The text; `origin` is where this portal answers.
pub fn text(locale: Locale, origin: &str) -> Text {
    let many = "--json '{\"numbers\": [\"4821 0937 5516 2049\", \"1234567890123459\"]}'";
    let most = thousands(MOST_NUMBERS);
    let parts = [
        vec![
            heading(td_string!(locale, pages.api_one_title)),
            Block::Code(format!("curl {origin}/api/v1/licences/4821093755162049")),
            paragraph(td_string!(locale, pages.api_one_example)),
            Block::Code(serde_json::to_string_pretty(&OneAnswer::example()).unwrap_or_default()),
            paragraph(td_string!(locale, pages.api_one_text)),
            heading(td_string!(locale, pages.api_many_title)),
            Block::Code(format!("curl {origin}/api/v1/licences:verify {many}")),
            Block::Paragraph(td_string!(locale, pages.api_many_text, most = most)),
            heading(td_string!(locale, pages.api_key_title)),
            paragraph(td_string!(locale, pages.api_key_text)),
            Block::Code(format!("curl {origin}/api/v1/licences:verify {KEY} {many}")),
            heading(td_string!(locale, pages.api_statuses_title)),
            Block::Codes(statuses(locale)),
        ],
        webhooks(locale, origin),
        limits(locale),
        problems(locale),
        more(locale),
    ];
    Text {
        title: td_string!(locale, pages.api_title).to_owned(),
        lead: td_string!(locale, pages.api_lead).to_owned(),
        blocks: parts.concat(),
    }
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn webhooks(locale: Locale, origin: &str) -> Vec<Block> {
    let events = EVENTS.iter().filter_map(|code| Some(((*code).to_owned(), event_text(locale, code)?.to_owned())));
    vec![
        heading(td_string!(locale, pages.api_webhooks_title)),
        paragraph(td_string!(locale, pages.api_webhooks_text)),
        Block::Code(serde_json::to_string_pretty(&Change::example()).unwrap_or_default()),
        Block::Codes(events.collect()),
        paragraph(td_string!(locale, pages.api_webhooks_signed)),
        paragraph(td_string!(locale, pages.api_webhooks_again)),
        paragraph(td_string!(locale, pages.api_webhooks_missed)),
        Block::Code(format!("curl {origin}/api/v1/webhook-deliveries {KEY}")),
    ]
}

fn limits(locale: Locale) -> Vec<Block> {
    let (requests, questions) = (PER_SECOND.to_string(), MOST_QUESTIONS.to_string());
    let of_key = usize::try_from(MOST_QUESTIONS_WITH_KEY).unwrap_or_default();
    let (most, of_key) = (thousands(MOST_NUMBERS_WITH_KEY), thousands(of_key));
    vec![
        heading(td_string!(locale, pages.api_limits_title)),
        Block::List(vec![
            td_string!(locale, pages.api_limit_requests, requests = requests),
            td_string!(locale, pages.api_limit_questions, questions = questions),
            td_string!(locale, pages.api_limit_key, most = most, questions = of_key),
            td_string!(locale, pages.api_limit_wait).to_owned(),
            td_string!(locale, pages.api_limit_origins).to_owned(),
        ]),
    ]
}

fn problems(locale: Locale) -> Vec<Block> {
    let (most, more) = (thousands(MOST_NUMBERS), thousands(MOST_NUMBERS_WITH_KEY));
    vec![
        heading(td_string!(locale, pages.api_problems_title)),
        paragraph(td_string!(locale, pages.api_problems_text)),
        Block::Codes(vec![
            ("400".to_owned(), td_string!(locale, pages.api_problem_400).to_owned()),
            ("401".to_owned(), td_string!(locale, pages.api_problem_401).to_owned()),
            ("403".to_owned(), td_string!(locale, pages.api_problem_403).to_owned()),
            ("413".to_owned(), td_string!(locale, pages.api_problem_413, most = most, more = more)),
            ("429".to_owned(), td_string!(locale, pages.api_problem_429).to_owned()),
            ("503".to_owned(), td_string!(locale, pages.api_problem_503).to_owned()),
        ]),
    ]
}

fn more(locale: Locale) -> Vec<Block> {
    vec![
        heading(td_string!(locale, pages.api_more_title)),
        paragraph(td_string!(locale, pages.api_versions)),
        Block::Files(vec![
            ("/api/openapi.json".to_owned(), td_string!(locale, pages.api_openapi).to_owned()),
            ("/.well-known/jwks.json".to_owned(), td_string!(locale, pages.api_keys).to_owned()),
            ("/status".to_owned(), td_string!(locale, pages.api_lists).to_owned()),
            ("/log/checkpoint".to_owned(), td_string!(locale, pages.api_checkpoint).to_owned()),
        ]),
    ]
}

fn statuses(locale: Locale) -> Vec<(String, String)> {
    let means = |status: Status| match status {
        Status::Is(LicenceStatus::Valid) => td_string!(locale, verification.valid_means),
        Status::Is(LicenceStatus::NotYetValid) => td_string!(locale, pages.api_not_yet_valid),
        Status::Is(LicenceStatus::Expired) => td_string!(locale, verification.expired_means),
        Status::Is(LicenceStatus::Suspended) => td_string!(locale, verification.suspended_means),
        Status::Is(LicenceStatus::Revoked) => td_string!(locale, verification.revoked_means),
        Status::Is(LicenceStatus::Superseded) => td_string!(locale, pages.api_superseded),
        Status::NotFound => td_string!(locale, verification.not_found_means),
        Status::Malformed => td_string!(locale, pages.api_malformed),
    };
    Status::ALL.map(|status| (status.code().to_owned(), means(status).to_owned())).into()
}

/// A number of up to six digits with a comma before the last three.
fn thousands(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}
