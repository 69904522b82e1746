//! Choices on their way to the server: one request at a time, so that no earlier choice overtakes a later one, and kept
//! apart from the question they answer, so that whoever leaves it by a link takes them along. In the browser only: on
//! the server nothing is ever chosen.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::assessment::api::{self, Answer};
use crate::error::AppError;

/// How often the server is tried while it cannot take a choice.
const AGAIN: Duration = Duration::from_secs(5);

/// How the latest choice of a question stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was chosen since the question came.
    #[default]
    Untouched,
    /// Another choice is on its way first.
    Waiting,
    /// On its way: this option, which is an earlier one where another is chosen by now.
    Sending(Uuid),
    Saved,
    /// Tried again where the server could not take it, and given up where it refused.
    NotSaved(AppError),
}

/// The latest choice of a question that the server does not have yet.
#[derive(Clone)]
struct Unsaved {
    answer: Answer,
    option: Uuid,
    standing: ArcRwSignal<Standing>,
}

impl Unsaved {
    fn is_of(&self, other: &Answer) -> bool {
        let Answer { enrolment, attempt, position, .. } = &self.answer;
        (enrolment, attempt, position) == (&other.enrolment, &other.attempt, &other.position)
    }
}

thread_local! {
    /// In the order they were made, one a question.
    static UNSAVED: RefCell<Vec<Unsaved>> = const { RefCell::new(Vec::new()) };
    static SENDING: Cell<bool> = const { Cell::new(false) };
    /// Whoever waits until nothing is on its way.
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// Saves a choice, in the place of an earlier one of the same question. `answer` says which question; its own option
/// does not count.
pub fn save(answer: &Answer, option: Uuid, standing: ArcRwSignal<Standing>) {
    let answer = Answer { option: option.to_string(), ..answer.clone() };
    if !matches!(standing.get_untracked(), Standing::Sending(_)) {
        standing.set(Standing::Waiting);
    }
    UNSAVED.with_borrow_mut(|unsaved| {
        unsaved.retain(|one| !one.is_of(&answer));
        unsaved.push(Unsaved { answer, option, standing });
    });
    send();
}

/// What was chosen at a question and is not saved yet.
pub fn unsaved(answer: &Answer) -> Option<Uuid> {
    UNSAVED.with_borrow(|unsaved| unsaved.iter().find(|one| one.is_of(answer)).map(|one| one.option))
}

/// Waits until every choice was sent, or the server is out of reach: what is read of an attempt then has them all.
pub async fn settled() {
    send();
    poll_fn(|context| {
        if SENDING.get() {
            WAITING.with_borrow_mut(|waiting| waiting.push(context.waker().clone()));
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
}

/// Sends the oldest choice, then the next.
fn send() {
    if SENDING.get() {
        return;
    }
    let Some(sent) = UNSAVED.with_borrow(|unsaved| unsaved.first().cloned()) else { return };
    SENDING.set(true);
    sent.standing.set(Standing::Sending(sent.option));
    spawn_local(async move {
        let Answer { enrolment, attempt, position, option, next } = sent.answer.clone();
        let answered = api::answer(enrolment, attempt, position, option, next).await;
        SENDING.set(false);
        let later = matches!(
            answered,
            Err(AppError::Offline | AppError::Unavailable | AppError::TooMany { .. } | AppError::Internal { .. })
        );
        settle(&sent, answered, later);
        if later {
            set_timeout(send, AGAIN);
        } else {
            send();
        }
        if !SENDING.get() {
            WAITING.take().into_iter().for_each(Waker::wake);
        }
    });
}

/// Lets go of a choice that the server has answered for, unless another was made at the question meanwhile.
fn settle(sent: &Unsaved, answered: Result<(), AppError>, stays: bool) {
    let latest = UNSAVED.with_borrow_mut(|unsaved| {
        let place = unsaved.iter().position(|one| one.is_of(&sent.answer))?;
        let latest = unsaved.get(place).cloned();
        if !stays && latest.as_ref().is_some_and(|latest| latest.option == sent.option) {
            unsaved.remove(place);
        }
        latest
    });
    let Some(latest) = latest else { return };
    latest.standing.set(match answered {
        _ if latest.option != sent.option => Standing::Waiting,
        Ok(()) => Standing::Saved,
        Err(error) => Standing::NotSaved(error),
    });
}
