//! The form of one question. With JavaScript the answer is saved on choosing; without it the button saves and goes on.

use leptos::html::{Div, H1};
use leptos::prelude::*;
use uuid::Uuid;

use super::saving::{self, Standing};
use crate::assessment::api::{Answer, Choice, Paper};
use crate::assessment::model::question_path;
use crate::error::{AppError, Problem};
use crate::i18n::{td_string, use_locale};
use crate::ui::form::ServerForm;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::problem::error_text;

/// Saves the chosen option as soon as it is chosen.
#[derive(Clone, Copy)]
struct AutoSave {
    /// Which question it is.
    answer: StoredValue<Answer>,
    chosen: RwSignal<Option<Uuid>>,
    standing: RwSignal<Standing>,
}

impl AutoSave {
    fn choose(self, option: Uuid) {
        self.chosen.set(Some(option));
        self.answer.with_value(|answer| saving::save(answer, option, self.standing.into()));
    }

    /// An earlier choice than the present one is on its way.
    fn stale(self) -> bool {
        matches!(self.standing.get(), Standing::Sending(option) if self.chosen.get() != Some(option))
    }
}

#[component]
pub fn QuestionForm(
    paper: Paper,
    enrolment: String,
    answered: RwSignal<Vec<bool>>,
    /// Whether the question takes the focus: it does when it replaced another.
    focus: bool,
    ask_again: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let position = paper.position;
    let go_on = ServerAction::<Answer>::new();
    let answer = Answer {
        enrolment: enrolment.clone(),
        attempt: paper.attempt.to_string(),
        position: position.to_string(),
        option: String::new(),
        next: String::new(),
    };
    // Whoever went on before it was saved and came back finds what they chose.
    let unsaved = saving::unsaved(&answer);
    let save = AutoSave {
        answer: StoredValue::new(answer),
        chosen: RwSignal::new(unsaved.or(paper.chosen)),
        standing: RwSignal::new(Standing::default()),
    };
    Effect::new(move || match save.standing.get() {
        Standing::Saved => mark_answered(answered, position),
        Standing::NotSaved(AppError::Refused(Problem::AttemptClosed)) => ask_again.run(()),
        _ => {}
    });
    Effect::new(move || {
        if let Some(Err(AppError::Refused(Problem::AttemptClosed))) = go_on.value().get() {
            ask_again.run(());
        }
    });
    // A choice made before the script came is saved with its coming, and one that is still unsaved tells how it stands.
    let options_shown = NodeRef::<Div>::new();
    Effect::new(move || {
        let Some(options) = options_shown.get() else { return };
        let checked = options.query_selector("input:checked").ok().flatten();
        let option = checked.and_then(|input| input.get_attribute("value")?.parse().ok());
        if let Some(option) = option.filter(|option| save.chosen.get_untracked() != Some(*option)).or(unsaved) {
            save.choose(option);
        }
    });
    let heading = NodeRef::<H1>::new();
    Effect::new(move || {
        if focus && let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let last = usize::try_from(position).is_ok_and(|position| position >= paper.answered.len());
    let label = if last {
        td_string!(locale, assessment.save_and_review)
    } else {
        td_string!(locale, assessment.save_and_go_on)
    };
    let previous = (position > 1).then(|| {
        view! { <a href=question_path(&enrolment, position - 1)>{td_string!(locale, assessment.previous)}</a> }
    });
    let options = paper.options.into_iter().enumerate().map(move |(index, choice)| option(index, choice, save));
    view! {
        <ServerForm action=go_on>
            <input type="hidden" name="enrolment" value=enrolment/>
            <input type="hidden" name="attempt" value=paper.attempt.to_string()/>
            <input type="hidden" name="position" value=position.to_string()/>
            <fieldset class="question">
                <legend><h1 tabindex="-1" node_ref=heading>{paper.stem}</h1></legend>
                <div class="question__options" node_ref=options_shown>{options.collect_view()}</div>
            </fieldset>
            <p class="question__saved" role="status">{move || saved_text(save)}</p>
            <div class="cluster">
                <button type="submit" class="button button--primary" name="next" value="true"
                    disabled=move || go_on.pending().get() || save.stale()
                    aria-busy=move || go_on.pending().get().then_some("true")>
                    {label}
                </button>
                {previous}
            </div>
        </ServerForm>
    }
}

/// One option. The first carries the field's own id: the error summary leads there.
fn option(index: usize, choice: Choice, save: AutoSave) -> impl IntoView {
    let id = if index == 0 { "option".to_owned() } else { format!("option-{index}") };
    let checked = save.chosen.get_untracked() == Some(choice.id);
    let label_for = id.clone();
    view! {
        <label class="radio" for=label_for>
            <input type="radio" id=id name="option" value=choice.id.to_string() checked=checked
                on:change=move |_| save.choose(choice.id)/>
            <span>{choice.text}</span>
        </label>
    }
}

fn mark_answered(answered: RwSignal<Vec<bool>>, position: i16) {
    answered.update(|all| {
        if let Some(one) = usize::try_from(position - 1).ok().and_then(|index| all.get_mut(index)) {
            *one = true;
        }
    });
}

/// What became of the latest choice, in words.
fn saved_text(save: AutoSave) -> impl IntoView {
    let locale = use_locale();
    match save.standing.get() {
        Standing::Untouched => ().into_any(),
        Standing::Waiting | Standing::Sending(_) => {
            view! { <span>{td_string!(locale, assessment.saving)}</span> }.into_any()
        }
        Standing::Saved => view! {
            <Icon glyph=Glyph::Tick/>
            <span>{td_string!(locale, assessment.saved)}</span>
        }
        .into_any(),
        Standing::NotSaved(error) => {
            let reason = error_text(locale, &error);
            view! { <span>{td_string!(locale, assessment.not_saved, reason = reason)}</span> }.into_any()
        }
    }
}
