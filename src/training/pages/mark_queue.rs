//! Marks that wait for the server. Each is kept in the browser under an id of its own from the touch that made it until
//! the server has answered for it, and sent when it is made, when the connection returns, when the page is opened
//! again, and every few seconds in between.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use web_sys::js_sys;

use crate::error::{AppError, Problem};
use crate::training::api;
use crate::training::model::{LARGEST_BATCH, MARKS_PREFIX, Mark, MarkAnswer, SentMark};
use crate::ui::{browser, browser_store};

/// How often the server is tried while marks wait: a phone may think that it has a connection where it has none.
const AGAIN: Duration = Duration::from_secs(10);

/// The marks of one roster.
#[derive(Clone, Copy)]
pub struct MarkQueue {
    session: Uuid,
    /// In the order they were made.
    pub waiting: RwSignal<Vec<SentMark>>,
    /// The last answer of each mark that has one, newest last.
    pub answered: RwSignal<Vec<(SentMark, MarkAnswer)>>,
    /// Why nothing could be sent, when it was last tried.
    pub trouble: RwSignal<Option<AppError>>,
    /// Whether the browser refuses to keep marks: then the page must stay open.
    pub unkept: RwSignal<bool>,
    sending: RwSignal<bool>,
}

impl MarkQueue {
    /// The queue of a session, with what an earlier visit left in it.
    pub fn of(session: Uuid) -> Self {
        let queue = Self {
            session,
            waiting: RwSignal::new(Vec::new()),
            answered: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            unkept: RwSignal::new(false),
            sending: RwSignal::new(false),
        };
        Effect::new(move || {
            queue.waiting.set(kept(session));
            queue.send();
            let returned = window_event_listener(leptos::ev::online, move |_| queue.send());
            let again = set_interval_with_handle(move || queue.send(), AGAIN).ok();
            on_cleanup(move || {
                returned.remove();
                if let Some(again) = again {
                    again.clear();
                }
            });
        });
        queue
    }

    /// Makes a mark.
    pub fn put(self, enrolment: Uuid, mark: Mark) {
        let sent = SentMark { id: new_id(), enrolment, mark, made_at: browser::now() };
        if !browser_store::keep(&key(self.session, sent.id), &sent.kept()) {
            self.unkept.set(true);
        }
        self.waiting.update(|waiting| waiting.push(sent));
        self.send();
    }

    /// The newest mark of somebody that still waits.
    pub fn waiting_for(self, enrolment: Uuid) -> Option<Mark> {
        self.waiting.with(|waiting| waiting.iter().rev().find(|one| one.enrolment == enrolment).map(|one| one.mark))
    }

    /// Why the newest answered mark of somebody was refused, if it was.
    pub fn refusal_of(self, enrolment: Uuid) -> Option<Problem> {
        self.answered.with(|answered| {
            let newest = answered.iter().rev().find(|(one, _)| one.enrolment == enrolment);
            newest.and_then(|(_, answer)| match answer {
                MarkAnswer::Refused(problem) => Some(*problem),
                _ => None,
            })
        })
    }

    /// Sends what waits, one batch at a time. What cannot be sent stays.
    fn send(self) {
        if self.sending.try_get_untracked() != Some(false) || self.waiting.with_untracked(Vec::is_empty) {
            return;
        }
        self.sending.set(true);
        spawn_local(async move {
            let batch: Vec<SentMark> =
                self.waiting.with_untracked(|waiting| waiting.iter().take(LARGEST_BATCH).cloned().collect());
            let answer = api::send_marks(self.session, batch.clone()).await;
            // The page may have been left meanwhile; what is kept is then sent when it is opened again.
            if self.sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answers) => {
                    self.trouble.set(None);
                    self.settle(batch, answers);
                    self.send();
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// Lets go of what the server has answered for.
    fn settle(self, batch: Vec<SentMark>, answers: Vec<MarkAnswer>) {
        for sent in batch.iter().take(answers.len()) {
            browser_store::forget(&key(self.session, sent.id));
        }
        self.waiting.update(|waiting| {
            waiting.retain(|one| !batch.iter().take(answers.len()).any(|sent| sent.id == one.id));
        });
        self.answered.update(|answered| answered.extend(batch.into_iter().zip(answers)));
    }
}

fn key(session: Uuid, id: Uuid) -> String {
    format!("{}{id}", prefix(session))
}

fn prefix(session: Uuid) -> String {
    format!("{MARKS_PREFIX}{session}:")
}

/// The marks of a session that the browser keeps, in the order they were made.
pub fn kept(session: Uuid) -> Vec<SentMark> {
    let entries = browser_store::entries(&prefix(session));
    let mut marks: Vec<SentMark> = entries.iter().filter_map(|(id, kept)| SentMark::read(id, kept)).collect();
    marks.sort_by_key(|mark| (mark.made_at, mark.id));
    marks
}

/// An id for a mark: no secret, only unlike every other.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number from 0 to below 256")]
fn new_id() -> Uuid {
    let mut bytes = [0; 16];
    bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
