//! `/help`, `/privacy`, `/report-forgery` and `/api`: pages to read.

use leptos::prelude::*;

use crate::home::api::text::text;
use crate::home::reading::{Block, Text};
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

#[component]
pub fn Api() -> impl IntoView {
    page("api")
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
        Block::Code(text) => view! { <pre class="card" dir="ltr"><code>{text}</code></pre> }.into_any(),
        Block::Codes(codes) => {
            let items =
                codes.into_iter().map(|(code, means)| view! { <li><code dir="ltr">{code}</code>": "{means}</li> });
            view! { <ul>{items.collect_view()}</ul> }.into_any()
        }
        Block::Files(files) => {
            let items = files.into_iter().map(|(address, text)| {
                let href = address.clone();
                view! { <li><a href=href rel="external"><bdi dir="ltr">{address}</bdi></a>": "{text}</li> }
            });
            view! { <ul>{items.collect_view()}</ul> }.into_any()
        }
        Block::Link(path, text) => view! { <p><a href=path>{text}</a></p> }.into_any(),
    }
}
