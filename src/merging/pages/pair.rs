//! `/admin/duplicates/{pair}`: two records side by side, what is in the way of a merge, and the two ways to settle it. Each
//! opening is noted for both, and they see that it was.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::record::Record;
use super::settle::Settle;
use crate::i18n::{Locale, td_string, use_locale};
use crate::merging::api::{self, Dismiss, Merge};
use crate::merging::model::{Outcome, PairView, Standing};
use crate::merging::words::chosen_text;
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::panel::Notice;
use crate::ui::tag::Tone;

#[component]
pub fn PairPage() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let (merge, dismiss) = (ServerAction::<Merge>::new(), ServerAction::<Dismiss>::new());
    let data = Resource::new(
        move || {
            let settled = (merge.version().get(), dismiss.version().get());
            (params.read().get("pair").unwrap_or_default(), settled)
        },
        |(pair, _)| api::pair(pair),
    );
    let trail =
        vec![("/admin", td_string!(locale, admin.title)), ("/admin/duplicates", td_string!(locale, merging.title))];
    view! {
        <Page title=td_string!(locale, merging.pair_title) trail=trail>
            {loaded(data, move |pair| view! { <Screen pair=pair merge=merge dismiss=dismiss/> })}
        </Page>
    }
}

#[component]
fn Screen(pair: PairView, merge: ServerAction<Merge>, dismiss: ServerAction<Dismiss>) -> impl IntoView {
    let locale = use_locale();
    let outcome = pair.outcome.map(|outcome| settled(locale, pair.standing, outcome));
    let [one, other] = pair.records.clone();
    view! {
        <div class="stack stack--wide">
            <h1 class="h1">{td_string!(locale, merging.pair_title)}</h1>
            {outcome}
            <p class="muted">{td_string!(locale, merging.viewing_is_noted)}</p>
            <div class="side-by-side">
                <Record title=td_string!(locale, merging.first) record=one/>
                <Record title=td_string!(locale, merging.second) record=other/>
            </div>
            {(pair.standing == Standing::Waiting)
                .then(|| view! { <Settle pair=pair merge=merge dismiss=dismiss/> })}
        </div>
    }
}

/// What became of the pair, when, and on what ground.
fn settled(locale: Locale, standing: Standing, outcome: Outcome) -> impl IntoView {
    let (time, why) = (dual_date_time(locale, outcome.at), chosen_text(locale, outcome.chosen));
    let (tone, text) = if standing == Standing::Merged {
        (Tone::Success, td_string!(locale, merging.settled_merged, time = time))
    } else {
        (Tone::Info, td_string!(locale, merging.settled_dismissed, time = time))
    };
    view! {
        <Notice tone=tone>
            <p role="status">{text}</p>
            <p>{td_string!(locale, merging.settled_because, reason = why)}</p>
        </Notice>
    }
}
