//! Small documents with texts, the same everywhere: what a check and a conversion need.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use super::made::{
    ENTITIES, aml_span, language_document, language_label, language_project, sure_aml_line,
};

const CATEGORIES: [&str; 5] = ["Person", "City", "Organization", "Product", "Event"];
/// Words of a text; one in nineteen is a name, and labeled.
const WORDS: usize = 230;
/// Documents on disk: those of [`folder`].
pub(crate) const DOCUMENTS: usize = 20_000;

/// A linear congruential generator (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn words(&mut self, count: usize, letters: &str, length: usize) -> Vec<String> {
        let letters: Vec<char> = letters.chars().collect();
        let mut word = || {
            let length = 3 + self.below(length);
            (0..length)
                .map(|_| letters[self.below(letters.len())])
                .collect()
        };
        (0..count).map(|_| word()).collect()
    }
}

/// Texts of 1.5 kB with twelve labels each, and both label files. Every word in capitals is a
/// name, and every name is labeled; one text in ten has an emoji before its labels, so code
/// points and UTF-16 code units are not the same.
pub(crate) struct Documents {
    pub(crate) texts: Vec<String>,
    pub(crate) lines: String,
    pub(crate) project: String,
}

impl Documents {
    pub(crate) fn new(count: usize) -> Self {
        let mut random = Random(7);
        let words = random.words(4000, "abcdefghijklmnoprstuvwé", 7);
        let names = random.words(3000, "ABCDEFGHIJKLMNOPRSTUVWZ", 6);
        let (mut texts, mut lines, mut documents) = (Vec::new(), String::new(), Vec::new());
        for number in 0..count {
            let mut text = String::new();
            let (mut spans, mut labels) = (Vec::new(), Vec::new());
            let emoji = number % 10 == 3;
            text.push_str(if emoji { "😀 " } else { "" });
            let mut at = text.chars().count();
            for place in 0..WORDS {
                let is_name = place % 19 == 7;
                let list = if is_name { &names } else { &words };
                let which = random.below(list.len());
                let size = list[which].chars().count();
                if is_name {
                    let category = CATEGORIES[which % CATEGORIES.len()];
                    let (end, offset) = (at + size, at + usize::from(emoji));
                    spans.push(aml_span(category, at, end));
                    labels.push(language_label(category, offset, size));
                }
                text.push_str(&list[which]);
                text.push(' ');
                at += size + 1;
            }
            text.pop();
            let split = if number % 5 == 0 { "Test" } else { "Train" };
            let length = at - 1 + usize::from(emoji);
            let url = format!("AmlDatastore://docs/d{number}.txt");
            lines.push_str(&sure_aml_line(&url, &spans));
            lines.push('\n');
            let location = format!("d{number}.txt");
            documents.push(language_document(&location, Some(split), length, &labels));
            texts.push(text);
        }
        let project = language_project(ENTITIES, &CATEGORIES, &documents);
        Self {
            texts,
            lines,
            project,
        }
    }
}

/// A folder with [`DOCUMENTS`] texts in `texts`, `labels.jsonl` and `labels.json`, and without
/// texts `large.jsonl` and `large.json`. It lies in the build folder and is written once a run.
pub(crate) fn folder() -> &'static Path {
    static FOLDER: OnceLock<&Path> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/stages"));
        fs::create_dir_all(folder.join("texts")).expect("a folder");
        let documents = Documents::new(DOCUMENTS);
        for (number, text) in documents.texts.iter().enumerate() {
            fs::write(folder.join(format!("texts/d{number}.txt")), text).expect("a text");
        }
        let (lines, project) = super::corpus::large();
        for (name, bytes) in [
            ("labels.jsonl", documents.lines.as_bytes()),
            ("labels.json", documents.project.as_bytes()),
            ("large.jsonl", &lines),
            ("large.json", &project),
        ] {
            fs::write(folder.join(name), bytes).expect("a label file");
        }
        folder
    })
}
