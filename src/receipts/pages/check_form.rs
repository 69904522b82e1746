//! A receipt is given and checked, and what was found stands below; without JavaScript too.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use time::Date;
use web_sys::js_sys::Reflect;

use super::checked::Outcome;
use crate::i18n::{td_string, use_locale};
use crate::receipts::api::{Check, check};
use crate::receipts::model::{Checked, LONGEST_RECEIPT};
use crate::ui::browser;
use crate::ui::button::Submit;
use crate::ui::form::{ServerForm, kept_for};
use crate::ui::text_area::TextArea;

/// The form, for `receipt` or for one that is pasted or chosen as a file.
#[component]
pub fn CheckForm(
    #[prop(optional)] receipt: Option<String>,
    /// The day of that receipt.
    #[prop(optional)]
    day: Option<Date>,
) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Check>::new();
    // What was sent without JavaScript is checked while the page is rendered.
    let sent = kept_for(Check::url())
        .filter(|form| form.error.is_none())
        .and_then(|form| form.fields.into_iter().find(|(name, _)| name == "receipt").map(|(_, text)| text));
    let now = action.value();
    let found = move || now.get().and_then(Result::ok).map(|checked| view! { <Outcome checked=checked/> });
    // The page of another day has the same path: what was found of that day's receipt is not said of this one.
    let of_here =
        move |checked: &Checked| !matches!((checked, day), (Checked::Signed(one), Some(day)) if one.answer.day != day);
    let at_first = sent.map(|text| {
        let checked = Resource::new(|| (), move |()| check(text.clone()));
        let shown = move || {
            let later = now.with(Option::is_some);
            Suspend::new(async move {
                let checked = checked.await.ok().filter(|checked| !later && of_here(checked));
                checked.map(|checked| view! { <Outcome checked=checked/> })
            })
        };
        view! { <Suspense fallback=|| ()>{shown}</Suspense> }
    });
    let fields = match receipt {
        Some(receipt) => view! {
            <input type="hidden" name="receipt" value=receipt/>
            <Submit label=td_string!(locale, receipts.check_this) look="button--secondary"/>
        }
        .into_any(),
        None => view! {
            <TextArea name="receipt" label=td_string!(locale, receipts.text) longest=LONGEST_RECEIPT
                hint=td_string!(locale, receipts.text_hint)/>
            <FileField/>
            <Submit label=td_string!(locale, receipts.check)/>
        }
        .into_any(),
    };
    view! {
        <ServerForm action=action>{fields}</ServerForm>
        <div role="status">{at_first} {found}</div>
    }
}

/// A file's text goes where one would paste it. There where scripts run: without them, a file is opened and copied.
#[component]
fn FileField() -> impl IntoView {
    let locale = use_locale();
    let scripted = crate::ui::scripted();
    let input = NodeRef::<Input>::new();
    let choose = move |_| {
        let files = input.get_untracked().and_then(|input| browser::member(&input, "files"));
        let Some(file) = files.and_then(|files| browser::member(&files, "0")) else { return };
        // Nothing as large as that is a receipt.
        if browser::number(&file, "size") > f64::from(u32::try_from(LONGEST_RECEIPT).unwrap_or(u32::MAX)) {
            return;
        }
        spawn_local(async move {
            let text = browser::ask(&file, "text", &[]).await;
            if let (Ok(text), Some(area)) = (text, document().get_element_by_id("receipt")) {
                let _ = Reflect::set(&area, &JsValue::from_str("value"), &text);
            }
        });
    };
    move || {
        scripted.get().then(|| {
            view! {
                <div class="field">
                    <label class="field__label" for="receipt-file">{td_string!(locale, receipts.file)}</label>
                    <input class="input" id="receipt-file" type="file" accept=".jws,.txt,application/jose,text/plain"
                        node_ref=input on:change=choose/>
                </div>
            }
        })
    }
}
