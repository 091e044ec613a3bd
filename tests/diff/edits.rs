//! Any corpus is in sync with what is made of it, and any single edit is told as that edit.

use labelwright::internals::comparison::{ChangeKind, Difference};
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{convert, diff, read};
use labelwright::internals::pipeline::Options;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{aml_line, aml_span, conversion};

/// Words with blanks between them, and the spans of some of them by label.
type Words = Vec<(String, Option<usize>)>;

const LABELS: [&str; 3] = ["City", "Größe", "日付"];

fn any_document() -> impl Strategy<Value = Words> {
    let word = prop_oneof![
        3 => "[A-Za-z]{1,6}",
        1 => Just("東京𠮷".to_owned()),
        1 => Just("👩\u{200d}🔧".to_owned()),
    ];
    let word = (word, prop::option::weighted(0.5, 0_usize..LABELS.len()));
    prop::collection::vec(word, 2..12)
}

/// A corpus: an export with its texts.
struct Made {
    export: String,
    texts: Texts,
}

fn made(documents: &[Words]) -> Made {
    let (mut export, mut texts) = (String::new(), Vec::new());
    for (number, words) in documents.iter().enumerate() {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (word, label) in words {
            let start = text.chars().count();
            text.push_str(word);
            if let Some(label) = label {
                spans.push(aml_span(LABELS[*label], start, text.chars().count()));
            }
            text.push(' ');
        }
        let url = format!("AmlDatastore://store/folder/{number}.txt");
        export.push_str(&aml_line(&url, &spans));
        export.push('\n');
        texts.push((format!("{number}.txt"), text.into_bytes()));
    }
    Made {
        export,
        texts: Texts::in_memory(texts),
    }
}

impl Made {
    /// The project that is made of the export.
    fn project(&self) -> String {
        let source = Source::in_memory(self.export.as_str(), "export.jsonl".as_ref());
        let mut conversion = conversion("language");
        conversion.texts = Some(&self.texts);
        conversion.unit = Some(labelwright::Unit::CodePoint);
        let mut project = Vec::new();
        let options = Options::default();
        let sink = &mut std::io::sink();
        let outcome = convert(&source, &conversion, &options, &mut project, sink).unwrap();
        assert!(!outcome.refused, "{:?}", outcome.diagnostics);
        String::from_utf8(project).unwrap()
    }

    fn difference(&self, before: &str, after: &str) -> Difference {
        let options = Options {
            unit: Some(labelwright::Unit::CodePoint),
            ..Options::default()
        };
        let source = |text: &str| {
            let name = if text.starts_with("{\n") {
                "p.json"
            } else {
                "e.jsonl"
            };
            Source::in_memory(text, name.as_ref())
        };
        let (one, other) = (source(before), source(after));
        let one = read(&one, Some(&self.texts), &options).unwrap();
        let other = read(&other, Some(&self.texts), &options).unwrap();
        diff(&one, &other, false).unwrap()
    }
}

/// What differs in labels, by kind; a label with another name in the whole file counts as relabeled.
fn kinds(difference: &Difference) -> Vec<ChangeKind> {
    let labels = difference.changed.iter().flat_map(|it| &it.labels);
    let mut kinds: Vec<ChangeKind> = labels.map(|label| label.kind).collect();
    kinds.extend(difference.renamed.iter().map(|_| ChangeKind::Relabeled));
    kinds
}

/// The labels of a document of a project.
fn labels(project: &mut Value, document: usize) -> &mut Vec<Value> {
    let documents = &mut project["assets"]["documents"];
    documents[document]["entities"][0]["labels"]
        .as_array_mut()
        .unwrap()
}

/// The numbers of a label.
fn extent(label: &Value) -> (i64, i64) {
    (
        label["offset"].as_i64().unwrap(),
        label["length"].as_i64().unwrap(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_made_of_an_export_is_in_sync_with_it(
        documents in prop::collection::vec(any_document(), 1..4),
        turned in any::<bool>(),
    ) {
        prop_assume!(documents.iter().flatten().any(|(_, label)| label.is_some()));
        let made = made(&documents);
        let mut value: Value = serde_json::from_str(&made.project()).unwrap();
        if turned {
            value["assets"]["documents"].as_array_mut().unwrap().reverse();
        }
        let project = serde_json::to_string_pretty(&value).unwrap();
        for (before, after) in [(&made.export, &project), (&project, &made.export), (&project, &project)] {
            let difference = made.difference(before, after);
            prop_assert!(difference.is_empty(), "{difference:#?}");
        }
    }

    #[test]
    fn a_single_edit_is_told_as_that_edit(
        documents in prop::collection::vec(any_document(), 1..4),
        at in any::<prop::sample::Index>(),
        which in any::<prop::sample::Index>(),
        edit in 0_usize..5,
    ) {
        let made = made(&documents);
        let at = at.index(documents.len());
        prop_assume!(documents[at].iter().any(|(_, label)| label.is_some()));
        let mut value: Value = serde_json::from_str(&made.project()).unwrap();
        let declared = value["assets"]["entities"].as_array().unwrap().len();
        let all = labels(&mut value, at);
        let which = which.index(all.len());
        let (offset, length) = extent(&all[which]);
        let want = match edit {
            0 => {
                all.remove(which);
                vec![ChangeKind::Removed]
            }
            1 => {
                // The same label twice counts.
                let twice = all[which].clone();
                all.push(twice);
                vec![ChangeKind::Added]
            }
            2 => {
                all[which]["category"] = json!("Other");
                vec![ChangeKind::Relabeled]
            }
            3 => {
                // The blank behind the word.
                all[which]["length"] = json!(length + 1);
                vec![ChangeKind::Boundary]
            }
            _ => {
                all.push(json!({"category": "Other", "offset": offset, "length": length}));
                vec![ChangeKind::Added]
            }
        };
        let project = serde_json::to_string_pretty(&value).unwrap();
        // The export declares nothing, the project does.
        for before in [made.export.clone(), made.project()] {
            let difference = made.difference(&before, &project);
            prop_assert_eq!(kinds(&difference), want.clone(), "{:#?}", difference);
            prop_assert!(difference.declared.is_empty() && difference.members.is_empty());
            prop_assert!(difference.added.is_empty() && difference.removed.is_empty());
            prop_assert!(difference.shifts.is_empty() && difference.is_whole());
        }
        prop_assert!(declared > 0);
    }

    #[test]
    fn a_label_with_another_name_is_one_line(
        documents in prop::collection::vec(any_document(), 1..4),
    ) {
        let uses = documents.iter().flatten().filter(|(_, label)| *label == Some(0)).count();
        prop_assume!(uses > 0);
        let made = made(&documents);
        let project = made.project();
        let renamed = project.replace("\"City\"", "\"Town\"");
        let difference = made.difference(&project, &renamed);
        prop_assert_eq!(difference.renamed.len(), 1);
        let rename = &difference.renamed[0];
        prop_assert_eq!((&*rename.from, &*rename.to), ("City", "Town"));
        prop_assert_eq!(rename.labels, uses as u64);
        prop_assert!(difference.changed.is_empty() && difference.declared.is_empty());
    }
}
