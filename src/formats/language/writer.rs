//! Writes a project in the canonical layout: two blanks a level, `[]` and `{}` when empty, one
//! LF after the last brace.

use super::super::write::{number, string};
use super::super::{Placed, Plan, Writer};
use crate::examined::Examined;
use crate::fact::Assumption;
use crate::losses::{Loss, Losses};
use crate::model::{Confidence, Document, Kind, Project};

pub(super) struct LanguageWriter {
    plan: Plan,
}

impl LanguageWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }
}

/// A new line at a level, two blanks each.
fn line(level: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.resize(out.len() + 2 * level, b' ');
}

/// A key on a line of its own, up to its value.
fn key(level: usize, name: &str, out: &mut Vec<u8>) {
    line(level, out);
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\": ");
}

fn text(level: usize, name: &str, value: &str, out: &mut Vec<u8>) {
    key(level, name, out);
    string(value, out);
    out.push(b',');
}

fn integer(level: usize, name: &str, value: i64, out: &mut Vec<u8>) {
    key(level, name, out);
    number(value, out);
    out.push(b',');
}

/// Ends an object or array after its last item, whose comma goes.
fn close(level: usize, bracket: u8, out: &mut Vec<u8>) {
    if out.last() == Some(&b',') {
        out.pop();
        line(level, out);
    }
    out.push(bracket);
    out.push(b',');
}

impl Writer for LanguageWriter {
    fn head(&self, out: &mut Vec<u8>) {
        let project = &self.plan.project;
        let kind = project.kind.unwrap_or(Kind::EntityRecognition).name();
        let value = |value: &Option<String>| value.clone().unwrap_or_default();
        out.push(b'{');
        text(1, "projectFileVersion", "2022-05-01", out);
        text(1, "stringIndexType", "Utf16CodeUnit", out);
        key(1, "metadata", out);
        out.push(b'{');
        text(2, "projectKind", kind, out);
        text(
            2,
            "storageInputContainerName",
            &value(&project.container),
            out,
        );
        text(2, "projectName", &value(&project.name), out);
        key(2, "multilingual", out);
        let multilingual = project.multilingual == Some(true);
        out.extend_from_slice(if multilingual { b"true," } else { b"false," });
        text(2, "description", &value(&project.description), out);
        text(2, "language", &value(&project.language), out);
        key(2, "settings", out);
        out.extend_from_slice(b"{},");
        close(1, b'}', out);
        key(1, "assets", out);
        out.push(b'{');
        text(2, "projectKind", kind, out);
        key(2, "entities", out);
        out.push(b'[');
        for label in &self.plan.labels {
            line(3, out);
            out.push(b'{');
            text(4, "category", label, out);
            close(3, b'}', out);
        }
        close(2, b']', out);
        key(2, "documents", out);
        out.push(b'[');
    }

    fn document(&self, document: &Document<'_>, placed: Placed<'_>, out: &mut Vec<u8>) {
        line(3, out);
        out.push(b'{');
        text(4, "location", self.location(document), out);
        let project = self.plan.project.language.as_deref().unwrap_or_default();
        text(
            4,
            "language",
            document.language.as_deref().unwrap_or(project),
            out,
        );
        let split = document.split.as_ref().map(crate::model::Split::name);
        if let Some(split) = split.or(self.plan.dataset) {
            text(4, "dataset", split, out);
        }
        key(4, "entities", out);
        out.push(b'[');
        line(5, out);
        out.push(b'{');
        integer(6, "regionOffset", 0, out);
        integer(6, "regionLength", placed.length, out);
        key(6, "labels", out);
        out.push(b'[');
        for (label, span) in document.spans().iter().zip(placed.spans) {
            let Some(span) = span else {
                continue;
            };
            line(7, out);
            out.push(b'{');
            text(8, "category", &label.category, out);
            integer(8, "offset", span.start, out);
            integer(8, "length", span.len(), out);
            close(7, b'}', out);
        }
        close(6, b']', out);
        close(5, b'}', out);
        close(4, b']', out);
        close(3, b'}', out);
        // The comma belongs to the next document, if there is one.
        out.pop();
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            line(2, out);
        }
        out.push(b']');
        line(1, out);
        out.push(b'}');
        line(0, out);
        out.extend_from_slice(b"}\n");
    }

    fn location<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.name()
    }

    fn needs_length(&self) -> bool {
        true
    }

    fn losses(&self, examined: &Examined<'_>, losses: &mut Losses) {
        let document = examined.document;
        let extras = &document.extras;
        losses.add(Loss::Contributor, extras.columns.len() as u64);
        losses.add(Loss::Unknown, extras.unknown);
        let kept = matches!(
            extras.confidence,
            Confidence::Ones | Confidence::Inapplicable
        );
        losses.add(Loss::Confidence, u64::from(!kept));
        let address = &document.address;
        let place = (address.datastore().unwrap_or_default(), address.folder());
        let seen = BorrowedPair(place.0, place.1);
        losses
            .folders
            .add(seen, |pair| (pair.0.to_owned(), pair.1.to_owned()));
        losses.with_folder += 1;
    }

    fn corpus_losses(&self, _source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        match losses.folders.one().cloned() {
            Some((datastore, folder)) if !datastore.is_empty() => {
                // The default needs no word.
                if datastore != "workspaceblobstore" {
                    rebuilt.push(Assumption {
                        what: "datastore",
                        value: datastore,
                        option: "--datastore",
                    });
                }
                if !folder.is_empty() {
                    rebuilt.push(Assumption {
                        what: "folder",
                        value: folder,
                        option: "--prefix",
                    });
                }
            }
            _ => losses.add(Loss::Folder, losses.with_folder),
        }
    }
}

/// Two strings that compare with a pair of owned ones.
struct BorrowedPair<'a>(&'a str, &'a str);

impl PartialEq<(String, String)> for BorrowedPair<'_> {
    fn eq(&self, other: &(String, String)) -> bool {
        self.0 == other.0 && self.1 == other.1
    }
}
