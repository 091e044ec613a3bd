//! How long a check with texts takes beside the conversion of the same corpus.
//!
//! `cargo bench --bench check_and_convert` writes 20,000 small documents (1.5 kB, 12 spans) to a
//! temporary folder, as an Azure ML export and as a Language project, and prints for both how
//! many documents a second are converted and checked, and the ratio of the two times. Each
//! figure is the best of several runs that take turns, with the page cache warm; only the ratio
//! means anything on another machine.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot run has nothing to say"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use labelwright::formats;
use labelwright::pipeline::{self, Conversion, Metadata, Options};
use labelwright::source::Source;
use labelwright::texts::Texts;

const DOCUMENTS: usize = 20_000;
const WORDS: usize = 230;
const RUNS: usize = 7;

/// A linear congruential generator (Knuth's MMIX constants): the same corpus everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn word(&mut self, letters: &str, length: usize) -> String {
        let letters: Vec<char> = letters.chars().collect();
        let length = 3 + self.below(length);
        (0..length)
            .map(|_| letters[self.below(letters.len())])
            .collect()
    }
}

/// Writes the texts and both label files. Every word in capitals is a name, and labeled.
fn write_corpus(folder: &Path) {
    let mut random = Random(7);
    let words: Vec<String> = (0..4000)
        .map(|_| random.word("abcdefghijklmnoprstuvwé", 7))
        .collect();
    let names: Vec<String> = (0..3000)
        .map(|_| random.word("ABCDEFGHIJKLMNOPRSTUVWZ", 6))
        .collect();
    let categories = ["Person", "City", "Organization", "Product", "Event"];
    fs::create_dir(folder.join("texts")).expect("a folder");
    let (mut lines, mut documents) = (String::new(), Vec::new());
    for number in 0..DOCUMENTS {
        let (mut text, mut at) = (String::new(), 0);
        let (mut spans, mut labels, mut ones) = (Vec::new(), Vec::new(), Vec::new());
        for place in 0..WORDS {
            let is_name = place % 19 == 7;
            let list = if is_name { &names } else { &words };
            let which = random.below(list.len());
            let word = &list[which];
            let size = word.chars().count();
            if is_name {
                let category = categories[which % categories.len()];
                let end = at + size;
                spans.push(format!(
                    r#"{{"label":"{category}","offsetStart":{at},"offsetEnd":{end}}}"#
                ));
                labels.push(format!(
                    r#"{{"category":"{category}","offset":{at},"length":{size}}}"#
                ));
                ones.push("1.0");
            }
            text.push_str(word);
            text.push(' ');
            at += size + 1;
        }
        text.pop();
        let split = if number % 5 == 0 { "Test" } else { "Train" };
        let (spans, labels, ones) = (spans.join(","), labels.join(","), ones.join(","));
        let length = at - 1;
        let _ = writeln!(
            lines,
            r#"{{"image_url":"AmlDatastore://docs/d{number}.txt","label":[{spans}],"label_confidence":[{ones}]}}"#
        );
        documents.push(format!(
            r#"{{"location":"d{number}.txt","language":"en-us","dataset":"{split}","entities":[{{"regionOffset":0,"regionLength":{length},"labels":[{labels}]}}]}}"#
        ));
        fs::write(folder.join(format!("texts/d{number}.txt")), text).expect("a text");
    }
    let declared = categories.map(|category| format!(r#"{{"category":"{category}"}}"#));
    let project = format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{"projectKind":"CustomEntityRecognition","storageInputContainerName":"docs","projectName":"bench","multilingual":false,"description":"","language":"en-us","settings":{{}}}},"assets":{{"projectKind":"CustomEntityRecognition","entities":[{}],"documents":[{}]}}}}"#,
        declared.join(","),
        documents.join(",")
    );
    fs::write(folder.join("labels.jsonl"), lines).expect("a label file");
    fs::write(folder.join("labels.json"), project).expect("a label file");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_corpus(folder.path());
    let texts = Texts::open(&[folder.path().join("texts")], true).expect("the texts");
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{DOCUMENTS} documents, {jobs} threads, best of {RUNS}");
    for (name, to) in [("labels.jsonl", "language"), ("labels.json", "aml")] {
        let source = Source::open(&folder.path().join(name)).expect("a label file");
        let options = Options {
            jobs,
            ..Options::default()
        };
        let conversion = Conversion {
            from: None,
            to: formats::find(to).expect("a format"),
            texts: Some(&texts),
            unit: None,
            metadata: Metadata::default(),
            skip_invalid: false,
            deny_loss: false,
            save_losses: false,
            restore: None,
        };
        let (mut checked, mut converted) = (Duration::MAX, Duration::MAX);
        for _ in 0..RUNS {
            converted = converted.min(timed(|| {
                let (mut out, mut ledger) = (std::io::sink(), std::io::sink());
                let done = pipeline::convert(&source, &conversion, &options, &mut out, &mut ledger);
                assert!(!done.expect("a conversion").refused);
            }));
            checked = checked.min(timed(|| {
                let done = pipeline::check(&source, None, Some(&texts), &options);
                assert_eq!(done.expect("a check").input.documents, DOCUMENTS as u64);
            }));
        }
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let rate = |time: Duration| DOCUMENTS as f64 / time.as_secs_f64();
        println!(
            "{name:>12}: convert {:>7.0} documents/s, check {:>7.0} documents/s, ratio {:.2}",
            rate(converted),
            rate(checked),
            checked.as_secs_f64() / converted.as_secs_f64()
        );
    }
}
