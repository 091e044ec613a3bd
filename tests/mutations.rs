//! A mutation test of the rules. From corpora without a fault, each of more than 200 single
//! defects, such as happen to label files, is found by the rule that is for it, at its place, and
//! by no other; and the corpora without a defect have no finding, however they are spelled.

#![allow(
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "a table of defects is as long as there are defects"
)]

mod clean;
mod corpus;
mod coverage;
mod defect;
mod documents;
mod folders;
mod labels;
mod lines;
mod offsets;
mod project;
mod shape;
mod slips;
mod spell;
mod split;
mod syntax;
mod tools;
mod units;

use std::collections::BTreeSet;
use std::thread;

use labelwright::internals::diagnostics::Diagnostic;
use labelwright::internals::json::Pointer;
use labelwright::internals::rules::RULES;
use labelwright::internals::rules::meta::Group;
use labelwright::internals::text::Unit;
use serde_json::Value;

use clean::{Base, to_aml};
use corpus::{Corpus, Place, Turn};
use defect::Defect;
use spell::{COMPACT, PRETTY, Style};

fn defects() -> Vec<Defect> {
    let mut all = syntax::defects();
    all.extend(shape::defects());
    all.extend(lines::defects());
    all.extend(offsets::defects());
    all.extend(units::defects());
    all.extend(documents::defects());
    all.extend(coverage::defects());
    all.extend(split::defects());
    all.extend(project::defects());
    all.extend(tools::defects());
    all
}

#[test]
fn every_defect_is_found_at_its_place_and_once() {
    // Here one defect is in the first place where it can be, the next in any, the next in the
    // last one.
    let turn = |index: usize, name: &str| turns(name)[index % 3];
    let defects = defects();
    let cases = defects.iter().enumerate();
    let cases = cases.map(|(index, defect)| (defect, turn(index, &defect.name)));
    assert_all_are_found(&cases.collect::<Vec<_>>());
}

#[test]
#[ignore = "takes three times as long as the one before, which finds nearly everything"]
fn every_defect_is_found_in_the_first_the_last_and_any_place() {
    let defects = defects();
    let cases = defects
        .iter()
        .flat_map(|defect| turns(&defect.name).map(|turn| (defect, turn)));
    assert_all_are_found(&cases.collect::<Vec<_>>());
}

/// The places that a defect may be in, chosen by its name.
fn turns(name: &str) -> [Turn; 3] {
    let hash = |sum: u64, byte| (sum * 31 + u64::from(byte)) & 0xffff_ffff;
    [
        Turn::First,
        Turn::Any(name.bytes().fold(7, hash)),
        Turn::Last,
    ]
}

fn assert_all_are_found(cases: &[(&Defect, Turn)]) {
    let failures = in_parallel(cases, |(defect, turn)| {
        let mut corpus = defect.base.corpus();
        corpus.turn = *turn;
        let heading = format!(
            "{} ({:?}, {turn:?}): {}",
            defect.rule, defect.base, defect.name
        );
        let place = (defect.make)(&mut corpus);
        let is_value = corpus.bytes.is_none();
        let spelled = corpus.spelled();
        corpus.bytes = Some(spelled);
        let found = corpus.check().diagnostics.to_vec().unwrap();
        let faults = judge(defect, &place, &corpus, is_value, &found);
        let faults = faults.iter().map(|fault| format!("{heading}\n    {fault}"));
        faults.collect()
    });
    let all = failures.len();
    assert!(
        failures.is_empty(),
        "{all} failures\n{}",
        failures.join("\n")
    );
}

/// What goes wrong with the cases, in their order, on all cores.
fn in_parallel<T: Sync>(cases: &[T], run: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let part = cases.len().div_ceil(threads).max(1);
    let run_all = &|cases: &[T]| cases.iter().flat_map(&run).collect::<Vec<_>>();
    thread::scope(|scope| {
        let started: Vec<_> = cases
            .chunks(part)
            .map(|cases| scope.spawn(move || run_all(cases)))
            .collect();
        let ended = started
            .into_iter()
            .flat_map(|thread| thread.join().unwrap());
        ended.collect()
    })
}

/// What is wrong with the findings.
/// `is_value` says whether the label file is JSON, so that pointers mean something.
fn judge(
    defect: &Defect,
    place: &Place,
    corpus: &Corpus,
    is_value: bool,
    found: &[Diagnostic],
) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in [defect.rule].iter().chain(&defect.company) {
        let times = found.iter().filter(|finding| finding.rule == *rule).count();
        if times != 1 {
            faults.push(format!("{rule} speaks {times} times"));
        }
    }
    for finding in found {
        let own = finding.rule == defect.rule;
        let fault = if !own && !defect.company.contains(&finding.rule) {
            "nobody asked for"
        } else if own && !is_at(corpus, finding, place) {
            "in the wrong place"
        } else if let Some(why) = misplaced(corpus, is_value, finding) {
            why
        } else {
            continue;
        };
        faults.push(format!("{fault}: {finding:?}; the defect is at {place:?}"));
    }
    faults
}

/// Whether a finding stands where it is expected.
fn is_at(corpus: &Corpus, finding: &Diagnostic, place: &Place) -> bool {
    let pointer = finding.pointer.as_ref().map(Pointer::as_str);
    let line = finding
        .position
        .map(|(line, _)| usize::try_from(line).unwrap());
    let named = finding.document.as_deref();
    match place {
        Place::Nowhere => pointer.is_none() && line.is_none() && named.is_none(),
        Place::File(name) => pointer.is_none() && line.is_none() && named == Some(name),
        Place::Header(expected) => pointer == Some(expected) && named.is_none(),
        Place::Document(index, rest) => {
            let name = corpus.location(*index);
            // An address that is none of the known forms is called by what it ends with.
            let is_named = named.is_none_or(|named| {
                name.is_some_and(|name| {
                    if corpus.aml {
                        name.ends_with(named)
                    } else {
                        name == named
                    }
                })
            });
            let expected = if corpus.aml {
                rest.clone()
            } else {
                format!("/assets/documents/{index}{rest}")
            };
            let is_on_line = !corpus.aml || line == Some(index + 1);
            pointer == Some(&*expected) && is_on_line && is_named
        }
        Place::Line(expected) => line == Some(*expected),
    }
}

/// What is wrong with a finding's place in itself: bytes, line and pointer have to agree.
fn misplaced(corpus: &Corpus, is_value: bool, finding: &Diagnostic) -> Option<&'static str> {
    let spelled = corpus.bytes.as_ref()?;
    let bytes = finding.bytes.as_ref()?;
    let range = usize::try_from(bytes.start).unwrap()..usize::try_from(bytes.end).unwrap();
    let Some(slice) = spelled.get(range.clone()) else {
        return Some("its bytes are not in the file");
    };
    let before = &spelled[..range.start];
    let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
    if finding.position.map(|(line, _)| line) != Some(line) {
        return Some("its line is not that of its bytes");
    }
    if !is_value {
        return None;
    }
    let pointer = finding.pointer.as_ref()?.as_str();
    let root = if corpus.aml {
        &corpus.file[usize::try_from(line).unwrap() - 1]
    } else {
        &corpus.file
    };
    let value = root.pointer(pointer);
    let read: Option<Value> = serde_json::from_slice(slice).ok();
    // What is wrong with an unknown member is its key.
    let key = finding.pointer.as_ref()?.tokens().last().map(Value::from);
    let meant = match finding.rule {
        "unknown-member" => key.as_ref(),
        _ => value,
    };
    if value.is_none() || meant != read.as_ref() {
        return Some("its pointer and its bytes are not of one value");
    }
    None
}

#[test]
fn there_is_a_defect_for_every_rule() {
    let defects = defects();
    let names: BTreeSet<(&str, &str, String)> = defects
        .iter()
        .map(|defect| (defect.rule, &*defect.name, format!("{:?}", defect.base)))
        .collect();
    assert_eq!(names.len(), defects.len(), "a defect is in the list twice");
    assert!(names.len() >= 200, "{}", names.len());
    let expected: BTreeSet<&str> = defects.iter().map(|defect| defect.rule).collect();
    for rule in RULES {
        let meta = rule.meta();
        // The corpora are Azure's; what only other tools can have is not among their defects.
        let formats = meta.scope.formats();
        let is_azure = |format: &&str| matches!(*format, "aml" | "language");
        let can_be = formats.is_empty() || formats.iter().any(is_azure);
        if meta.group != Group::Conversion && can_be {
            assert!(expected.contains(meta.name), "no defect for {}", meta.name);
        }
    }
}

#[test]
fn a_corpus_without_a_defect_has_no_finding_however_it_is_spelled() {
    let style = |change: fn(&mut Style)| {
        let mut style = COMPACT;
        change(&mut style);
        style
    };
    let styles = [
        COMPACT,
        PRETTY,
        style(|style| style.closed = false),
        style(|style| style.spaced = true),
        style(|style| style.ascii = true),
        style(|style| style.reversed = true),
        style(|style| style.eol = "\r\n"),
        Style {
            indent: Some(4),
            ..PRETTY
        },
        Style {
            indent: Some(4),
            eol: "\r\n",
            ..PRETTY
        },
        Style {
            indent: Some(2),
            reversed: true,
            ascii: true,
            closed: false,
            ..PRETTY
        },
    ];
    let mut corpora: Vec<(String, Corpus)> = Vec::new();
    for base in Base::ALL {
        for (index, style) in styles.into_iter().enumerate() {
            let mut corpus = base.corpus();
            // A record of JSON Lines stands on one line.
            corpus.style = Style {
                indent: style.indent.filter(|_| !corpus.aml),
                ..style
            };
            corpus.jobs = if index % 2 == 0 { 1 } else { 3 };
            corpora.push((format!("{base:?} in style {index}"), corpus));
        }
    }
    for language in [Base::Ner, Base::Wards] {
        for (unit, asked) in [
            (Unit::CodePoint, None),
            (Unit::Utf16, None),
            (Unit::CodePoint, Some(Unit::CodePoint)),
            (Unit::Utf16, Some(Unit::Utf16)),
            (Unit::Utf8, Some(Unit::Utf8)),
            (Unit::Grapheme, Some(Unit::Grapheme)),
        ] {
            let mut corpus = to_aml(&language.corpus(), unit);
            corpus.unit = asked;
            corpora.push((format!("{language:?} in {unit} read as {asked:?}"), corpus));
        }
    }
    let failures = in_parallel(&corpora, |(name, corpus)| {
        let outcome = corpus.check();
        let documents = u64::try_from(corpus.documents().len()).unwrap();
        assert_eq!(outcome.input.documents, documents, "{name}");
        let found = outcome.diagnostics.to_vec().unwrap().into_iter();
        found
            .map(|one| format!("{name}: {} {}", one.rule, one.message))
            .collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
