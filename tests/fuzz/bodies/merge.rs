//! Partial results that are put together.

use std::fs;
use std::path::{Path, PathBuf};

use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Moved, Part};
use labelwright::{Options, Outcome};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::reports::reports;

/// Where the shards below meet.
const CUT: u64 = 300;

/// A label file with its texts, and the result of its first shard.
struct Place {
    folder: TempDir,
    first: PathBuf,
    given: PathBuf,
}

thread_local! {
    static PLACE: Place = Place::new();
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut lines = String::new();
        for number in 0..6 {
            let text = ["Ann lives in Brunlund.", "\u{1f600} Ann, caf\u{e9}.", ""][number % 3];
            fs::write(at(&format!("{number}.txt")), text).unwrap();
            let spans = [(0, 3), (4, 9), (13, 21), (20, 40)];
            let label = |(start, end): (usize, usize)| {
                let name = ["Name", "Place"][start % 2];
                json!({"label": name, "offsetStart": start, "offsetEnd": end})
            };
            let labels: Vec<Value> = spans[..=number % 4].iter().copied().map(label).collect();
            let url = format!("AmlDatastore://store/{number}.txt");
            lines += &json!({"image_url": url, "label": labels}).to_string();
            lines.push('\n');
        }
        fs::write(at("labels.jsonl"), lines).unwrap();
        let place = Self {
            first: at("first"),
            given: at("given"),
            folder,
        };
        fs::write(&place.first, place.shard(0..CUT)).unwrap();
        place
    }

    fn labels(&self) -> PathBuf {
        self.folder.path().join("labels.jsonl")
    }

    fn shard(&self, range: std::ops::Range<u64>) -> Vec<u8> {
        let source = Source::open(&self.labels()).unwrap();
        let texts = Texts::open(&[self.folder.path().to_owned()], true).unwrap();
        let texts = texts.portable();
        let mut out = Vec::new();
        let options = Options::default();
        let part = Part {
            with_lines: range.start > 0,
            bytes: range,
        };
        operations::shard(&source, None, Some(&texts), &options, &part, &mut out).unwrap();
        out
    }

    /// A result with the file and the folder of this place: what is opened is whoever's own who
    /// asks.
    fn own(&self, partial: &[u8]) -> Vec<u8> {
        let end = partial.iter().position(|byte| *byte == b'\n');
        let (head, rest) = partial.split_at(end.unwrap_or(partial.len()));
        let Ok(mut head) = serde_json::from_slice::<Value>(head) else {
            return partial.to_owned();
        };
        if let Some(path) = head.get_mut("path") {
            *path = json!(self.labels());
        }
        if let Some(texts) = head.pointer_mut("/asked/texts/0") {
            *texts = json!([self.folder.path()]);
        }
        [head.to_string().as_bytes(), rest].concat()
    }

    fn merge(&self, partials: &[&Path]) -> Option<Outcome> {
        let merged = operations::merge(partials, &Moved::default(), &Options::default(), || ());
        match merged {
            Ok(merged) => {
                assert_eq!(merged.path, self.labels());
                Some(merged.outcome)
            }
            Err(error) => {
                assert!(
                    !error.to_string().is_empty(),
                    "it is refused without a reason"
                );
                None
            }
        }
    }
}

/// Whatever a partial result says, it is refused, or what it says stands in the label file. The bytes
/// are those of the result of the second shard, or of the only one.
pub fn merge(data: &[u8]) {
    PLACE.with(|place| {
        fs::write(&place.given, place.own(data)).unwrap();
        let length = fs::metadata(place.labels()).unwrap().len();
        for partials in [&[&*place.first, &*place.given][..], &[&*place.given]] {
            let Some(outcome) = place.merge(partials) else {
                continue;
            };
            for finding in outcome.diagnostics.to_vec().unwrap() {
                let Some(bytes) = &finding.bytes else {
                    continue;
                };
                let is_inside = bytes.start <= bytes.end && bytes.end <= length;
                assert!(is_inside, "{finding:?} of {length} bytes");
            }
            let _ = reports(&[outcome]);
        }
    });
}

/// The results of shards as this version writes them.
#[must_use]
pub fn partials() -> [Vec<u8>; 2] {
    PLACE.with(|place| [place.shard(CUT..u64::MAX), place.shard(0..u64::MAX)])
}
