//! `/help`, `/privacy` and `/report-forgery`: pages to read.

use leptos::prelude::*;

use crate::home::api::text::text;
use crate::home::reading::{Block, Text};
use crate::i18n::{td_string, use_locale};
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn Help() -> impl IntoView {
    page("help")
}

#[component]
pub fn Privacy() -> impl IntoView {
    page("privacy")
}

#[component]
pub fn ReportForgery() -> impl IntoView {
    page("report-forgery")
}

fn page(name: &'static str) -> impl IntoView {
    let data = Resource::new(|| (), move |()| text(name.to_owned()));
    loaded(data, |Text { title, lead, blocks }| {
        view! {
            <Page title=title.clone()>
                <div class="prose">
                    <h1 class="h1">{title}</h1>
                    <p class="lede">{lead}</p>
                    {blocks.into_iter().map(block).collect_view()}
                </div>
            </Page>
        }
    })
}

fn block(block: Block) -> AnyView {
    let locale = use_locale();
    let items = |texts: Vec<String>| texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    match block {
        Block::Heading(text) => view! { <h2 class="h2">{text}</h2> }.into_any(),
        Block::Paragraph(text) => view! { <p>{text}</p> }.into_any(),
        Block::List(texts) => view! { <ul>{items(texts)}</ul> }.into_any(),
        Block::Steps(texts) => view! { <ol>{items(texts)}</ol> }.into_any(),
        Block::Answer(question, answer) => view! {
            <details>
                <summary>{question}</summary>
                <p>{answer}</p>
            </details>
        }
        .into_any(),
        Block::Email(email) => {
            let address = format!("mailto:{email}");
            view! { <p><a href=address><bdi>{email}</bdi></a></p> }.into_any()
        }
        Block::Caution(text) => view! { <Notice tone=Tone::Warning><p>{text}</p></Notice> }.into_any(),
        Block::VerifyLink => {
            view! { <p><a href="/verify">{td_string!(locale, common.verify_a_licence)}</a></p> }.into_any()
        }
        Block::VerifyListLink => {
            view! { <p><a href="/verify/bulk">{td_string!(locale, verification.verify_list)}</a></p> }.into_any()
        }
    }
}
