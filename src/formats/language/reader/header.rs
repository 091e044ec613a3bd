//! Reads what stands around the documents.

use std::borrow::Cow;

use super::super::super::fields::{Field, Fields, array, expect};
use super::super::super::{Header, Record, audit, byte_order_mark};
use super::super::wire::{ASSETS, DECLARATION, METADATA, SETTINGS, TOP};
use crate::fact::{Fact, Located};
use crate::json::cut::Outline;
use crate::json::{Kind as JsonKind, Pointer};
use crate::model::{Declaration, Kind, Project};
use crate::site::Site;

/// Reads the header of a file from its outline.
pub(in super::super) fn header(outline: &Outline) -> Header {
    let mut header = Header::default();
    if outline.byte_order_mark {
        header
            .facts
            .push((Fact::ByteOrderMark, Some(byte_order_mark())));
    }
    for (place, what) in &outline.strays {
        let site = Site {
            bytes: *place..place + 1,
            pointer: Pointer::root().key("assets").key("documents"),
            document: None,
        };
        let fact = Fact::InvalidJson((*what).to_owned());
        header.facts.push((fact, Some(site)));
    }
    let mut bytes = outline.bytes.clone();
    let stops = !outline.unclosed.is_empty();
    let broken = outline.ends_in_record || !outline.strays.is_empty();
    if stops && broken {
        // That the file is broken is said where it breaks; what came before is still read.
        bytes.extend_from_slice(&outline.unclosed);
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let place = outline.place(error.valid_up_to());
            let site = Site {
                bytes: place..place + 1,
                pointer: Pointer::root(),
                document: None,
            };
            header.facts.push((Fact::InvalidUtf8, Some(site)));
            return header;
        }
    };
    let mut facts = Vec::new();
    let record = Record {
        index: 0,
        start: 0,
        text,
        ends_file: true,
    };
    let mut reader = HeaderReader {
        outline,
        text,
        facts: &mut facts,
        project: Project::default(),
        unsupported: None,
    };
    let parsed = audit::parse(&record, reader.facts);
    reader.project.declarations_unread = parsed.is_none() || broken;
    if let Some(node) = parsed {
        let root = Field {
            node,
            pointer: Pointer::root(),
        };
        reader.top(root);
    }
    header.project = std::mem::take(&mut reader.project);
    header.unsupported = reader.unsupported.take();
    if broken {
        // What is missing, and that brackets do not fit, follows from the break.
        let follows = |found: &Located| {
            matches!(
                found.fact,
                Fact::MissingMember(_) | Fact::StringIndexType(None)
            ) || found.fact.hides_record()
        };
        facts.retain(|found| !follows(found));
    }
    header.facts.extend(facts.into_iter().map(|found| {
        let bytes = if found.fact == Fact::TruncatedFile {
            // The file stops at its end, wherever the outline does.
            outline.length.saturating_sub(1)..outline.length
        } else {
            file_range(outline, &found.bytes)
        };
        let site = Site {
            bytes,
            pointer: found.pointer,
            document: None,
        };
        (found.fact, Some(site))
    }));
    header
}

/// The bytes in the file of bytes in the outline.
fn file_range(outline: &Outline, bytes: &std::ops::Range<usize>) -> std::ops::Range<u64> {
    let start = outline.place(bytes.start).min(outline.length);
    let end = match bytes.end.checked_sub(1) {
        Some(last) if bytes.end > bytes.start => outline.place(last) + 1,
        _ => start,
    };
    start..end.clamp(start, outline.length.max(start))
}

struct HeaderReader<'a, 'f> {
    outline: &'a Outline,
    text: &'a str,
    facts: &'f mut Vec<Located>,
    project: Project,
    unsupported: Option<String>,
}

impl<'a> HeaderReader<'a, '_> {
    fn top(&mut self, root: Field<'a>) {
        let Some(top) = Fields::new(self.text, root, self.facts) else {
            return;
        };
        if let Some(what) = legacy(&top) {
            self.unsupported = Some(what.to_owned());
            return;
        }
        self.project.extras += top.unknown(&TOP, self.facts);
        let version = top.required_string("projectFileVersion", self.facts);
        self.project.version = version.map(Cow::into_owned);
        self.string_index_type(&top);
        let metadata = top.required("metadata", self.facts);
        let metadata = metadata.and_then(|field| Fields::new(self.text, field, self.facts));
        let assets = top.required("assets", self.facts);
        let assets = assets.and_then(|field| Fields::new(self.text, field, self.facts));
        self.project.declarations_unread |= assets.is_none();
        let first = metadata.as_ref().and_then(|fields| self.kind(fields));
        let second = assets.as_ref().and_then(|fields| self.kind(fields));
        self.settle_kind(first, second, assets.as_ref());
        if self.unsupported.is_some() {
            return;
        }
        if let Some(metadata) = metadata {
            self.metadata(&metadata);
        }
        if let Some(assets) = assets {
            self.assets(&assets);
        }
    }

    fn string_index_type(&mut self, top: &Fields<'a>) {
        let Some(field) = top.find("stringIndexType") else {
            let whole = 0..self.text.trim_ascii_end().len();
            self.facts.push(Located {
                fact: Fact::StringIndexType(None),
                pointer: Pointer::root(),
                bytes: whole,
            });
            return;
        };
        let value = top.required_string("stringIndexType", self.facts);
        if let Some(value) = value.filter(|value| value != "Utf16CodeUnit") {
            let fact = Fact::StringIndexType(Some(value.into_owned()));
            self.note(fact, &field);
        }
    }

    /// The `projectKind` of `metadata` or `assets`.
    fn kind(&mut self, fields: &Fields<'a>) -> Option<(Cow<'a, str>, Field<'a>)> {
        let value = fields.required_string("projectKind", self.facts)?;
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
            && !first.eq_ignore_ascii_case(second)
            && let (Some(one), Some(other)) = (named(first), named(second))
            && one != other
        {
            let fact = Fact::KindMismatch {
                metadata: first.to_string(),
                assets: second.to_string(),
            };
            self.note(fact, field);
        }
        let mut kinds = Vec::new();
        for (value, field) in [metadata, assets].into_iter().flatten() {
            match named(&value) {
                Some(kind) => {
                    if value != kind.name() {
                        let fact = Fact::KindCase {
                            value: value.into_owned(),
                            right: kind.name(),
                        };
                        self.note(fact, &field);
                    }
                    kinds.push(kind);
                }
                None if OTHER_FAMILIES
                    .iter()
                    .any(|kind| value.eq_ignore_ascii_case(kind)) =>
                {
                    self.unsupported = Some(format!("a project of kind `{value}`"));
                }
                None => {
                    let fact = Fact::KindUnknown {
                        nearest: crate::nearest(&value, Kind::ALL.iter().map(|kind| kind.name())),
                        value: value.into_owned(),
                    };
                    self.note(fact, &field);
                }
            }
        }
        // A file whose kinds differ, or are unknown, is read as what it looks like.
        let looks_like_entities = fields.is_some_and(|assets| assets.find("entities").is_some());
        let kind = match kinds.as_slice() {
            [one, other] if one == other => Some(*one),
            [] if looks_like_entities => Some(Kind::EntityRecognition),
            some if looks_like_entities && some.contains(&Kind::EntityRecognition) => {
                Some(Kind::EntityRecognition)
            }
            some => some.last().copied(),
        };
        self.project.kind = kind;
        if let Some(kind) = kind.filter(|kind| *kind != Kind::EntityRecognition) {
            self.unsupported = Some(format!("a project of kind `{}`", kind.name()));
        }
    }

    fn metadata(&mut self, metadata: &Fields<'a>) {
        let owned = |text: Option<Cow<'a, str>>| text.map(Cow::into_owned);
        let project = &mut self.project;
        project.container =
            owned(metadata.required_string("storageInputContainerName", self.facts));
        project.name = owned(metadata.required_string("projectName", self.facts));
        project.language = owned(metadata.required_string("language", self.facts));
        project.description = owned(metadata.optional_string("description", self.facts));
        if let Some(field) = metadata.optional("multilingual", self.facts)
            && expect(self.text, &field, JsonKind::Bool, "a boolean", self.facts)
        {
            project.multilingual = Some(field.node.raw() == "true");
        }
        if let Some(field) = metadata.optional("settings", self.facts)
            && let Some(settings) = Fields::new(self.text, field, self.facts)
        {
            project.has_settings = SETTINGS.iter().any(|name| settings.find(name).is_some());
            project.extras += settings.unknown(&SETTINGS, self.facts);
            self.settings(&settings);
        }
        self.project.extras += metadata.unknown(&METADATA, self.facts);
    }

    fn settings(&mut self, settings: &Fields<'a>) {
        for name in SETTINGS {
            let Some(field) = settings.optional(name, self.facts) else {
                continue;
            };
            let (kind, expected) = match name {
                "confidenceThreshold" => (JsonKind::Number, "a number"),
                "amlProjectPath" => (JsonKind::String, "a string"),
                "gptPredictiveLookahead" => (JsonKind::Number, "an integer"),
                _ => (JsonKind::Bool, "a boolean"),
            };
            expect(self.text, &field, kind, expected, self.facts);
        }
    }

    fn assets(&mut self, assets: &Fields<'a>) {
        self.project.extras += assets.unknown(&ASSETS, self.facts);
        if let Some(field) = assets.required("documents", self.facts) {
            expect(self.text, &field, JsonKind::Array, "an array", self.facts);
        }
        let declared = assets.required("entities", self.facts);
        let items = declared.and_then(|field| array(self.text, &field, self.facts));
        self.project.declarations_unread |= items.is_none();
        for item in items.unwrap_or_default() {
            let bytes = item.node.range_in(self.text).unwrap_or_default();
            let Some(entity) = Fields::new(self.text, item, self.facts) else {
                self.project.declarations_unread = true;
                continue;
            };
            let name = entity.required_string("category", self.facts);
            self.project.declarations_unread |= name.is_none();
            if entity.optional_string("description", self.facts).is_some() {
                self.project.extras += 1;
            }
            self.project.extras += entity.unknown(&DECLARATION, self.facts);
            if let Some(name) = name {
                self.project.declared.push(Declaration {
                    name: name.into_owned(),
                    pointer: entity.pointer().clone(),
                    bytes: file_range(self.outline, &bytes),
                });
            }
        }
    }

    fn note(&mut self, fact: Fact, field: &Field<'a>) {
        self.facts
            .push(super::super::super::fields::located(self.text, fact, field));
    }
}

/// The kind of that name, in any case; the draft of 2022-05-01 had another name for NER.
fn named(value: &str) -> Option<Kind> {
    if value.eq_ignore_ascii_case("customNamedEntityRecognition") {
        return Some(Kind::EntityRecognition);
    }
    Kind::ALL
        .into_iter()
        .find(|kind| value.eq_ignore_ascii_case(kind.name()))
}

/// Kinds of the conversation family and its relatives, which have files of their own.
const OTHER_FAMILIES: [&str; 4] = [
    "Conversation",
    "Orchestration",
    "CustomConversationSummarization",
    "CustomQuestionAnswering",
];

/// The name of an earlier shape.
fn legacy(top: &Fields<'_>) -> Option<&'static str> {
    if top.find("projectFileVersion").is_some() {
        return None;
    }
    let shapes = [
        (
            "project-file-version",
            "the draft shape of 2022-05-01 (`project-file-version`)",
        ),
        (
            "api-version",
            "the shape of 2021-11-01-preview (`api-version`)",
        ),
        ("entityNames", "the shape of November 2021 (`entityNames`)"),
        ("intentNames", "the shape of November 2021 (`intentNames`)"),
        (
            "extractors",
            "the shape of 2021-11-01-preview (`extractors`)",
        ),
        (
            "classifiers",
            "the shape of 2021-11-01-preview (`classifiers`)",
        ),
    ];
    let found = shapes.iter().find(|(key, _)| top.find(key).is_some());
    found.map(|(_, shape)| *shape)
}
