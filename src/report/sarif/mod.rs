//! `--output sarif`: SARIF 2.1.0, as GitHub code scanning and other viewers read it.

mod wire;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use serde::ser::SerializeSeq;

use self::wire::{
    Artifact, ArtifactChange, ArtifactLocation, Configuration, Descriptor, DescriptorProperties,
    Driver, Finding, Fingerprints, Fix, Help, Invocation, Location, Log, LogicalLocation,
    Notification, Notifier, PhysicalLocation, Properties, Reference, Region, Related, Replacement,
    Run, Text, Tool,
};
use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::json::is_made_here;
use super::place::uri;
use super::plain_json;
use super::walk::{Element, List, Range};
use crate::diagnostics::identity::spelled;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{Diagnostic, Place, Position, Severity, count};
use crate::pipeline::Outcome;
use crate::rules;
use crate::rules::meta::Meta;

/// The findings as SARIF.
pub(super) struct Sarif;

/// How many results of a run GitHub takes; a file with more is refused. It shows the gravest 5,000 of
/// them (its page "SARIF support for code scanning").
const MOST: u64 = 25_000;

/// Where the schema is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What says that results were left out.
const LEFT_OUT: &str = "results-left-out";

impl Emitter for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let before = beginning.split("\"rules\"").next().unwrap_or(beginning);
        is_made_here(before, "\"driver\":{\"name\":\"labelwright\"")
    }

    fn regions(&self) -> usize {
        usize::try_from(MOST).unwrap_or(usize::MAX)
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let range = Range {
            least: Severity::Note,
            most: MOST,
        };
        let rules = rules_of(report);
        let results = AsResult {
            report,
            rules: rules
                .iter()
                .enumerate()
                .map(|(at, meta)| (meta.name, at))
                .collect(),
        };
        let results = List::new(report, range, results);
        let tool = super::json::Tool::THIS;
        let log = Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: tool.name,
                        semantic_version: tool.version,
                        rules: rules.into_iter().map(descriptor).collect(),
                        notifications: [Notifier {
                            id: LEFT_OUT,
                            short_description: text("Results that the file has no room for."),
                        }],
                    },
                },
                invocations: [Invocation {
                    execution_successful: report.verdict.is_none_or(|it| !it.has_failed()),
                    tool_execution_notifications: left_out(range.left(report)).collect(),
                }],
                artifacts: report
                    .outcomes
                    .iter()
                    .flat_map(|it| artifacts(it, report))
                    .collect(),
                column_kind: "unicodeCodePoints",
                results: &results,
            }],
        };
        let written = plain_json::write_compact(&mut *out, &log);
        results.outcome(written)?;
        out.write_all(b"\n")
    }
}

/// The rules that have found something, by name.
fn rules_of(report: &Report<'_>) -> Vec<&'static Meta> {
    let names = report.by_rule().into_keys();
    let metas = names.filter_map(|name| Some(rules::find(name)?.meta()));
    metas.collect()
}

fn descriptor(meta: &'static Meta) -> Descriptor {
    let level = meta.severity.name();
    Descriptor {
        id: meta.name,
        short_description: text(sentence(meta.summary)),
        full_description: text(meta.why),
        help: Help {
            text: format!(
                "{}\n\nHow to fix: {}\n\nExample:\n{}\n\nSource: {}",
                meta.why, meta.remedy, meta.example, meta.source
            ),
            markdown: format!(
                "{}\n\n**How to fix**\n\n{}\n\n**Example**\n\n```text\n{}\n```\n\n**Source**\n\n{}",
                meta.why, meta.remedy, meta.example, meta.source
            ),
        },
        default_configuration: Configuration { level },
        properties: DescriptorProperties {
            tags: [meta.group.name(), meta.basis.name()],
            severity: match meta.severity {
                Severity::Note => "recommendation",
                _ => level,
            },
        },
    }
}

/// What is said where results are left out.
fn left_out(left: u64) -> impl Iterator<Item = Notification> {
    let left = (left > 0).then_some(left);
    left.into_iter().map(|left| Notification {
        descriptor: Reference { id: LEFT_OUT },
        level: "warning",
        message: text(format!(
            "{} of the lightest are left out: no more than {MOST} results are taken of a file. \
             `--output jsonl=PATH` has all findings.",
            count(left, "result")
        )),
    })
}

/// The files of an input.
fn artifacts(outcome: &Outcome, report: &Report<'_>) -> Vec<Artifact> {
    let several = outcome.files.iter().map(|(path, _)| &**path);
    let mut paths: Vec<&str> = several.collect();
    if paths.is_empty() {
        paths.push(&outcome.input.path);
    }
    let artifact = |path: &str| Artifact {
        location: located(path, report),
        roles: ["analysisTarget"],
        encoding: "UTF-8",
    };
    paths.into_iter().map(artifact).collect()
}

struct AsResult<'a> {
    report: &'a Report<'a>,
    /// The number of each rule in the list of the driver.
    rules: BTreeMap<&'static str, usize>,
}

impl Element for AsResult<'_> {
    fn add<S: SerializeSeq>(
        &self,
        outcome: &Outcome,
        found: &Diagnostic,
        list: &mut S,
    ) -> Result<(), S::Error> {
        let (path, start) = outcome.file_of(found);
        let words = found.words();
        let pointer = found.pointer.as_ref().filter(|it| !it.as_str().is_empty());
        let pointer = pointer.map(|pointer| LogicalLocation {
            fully_qualified_name: mask(pointer.as_str()),
            kind: "value",
        });
        let others = found.places.iter().flat_map(|places| &places.others);
        let others = others.enumerate();
        list.serialize_element(&Finding {
            rule_id: found.rule,
            rule_index: self.rules.get(found.rule).copied().unwrap_or_default(),
            level: found.severity.name(),
            message: text(message(found)),
            locations: [Location {
                physical_location: PhysicalLocation {
                    artifact_location: located(path, self.report),
                    region: Some(region(found, start)),
                },
                logical_locations: pointer.map(|pointer| [pointer]),
            }],
            related_locations: others
                .map(|(index, place)| self.related(index, outcome, place))
                .collect(),
            partial_fingerprints: Fingerprints {
                primary_location_line_hash: format!("{}:1", spelled(found.fingerprint)),
            },
            fixes: fix(found, start, || located(path, self.report)).map(|fix| [fix]),
            properties: Properties {
                document: found.document.as_deref().map(mask),
                label: found.label().map(mask),
                surface: words.and_then(|words| words.surface.as_deref()),
                text_line: words.map(|words| words.line),
                text_column: words.map(|words| words.column),
                labeler: found.details.as_ref().and_then(|it| it.labeler.as_deref()),
                places_total: found.places.as_ref().map(|places| places.total),
            },
        })
    }
}

impl AsResult<'_> {
    fn related<'p>(&self, index: usize, outcome: &Outcome, place: &'p Place) -> Related<'p> {
        Related {
            id: index + 1,
            physical_location: PhysicalLocation {
                artifact_location: located(outcome.file_at(place.start).0, self.report),
                region: place.position.map(from),
            },
            message: place
                .document
                .as_deref()
                .map(|name| text(unlinked(mask(name)))),
        }
    }
}

fn located(path: &str, report: &Report<'_>) -> ArtifactLocation {
    ArtifactLocation {
        uri: uri(path, report.folder),
    }
}

/// A place that begins there.
fn from((line, column): Position) -> Region {
    Region {
        start_line: line,
        start_column: column,
        ..Region::default()
    }
}

/// From a place to another.
fn between(start: Position, (line, column): Position) -> Region {
    Region {
        end_line: Some(line),
        end_column: Some(column),
        ..from(start)
    }
}

/// Where a finding is; `start` is the first byte of its file. One that belongs to no place is shown at
/// the beginning, since GitHub takes none without a line.
fn region(found: &Diagnostic, start: u64) -> Region {
    let (Some(position), Some(bytes)) = (found.position, &found.bytes) else {
        return between((1, 1), (1, 1));
    };
    let region = match &found.region {
        Some(region) => between(position, region.end),
        // A file that could not be read at all has its finding at its beginning.
        None if bytes.is_empty() => between(position, position),
        None => from(position),
    };
    Region {
        byte_offset: Some(bytes.start - start),
        byte_length: Some(bytes.end - bytes.start),
        ..region
    }
}

/// What would be changed to fix a finding, where that is known.
fn fix(found: &Diagnostic, start: u64, file: impl FnOnce() -> ArtifactLocation) -> Option<Fix<'_>> {
    let (fix, places, remedy) = (found.fix.as_ref()?, found.region.as_ref()?, found.remedy()?);
    let replacements = fix.edits.iter().zip(&places.edits);
    let replacements = replacements.map(|(edit, [from, to])| Replacement {
        deleted_region: Region {
            byte_offset: Some(edit.bytes.start.saturating_sub(start)),
            byte_length: Some(edit.bytes.end - edit.bytes.start),
            ..between(*from, *to)
        },
        inserted_content: text(&*edit.text),
    });
    // A file with the signature hidden would be another file.
    let is_private = |text: &str| matches!(mask(text), Cow::Owned(_));
    if fix.edits.iter().any(|edit| is_private(&edit.text)) {
        return None;
    }
    Some(Fix {
        description: text(sentence(&remedy.description)),
        artifact_changes: [ArtifactChange {
            artifact_location: file(),
            replacements: replacements.collect(),
        }],
    })
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Text<'a> {
    Text { text: text.into() }
}

/// What is wrong and what to do about it, in sentences.
fn message(found: &Diagnostic) -> String {
    let mut said = sentence(&found.message);
    if let Some(help) = &found.help {
        said.push(' ');
        said.push_str(&sentence(help));
    }
    unlinked(said.into()).into_owned()
}

/// Words with a capital at the beginning and a full stop at the end.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    let mut sentence: String = first.into_iter().chain(chars).collect();
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

/// A message in which `[words](target)` is no link, as it would be in SARIF.
fn unlinked(message: Cow<'_, str>) -> Cow<'_, str> {
    if message.contains("](") {
        Cow::Owned(message.replace("](", "\\]("))
    } else {
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_no_links_and_full_stops() {
        assert_eq!(sentence("label it"), "Label it.");
        assert_eq!(sentence("`a` is b?"), "`a` is b?");
        assert_eq!(unlinked("`[a](http://b)`".into()), "`[a\\](http://b)`");
    }

    #[test]
    fn what_is_said_of_rules_is_as_short_as_it_is_shown() {
        for meta in rules::metas() {
            let told = descriptor(meta);
            // GitHub shows so many characters of each.
            for words in [&told.short_description.text, &told.full_description.text] {
                assert!(words.chars().count() <= 1024, "{}", meta.name);
            }
        }
    }
}
