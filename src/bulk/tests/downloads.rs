//! Answers as files: read back as they were, and nothing that was typed is computed by a spreadsheet.

use std::io::Cursor;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use calamine::{Data, Reader, Xlsx};
use uuid::Uuid;

use super::{answered, taken, unknown, valid};
use crate::bulk::model::Asked;
use crate::bulk::reading;
use crate::testing::TestApp;

/// What a spreadsheet would compute, were it not text.
const FORMULAS: [&str; 5] = ["=HYPERLINK(\"http://evil.example\")", "+1+1", "-2-2", "@SUM(A1)", "=cmd|' /C calc'!A0"];

async fn file(app: &TestApp, check: Uuid, name: &str) -> (String, Vec<u8>) {
    let request = Request::get(format!("/verify/bulk/{check}/{name}")).header(header::HOST, "localhost:3000");
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_DISPOSITION), format!("attachment; filename=\"{name}\""));
    assert_eq!(header(header::CACHE_CONTROL), "no-store");
    let media = header(header::CONTENT_TYPE);
    (media, to_bytes(response.into_body(), 16 * 1024 * 1024).await.unwrap().to_vec())
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn xlsx_rows(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().is_empty(), "no cell is a formula");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is not text"),
    };
    book.worksheet_range(&name).unwrap().rows().map(|row| row.iter().map(text).collect()).collect()
}

#[tokio::test]
async fn both_files_have_every_row_and_its_answer() {
    let app = TestApp::start().await;
    let (known, other) = (valid(&app).await, unknown());
    let check = answered(&app, &[&known.grouped(), other.digits(), "12"]).await;
    let (media, csv) = file(&app, check, "answers.csv").await;
    assert_eq!(media, "text/csv; charset=utf-8");
    let csv = csv_rows(&csv);
    let (media, xlsx) = file(&app, check, "answers.xlsx").await;
    assert_eq!(media, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_eq!(xlsx_rows(xlsx), csv);
    assert_eq!(csv.len(), 4);
    assert_eq!(csv[0][1], "رقم الرخصة");
    assert_eq!((csv[1][0].as_str(), csv[1][1].as_str(), csv[1][2].as_str()), ("1", known.grouped().as_str(), "سارية"));
    assert!(csv[1][5].starts_with("محمد ع.") && csv[1][6].len() == 10 && csv[1][8].len() == 19, "{:?}", csv[1]);
    assert_eq!((csv[2][1].as_str(), csv[2][2].as_str()), (other.grouped().as_str(), "لا توجد رخصة بهذا الرقم"));
    assert_eq!((csv[3][1].as_str(), csv[3][2].as_str()), ("12", "رقم غير صحيح"));
}

#[tokio::test]
async fn answers_that_are_sent_again_are_read_again() {
    let app = TestApp::start().await;
    let numbers: Vec<String> = (0..50).map(|_| unknown().digits().to_owned()).collect();
    let lines: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let check = answered(&app, &lines).await;
    for name in ["answers.csv", "answers.xlsx"] {
        let (_, bytes) = file(&app, check, name).await;
        let read: Vec<Asked> = reading::sent(&bytes).unwrap().into_iter().map(|(_, asked)| asked).collect();
        assert_eq!(read, numbers.iter().cloned().map(Asked::Number).collect::<Vec<_>>(), "{name}");
    }
}

#[tokio::test]
async fn what_was_typed_is_never_a_formula() {
    let app = TestApp::start().await;
    // As a column, so that no comma in it ends the cell.
    let lines: Vec<String> = std::iter::once("number".to_owned())
        .chain(FORMULAS.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))))
        .collect();
    let check = taken(&app, "numbers", lines.join("\n").as_bytes()).await;
    let csv = csv_rows(&file(&app, check, "answers.csv").await.1);
    let xlsx = xlsx_rows(file(&app, check, "answers.xlsx").await.1);
    for (row, typed) in (1..).zip(FORMULAS) {
        assert_eq!(csv[row][1], format!("'{typed}"));
        assert_eq!(xlsx[row][1], typed);
    }
    assert!(csv.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
}
