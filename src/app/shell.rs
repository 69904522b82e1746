//! The document around the application.

use axum::http::{HeaderValue, header};
use leptos::hydration::{AutoReload, HydrationScripts};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};

use super::locale::direction;
use crate::server::layers::headers::page_policy;
use crate::ui::problem_text;

/// The whole document, in the language of the request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    problem_text::load();
    let (lang, dir) = direction(super::request::locale());
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    view! {
        <!DOCTYPE html>
        <html lang=lang dir=dir>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content="#1b8354"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="apple-touch-icon" href="/icons/apple-180.png"/>
                <link rel="preload" href="/fonts/ibm-plex-sans-arabic-arabic-400-normal.woff2" r#as="font"
                    r#type="font/woff2" crossorigin=""/>
                <HashedStylesheet options=options.clone() id="style"/>
                <AutoReload options=options.clone()/>
                // Low priority and when idle: the page is readable and its forms work before.
                <HydrationScripts options=options defer=true/>
                <MetaTags/>
            </head>
            <body>
                <super::App/>
            </body>
        </html>
    }
}
