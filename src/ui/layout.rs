//! The shell around every page: skip link, header, breadcrumb, footer.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::access::{Role, SignedIn};
use crate::app::locale::COOKIE;
use crate::i18n::{Locale, td_string, use_locale};

/// A page with its title; from the second level on, `trail` leads back up as (path, text).
#[component]
pub fn Page(
    #[prop(into)] title: String,
    #[prop(optional)] trail: Vec<(&'static str, &'static str)>,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let site = td_string!(locale, common.site);
    let crumbs = (!trail.is_empty()).then(|| {
        let links = trail.into_iter().map(|(path, text)| view! { <li><a href=path>{text}</a></li> }).collect_view();
        view! {
            <nav aria-label=td_string!(locale, common.breadcrumb)>
                <ol class="breadcrumb">
                    <li><a href="/">{td_string!(locale, common.home)}</a></li>
                    {links}
                </ol>
            </nav>
        }
    });
    view! {
        <Title text=format!("{title} · {site}")/>
        {crumbs}
        {children()}
    }
}

/// Mark and name, verification, sign-in or account, language.
#[component]
pub fn Header() -> impl IntoView {
    let locale = use_locale();
    let signed_in = expect_context::<RwSignal<SignedIn>>();
    let (other, other_name) = match locale {
        Locale::ar => ("en", "English"),
        Locale::en => ("ar", "العربية"),
    };
    let desk = move |role: Role, path: &'static str, label: &'static str| {
        signed_in.get().is(role).then(|| view! { <a class="header__link" href=path>{label}</a> })
    };
    view! {
        <a class="skip-link" href="#main" rel="external">{td_string!(locale, common.skip_to_content)}</a>
        <header class="header">
            <div class="header__bar">
                <a class="header__brand" href="/">
                    <img src="/mark.svg" alt="" width="32" height="32"/>
                    <span>{td_string!(locale, common.brand)}</span>
                </a>
                <nav class="header__nav" aria-label=td_string!(locale, common.main_navigation)>
                    <a class="header__link" href="/verify">{td_string!(locale, common.verify_a_licence)}</a>
                    <a class="header__link" href="/training">{td_string!(locale, common.training)}</a>
                    {move || desk(Role::Trainer, "/trainer", td_string!(locale, common.trainer_desk))}
                    {move || desk(Role::Reviewer, "/review", td_string!(locale, common.review_desk))}
                    {move || desk(Role::Administrator, "/admin", td_string!(locale, common.admin_desk))}
                    {move || {
                        if signed_in.get().signed_in {
                            view! { <a class="header__link" href="/account">{td_string!(locale, common.my_account)}</a> }
                        } else {
                            view! { <a class="header__link" href="/sign-in">{td_string!(locale, common.sign_in)}</a> }
                        }
                    }}
                    <form method="post" action="/language">
                        <button class="button button--link header__link" name=COOKIE value=other lang=other>{other_name}</button>
                    </form>
                </nav>
            </div>
        </header>
    }
}

/// What the application asks of every page's reader; then help, privacy, forgeries.
#[component]
pub fn Footer(children: Children) -> impl IntoView {
    let locale = use_locale();
    view! {
        <footer class="footer">
            {children()}
            <nav class="footer__links" aria-label=td_string!(locale, common.footer_navigation)>
                <a href="/help">{td_string!(locale, common.help)}</a>
                <a href="/privacy">{td_string!(locale, common.privacy)}</a>
                <a href="/report-forgery">{td_string!(locale, common.report_forgery)}</a>
            </nav>
            <p class="muted">{td_string!(locale, common.footer_note)}</p>
        </footer>
    }
}
