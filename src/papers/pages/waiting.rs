//! `/admin/results`: paper results that wait for a second officer, each confirmed or declined. The filter, the order and the
//! place in the list live in the URL.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::licences::words::kind_name;
use crate::papers::api::{self, Confirm, Decline};
use crate::papers::model::{Asked, Deciding, WaitingLine, WaitingPage};
use crate::papers::words::{result_word, score_text};
use crate::place::Place;
use crate::ui::act::{count_done, problem_of};
use crate::ui::date::dual_date_time;
use crate::ui::error_view::loaded;
use crate::ui::layout::Page;
use crate::ui::narrowing::{Narrow, NarrowForm, NothingFits, carried};
use crate::ui::pager::{Pager, PastEnd};
use crate::ui::panel::{Empty, Notice};
use crate::ui::problem::ErrorSummary;
use crate::ui::tag::{Tag, Tone};

#[component]
pub fn Waiting() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let (confirm, decline) = (ServerAction::<Confirm>::new(), ServerAction::<Decline>::new());
    let done = RwSignal::new(0_u32);
    count_done(confirm, done);
    count_done(decline, done);
    let value = move |name: &'static str| query.read().get(name).unwrap_or_default();
    let asked = Memo::new(move |_| Asked::parse(&value("kind"), &value("order"), &value("after")));
    let data = Resource::new(
        move || (asked.get(), done.get()),
        |(asked, _)| {
            let [(_, kind), (_, order), (_, after)] = asked.values();
            api::waiting(kind, order, after)
        },
    );
    let title = td_string!(locale, papers.waiting_title);
    let told = move || {
        let text = match value("done").as_str() {
            "confirmed" => td_string!(locale, papers.done_confirmed),
            "declined" => td_string!(locale, papers.done_declined),
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Success><p>{text}</p></Notice> })
    };
    view! {
        <Page title=title trail=vec![("/admin", td_string!(locale, admin.title))]>
            <div class="stack stack--wide">
                <div class="prose">
                    <h1 class="h1">{title}</h1>
                    <p>{td_string!(locale, papers.waiting_lead)}</p>
                </div>
                <div role="status">{told}</div>
                <ErrorSummary error=problem_of(confirm)/>
                <ErrorSummary error=problem_of(decline)/>
                {loaded(data, move |page| {
                    view! { <List asked=asked.get_untracked() page=page confirm=confirm decline=decline/> }
                })}
            </div>
        </Page>
    }
}

#[component]
fn List(
    asked: Asked,
    page: WaitingPage,
    confirm: ServerAction<Confirm>,
    decline: ServerAction<Decline>,
) -> impl IntoView {
    let locale = use_locale();
    let none = page.sheets.is_empty();
    let list = match (none, asked.kind) {
        (true, _) if asked.after.is_some() => view! { <PastEnd/> }.into_any(),
        (true, Some(kind)) => {
            let chosen = vec![kind_name(locale, kind).to_owned()];
            let whole = Asked { kind: None, ..asked }.path();
            view! { <NothingFits chosen=chosen whole=whole/> }.into_any()
        }
        (true, None) => view! {
            <Empty title=td_string!(locale, papers.none_waiting_title)>
                <p>{td_string!(locale, papers.none_waiting_text)}</p>
            </Empty>
        }
        .into_any(),
        (false, _) => {
            let rows = page
                .sheets
                .into_iter()
                .map(|line| view! { <Line line=line asked=asked confirm=confirm decline=decline/> })
                .collect_view();
            view! { <ul class="task-list">{rows}</ul> }.into_any()
        }
    };
    let kinds = LicenceKind::ALL.map(|kind| (kind.slug().to_owned(), kind_name(locale, kind).to_owned())).to_vec();
    let narrowing = (!none || asked.kind.is_some()).then(|| {
        view! {
            <NarrowForm path=Asked::PATH order=asked.order usual=Asked::USUAL>
                <Narrow name="kind" label=td_string!(locale, papers.kind) every=td_string!(locale, papers.every_kind)
                    options=kinds value=asked.kind.map_or("", LicenceKind::slug).to_owned()/>
            </NarrowForm>
        }
    });
    let first = asked.after.map(|_| asked.first().path());
    let next = page.next.map(|after| Asked { after: Place::parse(&after), ..asked }.path());
    view! { {narrowing} {list} <Pager first=first next=next/> }
}

/// A sheet: whose, of which session, what it says, and what the reader may do with it.
#[component]
fn Line(
    line: WaitingLine,
    asked: Asked,
    confirm: ServerAction<Confirm>,
    decline: ServerAction<Decline>,
) -> impl IntoView {
    let locale = use_locale();
    let (tone, word) = result_word(locale, line.score);
    let name = if line.name.is_empty() { td_string!(locale, admin.nameless).to_owned() } else { line.name };
    let id = format!("sheet-{}", line.id);
    let (confirm_of, decline_of) = (id.clone(), id.clone());
    let why = match line.deciding {
        Deciding::Open => None,
        Deciding::Closed => Some(td_string!(locale, papers.account_closed)),
        Deciding::Own => Some(td_string!(locale, papers.own_sheet)),
        Deciding::Tied => Some(td_string!(locale, papers.tied_sheet)),
    };
    let (may_confirm, may_decline) =
        (line.deciding == Deciding::Open, matches!(line.deciding, Deciding::Open | Deciding::Closed));
    let sheet = line.id.to_string();
    let declined = sheet.clone();
    let time = dual_date_time(locale, line.recorded_at);
    let mark = td_string!(locale, papers.pass_mark, percent = line.score.pass_mark_percent);
    let confirming = may_confirm.then(|| {
        view! {
            <ActionForm action=confirm>
                <input type="hidden" name="sheet" value=sheet/>
                {carried(asked.values().to_vec())}
                <button type="submit" class="button button--secondary" aria-describedby=confirm_of
                    disabled=move || confirm.pending().get()>
                    {td_string!(locale, papers.confirm)}
                </button>
            </ActionForm>
        }
    });
    let declining = may_decline.then(|| {
        view! {
            <ActionForm action=decline>
                <input type="hidden" name="sheet" value=declined/>
                {carried(asked.values().to_vec())}
                <button type="submit" class="button button--danger" aria-describedby=decline_of
                    disabled=move || decline.pending().get()>
                    {td_string!(locale, papers.decline)}
                </button>
            </ActionForm>
        }
    });
    view! {
        <li class="task-list__item">
            <div>
                <p id=id>
                    <a href=format!("/admin/people/{}", line.person)><bdi>{name}</bdi></a>
                    " · " {score_text(locale, line.score)}
                </p>
                <p class="muted">
                    <a href=format!("/admin/sessions/{}", line.session)>{line.title}</a>
                    " · " {dual_date_time(locale, line.starts_at)}
                </p>
                <p class="muted">{td_string!(locale, papers.recorded_by, name = line.trainer, time = time)}</p>
                <p class="muted">{mark}</p>
                {why.map(|text| view! { <p>{text}</p> })}
            </div>
            <div class="task-list__status"><Tag tone=tone label=word/></div>
            <div class="cluster">{confirming}{declining}</div>
        </li>
    }
}
