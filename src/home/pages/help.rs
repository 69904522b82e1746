//! `/help`: how the portal works, in questions and answers.

use leptos::prelude::*;

use crate::i18n::{Locale, td_string, use_locale};
use crate::ui::layout::Page;

/// Questions about one thing, each with its answer.
struct Group {
    title: &'static str,
    answers: Vec<(&'static str, &'static str)>,
}

#[component]
pub fn Help() -> impl IntoView {
    let locale = use_locale();
    let groups = groups(locale)
        .into_iter()
        .map(|group| {
            let answers = group
                .answers
                .into_iter()
                .map(|(question, answer)| {
                    view! {
                        <details>
                            <summary>{question}</summary>
                            <p>{answer}</p>
                        </details>
                    }
                })
                .collect_view();
            view! {
                <h2 class="h2">{group.title}</h2>
                {answers}
            }
        })
        .collect_view();
    let email = td_string!(locale, pages.help_contact_email);
    view! {
        <Page title=td_string!(locale, pages.help_title)>
            <div class="prose">
                <h1 class="h1">{td_string!(locale, pages.help_title)}</h1>
                <p class="lede">{td_string!(locale, pages.help_lead)}</p>
                {groups}
                <h2 class="h2">{td_string!(locale, pages.help_contact_title)}</h2>
                <p>{td_string!(locale, pages.help_contact_text)}</p>
                <p><a href=format!("mailto:{email}")><bdi>{email}</bdi></a></p>
            </div>
        </Page>
    }
}

/// All groups, in the order of the way to a licence.
fn groups(locale: Locale) -> Vec<Group> {
    vec![
        Group {
            title: td_string!(locale, pages.help_account_title),
            answers: vec![
                (td_string!(locale, pages.help_q1), td_string!(locale, pages.help_a1)),
                (td_string!(locale, pages.help_q2), td_string!(locale, pages.help_a2)),
                (td_string!(locale, pages.help_q3), td_string!(locale, pages.help_a3)),
                (td_string!(locale, pages.help_q4), td_string!(locale, pages.help_a4)),
            ],
        },
        Group {
            title: td_string!(locale, pages.help_minors_title),
            answers: vec![
                (td_string!(locale, pages.help_q5), td_string!(locale, pages.help_a5)),
                (td_string!(locale, pages.help_q6), td_string!(locale, pages.help_a6)),
            ],
        },
        Group {
            title: td_string!(locale, pages.help_training_title),
            answers: vec![
                (td_string!(locale, pages.help_q7), td_string!(locale, pages.help_a7)),
                (td_string!(locale, pages.help_q8), td_string!(locale, pages.help_a8)),
            ],
        },
        Group {
            title: td_string!(locale, pages.help_attendance_title),
            answers: vec![
                (td_string!(locale, pages.help_q9), td_string!(locale, pages.help_a9)),
                (td_string!(locale, pages.help_q10), td_string!(locale, pages.help_a10)),
            ],
        },
        Group {
            title: td_string!(locale, pages.help_test_title),
            answers: vec![
                (td_string!(locale, pages.help_q11), td_string!(locale, pages.help_a11)),
                (td_string!(locale, pages.help_q12), td_string!(locale, pages.help_a12)),
                (td_string!(locale, pages.help_q13), td_string!(locale, pages.help_a13)),
            ],
        },
        Group {
            title: td_string!(locale, pages.help_request_title),
            answers: vec![
                (td_string!(locale, pages.help_q14), td_string!(locale, pages.help_a14)),
                (td_string!(locale, pages.help_q15), td_string!(locale, pages.help_a15)),
            ],
        },
        Group {
            title: td_string!(locale, pages.help_licence_title),
            answers: vec![
                (td_string!(locale, pages.help_q16), td_string!(locale, pages.help_a16)),
                (td_string!(locale, pages.help_q17), td_string!(locale, pages.help_a17)),
                (td_string!(locale, pages.help_q18), td_string!(locale, pages.help_a18)),
                (td_string!(locale, pages.help_q19), td_string!(locale, pages.help_a19)),
            ],
        },
    ]
}
