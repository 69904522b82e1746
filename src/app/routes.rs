//! The route table. Pages that a first visit to verify a licence does not need are lazy, in areas.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{ChooseView, SsrMode, path};

use crate::accounts::pages as accounts;
use crate::administration::pages as admin;
use crate::assessment::pages as test;
use crate::error::AppError;
use crate::home::pages;
use crate::licences::pages as licences;
use crate::messages::pages as messages;
use crate::oversight::pages as oversight;
use crate::programmes::pages as programmes;
use crate::renewal::pages as renewal;
use crate::review::pages as review;
use crate::training::pages as training;
use crate::ui::error_view::ErrorPage;
use crate::verification::pages as verification;

/// An area of the portal whose code the browser fetches when one of its pages is first opened. Few areas, since each
/// pair of them that shares code gets a file for that alone.
macro_rules! area {
    ($(#[$doc:meta])* $area:ident, $load:ident, $preload:ident { $($page:ident => $view:path),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        enum $area {
            $($page),+
        }

        #[lazy]
        fn $load(page: $area) -> AnyView {
            match page {
                $($area::$page => $view().into_any()),+
            }
        }

        impl ChooseView for $area {
            async fn choose(self) -> AnyView {
                $load(self).await
            }

            async fn preload(&self) {
                // The server has all its code at hand.
                #[cfg(target_arch = "wasm32")]
                $preload().await;
            }
        }
    };
}

area! {
    /// Pages to read. Not needed to verify a licence.
    Reading, reading, __preload_reading {
        Home => pages::home::Home,
        Help => pages::reading::Help,
        Privacy => pages::reading::Privacy,
        ReportForgery => pages::reading::ReportForgery,
        LicenceKind => pages::licence_kind::LicenceKindPage,
    }
}

area! {
    /// From signing in to the licence in hand.
    Volunteer, volunteer, __preload_volunteer {
        SignIn => accounts::sign_in::SignIn,
        Code => accounts::code::Code,
        Account => accounts::home::Home,
        Profile => accounts::profile::Profile,
        Guardian => accounts::guardian::Guardian,
        Consent => accounts::consent::Consent,
        SignIns => accounts::sign_ins::SignIns,
        Role => accounts::role::Role,
        Sessions => training::sessions::Sessions,
        Session => training::session::Session,
        RequestLicence => licences::request_licence::RequestLicence,
        LicenceRequest => licences::request::Request,
        LicenceCard => licences::card::Card,
        Renew => renewal::renew::Renew,
        Inbox => messages::inbox::Inbox,
        Message => messages::message::MessagePage,
        AccessLog => admin::access_log::AccessLog,
        OwnData => admin::own_data::OwnData,
        CloseAccount => admin::close_account::ClosePage,
        AccountClosed => admin::account_closed::AccountClosed,
    }
}

area! {
    /// The test.
    Test, test_area, __preload_test_area {
        Overview => test::TestOverview,
        Question => test::TestQuestion,
        Review => test::TestReview,
        Result => test::TestResult,
    }
}

area! {
    /// The desks of staff, and the page of parts for who builds the portal.
    Desk, desk, __preload_desk {
        MySessions => training::my_sessions::MySessions,
        Roster => training::roster::RosterPage,
        Report => training::report::Report,
        Queue => review::desk::Desk,
        Request => review::request::Request,
        Decided => review::decided::Decided,
        Decisions => review::decisions::Decisions,
        Renewals => renewal::batches::Batches,
        Components => pages::components::Components,
        Oversight => oversight::find::Find,
        OversightLicence => oversight::licence::Licence,
        OversightAct => oversight::act::ActPage,
    }
}

area! {
    /// The administrators' desk.
    Admin, admin_area, __preload_admin_area {
        Home => admin::home::AdminHome,
        Settings => admin::settings::SettingsPage,
        Setting => admin::setting::SettingPage,
        Staff => admin::staff::Staff,
        People => admin::people::People,
        Person => admin::person::Person,
        Audit => admin::audit::Audit,
        Messages => messages::failed::Failed,
        Sessions => programmes::sessions::Sessions,
        PlanSessions => programmes::plan::PlanPage,
        Session => programmes::session::SessionPage,
        Programmes => programmes::programmes::Programmes,
        NewProgramme => programmes::programme::NewProgramme,
        Programme => programmes::programme::ProgrammePage,
        Questions => programmes::questions::Questions,
        NewQuestion => programmes::question::NewQuestion,
        Question => programmes::question::QuestionPage,
        NewImport => programmes::import::NewImport,
        Import => programmes::import::ImportPage,
    }
}

/// Every page by its path. All are rendered whole (`Async`), so that they show without JavaScript.
#[component]
pub fn Pages(development: bool) -> impl IntoView {
    provide_context(pages::components::Development(development));
    view! {
        <FlatRoutes fallback=|| view! { <ErrorPage error=AppError::NotFound/> }>
            <Route path=path!("/") view=Reading::Home ssr=SsrMode::Async/>
            <Route path=path!("/help") view=Reading::Help ssr=SsrMode::Async/>
            <Route path=path!("/privacy") view=Reading::Privacy ssr=SsrMode::Async/>
            <Route path=path!("/report-forgery") view=Reading::ReportForgery ssr=SsrMode::Async/>
            <Route path=path!("/licences/:kind") view=Reading::LicenceKind ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=Volunteer::SignIn ssr=SsrMode::Async/>
            <Route path=path!("/sign-in/code/:attempt") view=Volunteer::Code ssr=SsrMode::Async/>
            <Route path=path!("/guardian/:attempt") view=Volunteer::Consent ssr=SsrMode::Async/>
            <Route path=path!("/account") view=Volunteer::Account ssr=SsrMode::Async/>
            <Route path=path!("/account/profile") view=Volunteer::Profile ssr=SsrMode::Async/>
            <Route path=path!("/account/guardian") view=Volunteer::Guardian ssr=SsrMode::Async/>
            <Route path=path!("/account/sign-ins") view=Volunteer::SignIns ssr=SsrMode::Async/>
            <Route path=path!("/account/roles/:token") view=Volunteer::Role ssr=SsrMode::Async/>
            <Route path=path!("/dev/components") view=Desk::Components ssr=SsrMode::Async/>
            <Route path=path!("/training") view=Volunteer::Sessions ssr=SsrMode::Async/>
            <Route path=path!("/training/:id") view=Volunteer::Session ssr=SsrMode::Async/>
            <Route path=path!("/trainer") view=Desk::MySessions ssr=SsrMode::Async/>
            <Route path=path!("/trainer/:session") view=Desk::Roster ssr=SsrMode::Async/>
            <Route path=path!("/trainer/:session/report") view=Desk::Report ssr=SsrMode::Async/>
            <Route path=path!("/account/test/:enrolment") view=Test::Overview ssr=SsrMode::Async/>
            <Route path=path!("/account/test/:enrolment/question/:n") view=Test::Question
                ssr=SsrMode::Async/>
            <Route path=path!("/account/test/:enrolment/review") view=Test::Review
                ssr=SsrMode::Async/>
            <Route path=path!("/account/test/:enrolment/result/:ordinal") view=Test::Result
                ssr=SsrMode::Async/>
            <Route path=path!("/verify") view=verification::verify::Verify ssr=SsrMode::Async/>
            <Route path=path!("/verify/:number") view=verification::verdict::Verdict ssr=SsrMode::Async/>
            <Route path=path!("/v/:number") view=verification::verdict::Verdict ssr=SsrMode::Async/>
            <Route path=path!("/account/request/:kind") view=Volunteer::RequestLicence ssr=SsrMode::Async/>
            <Route path=path!("/account/requests/:number") view=Volunteer::LicenceRequest
                ssr=SsrMode::Async/>
            <Route path=path!("/account/licences/:number") view=Volunteer::LicenceCard ssr=SsrMode::Async/>
            <Route path=path!("/account/renew/:number") view=Volunteer::Renew ssr=SsrMode::Async/>
            <Route path=path!("/account/messages") view=Volunteer::Inbox ssr=SsrMode::Async/>
            <Route path=path!("/account/messages/:id") view=Volunteer::Message ssr=SsrMode::Async/>
            <Route path=path!("/admin/messages") view=Admin::Messages ssr=SsrMode::Async/>
            <Route path=path!("/review") view=Desk::Queue ssr=SsrMode::Async/>
            <Route path=path!("/review/renewals") view=Desk::Renewals ssr=SsrMode::Async/>
            <Route path=path!("/review/decisions") view=Desk::Decisions ssr=SsrMode::Async/>
            <Route path=path!("/review/decided/:decision") view=Desk::Decided ssr=SsrMode::Async/>
            <Route path=path!("/review/:number") view=Desk::Request ssr=SsrMode::Async/>
            <Route path=path!("/oversight") view=Desk::Oversight ssr=SsrMode::Async/>
            <Route path=path!("/oversight/:number") view=Desk::OversightLicence ssr=SsrMode::Async/>
            <Route path=path!("/oversight/:number/:act") view=Desk::OversightAct ssr=SsrMode::Async/>
            <Route path=path!("/admin/sessions") view=Admin::Sessions ssr=SsrMode::Async/>
            <Route path=path!("/admin/sessions/new") view=Admin::PlanSessions ssr=SsrMode::Async/>
            <Route path=path!("/admin/sessions/:id") view=Admin::Session ssr=SsrMode::Async/>
            <Route path=path!("/admin/programmes") view=Admin::Programmes ssr=SsrMode::Async/>
            <Route path=path!("/admin/programmes/new") view=Admin::NewProgramme ssr=SsrMode::Async/>
            <Route path=path!("/admin/programmes/:id") view=Admin::Programme ssr=SsrMode::Async/>
            <Route path=path!("/admin/questions") view=Admin::Questions ssr=SsrMode::Async/>
            <Route path=path!("/admin/questions/new") view=Admin::NewQuestion ssr=SsrMode::Async/>
            <Route path=path!("/admin/questions/:id") view=Admin::Question ssr=SsrMode::Async/>
            <Route path=path!("/admin/imports/new/:what") view=Admin::NewImport ssr=SsrMode::Async/>
            <Route path=path!("/admin/imports/:id") view=Admin::Import ssr=SsrMode::Async/>
            <Route path=path!("/admin") view=Admin::Home ssr=SsrMode::Async/>
            <Route path=path!("/admin/settings") view=Admin::Settings ssr=SsrMode::Async/>
            <Route path=path!("/admin/settings/:key") view=Admin::Setting ssr=SsrMode::Async/>
            <Route path=path!("/admin/staff") view=Admin::Staff ssr=SsrMode::Async/>
            <Route path=path!("/admin/people") view=Admin::People ssr=SsrMode::Async/>
            <Route path=path!("/admin/people/:id") view=Admin::Person ssr=SsrMode::Async/>
            <Route path=path!("/admin/audit") view=Admin::Audit ssr=SsrMode::Async/>
            <Route path=path!("/account/access-log") view=Volunteer::AccessLog ssr=SsrMode::Async/>
            <Route path=path!("/account/data") view=Volunteer::OwnData ssr=SsrMode::Async/>
            <Route path=path!("/account/close") view=Volunteer::CloseAccount ssr=SsrMode::Async/>
            <Route path=path!("/account-closed") view=Volunteer::AccountClosed ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}
