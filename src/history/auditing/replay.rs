//! The tree grown anew from the stored leaves, each compared with its event, and what is stored of the tree with it.

use std::collections::{HashMap, HashSet};
use std::iter::Peekable;
use std::vec::IntoIter;

use sqlx::PgConnection;

use super::{Audited, Finding};
use crate::error::AppError;
use crate::history::model::{Checkpoint, Completed, Facts, Hash, Tree, leaf_hash};
use crate::history::store::{self, StoredLeaf, StoredNote};
use crate::signing::model::PublicKey;

/// A replay that goes on page by page.
pub struct Replay<'a, F> {
    log: &'a str,
    keys: &'a [PublicKey],
    outside: Option<Checkpoint>,
    tell: &'a mut F,
    tree: Tree,
    /// Nodes that differ and have a parent yet to come, which then differs for their sake.
    doubted: HashSet<(u32, u64)>,
    /// Leaves that a stored checkpoint says are as they were.
    intact: u64,
    /// Whether one says that they are not; then all that follow do.
    rewritten: bool,
    audited: Audited,
}

impl<'a, F: FnMut(Finding)> Replay<'a, F> {
    pub fn new((log, keys): (&'a str, &'a [PublicKey]), outside: Option<Checkpoint>, tell: &'a mut F) -> Self {
        let (tree, doubted) = (Tree::default(), HashSet::new());
        Self { log, keys, outside, tell, tree, doubted, intact: 0, rewritten: false, audited: Audited::default() }
    }

    /// What was read so far.
    pub fn audited(&self) -> Audited {
        self.audited
    }

    /// Goes on with the leaves of positions from `from` to before `until`.
    pub async fn page(&mut self, connection: &mut PgConnection, (from, until): (u64, u64)) -> Result<(), AppError> {
        let leaves = store::leaves_from(connection, (from, until)).await?;
        let events: Vec<i64> = leaves.iter().map(|leaf| leaf.event_id).collect();
        let facts = store::facts(connection, &events).await?;
        let mut facts: HashMap<i64, Facts> = facts.into_iter().map(|facts| (facts.event_id, facts)).collect();
        let nodes = store::nodes_between(connection, (from, until)).await?.into_iter();
        let mut nodes: HashMap<(u32, u64), Hash> = nodes.map(|node| ((node.level, node.index), node.hash)).collect();
        let mut signed = store::notes_between(connection, Some(from), until).await?.into_iter().peekable();
        let mut leaves = leaves.into_iter().peekable();
        for position in from..until {
            let hash = if let Some(leaf) = leaves.next_if(|leaf| leaf.position == position) {
                self.leaf(&leaf, facts.remove(&leaf.event_id).as_ref());
                leaf.hash
            } else {
                (self.tell)(Finding::Gap { position });
                self.doubted.insert((0, position));
                Hash::default()
            };
            self.audited.leaves += 1;
            for node in self.tree.push(hash) {
                self.node(node, nodes.remove(&(node.level, node.index)));
            }
            self.signed_here(&mut signed);
        }
        Ok(())
    }

    /// The stored checkpoints of sizes above `above` up to `to`, where no leaf is between.
    pub async fn notes(&mut self, connection: &mut PgConnection, above: Option<u64>, to: u64) -> Result<(), AppError> {
        let mut notes = store::notes_between(connection, above, to).await?.into_iter().peekable();
        self.signed_here(&mut notes);
        Ok(())
    }

    fn leaf(&mut self, leaf: &StoredLeaf, facts: Option<&Facts>) {
        let (position, event_id) = (leaf.position, leaf.event_id);
        match facts {
            None => (self.tell)(Finding::Gone { position, event_id }),
            Some(facts) if leaf_hash(facts.leaf(&leaf.salt)) != leaf.hash => {
                (self.tell)(Finding::Changed { position, event_id, number: facts.licence.number.clone() });
            }
            Some(_) => (),
        }
    }

    /// Compares a node with what is stored of it. Of those above one that differs nothing is told.
    fn node(&mut self, node: Completed, stored: Option<Hash>) {
        self.audited.nodes += 1;
        let below = [0, 1].map(|side| self.doubted.remove(&(node.level - 1, node.index * 2 + side)));
        let differs = stored != Some(node.hash);
        if differs && below == [false, false] {
            let first = node.index << node.level;
            (self.tell)(Finding::Node { first, last: first + (1 << node.level) - 1 });
        }
        if differs {
            self.doubted.insert((node.level, node.index));
        }
    }

    /// Compares what was signed when the log had as many leaves as it has here.
    fn signed_here(&mut self, notes: &mut Peekable<IntoIter<StoredNote>>) {
        let size = self.tree.size();
        let is_outside = |outside: &mut Checkpoint| outside.size == size;
        let outside = self.outside.take_if(is_outside);
        if notes.peek().is_none_or(|note| note.size != size) && outside.is_none() {
            return;
        }
        let root = self.tree.root();
        while let Some(note) = notes.next_if(|note| note.size == size) {
            self.note(note, root);
        }
        if let Some(outside) = outside.filter(|outside| outside.root != root) {
            (self.tell)(Finding::OutsideRoot { size, at: outside.at });
        }
    }

    fn note(&mut self, stored: StoredNote, root: Hash) {
        self.audited.checkpoints += 1;
        let (id, size, at) = (stored.id, stored.size, stored.signed_at);
        match Checkpoint::open(&stored.note, self.log, self.keys) {
            Err(why) => (self.tell)(Finding::Note { id, why }),
            Ok(signed) => {
                let same_time = signed.at.unix_timestamp() == at.unix_timestamp();
                if (signed.size, signed.root) != (size, stored.root) || !same_time {
                    (self.tell)(Finding::NoteRow { id });
                }
                if signed.size == size && signed.root == root {
                    self.intact = size;
                } else if signed.size == size && !self.rewritten {
                    self.rewritten = true;
                    (self.tell)(Finding::Root { id, size, at, intact: self.intact });
                }
            }
        }
    }
}
