//! What it takes to change a record.

use std::path::Path;

use super::*;
use crate::json::walked;
use crate::operations::read::read_as;

/// Documents with so many labels, each by a name of its own, in all forms that can be changed.
fn documents(labels: usize) -> Vec<(&'static str, String)> {
    let list = |label: &dyn Fn(usize) -> String| {
        let labels: Vec<String> = (0..labels).map(label).collect();
        labels.join(",")
    };
    let text = "word ".repeat(labels);
    let name = |n: usize| format!("\"L{n}\"");
    let names = list(&name);
    let objects = |start: &str, end: &str| {
        list(&|n| {
            let (from, to) = (5 * n, 5 * n + 4);
            format!(r#"{{"{start}":{from},"{end}":{to},"label":{}}}"#, name(n))
        })
    };
    let aml = objects("offsetStart", "offsetEnd");
    let plain = objects("start", "end");
    let triples = list(&|n| format!("[{},{},{}]", 5 * n, 5 * n + 4, name(n)));
    let cats = list(&|n| format!("{}:1.0", name(n)));
    let regions = list(&|n| {
        let value = format!(
            r#"{{"start":{},"end":{},"labels":[{}]}}"#,
            5 * n,
            5 * n + 4,
            name(n)
        );
        format!(r#"{{"type":"labels","from_name":"l","to_name":"t","value":{value}}}"#)
    });
    let of_one_region =
        format!(r#"{{"type":"labels","value":{{"start":0,"end":4,"labels":[{names}]}}}}"#);
    let task = |regions: &str| {
        format!(r#"[{{"data":{{"text":"{text}"}},"annotations":[{{"result":[{regions}]}}]}}]"#)
    };
    let language = list(&|n| {
        let category = name(n);
        format!(r#"{{"category":{category},"offset":{},"length":4}}"#, 5 * n)
    });
    let kind = r#""projectKind":"CustomEntityRecognition""#;
    let language = format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{{kind},
        "language":"en-us"}},"assets":{{{kind},"entities":[],"documents":[{{"location":"1.txt","language":"en-us",
        "entities":[{{"regionOffset":0,"regionLength":9,"labels":[{language}]}}]}}]}}}}"#
    );
    vec![
        (
            "aml",
            format!(r#"{{"image_url":"AmlDatastore://s/1.txt","label":[{aml}]}}"#),
        ),
        ("language", language),
        ("spacy", format!(r#"{{"text":"{text}","spans":[{plain}]}}"#)),
        (
            "spacy",
            format!(r#"{{"text":"{text}","options":[],"accept":[{names}]}}"#),
        ),
        ("spacy", format!(r#"{{"text":"{text}","cats":{{{cats}}}}}"#)),
        (
            "spacy-tuples",
            format!(r#"[["{text}",{{"entities":[{triples}]}}]]"#),
        ),
        (
            "spacy-tuples",
            format!(r#"[["{text}",{{"cats":{{{cats}}}}}]]"#),
        ),
        (
            "doccano",
            format!(r#"{{"text":"{text}","label":[{triples}]}}"#),
        ),
        (
            "doccano",
            format!(r#"{{"text":"{text}","label":[{names}]}}"#),
        ),
        (
            "huggingface",
            format!(r#"{{"text":"{text}","entities":[{plain}]}}"#),
        ),
        (
            "huggingface",
            format!(r#"{{"text":"{text}","labels":[{names}]}}"#),
        ),
        ("label-studio", task(&regions)),
        ("label-studio", task(&of_one_region)),
    ]
}

/// How many bytes of JSON are walked for changes to each label of a document.
fn work((format, file): &(&str, String), edits: &Edits<'_>) -> usize {
    let given = crate::formats::find(format);
    let source = Source::in_memory(file.as_bytes(), Path::new("labels"));
    let options = editing(&Options::default());
    let corpus = read_as(&source, given, None, &options).unwrap();
    let before = walked();
    let counts = match edit(&corpus, edits).unwrap() {
        Ok(edited) => edited.counts,
        Err(refusal) => panic!("{format}: {refusal}"),
    };
    let changed = counts.renamed.len() + counts.dropped.len();
    assert!(changed >= 10, "{changed} in {format}");
    walked() - before
}

#[test]
fn a_record_is_not_walked_again_for_each_of_its_labels() {
    let renaming = |labels: usize| {
        let names = (0..labels).map(|n| (format!("L{n}"), format!("M{n}")));
        Edits {
            rename: names.collect(),
            ..Edits::default()
        }
    };
    let dropping = |labels: usize| {
        let names = (0..labels).filter(|n| n % 10 == 1);
        Edits {
            drop: names.map(|n| format!("L{n}")).collect(),
            ..Edits::default()
        }
    };
    for edits in [&renaming as &dyn Fn(usize) -> Edits<'static>, &dropping] {
        for (few, many) in documents(100).iter().zip(&documents(200)) {
            let (format, file) = few;
            let (once, twice) = (work(few, &edits(100)), work(many, &edits(200)));
            assert!(
                twice < 3 * once,
                "{format}: {once} bytes, then {twice}: {}",
                &file[..200]
            );
        }
    }
}
