//! `/trainer/{session}/report`: who came and how their tests stand, to be read and printed.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::i18n::{Locale, td_string, use_locale};
use crate::training::api;
use crate::training::model::{ReportLine, SessionMode, SessionReport, TestResult};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::Empty;
use crate::ui::print::PrintButton;
use crate::ui::summary::{SummaryList, SummaryRow};

#[component]
pub fn Report() -> impl IntoView {
    let params = use_params_map();
    let report = Resource::new(move || params.read().get("session").unwrap_or_default(), api::session_report);
    loaded(report, |report| view! { <Sheet report=report/> })
}

#[component]
fn Sheet(report: SessionReport) -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, training.report);
    let place = report.place.clone().unwrap_or_else(|| td_string!(locale, training.online).to_owned());
    let number = |holds: fn(&ReportLine) -> bool| report.count(holds).to_string();
    let counts = [
        (td_string!(locale, training.report_enrolled), number(|_| true)),
        (td_string!(locale, training.present), number(|line| line.present == Some(true))),
        (td_string!(locale, training.absent), number(|line| line.present == Some(false))),
        (td_string!(locale, training.report_unmarked), number(|line| line.present.is_none())),
        (td_string!(locale, training.identity_seen), number(|line| line.identity_seen)),
        (td_string!(locale, training.state_passed), number(|line| line.result == TestResult::Passed)),
        (td_string!(locale, training.state_failed), number(|line| line.result == TestResult::Failed)),
        (td_string!(locale, training.report_not_yet), number(|line| line.result == TestResult::NotYet)),
    ]
    .map(|(key, value)| view! { <SummaryRow key=key>{value}</SummaryRow> })
    .collect_view();
    let read = dual_date_time(locale, report.read_at);
    let (id, in_person) = (report.id, report.mode == SessionMode::InPerson);
    view! {
        <Page title=title trail=vec![("/trainer", td_string!(locale, training.my_sessions))]>
            <div class="stack">
                <h1 class="h1">{title} ": " {report.title.clone()}</h1>
                <p>{dual_date_time(locale, report.starts_at)} " · " {place}</p>
                <p class="muted">{td_string!(locale, training.report_read, date = read)}</p>
                <div class="cluster no-print">
                    <a href=format!("/trainer/{id}")>{td_string!(locale, training.roster)}</a>
                    {in_person.then(|| view! {
                        <a href=format!("/trainer/{id}/results")>{td_string!(locale, papers.title)}</a>
                    })}
                    <PrintButton label=td_string!(locale, training.report_print) look="button--secondary"/>
                </div>
                <SummaryList>{counts}</SummaryList>
                <Lines lines=report.lines/>
            </div>
        </Page>
    }
}

#[component]
fn Lines(lines: Vec<ReportLine>) -> impl IntoView {
    let locale = use_locale();
    if lines.is_empty() {
        return view! { <Empty title=td_string!(locale, training.roster_empty)>""</Empty> }.into_any();
    }
    let rows = lines
        .into_iter()
        .map(|line| {
            let (attendance, identity, result) = words(locale, &line);
            view! {
                <tr>
                    <th scope="row">{line.name}</th>
                    <td data-label=td_string!(locale, training.report_attendance)>{attendance}</td>
                    <td data-label=td_string!(locale, training.report_identity)>{identity}</td>
                    <td data-label=td_string!(locale, training.report_result)>{result}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{td_string!(locale, training.report_name)}</th>
                    <th scope="col">{td_string!(locale, training.report_attendance)}</th>
                    <th scope="col">{td_string!(locale, training.report_identity)}</th>
                    <th scope="col">{td_string!(locale, training.report_result)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Attendance, identity and test of somebody, in words.
fn words(locale: Locale, line: &ReportLine) -> (&'static str, &'static str, String) {
    let attendance = match line.present {
        None => td_string!(locale, training.report_unmarked),
        Some(true) => td_string!(locale, training.present),
        Some(false) => td_string!(locale, training.absent),
    };
    let identity = if line.identity_seen {
        td_string!(locale, training.identity_seen)
    } else {
        td_string!(locale, training.report_unseen)
    };
    let result = match line.result {
        TestResult::Passed => td_string!(locale, training.state_passed),
        TestResult::Failed => td_string!(locale, training.state_failed),
        TestResult::NotYet => td_string!(locale, training.report_not_yet),
        TestResult::None => "—",
    };
    let result = if line.on_paper { td_string!(locale, papers.on_paper, result = result) } else { result.to_owned() };
    (attendance, identity, result)
}
