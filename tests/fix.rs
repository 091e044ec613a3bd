//! `check --fix`: what it fixes, what it leaves, and that it does no harm.

mod flags;
mod guard;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use labelwright::internals::diagnostics::Severity;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;
use labelwright::internals::rules::Applicability;
use labelwright::internals::rules::RULES;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Report, TempFolder, args, files, fixtures, run};

/// A copy of a fixture's folder, with the shared texts where its arguments look for them.
struct Copy {
    root: TempFolder,
    folder: PathBuf,
    args: Vec<String>,
}

impl Copy {
    fn of(rule: &str, which: &str) -> Self {
        let root = TempFolder::new();
        let from = fixtures().join("rules").join(rule).join(which);
        let folder = root.at(rule).join(which);
        copy(&from, &folder);
        copy(&fixtures().join("rules/texts"), &root.at("texts"));
        Self {
            args: args(&from),
            root,
            folder,
        }
    }

    fn label_file(&self) -> PathBuf {
        self.folder.join(&self.args[1])
    }

    /// The report of a check with more arguments.
    fn report(&self, more: &[&str]) -> Report {
        let saved = self.root.at("report.json");
        let output = format!("json={}", saved.display());
        let more = more.iter().map(|arg| (*arg).to_owned());
        let args = self.args.iter().cloned().chain(more);
        let done = run(&self.folder, args.chain(["--output".to_owned(), output]));
        assert_ne!(done.status, 2, "{}", done.stderr);
        Report::read(&saved)
    }
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, &target).unwrap();
    }
}

/// The rules whose bad fixture is a check, with their fix.
fn checked_rules() -> impl Iterator<Item = (&'static str, Option<Applicability>)> {
    let metas = RULES.iter().map(|rule| rule.meta());
    metas
        .map(|meta| (meta.name, meta.fix))
        .filter(|(name, _)| args(&fixtures().join("rules").join(name).join("bad"))[0] == "check")
}

/// Rules with a fix whose bad fixture shows findings that no machine can fix.
const NOT_ALL: [&str; 1] = ["dataset-unknown"];

#[test]
fn every_fix_of_the_catalogue_mends_its_bad_fixture() {
    for (rule, fix) in checked_rules() {
        let copy = Copy::of(rule, "bad");
        if copy.label_file().is_dir() {
            // A folder of files is not fixed in place.
            assert_eq!(fix, None, "{rule}");
            continue;
        }
        let before = fs::read(copy.label_file()).unwrap();
        let found = copy.report(&[]).rules().len();
        copy.report(&["--fix"]);
        let safe = fs::read(copy.label_file()).unwrap();
        assert_eq!(
            safe != before,
            fix == Some(Applicability::Safe),
            "{rule}: what --fix alone changes"
        );
        let left = copy.report(&["--fix", "--unsafe-fixes"]);
        let left = left.rules();
        let unsafe_too = fs::read(copy.label_file()).unwrap();
        assert_eq!(unsafe_too != before, fix.is_some(), "{rule}");
        assert!(left.iter().all(|left| *left == rule), "{rule}: {left:?}");
        if fix.is_some() && !NOT_ALL.contains(&rule) {
            assert_eq!(left, [""; 0], "{rule}");
        } else if fix.is_some() {
            assert!(left.len() < found, "{rule}");
        }
    }
}

#[test]
fn a_fixed_file_is_fixed() {
    for (rule, fix) in checked_rules() {
        if fix.is_none() {
            continue;
        }
        let copy = Copy::of(rule, "bad");
        copy.report(&["--fix", "--unsafe-fixes"]);
        let once = fs::read(copy.label_file()).unwrap();
        copy.report(&["--fix", "--unsafe-fixes"]);
        assert!(once == fs::read(copy.label_file()).unwrap(), "{rule}");
    }
}

#[test]
fn a_diff_shows_what_a_fix_would_do_and_writes_nothing() {
    let copy = Copy::of("span-edge-whitespace", "bad");
    let before = fs::read_to_string(copy.label_file()).unwrap();
    let shown = run(
        &copy.folder,
        copy.args.iter().map(String::as_str).chain(["--diff"]),
    );
    let shown = shown.expect(1).text();
    assert_eq!(fs::read_to_string(copy.label_file()).unwrap(), before);
    copy.report(&["--fix"]);
    let after = fs::read_to_string(copy.label_file()).unwrap();
    let changed = |text: &str, other: &str| -> Vec<String> {
        let others: BTreeSet<&str> = other.lines().collect();
        let lines = text.lines().filter(|line| !others.contains(line));
        lines.map(str::to_owned).collect()
    };
    let marked = |mark: char| -> Vec<String> {
        let lines = shown.lines().skip(2).filter(|line| line.starts_with(mark));
        lines.map(|line| line[1..].to_owned()).collect()
    };
    assert_eq!(marked('-'), changed(&before, &after));
    assert_eq!(marked('+'), changed(&after, &before));
    assert!(
        shown.starts_with("--- a/labels.json\n+++ b/labels.json\n@@ "),
        "{shown}"
    );
    let clean = run(
        &copy.folder,
        copy.args.iter().map(String::as_str).chain(["--diff"]),
    );
    assert_eq!(clean.expect(0).text(), "");
}

#[test]
fn standard_input_is_not_fixed_in_place() {
    let done = run(&fixtures(), ["check", "-", "--fix", "--no-texts"]);
    assert!(done.expect(2).stderr.contains("--diff"));
}

/// Findings by what does not move when a file is fixed: rule and document. They are looked at place
/// by place, before what has one cause is folded into one.
fn keys(file: &Path, texts: &Path) -> BTreeMap<(String, String), u64> {
    let source = Source::open(file).unwrap();
    let texts = Texts::open(&[texts.to_owned()], true).unwrap();
    let options = Options {
        fixes: true,
        ..Options::default()
    };
    let outcome = operations::check(&source, None, Some(&texts), &options).unwrap();
    let mut keys = BTreeMap::new();
    for finding in outcome.diagnostics.to_vec().unwrap() {
        let document = finding.document.unwrap_or_default();
        *keys.entry((finding.rule.to_owned(), document)).or_default() += 1;
    }
    keys
}

/// The rule's findings weigh as much as any that is fixed.
fn is_error(rule: &str) -> bool {
    let rule = RULES.iter().find(|known| known.meta().name == rule);
    rule.is_some_and(|rule| rule.meta().severity == Severity::Error)
}

/// A place in the demo that is spoiled, and how.
#[derive(Clone, Debug)]
enum Spoil {
    Shift { nth: usize, by: i64, end: bool },
    Double { nth: usize },
    Swap { nth: usize },
    Rename { nth: usize },
    Null { nth: usize },
    Quote { nth: usize },
    Split { nth: usize },
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let nth = 0..288_usize;
    prop_oneof![
        (nth.clone(), -3..4_i64, any::<bool>()).prop_map(|(nth, by, end)| Spoil::Shift {
            nth,
            by,
            end
        }),
        nth.clone().prop_map(|nth| Spoil::Double { nth }),
        nth.clone().prop_map(|nth| Spoil::Swap { nth }),
        nth.clone().prop_map(|nth| Spoil::Rename { nth }),
        nth.clone().prop_map(|nth| Spoil::Null { nth }),
        nth.clone().prop_map(|nth| Spoil::Quote { nth }),
        nth.prop_map(|nth| Spoil::Split { nth }),
    ]
}

fn apply(spoil: &Spoil, project: &mut Value) {
    let documents = project["assets"]["documents"].as_array_mut().unwrap();
    let nth = match spoil {
        Spoil::Shift { nth, .. }
        | Spoil::Double { nth }
        | Spoil::Swap { nth }
        | Spoil::Rename { nth }
        | Spoil::Null { nth }
        | Spoil::Quote { nth }
        | Spoil::Split { nth } => *nth,
    };
    let document = &mut documents[nth % 18];
    match spoil {
        Spoil::Null { .. } => document["language"] = Value::Null,
        Spoil::Split { .. } => document["dataset"] = "TEST".into(),
        _ => {}
    }
    let labels = document["entities"][0]["labels"].as_array_mut().unwrap();
    let index = nth % labels.len();
    let number = |label: &Value, key: &str| label[key].as_i64().unwrap_or(0);
    let label = &mut labels[index];
    match spoil {
        Spoil::Shift { by, end, .. } => {
            let key = if *end { "length" } else { "offset" };
            label[key] = (number(label, key) + by).into();
        }
        Spoil::Double { .. } => {
            let twin = label.clone();
            labels.push(twin);
        }
        Spoil::Swap { .. } => label["length"] = 0.into(),
        Spoil::Rename { .. } => label["category"] = "Orgnization".into(),
        Spoil::Quote { .. } => label["offset"] = number(label, "offset").to_string().into(),
        Spoil::Null { .. } | Spoil::Split { .. } => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_fix_brings_no_error(
        spoils in prop::collection::vec(spoil(), 1..6),
        unsafe_too in any::<bool>(),
    ) {
        let demo = fixtures().join("pairs/demo");
        let text = fs::read_to_string(demo.join("demo.json")).unwrap();
        let mut project: Value = serde_json::from_str(&text).unwrap();
        for spoil in &spoils {
            apply(spoil, &mut project);
        }
        let folder = TempFolder::new();
        let file = folder.at("labels.json");
        fs::write(&file, serde_json::to_vec_pretty(&project).unwrap()).unwrap();
        let texts = demo.to_str().unwrap();
        let before = keys(&file, &demo);
        let fix: &[&str] = if unsafe_too { &["--fix", "--unsafe-fixes"] } else { &["--fix"] };
        let args = ["check", "labels.json", "--texts", texts, "--output", "json"];
        run(folder.path(), args.iter().chain(fix)).report();
        let after = keys(&file, &demo);
        for (key, count) in after.iter().filter(|(key, _)| is_error(&key.0)) {
            // What was said of a label at its first use is said at its declaration afterwards.
            let of_rule = before.iter().filter(|(known, _)| known.0 == key.0);
            let had = match &*key.1 {
                "" => of_rule.map(|(_, count)| count).sum(),
                _ => before.get(key).copied().unwrap_or(0),
            };
            prop_assert!(*count <= had, "{key:?}: {had} before, {count} after {spoils:?}");
        }
    }
}
