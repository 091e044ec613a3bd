//! What fuzzing begins with: made from the fixtures, not copied.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use labelwright::internals::config::{Found, template};
use labelwright::internals::formats::FORMATS;
use labelwright::internals::operations::{self, Conversion};
use labelwright::{LabeledDocument, Options, Source, Texts};

use super::bodies::{self, Case, source};
use crate::support::{conversion, files, fixtures, root};

/// A name and bytes.
pub(crate) type Seed = (String, Vec<u8>);

/// All targets, sorted.
pub(crate) const TARGETS: [&str; 11] = [
    "config",
    "document",
    "fix",
    "ledger",
    "location",
    "manifest",
    "merge",
    "quick",
    "read",
    "roundtrip",
    "textpack",
];

/// Longer label files and texts are left out: they take long, and hold more of the same.
const LONGEST: usize = 8_000;

/// A label file of the fixtures, or what one becomes in another format.
struct Sample {
    name: String,
    file: Vec<u8>,
    /// The first of its texts that is found.
    text: Vec<u8>,
    documents: Vec<LabeledDocument>,
}

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let mut samples = Vec::new();
    for path in files(&fixtures()) {
        let is_text = path.extension().is_none_or(|ending| ending == "txt");
        let file = fs::read(&path).unwrap();
        if is_text || file.len() > LONGEST {
            continue;
        }
        let texts = texts(&path);
        let named = path.strip_prefix(fixtures()).unwrap();
        let name = named.to_string_lossy().replace(['/', '\\'], "-");
        samples.push(sample(name, file, &texts));
    }
    assert!(samples.len() > 250, "{}", samples.len());
    samples
});

fn texts(path: &Path) -> Texts {
    let folders = [
        path.parent().unwrap().to_owned(),
        fixtures().join("rules/texts"),
    ];
    Texts::open(&folders, true).unwrap()
}

fn sample(name: String, file: Vec<u8>, texts: &Texts) -> Sample {
    let documents = documents(&source(&file), texts);
    let found = documents.iter().find_map(|document| document.text.clone());
    let text = found.filter(|text| text.len() < LONGEST);
    let text = text.unwrap_or_else(|| "Rome met \u{1f600} in Oslo.".to_owned());
    Sample {
        name,
        file,
        text: text.into_bytes(),
        documents,
    }
}

fn documents(source: &Source, texts: &Texts) -> Vec<LabeledDocument> {
    let options = Options::default();
    let Ok(corpus) = labelwright::read(source, Some(texts), &options) else {
        return Vec::new();
    };
    corpus.documents().unwrap().map(Result::unwrap).collect()
}

/// The seeds of a target.
pub(crate) fn of(target: &str) -> Vec<Seed> {
    match target {
        "config" => configs(),
        "document" => spans(),
        "ledger" => ledgers(),
        "location" => locations(),
        "manifest" => vec![
            ("empty".to_owned(), Vec::new()),
            ("written".to_owned(), bodies::manifest(b"", super::program)),
        ],
        "merge" => {
            let [second, whole] = bodies::partials();
            vec![("second".to_owned(), second), ("whole".to_owned(), whole)]
        }
        "textpack" => packs(),
        _ => cases(),
    }
}

/// Packs of folders of the fixtures: none, one and two.
fn packs() -> Vec<Seed> {
    let folders = ["rules/texts", "pairs/multi-class"].map(|name| fixtures().join(name));
    let pack = |number: usize| {
        let mut bytes = Vec::new();
        operations::pack(&folders[..number], &mut bytes).unwrap();
        (format!("{number}-folders"), bytes)
    };
    (0..=2).map(pack).collect()
}

/// Each label file with its text, and options that differ from file to file.
fn cases() -> Vec<Seed> {
    let case = |(number, sample): (usize, &Sample)| {
        let case = Case {
            format: None,
            // A prime, so that files of one folder get options of all sorts.
            options: u8::try_from(number * 37 % 256).expect("a byte"),
            text: &sample.text,
            file: &sample.file,
        };
        (sample.name.clone(), case.bytes())
    };
    SAMPLES.iter().enumerate().map(case).collect()
}

/// The spans of the first documents with their texts.
fn spans() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for sample in SAMPLES.iter() {
        for document in sample.documents.iter().take(2) {
            let Some(text) = document.text.as_ref().filter(|text| text.len() < LONGEST) else {
                continue;
            };
            let mut bytes = vec![0, 0];
            for span in document.spans.iter().take(32) {
                let edges = [span.declared.start, span.declared.end].map(i16::try_from);
                let [Ok(start), Ok(end)] = edges else {
                    continue;
                };
                bytes.extend([start.to_le_bytes(), end.to_le_bytes()].concat());
                bytes[0] = span.declared.unit as u8;
                bytes[1] += 1;
            }
            bytes.extend(text.as_bytes());
            seeds.push((format!("{}-{}", sample.name, document.index), bytes));
        }
    }
    seeds
}

/// What each label file becomes in one of the formats that have a ledger of it, with the ledger.
fn ledgers() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let targets: Vec<_> = FORMATS
        .iter()
        .filter(|to| to.info().layout.folder.is_none())
        .collect();
    for (sample, to) in SAMPLES.iter().zip(targets.iter().cycle()) {
        let texts = sample
            .documents
            .iter()
            .map(|document| document.name.clone());
        let texts = Texts::in_memory(texts.map(|name| (name, sample.text.clone())));
        let conversion = Conversion {
            texts: Some(&texts),
            save_losses: true,
            ..conversion(to.info().name)
        };
        let (mut product, mut ledger) = (Vec::new(), Vec::new());
        let source = source(&sample.file);
        let options = Options::default();
        let done = operations::convert(&source, &conversion, &options, &mut product, &mut ledger);
        let is_done = done.is_ok_and(|outcome| !outcome.refused);
        if is_done && !ledger.is_empty() && product.len() < LONGEST {
            let name = format!("{}-{}", sample.name, to.info().name);
            seeds.push((name, bodies::pack(&sample.text, &product, &ledger)));
        }
    }
    seeds
}

/// Names that lead out, and those of the fixtures.
fn locations() -> Vec<Seed> {
    let hostile = [
        "../secret.txt\nsub/../../secret.txt\n..\n.\n/etc/passwd\n//host/share/x.txt",
        "C:\\x.txt\nc:x.txt\n..\\secret.txt\n\\\\?\\C:\\x.txt\n%2e%2e/secret.txt\nfile:///etc/passwd",
        "link.txt\nout/4.txt\nsub/up/1.txt\nsub/up/../secret.txt\nloop/1.txt\nzero.txt\ngood.txt",
        "1.txt\nsub/2.txt\nsub/deep/3.txt\n1.TXT\nsub//2.txt\n./1.txt\n1.txt/\nup/secret.txt",
        "\u{2024}\u{2024}/secret.txt\n\u{ff0e}\u{ff0e}\u{ff0f}secret.txt\nCON\nnul.txt\n \n\u{202e}",
    ];
    let mut seeds: Vec<Seed> = (0..)
        .zip(hostile)
        .map(|(number, names)| (format!("hostile-{number}"), names.as_bytes().to_owned()))
        .collect();
    let with_names = SAMPLES.iter().filter(|sample| !sample.documents.is_empty());
    for sample in with_names.step_by(8) {
        let names: BTreeSet<&str> = sample.documents.iter().map(|one| &*one.name).collect();
        let names: Vec<&str> = names.into_iter().take(16).collect();
        seeds.push((sample.name.clone(), names.join("\n").into_bytes()));
    }
    seeds
}

/// The examples of the pages, what `init` writes, and a file with something of everything.
fn configs() -> Vec<Seed> {
    let whole = "texts = ['docs', \"../a b\"]\noffsets = 'utf16'\nprofile = 'azure-language'\n\
        fail-on = 'warning'\nmax-warnings = 3\nexclude = ['old/**', '*.bak']\nselect = ['offsets']\n\
        ignore = ['label-rare']\n[rules]\nspan-overlap = 'error'\nsyntax = 'off'\n\
        [thresholds]\nlabel-rare = 20\n[[overrides]]\nfiles = ['train/**']\nno-texts = true\n\
        rules = { label-rare = 'note' }\n";
    let found = Found {
        texts: vec!["docs".to_owned(), "a b".to_owned()],
        exclude: vec!["old/**".to_owned()],
        others: vec![(vec!["a/*.json".to_owned()], vec!["a".to_owned()])],
        ..Found::default()
    };
    let mut seeds = vec![
        ("whole".to_owned(), whole.into()),
        ("template".to_owned(), template(&Found::default()).into()),
        ("template-of-many".to_owned(), template(&found).into()),
    ];
    let mut pages = files(&root().join("docs"));
    pages.push(root().join("README.md"));
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let examples = text.split("```toml\n").skip(1);
        for (number, example) in examples.enumerate() {
            let example = example.split("```").next().unwrap_or_default();
            let stem = page.file_stem().unwrap().to_string_lossy();
            seeds.push((format!("{stem}-{number}"), example.into()));
        }
    }
    seeds
}
