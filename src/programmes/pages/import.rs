//! `/admin/imports/new/{what}` and `/admin/imports/{id}`: a file is pasted, looked at row by row, then imported whole.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::i18n::{Locale, td_string, use_locale};
use crate::programmes::api;
use crate::programmes::model::{Import, ImportKind, LONGEST_FILE, RowReport, Verdict};
use crate::ui::button::{ButtonLink, Submit};
use crate::ui::error_view::{ErrorPage, loaded};
use crate::ui::form::ServerForm;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::problem::ErrorSummary;
use crate::ui::problem_text::problem_text;
use crate::ui::tag::{Tag, Tone};
use crate::ui::text_area::TextArea;

/// Where a file of this kind leads to, and its title there.
fn home(locale: Locale, kind: ImportKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        ImportKind::Sessions => (
            "/admin/sessions",
            td_string!(locale, programmes.sessions_title),
            td_string!(locale, programmes.import_sessions),
        ),
        ImportKind::Questions => (
            "/admin/questions",
            td_string!(locale, programmes.questions_title),
            td_string!(locale, programmes.import_questions),
        ),
    }
}

#[component]
pub fn NewImport() -> impl IntoView {
    let params = use_params_map();
    let what = params.read_untracked().get("what").unwrap_or_default();
    match ImportKind::from_code(&what) {
        Some(kind) => view! { <Paste kind=kind/> }.into_any(),
        None => view! { <ErrorPage error=AppError::NotFound/> }.into_any(),
    }
}

#[component]
fn Paste(kind: ImportKind) -> impl IntoView {
    let locale = use_locale();
    let check = ServerAction::<api::CheckFile>::new();
    let (path, list, title) = home(locale, kind);
    let columns = kind.columns().join(", ");
    let template = format!("/admin/downloads/templates/{}.csv", kind.code());
    let hint = match kind {
        ImportKind::Sessions => td_string!(locale, programmes.sessions_file_text),
        ImportKind::Questions => td_string!(locale, programmes.questions_file_text),
    };
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin)), (path, list)]>
            <div class="prose stack">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, programmes.import_text)}</p>
                <p>{hint}</p>
                <p class="muted"><bdi>{columns}</bdi></p>
                <p><a href=template rel="external" download>{td_string!(locale, programmes.template)}</a></p>
                <Upload kind=kind/>
                <h2 class="h2">{td_string!(locale, programmes.paste)}</h2>
                <ServerForm action=check>
                    <input type="hidden" name="what" value=kind.code()/>
                    <TextArea name="csv" label=td_string!(locale, programmes.file) longest=LONGEST_FILE
                        hint=td_string!(locale, programmes.file_hint)/>
                    <Submit label=td_string!(locale, programmes.check_button) look="button--secondary"/>
                </ServerForm>
            </div>
        </Page>
    }
}

/// A file is sent by the browser itself: a server function takes none.
#[component]
fn Upload(kind: ImportKind) -> impl IntoView {
    let locale = use_locale();
    let problem = use_query_map().read_untracked().get("problem").unwrap_or_default();
    let problem: Option<Problem> = serde_json::from_value(serde_json::Value::String(problem)).ok();
    let error = Signal::stored(problem.map(AppError::Refused));
    view! {
        <ErrorSummary error=error/>
        <form class="form" method="post" action=format!("/admin/uploads/{}", kind.code())
            enctype="multipart/form-data">
            <div class="field">
                <label class="field__label" for="file">{td_string!(locale, programmes.choose_file)}</label>
                <input class="input" type="file" id="file" name="file" accept=".csv,text/csv,text/plain" required/>
            </div>
            <button class="button button--primary">{td_string!(locale, programmes.check_button)}</button>
        </form>
    }
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let import = Resource::new(
        move || (params.read().get("id").unwrap_or_default(), query.read().to_query_string()),
        |(id, _)| api::import(id),
    );
    loaded(import, |import| view! { <Found import=import/> })
}

#[component]
fn Found(import: Import) -> impl IntoView {
    let locale = use_locale();
    let (path, list, title) = home(locale, import.kind);
    let bad = import.rows.iter().filter(|row| row.is_bad()).count();
    let new = import.rows.iter().filter(|row| row.is_new()).count();
    let id = import.id;
    let next = if import.imported_at.is_some() {
        view! {
            <Notice tone=Tone::Success><p>{td_string!(locale, programmes.imported, count = new)}</p></Notice>
            <ButtonLink href=path label=list look="button--secondary"/>
        }
        .into_any()
    } else if bad > 0 {
        view! {
            <Notice tone=Tone::Error>
                <p>{td_string!(locale, programmes.bad_rows, count = bad)}</p>
                <p>{td_string!(locale, programmes.all_or_none)}</p>
            </Notice>
            <ButtonLink href=format!("/admin/imports/new/{}", import.kind.code())
                label=td_string!(locale, programmes.send_again)/>
        }
        .into_any()
    } else if new == 0 {
        view! { <Notice tone=Tone::Info><p>{td_string!(locale, programmes.nothing_new)}</p></Notice> }.into_any()
    } else {
        view! { <Run id=id count=new/> }.into_any()
    };
    let rows = import.rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, programmes.admin)), (path, list)]>
            <div class="stack">
                <h1 class="h1">{title}</h1>
                {next}
                <div class="table-wrap">
                    <table class="table">
                        <caption>{td_string!(locale, programmes.rows)}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{td_string!(locale, programmes.row)}</th>
                                <th scope="col">{td_string!(locale, programmes.key)}</th>
                                <th scope="col">{td_string!(locale, programmes.found)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Run(id: Uuid, count: usize) -> impl IntoView {
    let locale = use_locale();
    let run = ServerAction::<api::RunImport>::new();
    view! {
        <Notice tone=Tone::Info><p>{td_string!(locale, programmes.good_rows, count = count)}</p></Notice>
        <ServerForm action=run>
            <input type="hidden" name="import" value=id.to_string()/>
            <Submit label=td_string!(locale, programmes.import_button)/>
        </ServerForm>
    }
}

#[component]
fn Row(row: RowReport) -> impl IntoView {
    let locale = use_locale();
    let found = match row.verdict {
        Verdict::New => view! { <Tag tone=Tone::Success label=td_string!(locale, programmes.row_new)/> }.into_any(),
        Verdict::Already => {
            view! { <Tag tone=Tone::Neutral label=td_string!(locale, programmes.row_already)/> }.into_any()
        }
        Verdict::Bad(problems) => {
            let problems = problems
                .into_iter()
                .map(|one| {
                    let column = (!one.field.is_empty()).then(|| view! { <bdi><code>{one.field}</code></bdi> ": " });
                    view! { <li>{column} {problem_text(locale, one.problem)}</li> }
                })
                .collect_view();
            view! {
                <Tag tone=Tone::Error label=td_string!(locale, programmes.row_bad)/>
                <ul>{problems}</ul>
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{td_string!(locale, programmes.row)} " " {row.row}</th>
            <td data-label=td_string!(locale, programmes.key)><bdi>{row.key}</bdi></td>
            <td data-label=td_string!(locale, programmes.found)>{found}</td>
        </tr>
    }
}
