//! A page to read, as the server sends it. The texts themselves stay on the server: compiled into the browser's half
//! they would cost every first visit 11 KB.

use serde::{Deserialize, Serialize};

/// A whole page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub title: String,
    pub lead: String,
    pub blocks: Vec<Block>,
}

/// A part of a page, in the order of reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    /// Items whose order matters.
    Steps(Vec<String>),
    /// A question, and the answer that opens below it.
    Answer(String, String),
    Email(String),
    Caution(String),
    /// What is typed into a terminal, or comes back.
    Code(String),
    /// Codes, each with what it means.
    Codes(Vec<(String, String)>),
    /// Addresses of what is no page, each with what stands there.
    Files(Vec<(String, String)>),
    /// The way to another page: its path and its name.
    Link(String, String),
}
