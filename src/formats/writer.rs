//! What writes a corpus in a format, and what notes what it could not write.

use std::borrow::Cow;
use std::io;

use serde_json::value::RawValue;

use super::ledger::{LedgerEntry, LedgerHead};
use super::losses::Losses;
use super::{Header, Wishes};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::languages::Languages;
use crate::model::{Document, Kind, Project};
use crate::text::Unit;
use crate::text::main_script::MainScript;

/// A document that is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'w, 'a> {
    /// The document with its text. The numbers of its labels in the target's unit are the
    /// [`target`](crate::alignment::AlignedSpan::target) of its spans; those without are left out.
    pub aligned: &'w AlignedDocument<'a>,
    /// The length of the text in the target's unit.
    pub length: i64,
    /// What a ledger keeps of the document.
    pub entries: &'w [LedgerEntry],
    /// The script of the text, where [`Writer::needs_script`] asks for it and it is clear.
    pub script: Option<MainScript>,
}

/// Where the bytes of a written corpus go.
#[derive(Debug, Default)]
pub struct Output {
    /// The label file, as far as it was written.
    pub main: Vec<u8>,
    /// Files beside it: their names, from the folder for them, and all of their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What a file in another format is written with.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What stands once in the new corpus, as options and defaults have it.
    pub project: Project,
    /// The labels in the order of first appearance.
    pub labels: Vec<String>,
    /// The unit of the offsets.
    pub unit: Unit,
    /// Whether documents may have a split.
    pub splits: bool,
    /// The split for documents that have none.
    pub dataset: Option<&'static str>,
    /// The datastore of URLs.
    pub datastore: String,
    /// The folder of URLs, without slashes at its ends.
    pub prefix: String,
    /// What the documents tell of their languages, once they were gone over.
    pub languages: Languages,
    /// What was assumed.
    pub assumed: Vec<Assumption>,
    /// What the user asks of how it is written.
    pub wishes: Wishes,
    /// The head of the ledger whose facts are put back.
    pub restored: Option<LedgerHead>,
}

impl Plan {
    /// The member that texts stood in, where the user has said it and a ledger has kept that.
    #[must_use]
    pub fn told_text(&self) -> Option<&str> {
        self.restored.as_ref()?.told.text_key.as_deref()
    }
}

/// Takes away most of what was written, where it has become long; the last bytes stay.
pub type Relieve<'a> = &'a mut dyn FnMut(&mut Vec<u8>);

/// Bytes that were put aside, which can be read any number of times.
pub trait Again {
    /// Reads them from their beginning.
    ///
    /// Fails where they cannot be got at.
    fn again(&mut self) -> io::Result<Box<dyn io::Read + '_>>;
}

/// Writes a corpus. Documents are written apart from one another and joined in their order.
pub trait Writer: Sync {
    /// What comes before the first document.
    fn head(&self, out: &mut Vec<u8>);

    /// One document. Where it may become long, `relieve` is called now and then.
    fn document(&self, written: Written<'_, '_>, out: &mut Output, relieve: Relieve<'_>);

    /// What comes between two documents.
    fn separator(&self) -> &'static [u8];

    /// What comes after the last document; `any` tells whether there was one.
    fn tail(&self, any: bool, out: &mut Vec<u8>);

    /// Whether the file is made once all documents are there, since it begins with what only all of
    /// them tell. What is written of them is put aside until then.
    fn is_finished_later(&self) -> bool {
        false
    }

    /// Makes the file of what was written, where that was put aside.
    ///
    /// Fails where it cannot be written, or the format cannot hold so much.
    fn finish(&self, _put_aside: &mut dyn Again, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }

    /// A document that a ledger kept as a whole, since the other format has no form for it.
    fn kept_document(&self, value: &RawValue, out: &mut Vec<u8>) {
        out.extend_from_slice(value.get().as_bytes());
    }

    /// The name that the document has in the target, where two must not have the same.
    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str;

    /// Whether the target holds the document at all.
    fn holds(&self, _document: &Document<'_>) -> bool {
        true
    }

    /// Writes the files that go with a document which the target does not hold.
    fn unheld(&self, _aligned: &AlignedDocument<'_>, _out: &mut Output) {}

    /// Why the addresses of documents cannot be made of what the user says, if so.
    fn address_fault(&self) -> Option<&'static str> {
        None
    }

    /// Why the name of a document cannot be written, if so.
    fn name_fault(&self, _document: &Document<'_>) -> Option<&'static str> {
        None
    }

    /// Whether labels may overlap in what is written. Where they may not, overlapping ones are
    /// refused, or left out as the user says.
    fn holds_overlaps(&self) -> bool {
        true
    }

    /// The name of a label as the target spells it.
    fn label_name<'l>(&self, name: &'l str) -> Cow<'l, str> {
        Cow::Borrowed(name)
    }

    /// Whether the target spells the name of a label otherwise.
    fn is_renamed(&self, name: &str) -> bool {
        self.label_name(name) != name
    }

    /// Whether the target has no form for a span of these words.
    fn span_fault(&self, _words: &str) -> bool {
        false
    }

    /// Whether a byte-order mark at the start of a text is counted in its offsets.
    fn counts_mark(&self) -> bool {
        false
    }

    /// Whether the length of the text is written.
    fn needs_length(&self) -> bool {
        false
    }

    /// Whether the text itself is written. Then a label is written only where its place in it is
    /// proved.
    fn needs_text(&self) -> bool {
        false
    }

    /// Whether the script of its text decides on the language that a document is written with.
    fn needs_script(&self, _document: &Document<'_>, _entries: &[LedgerEntry]) -> bool {
        false
    }

    /// The language that such a document is written with for its script; `None` where the
    /// project's will do.
    fn language_of(&self, _script: MainScript) -> Option<&'static str> {
        None
    }

    /// Counts what the target has no place for in this document.
    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses);

    /// Counts what the target has no place for in the corpus as a whole, once the documents
    /// were counted. `rebuilt` gets what options bring back on the
    /// way back, but for what the defaults do.
    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>);
}

/// What is known of a whole source when its ledger begins.
#[derive(Clone, Copy, Debug)]
pub struct LedgerFacts<'a> {
    /// What stands once in it.
    pub header: &'a Header,
    /// Container and folder, where the addresses of all documents say these and a name alone.
    pub folder: Option<&'a (String, String)>,
    /// What the target is written with.
    pub plan: &'a Plan,
}

/// Notes what another format cannot hold.
pub trait LedgerSource: Sync {
    /// Notes what stands once in a file.
    fn head(&self, facts: LedgerFacts<'_>, head: &mut LedgerHead);

    /// Whether this can be a head that [`Self::head`] has filled, which nobody has proved of one
    /// that was read from a file.
    fn may_head(&self, head: &LedgerHead) -> bool;

    /// Whether this can be an entry that [`Self::entries`] has noted.
    fn may_note(&self, entry: &LedgerEntry) -> bool;

    /// The kind of the project that a head is of, where it tells it.
    fn kind(&self, _head: &LedgerHead) -> Option<Kind> {
        None
    }

    /// Notes what stands in a document. Its labels in the target are the
    /// [`target`](crate::alignment::AlignedSpan::target) of its spans, and `name` is its name
    /// there.
    fn entries(
        &self,
        project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    );

    /// Notes a document as a whole, since the target does not hold it. Answers whether it is noted: not
    /// where nothing can put it back between the others.
    fn whole(
        &self,
        _project: &Project,
        _aligned: &AlignedDocument<'_>,
        _name: &str,
        _head: &LedgerHead,
        _out: &mut Vec<LedgerEntry>,
    ) -> bool {
        false
    }
}
