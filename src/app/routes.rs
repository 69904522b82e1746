//! The route table.

use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_router::components::{FlatRoutes, FlatRoutesProps, RouteChildren};
use leptos_router::{NestedRoute, SsrMode};

use super::areas::{Admin, Answer, Desk, Lists, Offline, Page, Reading, Test, Volunteer};
use super::path::Path;
use crate::error::AppError;
use crate::home::pages::components::Development;
use crate::ui::error_view::ErrorPage;

/// Every page by its path; of two that match, the first.
const TABLE: &[(&str, Page)] = &[
    ("/", Page::Reading(Reading::Home)),
    ("/help", Page::Reading(Reading::Help)),
    ("/privacy", Page::Reading(Reading::Privacy)),
    ("/report-forgery", Page::Reading(Reading::ReportForgery)),
    ("/api", Page::Reading(Reading::Api)),
    ("/licences/:kind", Page::Reading(Reading::LicenceKind)),
    ("/sign-in", Page::Volunteer(Volunteer::SignIn)),
    ("/sign-in/code/:attempt", Page::Volunteer(Volunteer::Code)),
    ("/guardian/:attempt", Page::Volunteer(Volunteer::Consent)),
    ("/account", Page::Volunteer(Volunteer::Account)),
    ("/account/profile", Page::Volunteer(Volunteer::Profile)),
    ("/account/guardian", Page::Volunteer(Volunteer::Guardian)),
    ("/account/sign-ins", Page::Volunteer(Volunteer::SignIns)),
    ("/account/second-factor", Page::Desk(Desk::SecondFactor)),
    ("/account/roles/:token", Page::Volunteer(Volunteer::Role)),
    ("/dev/components", Page::Desk(Desk::Components)),
    ("/training", Page::Volunteer(Volunteer::Sessions)),
    ("/training/:id", Page::Volunteer(Volunteer::Session)),
    ("/trainer", Page::Desk(Desk::MySessions)),
    ("/trainer/:session", Page::Desk(Desk::Roster)),
    ("/trainer/:session/report", Page::Desk(Desk::Report)),
    ("/trainer/:session/results", Page::Desk(Desk::Results)),
    ("/account/test/:enrolment", Page::Test(Test::Overview)),
    ("/account/test/:enrolment/question/:n", Page::Test(Test::Question)),
    ("/account/test/:enrolment/review", Page::Test(Test::Review)),
    ("/account/test/:enrolment/result/:ordinal", Page::Test(Test::Result)),
    ("/verify", Page::Verify),
    ("/verify/scan", Page::Offline(Offline::Scan)),
    ("/verify/receipt", Page::Answer(Answer::Receipt)),
    ("/verify/bulk", Page::Lists(Lists::New)),
    ("/verify/bulk/:id", Page::Lists(Lists::Check)),
    ("/offline", Page::Offline(Offline::NoSignal)),
    ("/verify/:number", Page::Answer(Answer::Verdict)),
    ("/v/:number", Page::Answer(Answer::Verdict)),
    ("/verify/:number/on", Page::Answer(Answer::On)),
    ("/account/request/:kind", Page::Volunteer(Volunteer::RequestLicence)),
    ("/account/requests/:number", Page::Volunteer(Volunteer::LicenceRequest)),
    ("/account/licences/:number", Page::Volunteer(Volunteer::LicenceCard)),
    ("/account/renew/:number", Page::Volunteer(Volunteer::Renew)),
    ("/account/messages", Page::Volunteer(Volunteer::Inbox)),
    ("/account/messages/:id", Page::Volunteer(Volunteer::Message)),
    ("/admin/messages", Page::Admin(Admin::Messages)),
    ("/review", Page::Desk(Desk::Queue)),
    ("/review/renewals", Page::Desk(Desk::Renewals)),
    ("/review/decisions", Page::Desk(Desk::Decisions)),
    ("/review/decided/:decision", Page::Desk(Desk::Decided)),
    ("/review/:number", Page::Desk(Desk::Request)),
    ("/oversight", Page::Desk(Desk::Oversight)),
    ("/oversight/:number", Page::Desk(Desk::OversightLicence)),
    ("/oversight/:number/:act", Page::Desk(Desk::OversightAct)),
    ("/admin/sessions", Page::Admin(Admin::Sessions)),
    ("/admin/sessions/new", Page::Admin(Admin::PlanSessions)),
    ("/admin/sessions/:id", Page::Admin(Admin::Session)),
    ("/admin/programmes", Page::Admin(Admin::Programmes)),
    ("/admin/programmes/new", Page::Admin(Admin::NewProgramme)),
    ("/admin/programmes/:id", Page::Admin(Admin::Programme)),
    ("/admin/questions", Page::Admin(Admin::Questions)),
    ("/admin/questions/new", Page::Admin(Admin::NewQuestion)),
    ("/admin/questions/:id", Page::Admin(Admin::Question)),
    ("/admin/topics", Page::Admin(Admin::Topics)),
    ("/admin/topics/new", Page::Admin(Admin::NewTopic)),
    ("/admin/topics/:id", Page::Admin(Admin::Topic)),
    ("/admin/modules", Page::Admin(Admin::Modules)),
    ("/admin/modules/new", Page::Admin(Admin::NewModule)),
    ("/admin/modules/:id", Page::Admin(Admin::Module)),
    ("/admin/imports/new/:what", Page::Admin(Admin::NewImport)),
    ("/admin/imports/:id", Page::Admin(Admin::Import)),
    ("/admin", Page::Admin(Admin::Home)),
    ("/admin/settings", Page::Admin(Admin::Settings)),
    ("/admin/settings/:key", Page::Admin(Admin::Setting)),
    ("/admin/staff", Page::Admin(Admin::Staff)),
    ("/admin/people", Page::Admin(Admin::People)),
    ("/admin/people/:id", Page::Admin(Admin::Person)),
    ("/admin/audit", Page::Admin(Admin::Audit)),
    ("/admin/results", Page::Admin(Admin::Results)),
    ("/admin/organisations", Page::Admin(Admin::Organisations)),
    ("/admin/organisations/:id/keys", Page::Admin(Admin::Keys)),
    ("/admin/organisations/:id/webhooks", Page::Admin(Admin::Endpoints)),
    ("/admin/webhooks/:id", Page::Admin(Admin::Deliveries)),
    ("/admin/duplicates", Page::Admin(Admin::Duplicates)),
    ("/admin/duplicates/:pair", Page::Admin(Admin::Pair)),
    ("/account/access-log", Page::Volunteer(Volunteer::AccessLog)),
    ("/account/data", Page::Volunteer(Volunteer::OwnData)),
    ("/account/close", Page::Volunteer(Volunteer::CloseAccount)),
    ("/account-closed", Page::Volunteer(Volunteer::AccountClosed)),
];

/// The page of the address. All are rendered whole (`Async`), so that they show without JavaScript.
#[component]
pub fn Pages(development: bool) -> impl IntoView {
    provide_context(Development(development));
    let routes: Vec<_> =
        TABLE.iter().map(|(path, page)| NestedRoute::new(Path(path), *page).ssr_mode(SsrMode::Async)).collect();
    FlatRoutes(
        FlatRoutesProps::builder()
            .fallback(|| view! { <ErrorPage error=AppError::NotFound/> })
            .children(RouteChildren::to_children(move || StaticVec::from(routes)))
            .build(),
    )
}
