//! Every kind of job, by feature, and when each begins by itself.

use graphile_worker::{Crontab, CrontabFill, CrontabTimer, TaskHandler, WorkerOptions};

/// What waits for the servers of others. Workers of their own run it: whoever answers slowly delays nobody else.
pub fn webhooks(options: WorkerOptions) -> WorkerOptions {
    options.define_job::<crate::organisations::job::SendWebhook>()
}

/// Every other kind of job, by feature.
pub fn tasks(options: WorkerOptions) -> WorkerOptions {
    options
        .define_job::<crate::messages::job::SendMessage>()
        .define_job::<crate::messages::job::RemindOfEnds>()
        .define_job::<crate::accounts::job::ForgetOldSignIns>()
        .define_job::<crate::training::job::EndOffers>()
        .define_job::<crate::training::job::EndAllOffers>()
        .define_job::<crate::training::job::CountUnmarkedAbsent>()
        .define_job::<crate::assessment::job::CloseOverdueTests>()
        .define_job::<crate::review::job::TakeEffect>()
        .define_job::<crate::review::job::TidyDesks>()
        .define_job::<crate::programmes::job::TallyAnswers>()
        .define_job::<crate::home::job::CountFigures>()
        .define_job::<crate::merging::job::ComparePeople>()
        .define_job::<crate::renewal::job::RenewBatch>()
        .define_job::<crate::signing::job::KeepSigningKeys>()
        .define_job::<crate::history::job::KeepLog>()
        .define_job::<crate::organisations::job::ForgetSecrets>()
        .define_job::<crate::bulk::job::AnswerList>()
        .define_job::<crate::bulk::job::ForgetLists>()
        .with_crons([
            hourly::<crate::server::jobs::Sweep>(),
            hourly::<crate::accounts::job::ForgetOldSignIns>(),
            hourly::<crate::signing::job::KeepSigningKeys>(),
            hourly::<crate::bulk::job::ForgetLists>(),
            every_morning::<crate::messages::job::RemindOfEnds>(),
            hourly::<crate::training::job::CountUnmarkedAbsent>(),
            every_minute::<crate::assessment::job::CloseOverdueTests>(),
            every_minute::<crate::programmes::job::TallyAnswers>(),
            every_minute::<crate::home::job::CountFigures>(),
            every_minute::<crate::merging::job::ComparePeople>(),
            every_minute::<crate::training::job::EndAllOffers>(),
            every_minute::<crate::review::job::TidyDesks>(),
            every_minute::<crate::history::job::KeepLog>(),
            every_minute::<crate::organisations::job::ForgetSecrets>(),
        ])
}

fn hourly<T: TaskHandler>() -> Crontab {
    // Minute 17 of an hour is a time; the fallback is never taken.
    let timer = CrontabTimer::hourly_at(17);
    let timer = timer.unwrap_or_else(|_| CrontabTimer::every_minute());
    Crontab::new(timer, T::IDENTIFIER)
}

/// Ten past eight in Riyadh. Where no server ran then, the next that starts within a day makes it good.
fn every_morning<T: TaskHandler>() -> Crontab {
    // 05:10 UTC is a time; the fallback is never taken.
    let timer = CrontabTimer::daily_at(5, 10);
    let timer = timer.unwrap_or_else(|_| CrontabTimer::every_minute());
    let mut cron = Crontab::new(timer, T::IDENTIFIER);
    cron.options.fill = Some(CrontabFill::days(1));
    cron
}

fn every_minute<T: TaskHandler>() -> Crontab {
    Crontab::new(CrontabTimer::every_minute(), T::IDENTIFIER)
}
