//! Reads what stands around the documents.

use std::borrow::Cow;

use super::super::super::fields::{Field, Fields, array, expect, located};
use super::super::super::{Header, Record, audit, byte_order_mark};
use super::super::document::INT32;
use super::super::wire::{METADATA, SETTINGS, TOP};
use crate::diagnostics::{Issue, Located, Location};
use crate::json::cut::Outline;
use crate::json::patch::Edit;
use crate::json::{Kind as JsonKind, Pointer};
use crate::model::{Kind, Project, Shape};

mod declarations;
mod shapes;

/// Reads the header of a file from its outline.
pub(in super::super) fn header(outline: &Outline) -> Header {
    let mut header = Header::default();
    if outline.byte_order_mark {
        header
            .issues
            .push((Issue::ByteOrderMark, Some(byte_order_mark())));
    }
    for (place, what) in &outline.strays {
        let location = Location {
            bytes: *place..place + 1,
            pointer: Some(Pointer::root().key("assets").key("documents")),
            document: None,
        };
        let issue = Issue::InvalidJson((*what).to_owned());
        header.issues.push((issue, Some(location)));
    }
    if let Some((place, limit)) = outline.too_large {
        let length = None;
        let issue = Issue::TooLong { length, limit };
        header.issues.push((issue, Some(byte(place))));
        header.project.declarations_unread = true;
        header.project.documents_unread = true;
        return header;
    }
    let mut bytes = Cow::Borrowed(&*outline.bytes);
    let stops = !outline.unclosed.is_empty();
    let broken = outline.ends_in_record || !outline.strays.is_empty();
    if stops && broken {
        // That the file is broken is said where it breaks; what came before is still read.
        bytes.to_mut().extend_from_slice(&outline.unclosed);
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let place = outline.place(error.valid_up_to());
            header.issues.push((Issue::InvalidUtf8, Some(byte(place))));
            header.project.declarations_unread = true;
            return header;
        }
    };
    let record = Record {
        index: 0,
        in_file: (0, 0),
        start: 0,
        text,
        ends_file: true,
    };
    let mut reader = HeaderReader {
        outline,
        text,
        issues: Vec::new(),
        edits: Vec::new(),
        project: Project::default(),
    };
    let parsed = audit::parse(&record, &mut reader.issues);
    reader.project.declarations_unread = parsed.is_none() || broken;
    if let Some(node) = parsed {
        reader.top(Field {
            node,
            pointer: Pointer::root(),
        });
    }
    let HeaderReader {
        mut issues,
        edits,
        project,
        ..
    } = reader;
    header.project = project;
    if !broken && !header.project.shape.is_foreign() {
        header.raw = crate::formats::ledger::compact(text);
    }
    header.edits = edits;
    header.edits.sort_by_key(|edit| edit.bytes.start);
    if broken {
        // What is missing, and that brackets do not fit, follows from the break.
        let follows = |found: &Located| {
            matches!(
                found.issue,
                Issue::MissingMember(_) | Issue::StringIndexType(None)
            ) || found.issue.hides_record()
        };
        issues.retain(|found| !follows(found));
    }
    header.issues.extend(issues.into_iter().map(|found| {
        let bytes = if found.issue == Issue::TruncatedFile {
            // The file stops at its end, wherever the outline does.
            outline.length.saturating_sub(1)..outline.length
        } else {
            outline.range(&found.bytes)
        };
        let location = Location {
            bytes,
            pointer: Some(found.pointer),
            document: None,
        };
        (found.issue, Some(location))
    }));
    header
}

/// The place of a byte that belongs to no value.
fn byte(place: u64) -> Location {
    Location {
        bytes: place..place + 1,
        pointer: Some(Pointer::root()),
        document: None,
    }
}

struct HeaderReader<'a> {
    outline: &'a Outline,
    text: &'a str,
    issues: Vec<Located>,
    edits: Vec<Edit>,
    project: Project,
}

impl<'a> HeaderReader<'a> {
    fn top(&mut self, root: Field<'a>) {
        let whole = root.node;
        let Some(top) = Fields::new(self.text, root, &mut self.issues) else {
            return;
        };
        if let Some(family) = shapes::other_family(&top) {
            self.issues.push(Located {
                issue: Issue::UnsupportedKind(family),
                pointer: Pointer::root(),
                bytes: whole.range_in(self.text).unwrap_or_default(),
            });
            self.project.declarations_unread = true;
            return;
        }
        let shape = shapes::shape(&top);
        self.project.shape = shape;
        if shape.is_foreign() {
            self.earlier(&top);
            return;
        }
        if shape == Shape::Renamed {
            self.legacy(
                "the draft shape of 2022-05-01 (`project-file-version`)",
                None,
            );
            self.rename(&top, "project-file-version", "projectFileVersion");
        }
        let known = match shape {
            Shape::Renamed => [&TOP[..], &["project-file-version"]].concat(),
            _ => TOP.to_vec(),
        };
        let key = if shape == Shape::Renamed {
            "project-file-version"
        } else {
            "projectFileVersion"
        };
        self.version(&top, key);
        self.string_index_type(&top);
        let metadata = self.object(&top, "metadata");
        let assets = self.object(&top, "assets");
        self.project.extras += top.unknown(&known, &mut self.issues);
        self.project.declarations_unread |= assets.is_none();
        self.project.documents_unread |= assets.is_none();
        let first = metadata.as_ref().and_then(|fields| self.kind(fields));
        let second = assets.as_ref().and_then(|fields| self.kind(fields));
        self.settle_kind(first, second, assets.as_ref());
        if let Some(metadata) = metadata {
            self.metadata(&metadata);
        }
        if let Some(assets) = assets {
            self.assets(&assets);
        }
    }

    fn object(&mut self, fields: &Fields<'a>, name: &'static str) -> Option<Fields<'a>> {
        let field = fields.required(name, &mut self.issues)?;
        Fields::new(self.text, field, &mut self.issues)
    }

    fn version(&mut self, top: &Fields<'a>, key: &'static str) {
        /// Seen in real files or in the specifications of the authoring API; the last two are
        /// named by the service and were not examined.
        const KNOWN: [&str; 7] = [
            "2022-05-01",
            "2022-10-01-preview",
            "2023-04-01",
            "2023-04-15-preview",
            "2025-05-15-preview",
            "2024-11-15-preview",
            "2025-11-01",
        ];
        let version = top.required_string(key, &mut self.issues);
        if let (Some(version), Some(field)) = (&version, top.find(key))
            && !KNOWN.contains(&&**version)
        {
            self.note(Issue::VersionUnknown(version.to_string()), &field);
        }
        self.project.version = version.map(Cow::into_owned);
    }

    fn string_index_type(&mut self, top: &Fields<'a>) {
        let Some(field) = top.find("stringIndexType") else {
            if top.tell_misspelled("stringIndexType", &mut self.issues) {
                return;
            }
            let whole = 0..self.text.trim_ascii_end().len();
            self.issues.push(Located {
                issue: Issue::StringIndexType(None),
                pointer: Pointer::root(),
                bytes: whole,
            });
            return;
        };
        let value = top.required_string("stringIndexType", &mut self.issues);
        if let Some(value) = value.filter(|value| value != "Utf16CodeUnit") {
            let issue = Issue::StringIndexType(Some(value.into_owned()));
            self.note(issue, &field);
        }
    }

    /// The `projectKind` of `metadata` or `assets`.
    fn kind(&mut self, fields: &Fields<'a>) -> Option<(Cow<'a, str>, Field<'a>)> {
        let value = fields.required_string("projectKind", &mut self.issues)?;
        let field = fields.find("projectKind")?;
        Some((value, field))
    }

    fn settle_kind(
        &mut self,
        metadata: Option<(Cow<'a, str>, Field<'a>)>,
        assets: Option<(Cow<'a, str>, Field<'a>)>,
        fields: Option<&Fields<'a>>,
    ) {
        if let (Some((first, _)), Some((second, field))) = (&metadata, &assets)
            && let (Some(one), Some(other)) = (shapes::named(first), shapes::named(second))
            && one != other
        {
            let issue = Issue::KindMismatch {
                metadata: first.to_string(),
                assets: second.to_string(),
            };
            self.note(issue, field);
        }
        let mut kinds = Vec::new();
        for (value, field) in [metadata, assets].into_iter().flatten() {
            if let Some(kind) = shapes::named(&value) {
                kinds.push(kind);
                if value == kind.name() {
                    continue;
                }
                self.replace(&field, &quoted(kind.name()));
                // The draft had names of its own.
                if self.project.shape == Shape::Today {
                    let issue = Issue::KindCase {
                        value: value.into_owned(),
                        right: kind.name(),
                    };
                    self.note(issue, &field);
                }
            } else {
                let issue = Issue::KindUnknown {
                    nearest: crate::text::nearest(&value, Kind::ALL.iter().map(|kind| kind.name())),
                    value: value.into_owned(),
                };
                self.note(issue, &field);
            }
        }
        // A file whose kinds differ, or are unknown, is read as what it declares.
        let declares = |name: &str| fields.is_some_and(|assets| assets.find(name).is_some());
        let fits = |kind: &Kind| match kind {
            Kind::EntityRecognition | Kind::Healthcare => declares("entities"),
            Kind::SingleLabelClassification | Kind::MultiLabelClassification => declares("classes"),
            Kind::TextSentiment | Kind::AbstractiveSummarization => true,
        };
        self.project.kind = match kinds.as_slice() {
            [] if declares("entities") => Some(Kind::EntityRecognition),
            [one, other] if one != other => {
                // `assets` decides, but for a kind that its declarations speak against.
                [*other, *one].into_iter().find(fits).or(Some(*other))
            }
            some => some.last().copied(),
        };
    }

    fn metadata(&mut self, metadata: &Fields<'a>) {
        let owned = |text: Option<Cow<'a, str>>| text.map(Cow::into_owned);
        let container = metadata.required_string("storageInputContainerName", &mut self.issues);
        self.project.container = owned(container);
        self.project.name = owned(metadata.required_string("projectName", &mut self.issues));
        self.project.language = owned(metadata.required_string("language", &mut self.issues));
        self.project.places.name = self.member(metadata, "projectName");
        self.common_metadata(metadata, "multilingual");
        self.project.extras += metadata.unknown(&METADATA, &mut self.issues);
    }

    /// What `metadata` has in today's shape and in the one before, but for one name.
    fn common_metadata(&mut self, metadata: &Fields<'a>, multilingual: &str) {
        let description = metadata.optional_string("description", &mut self.issues);
        self.project.description = description.map(Cow::into_owned);
        self.project.places.language = self.member(metadata, "language");
        self.project.places.multilingual = self.member(metadata, multilingual);
        if let Some(field) = metadata.optional(multilingual, &mut self.issues)
            && expect(
                self.text,
                &field,
                JsonKind::Bool,
                "a boolean",
                &mut self.issues,
            )
        {
            self.project.multilingual = Some(field.node.raw() == "true");
        }
        if let Some(field) = metadata.optional("settings", &mut self.issues)
            && let Some(settings) = Fields::new(self.text, field, &mut self.issues)
        {
            let raw = settings.raw();
            let kept = crate::formats::ledger::compact(raw).map(|kept| kept.get().to_owned());
            self.project.settings = kept.filter(|kept| kept != "{}");
            self.project.extras += settings.unknown(&SETTINGS, &mut self.issues);
            self.settings(&settings);
        }
    }

    fn settings(&mut self, settings: &Fields<'a>) {
        for name in SETTINGS {
            let Some(field) = settings.optional(name, &mut self.issues) else {
                continue;
            };
            let (kind, expected) = match name {
                "confidenceThreshold" => (JsonKind::Number, "a number"),
                "amlProjectPath" => (JsonKind::String, "a string"),
                "gptPredictiveLookahead" => {
                    settings.integer(&field, &INT32, &mut self.issues);
                    continue;
                }
                _ => (JsonKind::Bool, "a boolean"),
            };
            expect(self.text, &field, kind, expected, &mut self.issues);
        }
    }

    fn documents(&mut self, fields: &Fields<'a>) {
        let field = fields.required("documents", &mut self.issues);
        let items = field.and_then(|field| array(self.text, &field, &mut self.issues));
        self.project.documents_unread = items.is_none();
    }

    fn legacy(&mut self, shape: &'static str, assumed: Option<&'static str>) {
        self.issues.push(Located {
            issue: Issue::LegacyShape { shape, assumed },
            pointer: Pointer::root(),
            bytes: 0..self.text.trim_ascii_end().len(),
        });
    }

    fn note(&mut self, issue: Issue, field: &Field<'a>) {
        self.issues.push(located(self.text, issue, field));
    }

    /// Notes how a value is spelled in today's shape.
    fn replace(&mut self, field: &Field<'a>, text: &str) {
        let bytes = field.node.range_in(self.text).unwrap_or_default();
        self.edits.push(Edit {
            bytes: self.outline.range(&bytes),
            text: text.to_owned(),
        });
    }

    /// Notes what a key is called in today's shape.
    fn rename(&mut self, fields: &Fields<'a>, old: &str, new: &str) {
        if let Some(key) = fields.name(old) {
            let bytes = key.range_in(self.text).unwrap_or_default();
            self.edits.push(Edit {
                bytes: self.outline.range(&bytes),
                text: quoted(new),
            });
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
