//! Settings, roles, acts and readings in words.

use super::model::{ChangeStanding, Reading, SettingKey, Unit};
use crate::access::Role;
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceKind;
use crate::licences::words::kind_name;
use crate::ui::tag::Tone;

/// Name of a rule.
pub fn setting_name(locale: Locale, key: SettingKey) -> &'static str {
    match key {
        SettingKey::ValidityMonths => td_string!(locale, admin.setting_validity_months),
        SettingKey::FeeHalalas => td_string!(locale, admin.setting_fee_halalas),
        SettingKey::PassMarkPercent => td_string!(locale, admin.setting_pass_mark_percent),
        SettingKey::TestAttempts => td_string!(locale, admin.setting_test_attempts),
        SettingKey::TestMinutes => td_string!(locale, admin.setting_test_minutes),
        SettingKey::TestQuestions => td_string!(locale, admin.setting_test_questions),
        SettingKey::OfferHours => td_string!(locale, admin.setting_offer_hours),
        SettingKey::UnmarkedDays => td_string!(locale, admin.setting_unmarked_days),
        SettingKey::ReviewDays => td_string!(locale, admin.setting_review_days),
        SettingKey::AppealDays => td_string!(locale, admin.setting_appeal_days),
        SettingKey::RenewalOpensDays => td_string!(locale, admin.setting_renewal_opens_days),
        SettingKey::RenewalQuestions => td_string!(locale, admin.setting_renewal_questions),
        SettingKey::RenewalMinutes => td_string!(locale, admin.setting_renewal_minutes),
        SettingKey::RenewalRetryDays => td_string!(locale, admin.setting_renewal_retry_days),
        SettingKey::QuietFromHour => td_string!(locale, admin.setting_quiet_from_hour),
        SettingKey::QuietUntilHour => td_string!(locale, admin.setting_quiet_until_hour),
        SettingKey::MessagesPerDay => td_string!(locale, admin.setting_messages_per_day),
        SettingKey::ApiKeyDays => td_string!(locale, admin.setting_api_key_days),
        SettingKey::ApiKeyOverlapDays => td_string!(locale, admin.setting_api_key_overlap_days),
    }
}

/// What a rule does, and to whom a change of it applies.
pub fn setting_about(locale: Locale, key: SettingKey) -> &'static str {
    match key {
        SettingKey::ValidityMonths => td_string!(locale, admin.about_validity_months),
        SettingKey::FeeHalalas => td_string!(locale, admin.about_fee_halalas),
        SettingKey::PassMarkPercent => td_string!(locale, admin.about_pass_mark_percent),
        SettingKey::TestAttempts => td_string!(locale, admin.about_test_attempts),
        SettingKey::TestMinutes => td_string!(locale, admin.about_test_minutes),
        SettingKey::TestQuestions => td_string!(locale, admin.about_test_questions),
        SettingKey::OfferHours => td_string!(locale, admin.about_offer_hours),
        SettingKey::UnmarkedDays => td_string!(locale, admin.about_unmarked_days),
        SettingKey::ReviewDays => td_string!(locale, admin.about_review_days),
        SettingKey::AppealDays => td_string!(locale, admin.about_appeal_days),
        SettingKey::RenewalOpensDays => td_string!(locale, admin.about_renewal_opens_days),
        SettingKey::RenewalQuestions => td_string!(locale, admin.about_renewal_questions),
        SettingKey::RenewalMinutes => td_string!(locale, admin.about_renewal_minutes),
        SettingKey::RenewalRetryDays => td_string!(locale, admin.about_renewal_retry_days),
        SettingKey::QuietFromHour => td_string!(locale, admin.about_quiet_from_hour),
        SettingKey::QuietUntilHour => td_string!(locale, admin.about_quiet_until_hour),
        SettingKey::MessagesPerDay => td_string!(locale, admin.about_messages_per_day),
        SettingKey::ApiKeyDays => td_string!(locale, admin.about_api_key_days),
        SettingKey::ApiKeyOverlapDays => td_string!(locale, admin.about_api_key_overlap_days),
    }
}

/// Name of a unit.
pub fn unit_name(locale: Locale, unit: Unit) -> &'static str {
    match unit {
        Unit::Months => td_string!(locale, admin.unit_months),
        Unit::Halalas => td_string!(locale, admin.unit_halalas),
        Unit::Percent => td_string!(locale, admin.unit_percent),
        Unit::Attempts => td_string!(locale, admin.unit_attempts),
        Unit::Minutes => td_string!(locale, admin.unit_minutes),
        Unit::Questions => td_string!(locale, admin.unit_questions),
        Unit::Hours => td_string!(locale, admin.unit_hours),
        Unit::Days => td_string!(locale, admin.unit_days),
        Unit::OClock => td_string!(locale, admin.unit_o_clock),
        Unit::Messages => td_string!(locale, admin.unit_messages),
    }
}

/// A value with its unit: «24 شهرًا».
pub fn value_text(locale: Locale, unit: Unit, value: i32) -> String {
    match unit {
        Unit::Months => td_string!(locale, admin.months, count = value),
        Unit::Percent => format!("{value}%"),
        Unit::Attempts => td_string!(locale, admin.attempts, count = value),
        Unit::Minutes => td_string!(locale, admin.minutes, count = value),
        Unit::Questions => td_string!(locale, admin.questions, count = value),
        Unit::Hours => td_string!(locale, admin.hours, count = value),
        Unit::Days => td_string!(locale, admin.days, count = value),
        Unit::OClock => format!("{value:02}:00"),
        Unit::Messages => td_string!(locale, admin.messages, count = value),
        Unit::Halalas => {
            let amount = format!("{}.{:02}", value / 100, value % 100);
            td_string!(locale, admin.riyals, amount = amount)
        }
    }
}

/// For which kinds a rule holds.
pub fn scope_name(locale: Locale, kind: Option<LicenceKind>) -> &'static str {
    kind.map_or_else(|| td_string!(locale, admin.all_kinds), |kind| kind_name(locale, kind))
}

/// Where a change stands.
pub fn standing_word(locale: Locale, standing: ChangeStanding) -> (Tone, &'static str) {
    match standing {
        ChangeStanding::Planned => (Tone::Info, td_string!(locale, admin.change_planned)),
        ChangeStanding::InForce => (Tone::Success, td_string!(locale, admin.change_in_force)),
        ChangeStanding::Past => (Tone::Neutral, td_string!(locale, admin.change_past)),
        ChangeStanding::Replaced => (Tone::Neutral, td_string!(locale, admin.change_replaced)),
    }
}

/// Name of a staff role.
pub fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Trainer => td_string!(locale, admin.role_trainer),
        Role::Reviewer => td_string!(locale, admin.role_reviewer),
        Role::Administrator => td_string!(locale, admin.role_administrator),
    }
}

/// Name of a role on the staff, in an organisation or in a team, by its code.
pub fn any_role_name(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "manager" => td_string!(locale, admin.role_manager),
        "coordinator" => td_string!(locale, admin.role_coordinator),
        "viewer" => td_string!(locale, admin.role_viewer),
        "leader" => td_string!(locale, admin.role_leader),
        "deputy" => td_string!(locale, admin.role_deputy),
        "member" => td_string!(locale, admin.role_member),
        code => role_name(locale, Role::from_code(code)?),
    })
}

/// What an officer looked at, as its person is told.
pub fn reading_text(locale: Locale, reading: Reading) -> &'static str {
    match reading {
        Reading::RequestViewed => td_string!(locale, admin.read_request_viewed),
        Reading::PersonFound => td_string!(locale, admin.read_person_found),
        Reading::VisitorViewed => td_string!(locale, admin.read_visitor_viewed),
        Reading::RosterViewed => td_string!(locale, admin.read_roster_viewed),
        Reading::PersonLookedUp => td_string!(locale, admin.read_person_looked_up),
        Reading::PersonViewed => td_string!(locale, admin.read_person_viewed),
        Reading::RecordsCompared => td_string!(locale, admin.read_records_compared),
        Reading::LicenceViewed => td_string!(locale, admin.read_licence_viewed),
        Reading::ReportViewed => td_string!(locale, admin.read_report_viewed),
    }
}

/// An act of the log in words; `None` for one that has none yet, whose code is shown as it is.
pub fn action_text(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "account_closed" => td_string!(locale, admin.act_account_closed),
        "absent" => td_string!(locale, admin.act_absent),
        "api_key_given" => td_string!(locale, admin.act_api_key_given),
        "api_key_revoked" => td_string!(locale, admin.act_api_key_revoked),
        "api_key_rotated" => td_string!(locale, admin.act_api_key_rotated),
        "attended" => td_string!(locale, admin.act_attended),
        "audit_exported" => td_string!(locale, admin.act_audit_exported),
        "cancelled" => td_string!(locale, admin.act_cancelled),
        "decision_lapsed" => td_string!(locale, admin.act_decision_lapsed),
        "decision_undone" => td_string!(locale, admin.act_decision_undone),
        "enrolled" => td_string!(locale, admin.act_enrolled),
        "guardian_consented" => td_string!(locale, admin.act_guardian_consented),
        "identity_confirmed" => td_string!(locale, admin.act_identity_confirmed),
        "lapsed" => td_string!(locale, admin.act_lapsed),
        "licence_issued" => td_string!(locale, admin.act_licence_issued),
        "offer_accepted" => td_string!(locale, admin.act_offer_accepted),
        "offered" => td_string!(locale, admin.act_offered),
        "paper_recorded" => td_string!(locale, admin.act_paper_recorded),
        "paper_withdrawn" => td_string!(locale, admin.act_paper_withdrawn),
        "paper_confirmed" => td_string!(locale, admin.act_paper_confirmed),
        "paper_declined" => td_string!(locale, admin.act_paper_declined),
        "pair_dismissed" => td_string!(locale, admin.act_pair_dismissed),
        "records_merged" => td_string!(locale, admin.act_records_merged),
        "passkey_added" => td_string!(locale, admin.act_passkey_added),
        "passkey_removed" => td_string!(locale, admin.act_passkey_removed),
        "recovery_code_used" => td_string!(locale, admin.act_recovery_code_used),
        "recovery_codes_made" => td_string!(locale, admin.act_recovery_codes_made),
        "second_factor_reset" => td_string!(locale, admin.act_second_factor_reset),
        "request_appealed" => td_string!(locale, admin.act_request_appealed),
        "request_approved" => td_string!(locale, admin.act_request_approved),
        "request_rejected" => td_string!(locale, admin.act_request_rejected),
        "request_resubmitted" => td_string!(locale, admin.act_request_resubmitted),
        "request_returned" => td_string!(locale, admin.act_request_returned),
        "request_submitted" => td_string!(locale, admin.act_request_submitted),
        "request_withdrawn" => td_string!(locale, admin.act_request_withdrawn),
        "role_granted" => td_string!(locale, admin.act_role_granted),
        "role_revoked" => td_string!(locale, admin.act_role_revoked),
        "setting_changed" => td_string!(locale, admin.act_setting_changed),
        "unmarked_absent" => td_string!(locale, admin.act_unmarked_absent),
        "waiting_ended" => td_string!(locale, admin.act_waiting_ended),
        "waitlisted" => td_string!(locale, admin.act_waitlisted),
        "webhook_closed" => td_string!(locale, admin.act_webhook_closed),
        "webhook_opened" => td_string!(locale, admin.act_webhook_opened),
        "webhook_replayed" => td_string!(locale, admin.act_webhook_replayed),
        "webhook_secret_rotated" => td_string!(locale, admin.act_webhook_secret_rotated),
        code => reading_text(locale, Reading::from_code(code)?),
    })
}
