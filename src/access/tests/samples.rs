//! Well-formed arguments of every server function. They name rows that are not there: what matters is who may ask.

const ID: &str = "00000000-0000-4000-8000-000000000001";

/// The arguments of an endpoint, or `None` where nobody has written them down yet.
#[expect(clippy::match_same_arms, reason = "the functions of each feature stand together")]
pub fn sample(endpoint: &str) -> Option<&'static [(&'static str, &'static str)]> {
    Some(match endpoint {
        "accounts/ask_code" => &[("national_id", "1000000008"), ("mobile", "0500000001")],
        "accounts/ask_again" | "accounts/guardian_request" => &[("attempt", ID)],
        "accounts/confirm_code" => &[("attempt", ID), ("code", "123456")],
        "accounts/ask_guardian" => &[("mobile", "0500000002")],
        "accounts/give_consent" => &[
            ("attempt", ID),
            ("guardian_name", "سعد محمد القحطاني"),
            ("national_id", "1000000008"),
            ("code", "123456"),
            ("declaration", "true"),
        ],
        "accounts/save_profile" => &[
            ("given_name", "سعد"),
            ("family_name", "القحطاني"),
            ("latin_name", "Saad Alqahtani"),
            ("birth_day", "1"),
            ("birth_month", "1"),
            ("birth_year", "1990"),
            ("birth_calendar", "gregorian"),
            ("place", "riyadh/riyadh"),
            ("email", "saad@example.org"),
        ],
        "accounts/end_sign_in" => &[("session", ID)],
        "accounts/take_role" => &[("token", "not-a-link")],
        "accounts/home" | "accounts/guardian" | "accounts/places" | "accounts/profile" | "accounts/sign_ins"
        | "accounts/sign_out" => &[],
        "assessment/overview" | "assessment/start" | "assessment/review" => &[("enrolment", ID)],
        "assessment/sitting" => &[("enrolment", ID), ("position", "1")],
        "assessment/answer" => &[("enrolment", ID), ("attempt", ID), ("position", "1"), ("option", ID)],
        "assessment/finish" => &[("enrolment", ID), ("attempt", ID)],
        "assessment/result" => &[("enrolment", ID), ("ordinal", "1")],
        "home/feedback" => &[("useful", "true"), ("remark", "")],
        "home/text" => &[("page", "help")],
        "home/terms" | "licences/prerequisites" => &[("kind", "practitioner")],
        "licences/submit_request" => &[("kind", "practitioner"), ("declared", "true")],
        "licences/request" | "licences/withdraw_request" | "licences/mend_request" => &[("number", "1234567890")],
        "licences/card" | "verification/look_up" => &[("number", "4821093755162049")],
        "verification/check_name" => &[("number", "4821093755162049"), ("name", "سعد محمد القحطاني")],
        "licences/appeal" => &[("number", "1234567890"), ("text", "الدورة حُضرت كاملة")],
        "messages/inbox" | "messages/dead" | "messages/failed_jobs" => &[("after", "")],
        "messages/message" | "messages/open" | "messages/retry" => &[("id", ID)],
        "messages/retry_all" => &[],
        "messages/retry_job" => &[("id", "1")],
        "review/return_request" => &[("number", "1234567890"), ("fields[]", "place"), ("reasons[place]", "outdated")],
        "review/reject" => &[("number", "1234567890"), ("reason", "not_eligible"), ("text", "لا تنطبق الشروط")],
        "review/decided" | "review/undo" => &[("decision", ID)],
        "review/decisions" => &[("outcome", "approved"), ("after", "")],
        "review/request" | "review/let_go" | "review/approve" => &[("number", "1234567890")],
        "training/sessions" => &[("kind", "practitioner"), ("region", "riyadh"), ("mode", "online"), ("after", "")],
        "training/session" => &[("id", ID)],
        "training/enrol" => &[("session", ID)],
        "training/cancel" | "training/accept_offer" => &[("enrolment", ID)],
        "training/roster" => &[("session", ID)],
        "training/mark_attendance" => &[("enrolment", ID), ("mark", "present")],
        "training/find_person" => &[("session", ID), ("national_id", "1000000008")],
        "training/confirm_identity" => &[("session", ID), ("person", ID)],
        "home/figures" | "review/desk" | "review/take_next" | "training/my_sessions" => &[],
        _ => return None,
    })
}
