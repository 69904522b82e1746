//! The figures of the day, each with its definition.

use leptos::prelude::*;

use crate::home::api::HomeFigures;
use crate::i18n::{td_string, use_locale};
use crate::review::words::waiting_time;
use crate::ui::date::dual_date_time;
use crate::ui::number::Number;

/// The figures and when they were counted.
#[component]
pub fn FigureList(figures: HomeFigures) -> impl IntoView {
    let locale = use_locale();
    let at = dual_date_time(locale, figures.counted_at);
    view! {
        <section class="stack">
            <h2 class="h2">{td_string!(locale, pages.home_figures_title)}</h2>
            <dl class="grid">
                {figure(
                    td_string!(locale, pages.home_figure_licences_label),
                    view! { <Number value=figures.valid_licences.to_string()/> },
                    td_string!(locale, pages.home_figure_licences_definition),
                )}
                {figure(
                    td_string!(locale, pages.home_figure_teams_label),
                    view! { <Number value=figures.teams.to_string()/> },
                    td_string!(locale, pages.home_figure_teams_definition),
                )}
                {figure(
                    td_string!(locale, pages.home_figure_waiting_label),
                    waiting_time(locale, figures.median_wait_minutes),
                    td_string!(locale, pages.home_figure_waiting_definition),
                )}
                {figure(
                    td_string!(locale, pages.home_figure_waiting_most_label),
                    waiting_time(locale, figures.p90_wait_minutes),
                    td_string!(locale, pages.home_figure_waiting_most_definition),
                )}
            </dl>
            <p class="muted">{td_string!(locale, pages.home_figures_at, at = at)}</p>
        </section>
    }
}

fn figure(label: &'static str, value: impl IntoView, definition: &'static str) -> impl IntoView {
    view! {
        <div class="card">
            <dt>{label}</dt>
            <dd class="h1">{value}</dd>
            <dd class="card__meta">{definition}</dd>
        </div>
    }
}
