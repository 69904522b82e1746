//! Lists that are taken, and those that are not.

use axum::http::StatusCode;
use rust_xlsxwriter::Workbook;

use super::{answered, send, states, taken, unknown, valid, view};
use crate::bulk::job::work_off;
use crate::bulk::model::{Asked, MOST_ROWS, RowState, Wrong};
use crate::licences::model::LicenceStatus;
use crate::licences::tests::count;
use crate::testing::TestApp;

#[tokio::test]
async fn a_list_is_pasted_or_sent_as_csv_or_xlsx_and_answered_alike() {
    let app = TestApp::start().await;
    let (known, other) = (valid(&app).await, unknown());
    let grouped = known.grouped();
    let cells = [["الاسم", "رقم الرخصة"], ["سعد", &grouped], ["هند", other.digits()], ["=1+1", "-12"]];
    let text = |separator: &str| cells.map(|line| line.join(separator)).join("\r\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(cells) {
        for (column, cell) in (0..).zip(line) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let book = book.save_to_buffer().unwrap();
    let mut lists = Vec::new();
    for (field, contents) in [
        ("numbers", text("\t").into_bytes()),
        ("file", text(",").into_bytes()),
        ("file", format!("\u{FEFF}{}", text(";")).into_bytes()),
        ("file", book),
    ] {
        let check = taken(&app, field, &contents).await;
        work_off(&app.state, check).await.unwrap();
        let view = view(&app, check, "").await;
        assert_eq!(
            states(&view),
            [RowState::Was(LicenceStatus::Valid), RowState::NotFound, RowState::Malformed],
            "{field}"
        );
        lists.push(view.rows.into_iter().map(|row| (row.line, row.asked, row.holder)).collect::<Vec<_>>());
    }
    let number = |number: &str| Asked::Number(number.to_owned());
    let expected = [
        (2, number(known.digits()), Some("محمد ع. س. ق.".to_owned())),
        (3, number(other.digits()), None),
        (4, Asked::Wrong("-12".to_owned(), Wrong::Length), None),
    ];
    for list in lists {
        assert_eq!(list, expected);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM bulk_rows WHERE typed LIKE '%سعد%'").await, 0);
}

#[tokio::test]
async fn what_is_no_list_leads_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let long = format!("{}\n", unknown().grouped()).repeat(MOST_ROWS + 1);
    for (field, contents, told) in [
        ("numbers", "  ", "هذا الحقل مطلوب"),
        ("numbers", "سعد\tهند <b>\nنورة\tمها", "لا رقم رخصة في هذه الأعمدة"),
        ("numbers", long.as_str(), "في القائمة أكثر من 10,000 رقم"),
        ("file", "", "هذا الحقل مطلوب"),
        ("file", "PK\u{3}\u{4}", "تعذّرت قراءة الملف"),
        ("file", long.as_str(), "في القائمة أكثر من 10,000 رقم"),
    ] {
        let led = send(&app, field, contents.as_bytes()).await;
        assert_eq!((led.status, led.to.as_str()), (StatusCode::SEE_OTHER, "/verify/bulk"), "{told}");
        let (status, page) = app.get("/verify/bulk", led.cookie.as_deref()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(told) && page.contains(&format!("href=\"#{field}\"")), "{told}: {page}");
        let typed = contents.replace('<', "&lt;").replace('>', "&gt;");
        assert!(field == "file" || page.contains(&typed), "{told}");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM bulk_checks").await, 0);
    let (_, page) = app.get("/verify/bulk", None).await;
    assert!(!page.contains("error-summary"));
}

#[tokio::test]
async fn what_is_far_too_large_is_not_read() {
    let app = TestApp::start().await;
    let led = send(&app, "file", &vec![b'1'; 4 * 1024 * 1024 + 1]).await;
    assert_eq!(led.to, "/verify/bulk");
    let (_, page) = app.get("/verify/bulk", led.cookie.as_deref()).await;
    assert!(page.contains("حجم ما أُرسل أكبر من المسموح"), "{page}");
    assert_eq!(count(&app, "SELECT count(*) FROM rate_counters").await, 0);
}

#[tokio::test]
async fn who_sends_lists_without_end_is_told_to_wait_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    // Within one window.
    app.clock.stand_at(app.clock.now());
    let number = unknown().grouped();
    for _ in 0..60 {
        taken(&app, "numbers", number.as_bytes()).await;
    }
    let led = send(&app, "numbers", number.as_bytes()).await;
    assert_eq!(led.to, "/verify/bulk");
    let (_, page) = app.get("/verify/bulk", led.cookie.as_deref()).await;
    assert!(page.contains("محاولات كثيرة") && page.contains(&number), "{page}");
    assert_eq!(count(&app, "SELECT count(*) FROM bulk_checks").await, 60);
    app.clock.advance(time::Duration::hours(1));
    taken(&app, "numbers", number.as_bytes()).await;
}

#[tokio::test]
async fn pages_lead_to_it_and_say_what_is_kept() {
    let app = TestApp::start().await;
    for path in ["/verify", "/help", &format!("/verify/{}", valid(&app).await.digits())] {
        let (_, page) = app.get(path, None).await;
        assert!(page.contains("href=\"/verify/bulk\""), "{path}");
    }
    let (status, page) = app.get("/verify/bulk", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("action=\"/verify/bulk/new\"") && page.contains("24 ساعة"));
    let check = answered(&app, &[unknown().digits()]).await;
    let (_, page) = app.get(&format!("/verify/bulk/{check}"), None).await;
    assert!(page.contains("صف واحد في القائمة") && page.contains("لا توجد رخصة بهذا الرقم"), "{page}");
}
