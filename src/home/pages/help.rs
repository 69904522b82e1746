//! `/help`: how the portal works, in questions and answers.

use leptos::prelude::*;
use leptos_i18n::I18nContext;

use crate::i18n::{Locale, tu_string, use_i18n};
use crate::ui::layout::Page;

/// Questions about one thing, each with its answer.
struct Group {
    title: &'static str,
    answers: Vec<(&'static str, &'static str)>,
}

#[component]
pub fn Help() -> impl IntoView {
    let i18n = use_i18n();
    let groups = groups(i18n)
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
    let email = tu_string!(i18n, pages.help_contact_email);
    view! {
        <Page title=tu_string!(i18n, pages.help_title)>
            <div class="prose">
                <h1 class="h1">{tu_string!(i18n, pages.help_title)}</h1>
                <p class="lede">{tu_string!(i18n, pages.help_lead)}</p>
                {groups}
                <h2 class="h2">{tu_string!(i18n, pages.help_contact_title)}</h2>
                <p>{tu_string!(i18n, pages.help_contact_text)}</p>
                <p><a href=format!("mailto:{email}")><bdi>{email}</bdi></a></p>
            </div>
        </Page>
    }
}

/// All groups, in the order of the way to a licence.
fn groups(i18n: I18nContext<Locale>) -> Vec<Group> {
    vec![
        Group {
            title: tu_string!(i18n, pages.help_account_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q1), tu_string!(i18n, pages.help_a1)),
                (tu_string!(i18n, pages.help_q2), tu_string!(i18n, pages.help_a2)),
                (tu_string!(i18n, pages.help_q3), tu_string!(i18n, pages.help_a3)),
                (tu_string!(i18n, pages.help_q4), tu_string!(i18n, pages.help_a4)),
            ],
        },
        Group {
            title: tu_string!(i18n, pages.help_minors_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q5), tu_string!(i18n, pages.help_a5)),
                (tu_string!(i18n, pages.help_q6), tu_string!(i18n, pages.help_a6)),
            ],
        },
        Group {
            title: tu_string!(i18n, pages.help_training_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q7), tu_string!(i18n, pages.help_a7)),
                (tu_string!(i18n, pages.help_q8), tu_string!(i18n, pages.help_a8)),
            ],
        },
        Group {
            title: tu_string!(i18n, pages.help_attendance_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q9), tu_string!(i18n, pages.help_a9)),
                (tu_string!(i18n, pages.help_q10), tu_string!(i18n, pages.help_a10)),
            ],
        },
        Group {
            title: tu_string!(i18n, pages.help_test_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q11), tu_string!(i18n, pages.help_a11)),
                (tu_string!(i18n, pages.help_q12), tu_string!(i18n, pages.help_a12)),
                (tu_string!(i18n, pages.help_q13), tu_string!(i18n, pages.help_a13)),
            ],
        },
        Group {
            title: tu_string!(i18n, pages.help_request_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q14), tu_string!(i18n, pages.help_a14)),
                (tu_string!(i18n, pages.help_q15), tu_string!(i18n, pages.help_a15)),
            ],
        },
        Group {
            title: tu_string!(i18n, pages.help_licence_title),
            answers: vec![
                (tu_string!(i18n, pages.help_q16), tu_string!(i18n, pages.help_a16)),
                (tu_string!(i18n, pages.help_q17), tu_string!(i18n, pages.help_a17)),
                (tu_string!(i18n, pages.help_q18), tu_string!(i18n, pages.help_a18)),
                (tu_string!(i18n, pages.help_q19), tu_string!(i18n, pages.help_a19)),
            ],
        },
    ]
}
