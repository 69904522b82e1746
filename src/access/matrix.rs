//! Role × server function. Every server function stands here, and asks [`super::authorise`] in its own body. Plain routes
//! (files up and down, what machines read) stand in a list below: a row of the matrix decides about each that is not open.

use super::Role;

/// Who may call a server function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// Anyone signed in; the function itself keeps to the rows of the person who asks.
    SignedIn,
    /// Staff with this role. A role gives nothing that belongs to another.
    Staff(Role),
}

/// One row for each server function, by its endpoint.
pub const MATRIX: &[(&str, Access)] = &[
    // accounts
    ("accounts/ask_code", Access::Public),
    ("accounts/ask_again", Access::Public),
    ("accounts/confirm_code", Access::Public),
    ("accounts/sign_out", Access::SignedIn),
    ("accounts/home", Access::SignedIn),
    ("accounts/profile", Access::SignedIn),
    ("accounts/save_profile", Access::SignedIn),
    ("accounts/places", Access::Public),
    ("accounts/guardian", Access::SignedIn),
    ("accounts/ask_guardian", Access::SignedIn),
    ("accounts/guardian_request", Access::Public),
    ("accounts/give_consent", Access::Public),
    ("accounts/sign_ins", Access::SignedIn),
    ("accounts/end_sign_in", Access::SignedIn),
    ("accounts/take_role", Access::SignedIn),
    // second factor
    ("second_factor/standing", Access::SignedIn),
    ("second_factor/draft_codes", Access::SignedIn),
    ("second_factor/keep_codes", Access::SignedIn),
    ("second_factor/use_code", Access::SignedIn),
    ("second_factor/begin_passkey", Access::SignedIn),
    ("second_factor/add_passkey", Access::SignedIn),
    ("second_factor/ask_passkey", Access::SignedIn),
    ("second_factor/use_passkey", Access::SignedIn),
    ("second_factor/remove_passkey", Access::SignedIn),
    // training
    ("training/sessions", Access::Public),
    ("training/session", Access::Public),
    ("training/enrol", Access::SignedIn),
    ("training/cancel", Access::SignedIn),
    ("training/accept_offer", Access::SignedIn),
    ("training/my_sessions", Access::Staff(Role::Trainer)),
    ("training/roster", Access::Staff(Role::Trainer)),
    ("training/mark_attendance", Access::Staff(Role::Trainer)),
    ("training/find_person", Access::Staff(Role::Trainer)),
    ("training/confirm_identity", Access::Staff(Role::Trainer)),
    ("training/send_marks", Access::Staff(Role::Trainer)),
    ("training/session_report", Access::Staff(Role::Trainer)),
    // assessment
    ("assessment/overview", Access::SignedIn),
    ("assessment/start", Access::SignedIn),
    ("assessment/sitting", Access::SignedIn),
    ("assessment/review", Access::SignedIn),
    ("assessment/answer", Access::SignedIn),
    ("assessment/finish", Access::SignedIn),
    ("assessment/result", Access::SignedIn),
    // papers
    ("papers/session_results", Access::Staff(Role::Trainer)),
    ("papers/record", Access::Staff(Role::Trainer)),
    ("papers/withdraw", Access::Staff(Role::Trainer)),
    ("papers/waiting", Access::Staff(Role::Administrator)),
    ("papers/confirm", Access::Staff(Role::Administrator)),
    ("papers/decline", Access::Staff(Role::Administrator)),
    // licences
    ("licences/prerequisites", Access::SignedIn),
    ("licences/submit_request", Access::SignedIn),
    ("licences/request", Access::SignedIn),
    ("licences/withdraw_request", Access::SignedIn),
    ("licences/mend_request", Access::SignedIn),
    ("licences/appeal", Access::SignedIn),
    ("licences/card", Access::SignedIn),
    // review
    ("review/desk", Access::Staff(Role::Reviewer)),
    ("review/take_next", Access::Staff(Role::Reviewer)),
    ("review/request", Access::Staff(Role::Reviewer)),
    ("review/let_go", Access::Staff(Role::Reviewer)),
    ("review/approve", Access::Staff(Role::Reviewer)),
    ("review/return_request", Access::Staff(Role::Reviewer)),
    ("review/reject", Access::Staff(Role::Reviewer)),
    ("review/decided", Access::Staff(Role::Reviewer)),
    ("review/undo", Access::Staff(Role::Reviewer)),
    ("review/decisions", Access::Staff(Role::Reviewer)),
    // oversight
    ("oversight/proposals", Access::Staff(Role::Reviewer)),
    ("oversight/licence", Access::Staff(Role::Reviewer)),
    ("oversight/suspend", Access::Staff(Role::Reviewer)),
    ("oversight/propose", Access::Staff(Role::Reviewer)),
    ("oversight/approve", Access::Staff(Role::Reviewer)),
    ("oversight/refuse", Access::Staff(Role::Reviewer)),
    ("oversight/withdraw", Access::Staff(Role::Reviewer)),
    ("oversight/correct", Access::Staff(Role::Reviewer)),
    // renewal
    ("renewal/standing", Access::SignedIn),
    ("renewal/submit", Access::SignedIn),
    ("renewal/batches", Access::Staff(Role::Reviewer)),
    ("renewal/approve_waiting", Access::Staff(Role::Reviewer)),
    ("renewal/stop_batch", Access::Staff(Role::Reviewer)),
    // messages
    ("messages/inbox", Access::SignedIn),
    ("messages/message", Access::SignedIn),
    ("messages/open", Access::SignedIn),
    ("messages/dead", Access::Staff(Role::Administrator)),
    ("messages/retry", Access::Staff(Role::Administrator)),
    ("messages/retry_all", Access::Staff(Role::Administrator)),
    ("messages/failed_jobs", Access::Staff(Role::Administrator)),
    ("messages/retry_job", Access::Staff(Role::Administrator)),
    // programmes
    ("programmes/sessions", Access::Staff(Role::Administrator)),
    ("programmes/session", Access::Staff(Role::Administrator)),
    ("programmes/choices", Access::Staff(Role::Administrator)),
    ("programmes/plan_sessions", Access::Staff(Role::Administrator)),
    ("programmes/change_session", Access::Staff(Role::Administrator)),
    ("programmes/cancel_session", Access::Staff(Role::Administrator)),
    ("programmes/programmes", Access::Staff(Role::Administrator)),
    ("programmes/programme", Access::Staff(Role::Administrator)),
    ("programmes/create_programme", Access::Staff(Role::Administrator)),
    ("programmes/change_programme", Access::Staff(Role::Administrator)),
    ("programmes/retire_programme", Access::Staff(Role::Administrator)),
    ("programmes/questions", Access::Staff(Role::Administrator)),
    ("programmes/question", Access::Staff(Role::Administrator)),
    ("programmes/create_question", Access::Staff(Role::Administrator)),
    ("programmes/mend_question", Access::Staff(Role::Administrator)),
    ("programmes/retire_question", Access::Staff(Role::Administrator)),
    ("programmes/topics", Access::Staff(Role::Administrator)),
    ("programmes/topic", Access::Staff(Role::Administrator)),
    ("programmes/create_topic", Access::Staff(Role::Administrator)),
    ("programmes/change_topic", Access::Staff(Role::Administrator)),
    ("programmes/modules", Access::Staff(Role::Administrator)),
    ("programmes/module", Access::Staff(Role::Administrator)),
    ("programmes/create_module", Access::Staff(Role::Administrator)),
    ("programmes/change_module", Access::Staff(Role::Administrator)),
    ("programmes/publish_module", Access::Staff(Role::Administrator)),
    ("programmes/retire_module", Access::Staff(Role::Administrator)),
    ("programmes/check_file", Access::Staff(Role::Administrator)),
    ("programmes/import", Access::Staff(Role::Administrator)),
    ("programmes/run_import", Access::Staff(Role::Administrator)),
    // verification
    ("verification/look_up", Access::Public),
    ("verification/scan_kit", Access::Public),
    ("verification/check_name", Access::Public),
    // receipts
    ("receipts/ask", Access::Public),
    ("receipts/check", Access::Public),
    // bulk
    ("bulk/check", Access::Public),
    // home
    ("home/figures", Access::Public),
    ("home/terms", Access::Public),
    ("home/text", Access::Public),
    ("home/feedback", Access::Public),
    // administration
    ("administration/settings", Access::Staff(Role::Administrator)),
    ("administration/setting", Access::Staff(Role::Administrator)),
    ("administration/change_setting", Access::Staff(Role::Administrator)),
    ("administration/staff", Access::Staff(Role::Administrator)),
    ("administration/grant_role", Access::Staff(Role::Administrator)),
    ("administration/revoke_role", Access::Staff(Role::Administrator)),
    ("administration/reset_second_factor", Access::Staff(Role::Administrator)),
    ("administration/find_person", Access::Staff(Role::Administrator)),
    ("administration/person", Access::Staff(Role::Administrator)),
    ("administration/audit", Access::Staff(Role::Administrator)),
    // organisations
    ("organisations/organisations", Access::Staff(Role::Administrator)),
    ("organisations/keys", Access::Staff(Role::Administrator)),
    ("organisations/give_key", Access::Staff(Role::Administrator)),
    ("organisations/rotate_key", Access::Staff(Role::Administrator)),
    ("organisations/revoke_key", Access::Staff(Role::Administrator)),
    ("organisations/hide_secret", Access::Staff(Role::Administrator)),
    ("organisations/endpoints", Access::Staff(Role::Administrator)),
    ("organisations/deliveries", Access::Staff(Role::Administrator)),
    ("organisations/open_endpoint", Access::Staff(Role::Administrator)),
    ("organisations/rotate_secret", Access::Staff(Role::Administrator)),
    ("organisations/close_endpoint", Access::Staff(Role::Administrator)),
    ("organisations/replay", Access::Staff(Role::Administrator)),
    ("organisations/count_replay", Access::Staff(Role::Administrator)),
    ("organisations/replay_since", Access::Staff(Role::Administrator)),
    // merging
    ("merging/pairs", Access::Staff(Role::Administrator)),
    ("merging/pair", Access::Staff(Role::Administrator)),
    ("merging/dismiss", Access::Staff(Role::Administrator)),
    ("merging/merge", Access::Staff(Role::Administrator)),
    // what a person may do with what is held on them
    ("administration/access_log", Access::SignedIn),
    ("administration/held", Access::SignedIn),
    ("administration/closing", Access::SignedIn),
    ("administration/close_account", Access::SignedIn),
];

/// Who comes in by a plain route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody: it shows nothing of who asks, or is how they come to be known.
    Open,
    /// Who may call the server function at this endpoint, whose data it takes or hands out. It asks [`super::permit`].
    As(&'static str),
    /// Programs by their keys; nobody by signing in.
    Key,
}

/// Every route that is neither a page nor a server function, by its path; a folder by its own.
pub const ROUTES: &[(&str, Door)] = &[
    // what a person takes along
    ("/account/data.json", Door::As("administration/held")),
    ("/account/licences/{number}.pdf", Door::As("licences/card")),
    ("/account/licences/{number}/card.pdf", Door::As("licences/card")),
    ("/account/licences/{number}/credential.jwt", Door::As("licences/card")),
    ("/account/certificates/{file}", Door::As("assessment/overview")),
    // administration
    ("/admin/audit.csv", Door::As("administration/audit")),
    ("/admin/downloads/questions.csv", Door::As("programmes/questions")),
    ("/admin/downloads/templates/{what}", Door::As("programmes/check_file")),
    ("/admin/uploads/{what}", Door::As("programmes/check_file")),
    // lists of licences that are verified at once, and receipts
    ("/verify/bulk/new", Door::As("bulk/check")),
    ("/verify/bulk/{id}/{file}", Door::As("bulk/check")),
    ("/verify/{number}/on.jws", Door::As("receipts/ask")),
    // what programs read
    ("/api/v1/licences/{number}", Door::As("verification/look_up")),
    ("/api/v1/licences:verify", Door::As("verification/look_up")),
    ("/api/v1/webhook-deliveries", Door::Key),
    ("/api/openapi.json", Door::Open),
    ("/.well-known/jwks.json", Door::Open),
    ("/status", Door::Open),
    ("/status/{purpose}/{list}", Door::Open),
    ("/log/checkpoint", Door::Open),
    // the national single sign-on, where there is one
    ("/sign-in/national", Door::Open),
    ("/sign-in/national/callback", Door::Open),
    // the portal itself
    ("/language", Door::Open),
    ("/healthz", Door::Open),
    ("/readyz", Door::Open),
    ("/pkg", Door::Open),
    ("/sw.js", Door::Open),
    // in development alone
    ("/dev/inbox", Door::Open),
    ("/dev/inbox.json", Door::Open),
];

/// The row of an endpoint.
pub fn access_to(endpoint: &str) -> Option<Access> {
    MATRIX.iter().find(|(name, _)| *name == endpoint).map(|(_, access)| *access)
}
