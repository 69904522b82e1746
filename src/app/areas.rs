//! The areas of the portal: pages whose code a browser fetches together, when one of them is first opened.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

use super::whole_page;
use crate::accounts::pages as accounts;
use crate::administration::pages as admin;
use crate::assessment::pages as test;
use crate::bulk::pages as bulk;
use crate::home::pages;
use crate::licences::pages as licences;
use crate::merging::pages as merging;
use crate::messages::pages as messages;
use crate::offline::pages as offline;
use crate::organisations::pages as organisations;
use crate::oversight::pages as oversight;
use crate::papers::pages as papers;
use crate::programmes::pages as programmes;
use crate::receipts::pages as receipts;
use crate::renewal::pages as renewal;
use crate::review::pages as review;
use crate::second_factor::pages as second_factor;
use crate::training::pages as training;
use crate::ui::problem_text;
use crate::verification::pages as verification;

/// A page of the portal. One type for all, so that the browser has the choosing once, not once a route.
#[derive(Clone, Copy)]
pub enum Page {
    /// Asks for a number to verify. With every first visit.
    Verify,
    Answer(Answer),
    Reading(Reading),
    Volunteer(Volunteer),
    Test(Test),
    Desk(Desk),
    Admin(Admin),
    Offline(Offline),
    Lists(Lists),
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        let view = match self {
            Self::Verify => verification::verify::Verify().into_any(),
            Self::Answer(page) => page.open().await,
            Self::Reading(page) => page.open().await,
            Self::Volunteer(page) => page.open().await,
            Self::Test(page) => page.open().await,
            Self::Desk(page) => page.open().await,
            Self::Admin(page) => page.open().await,
            Self::Offline(page) => page.open().await,
            Self::Lists(page) => page.open().await,
        };
        whole_page::opened();
        view
    }

    // The routes lie flat, where nothing is fetched before it is chosen.
    async fn preload(&self) {}
}

/// An area of the portal whose code the browser fetches when one of its pages is first opened. Few areas, since each
/// pair of them that shares code gets a file for that alone.
macro_rules! area {
    ($(#[$doc:meta])* $area:ident, $fetched:ident { $($page:ident => $view:path),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub enum $area {
            $($page),+
        }

        #[wasm_split($fetched, wasm_split_path = leptos::wasm_split, fallible)]
        fn $fetched(page: $area) -> Result<AnyView, SplitLoaderError> {
            problem_text::load();
            Ok(match page {
                $($area::$page => $view().into_any()),+
            })
        }

        impl $area {
            async fn open(self) -> AnyView {
                // The page names the code it needs.
                #[cfg(feature = "ssr")]
                leptos::prefetch_lazy_fn_on_server(stringify!($fetched));
                match $fetched(self).await {
                    Ok(view) => view,
                    Err(_) => whole_page::ask().await,
                }
            }
        }
    };
}

area! {
    /// Whether a licence is real and valid.
    Answer, answer {
        Verdict => verification::verdict::Verdict,
        On => receipts::on::On,
        Receipt => receipts::receipt::CheckReceipt,
    }
}

area! {
    /// Pages to read. Not needed to verify a licence.
    Reading, reading {
        Home => pages::home::Home,
        Help => pages::reading::Help,
        Privacy => pages::reading::Privacy,
        ReportForgery => pages::reading::ReportForgery,
        Api => pages::reading::Api,
        LicenceKind => pages::licence_kind::LicenceKindPage,
    }
}

area! {
    /// From signing in to the licence in hand.
    Volunteer, volunteer {
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
    Test, test_area {
        Overview => test::TestOverview,
        Question => test::TestQuestion,
        Review => test::TestReview,
        Result => test::TestResult,
    }
}

area! {
    /// The desks of staff, and the page of parts for who builds the portal.
    Desk, desk {
        MySessions => training::my_sessions::MySessions,
        Roster => training::roster::RosterPage,
        Report => training::report::Report,
        Results => papers::session_results::Results,
        Queue => review::desk::Desk,
        Request => review::request::Request,
        Decided => review::decided::Decided,
        Decisions => review::decisions::Decisions,
        Renewals => renewal::batches::Batches,
        Components => pages::components::Components,
        Oversight => oversight::find::Find,
        OversightLicence => oversight::licence::Licence,
        OversightAct => oversight::act::ActPage,
        SecondFactor => second_factor::SecondFactor,
    }
}

area! {
    /// The administrators' desk.
    Admin, admin_area {
        Home => admin::home::AdminHome,
        Settings => admin::settings::SettingsPage,
        Setting => admin::setting::SettingPage,
        Staff => admin::staff::Staff,
        People => admin::people::People,
        Person => admin::person::Person,
        Audit => admin::audit::Audit,
        Duplicates => merging::duplicates::Duplicates,
        Pair => merging::pair::PairPage,
        Results => papers::waiting::Waiting,
        Messages => messages::failed::Failed,
        Organisations => organisations::list::Organisations,
        Keys => organisations::keys::Keys,
        Endpoints => organisations::endpoints::Endpoints,
        Deliveries => organisations::deliveries::Deliveries,
        Sessions => programmes::sessions::Sessions,
        PlanSessions => programmes::plan::PlanPage,
        Session => programmes::session::SessionPage,
        Programmes => programmes::programmes::Programmes,
        NewProgramme => programmes::programme::NewProgramme,
        Programme => programmes::programme::ProgrammePage,
        Questions => programmes::questions::Questions,
        NewQuestion => programmes::question::NewQuestion,
        Question => programmes::question::QuestionPage,
        Topics => programmes::topics::Topics,
        NewTopic => programmes::topic::NewTopic,
        Topic => programmes::topic::TopicPage,
        Modules => programmes::modules::Modules,
        NewModule => programmes::module::NewModule,
        Module => programmes::module::ModulePage,
        NewImport => programmes::import::NewImport,
        Import => programmes::import::ImportPage,
    }
}

area! {
    /// What a phone does with no signal.
    Offline, offline_area {
        Scan => verification::scan::Scan,
        NoSignal => offline::no_signal::NoSignal,
    }
}

area! {
    /// Verifying a list.
    Lists, lists {
        New => bulk::new::New,
        Check => bulk::check::Check,
    }
}
