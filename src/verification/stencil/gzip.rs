//! A gzip file (RFC 1952) put together from parts that were deflated (RFC 1951) before: each ends on a byte and refers
//! to nothing before it, so parts can stand one after the other.

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress};

/// RFC 1952, 2.3: deflate, no flags, no time, unknown operating system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// An empty stored block that says it is the last.
const LAST_BLOCK: [u8; 5] = [1, 0, 0, 0xff, 0xff];
/// Bytes of a stored block at most.
const LARGEST_BLOCK: usize = 0xffff;

/// A text as whole blocks, none of which says it is the last.
pub fn deflated(text: &str) -> Vec<u8> {
    // A full flush adds an empty stored block and forgets what came before.
    let mut out = Vec::with_capacity(text.len() + 64);
    let mut compress = Compress::new(Compression::best(), false);
    match compress.compress_vec(text.as_bytes(), &mut out, FlushCompress::Full) {
        Ok(_) if compress.total_in() == text.len() as u64 => out,
        // Never seen: there is room for every byte. Stored as it is, it is right all the same.
        _ => {
            let mut out = Vec::new();
            stored_blocks(&mut out, text.as_bytes());
            out
        }
    }
}

fn stored_blocks(out: &mut Vec<u8>, bytes: &[u8]) {
    for block in bytes.chunks(LARGEST_BLOCK) {
        // A chunk is no longer than this.
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(0);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
}

/// A file being put together.
pub struct Writer {
    out: Vec<u8>,
    check: Hasher,
    length: usize,
}

impl Default for Writer {
    fn default() -> Self {
        let mut out = Vec::with_capacity(8 * 1024);
        out.extend_from_slice(&HEADER);
        Self { out, check: Hasher::new(), length: 0 }
    }
}

impl Writer {
    /// Adds a text of which [`deflated`] gave the blocks.
    pub fn deflated(&mut self, text: &str, blocks: &[u8]) {
        self.count(text);
        self.out.extend_from_slice(blocks);
    }

    /// Adds a text as it is.
    pub fn stored(&mut self, text: &str) {
        self.count(text);
        stored_blocks(&mut self.out, text.as_bytes());
    }

    fn count(&mut self, text: &str) {
        self.check.update(text.as_bytes());
        self.length += text.len();
    }

    /// The whole file.
    pub fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(&LAST_BLOCK);
        self.out.extend_from_slice(&self.check.finalize().to_le_bytes());
        // RFC 1952: modulo 2^32. A page is far smaller.
        self.out.extend_from_slice(&u32::try_from(self.length).unwrap_or(u32::MAX).to_le_bytes());
        self.out
    }
}
