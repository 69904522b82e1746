//! A page of answered rows.

use leptos::prelude::*;
use uuid::Uuid;

use crate::bulk::model::{Asked, Row, href};
use crate::bulk::words::{state_tone, state_word, wrong_text};
use crate::i18n::{td_string, use_locale};
use crate::licences::words::kind_name;
use crate::ui::button::ButtonLink;
use crate::ui::date::DualDate;
use crate::ui::number::{Number, grouped};
use crate::ui::panel::Empty;
use crate::ui::tag::Tag;

/// The rows as a table.
#[component]
pub fn Rows(id: Uuid, rows: Vec<Row>) -> impl IntoView {
    let locale = use_locale();
    if rows.is_empty() {
        return view! {
            <Empty title=td_string!(locale, bulk.empty_title)>
                <p>{td_string!(locale, bulk.empty_text)}</p>
                <ButtonLink href=href(id, None, None) label=td_string!(locale, bulk.show_all) look="button--secondary"/>
            </Empty>
        }
        .into_any();
    }
    let rows = rows.into_iter().map(|row| view! { <Line row=row/> }).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table">
                <caption>{td_string!(locale, bulk.result_title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, bulk.line)}</th>
                        <th scope="col">{td_string!(locale, licences.state)}</th>
                        <th scope="col">{td_string!(locale, licences.number)}</th>
                        <th scope="col">{td_string!(locale, licences.kind)}</th>
                        <th scope="col">{td_string!(locale, verification.holder)}</th>
                        <th scope="col">{td_string!(locale, licences.expires)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let locale = use_locale();
    let asked = match row.asked {
        Asked::Number(number) => view! {
            <a href=format!("/verify/{number}")><Number value=grouped(&number, 4)/></a>
        }
        .into_any(),
        Asked::Wrong(typed, wrong) => view! {
            <bdi>{typed}</bdi>
            <p class="muted">{wrong_text(locale, wrong)}</p>
        }
        .into_any(),
    };
    let about = |label: &'static str, content: AnyView| view! { <td data-label=label>{content}</td> };
    let licence = row.licence.map(|(kind, valid)| {
        let kind = kind_name(locale, kind);
        let holder = row.holder.map(|holder| view! { <bdi>{holder}</bdi> });
        view! {
            {about(td_string!(locale, licences.kind), kind.into_any())}
            {about(td_string!(locale, verification.holder), holder.into_any())}
            {about(td_string!(locale, licences.expires), view! { <DualDate date=valid.to/> }.into_any())}
        }
        .into_any()
    });
    // Nothing is known of the others: on a phone no empty cells are named.
    let licence = licence.unwrap_or_else(|| view! { <td></td><td></td><td></td> }.into_any());
    view! {
        <tr>
            <td data-label=td_string!(locale, bulk.line)><Number value=row.line.to_string()/></td>
            <td data-label=td_string!(locale, licences.state)>
                <Tag tone=state_tone(row.state) label=state_word(locale, row.state)/>
            </td>
            <td data-label=td_string!(locale, licences.number)>{asked}</td>
            {licence}
        </tr>
    }
}
