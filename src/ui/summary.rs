//! A summary list: what was answered, with a way back to mend each row.

use leptos::prelude::*;

/// A list of keys and values.
#[component]
pub fn SummaryList(children: Children) -> impl IntoView {
    view! { <dl class="summary-list">{children()}</dl> }
}

/// One row. Where `change` is a path, a link there stands beside the value.
#[component]
pub fn SummaryRow(
    #[prop(into)] key: String,
    #[prop(optional, into)] change: String,
    /// The link's text.
    #[prop(optional, into)]
    change_label: String,
    children: Children,
) -> impl IntoView {
    let described = key.clone();
    view! {
        <div class="summary-list__row">
            <dt>{key}</dt>
            <dd>{children()}</dd>
            {(!change.is_empty())
                .then(|| {
                    view! {
                        <dd class="summary-list__action">
                            <a href=change>{change_label}<span class="visually-hidden">" "{described}</span></a>
                        </dd>
                    }
                })}
        </div>
    }
}
