//! `/verify/bulk`: a list is pasted, or sent as a file. The browser itself sends both: neither waits for a script, and a
//! server function takes no file.

use leptos::prelude::*;

use crate::bulk::model::{LARGEST_LIST, SENT_TO};
use crate::i18n::{td_string, use_locale};
use crate::ui::button::Submit;
use crate::ui::field::Field;
use crate::ui::form::BrowserForms;
use crate::ui::layout::Page;
use crate::ui::text_area::TextArea;

#[component]
pub fn New() -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, bulk.title);
    view! {
        <Page title=title trail=vec![("/verify", td_string!(locale, common.verify_a_licence))]>
            <div class="prose stack stack--wide">
                <h1 class="h1">{title}</h1>
                <p>{td_string!(locale, bulk.lead)}</p>
                <p class="muted">{td_string!(locale, bulk.kept_note)}</p>
                <BrowserForms endpoint=SENT_TO>
                    <section class="stack">
                        <h2 class="h2">{td_string!(locale, bulk.paste_title)}</h2>
                        <form class="form" method="post" action=SENT_TO enctype="multipart/form-data">
                            <TextArea name="numbers" label=td_string!(locale, bulk.numbers) longest=LARGEST_LIST rows=10
                                hint=td_string!(locale, bulk.numbers_hint)/>
                            <Submit label=td_string!(locale, bulk.check_button)/>
                        </form>
                    </section>
                    <section class="stack">
                        <h2 class="h2">{td_string!(locale, bulk.upload_title)}</h2>
                        <form class="form" method="post" action=SENT_TO enctype="multipart/form-data">
                            <Field name="file" label=td_string!(locale, bulk.file).to_owned()
                                hint=td_string!(locale, bulk.file_hint).to_owned()>
                                <input class="input" type="file" id="file" name="file" accept=".xlsx,.csv,.txt,text/csv"
                                    aria-describedby="file-hint file-error"/>
                            </Field>
                            <Submit label=td_string!(locale, bulk.upload_button) look="button--secondary"/>
                        </form>
                    </section>
                </BrowserForms>
            </div>
        </Page>
    }
}
