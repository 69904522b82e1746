//! Checkpoints as notes that anybody can check: C2SP `tlog-checkpoint`, signed as a `signed-note`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::tree::Hash;
use crate::server::signing_keys::SigningKey;
use crate::signing::model::{PublicKey, issuer_of};

/// Ed25519, as signed notes number it.
const ED25519: u8 = 1;

/// How the log of a portal is called: the first line of its checkpoints, and the name of the keys that sign them.
pub fn log_name(origin: &str) -> String {
    format!("{}/log", issuer_of(origin))
}

/// What the log was at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub log: String,
    /// How many leaves it had.
    pub size: u64,
    pub root: Hash,
    /// To the second.
    pub at: OffsetDateTime,
}

/// Why a note does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteRefusal {
    #[error("it is not a checkpoint as the log writes them")]
    Form,
    #[error("it is of another log")]
    AnotherLog,
    #[error("no key of the register signed it")]
    Signature,
}

impl Checkpoint {
    fn text(&self) -> String {
        let at = self.at.replace_nanosecond(0).unwrap_or(self.at).format(&Rfc3339).unwrap_or_default();
        format!("{}\n{}\n{}\ntime {at}\n", self.log, self.size, STANDARD.encode(self.root))
    }

    /// The signed note.
    pub fn sign(&self, key: &SigningKey) -> String {
        let text = self.text();
        let mut signature = key_hash(&self.log, &key.public()).to_vec();
        signature.extend(key.sign(text.as_bytes()));
        format!("{text}\n\u{2014} {} {}\n", self.log, STANDARD.encode(signature))
    }

    /// Reads a note of a log that one of these keys signed. Signatures of others, as of witnesses, may stand beside.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn open(note: &str, log: &str, keys: &[PublicKey]) -> Result<Self, NoteRefusal> {
        let end = note.rfind("\n\n").ok_or(NoteRefusal::Form)? + 1;
        let (text, signatures) = (&note[..end], &note[end + 1..]);
        let checkpoint = Self::read(text).ok_or(NoteRefusal::Form)?;
        if checkpoint.log != log {
            return Err(NoteRefusal::AnotherLog);
        }
        let signed = |line: &str| {
            let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
            let signature = STANDARD.decode(signature).ok().filter(|_| name == log)?;
            let (hash, signature) = signature.split_first_chunk::<4>()?;
            let key = keys.iter().find(|key| key_hash(name, &key.bytes()) == *hash)?;
            Some(key.signed(text.as_bytes(), signature))
        };
        let ours: Vec<bool> = signatures.lines().filter_map(signed).collect();
        if ours.is_empty() || ours.contains(&false) { Err(NoteRefusal::Signature) } else { Ok(checkpoint) }
    }

    /// Reads what [`Checkpoint::text`] writes, and nothing else.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let log = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let at = OffsetDateTime::parse(lines.next()?.strip_prefix("time ")?, &Rfc3339).ok()?;
        Some(Self { log, size, root, at }).filter(|read| read.text() == text)
    }
}

/// By which a note names the key of a signature.
fn key_hash(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(public).finalize();
    digest.first_chunk().copied().unwrap_or_default()
}
