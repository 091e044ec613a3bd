//! Sorted runs of findings in a temporary file: written, read, and merged.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::sync::Arc;
use std::{slice, vec};

use super::budget::{Chunk, SpillError, SpillFile};
use super::stored::Words;
use super::withdrawn::Withdrawn;
use crate::diagnostics::Diagnostic;

/// How many bytes of findings are written and read at a time.
const CHUNK: usize = 128 << 10;

/// Findings in a file, sorted. In memory are 16 bytes for each [`CHUNK`] of it.
#[derive(Clone, Debug)]
pub(super) struct Run {
    store: Arc<SpillFile>,
    chunks: Vec<Chunk>,
    /// The last finding, where another run may go on after it.
    pub(super) last: Option<Box<Diagnostic>>,
    /// How often its findings were merged.
    pub(super) tier: u8,
    /// What is not to be read any more.
    pub(super) withdrawn: Withdrawn,
}

impl Run {
    /// Takes in a run whose findings come after its own.
    pub(super) fn continue_with(&mut self, next: Self) {
        self.chunks.extend(next.chunks);
        self.last = next.last;
    }

    /// The run that is not to be merged with others before all are.
    pub(super) fn settled(self) -> Self {
        Self {
            tier: u8::MAX,
            ..self
        }
    }
}

/// Writes a run, which has to come in order.
pub(super) struct RunWriter<'a> {
    store: &'a Arc<SpillFile>,
    words: &'a Words,
    buffer: Vec<u8>,
    chunks: Vec<Chunk>,
}

impl<'a> RunWriter<'a> {
    pub(super) const fn new(store: &'a Arc<SpillFile>, words: &'a Words) -> Self {
        Self {
            store,
            words,
            buffer: Vec::new(),
            chunks: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, finding: &Diagnostic) -> Result<(), SpillError> {
        self.words.write(finding, &mut self.buffer)?;
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), SpillError> {
        if !self.buffer.is_empty() {
            self.chunks.push(self.store.append(&self.buffer)?);
            self.buffer.clear();
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Run, SpillError> {
        self.flush()?;
        Ok(Run {
            store: Arc::clone(self.store),
            chunks: self.chunks,
            last: None,
            tier: 0,
            withdrawn: Withdrawn::default(),
        })
    }
}

/// Reads a run.
struct Reader<'a> {
    run: &'a Run,
    words: &'a Words,
    chunks: slice::Iter<'a, Chunk>,
    buffer: Vec<u8>,
    at: usize,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<Option<Diagnostic>, SpillError> {
        loop {
            while self.at == self.buffer.len() {
                let Some(chunk) = self.chunks.next() else {
                    return Ok(None);
                };
                self.run.store.read(*chunk, &mut self.buffer)?;
                self.at = 0;
            }
            let (finding, size) = self.words.read(&self.buffer[self.at..])?;
            self.at += size;
            if !self.run.withdrawn.covers_finding(&finding) {
                return Ok(Some(finding));
            }
        }
    }
}

/// What is merged.
enum Input<'a> {
    Run(Reader<'a>),
    Memory(vec::IntoIter<&'a Diagnostic>),
}

impl<'a> Input<'a> {
    fn next(&mut self) -> Result<Option<Cow<'a, Diagnostic>>, SpillError> {
        Ok(match self {
            Self::Run(reader) => reader.read()?.map(Cow::Owned),
            Self::Memory(findings) => findings.next().map(Cow::Borrowed),
        })
    }
}

/// The next finding of an input.
struct RunHead<'a> {
    finding: Cow<'a, Diagnostic>,
    input: usize,
}

/// The greatest head is the one that comes first; among equals, that of the oldest input.
impl Ord for RunHead<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.finding.in_order(&other.finding);
        order.then(self.input.cmp(&other.input)).reverse()
    }
}

impl PartialOrd for RunHead<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for RunHead<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for RunHead<'_> {}

/// Findings in order, merged from memory and runs.
pub struct Iter<'a> {
    inputs: Vec<Input<'a>>,
    heads: BinaryHeap<RunHead<'a>>,
    failed: Option<SpillError>,
}

impl<'a> Iter<'a> {
    /// Merges runs, from the oldest, and what is in memory, which is newer and sorted.
    pub(super) fn new(runs: &'a [Run], memory: Vec<&'a Diagnostic>, words: &'a Words) -> Self {
        let reader = |run: &'a Run| {
            Input::Run(Reader {
                run,
                words,
                chunks: run.chunks.iter(),
                buffer: Vec::new(),
                at: 0,
            })
        };
        let inputs = runs.iter().map(reader);
        let mut merged = Self {
            inputs: inputs.chain([Input::Memory(memory.into_iter())]).collect(),
            heads: BinaryHeap::new(),
            failed: None,
        };
        for (input, findings) in merged.inputs.iter_mut().enumerate() {
            match findings.next() {
                Ok(first) => {
                    let head = first.map(|finding| RunHead { finding, input });
                    merged.heads.extend(head);
                }
                Err(error) => merged.failed = Some(error),
            }
        }
        merged
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = Result<Cow<'a, Diagnostic>, SpillError>;

    /// After an error there is nothing more.
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.failed.take() {
            self.heads.clear();
            return Some(Err(error));
        }
        let mut head = self.heads.peek_mut()?;
        match self.inputs[head.input].next() {
            Ok(Some(next)) => Some(Ok(std::mem::replace(&mut head.finding, next))),
            Ok(None) => Some(Ok(PeekMut::pop(head).finding)),
            Err(error) => {
                drop(head);
                self.heads.clear();
                Some(Err(error))
            }
        }
    }
}
