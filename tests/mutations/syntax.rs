//! Files that are no JSON, or no label files: by editors, merges, copies that stop.

use serde_json::json;

use super::clean::Base::{Aml, AmlSingle, Ner, Sentiment, Single};
use super::corpus::{Corpus, Place};
use super::defect::{Defect, defect};
use super::slips::{self, later, slip};

/// The file cut off behind one of the places where `words` stands in it, in its last record.
fn cut_behind(corpus: &mut Corpus, words: &str) -> Place {
    let last = corpus.find(if corpus.aml {
        "image_url"
    } else {
        "\"location\""
    });
    let last = *last.last().unwrap();
    let places = corpus.find(words).into_iter().filter(|at| *at > last);
    let at = corpus.pick(places.collect());
    cut_at(corpus, at + words.len())
}

fn cut_at(corpus: &mut Corpus, at: usize) -> Place {
    let bytes = corpus.spelled()[..at].to_vec();
    let lines = memchr::memchr_iter(b'\n', &bytes).count() + 1;
    corpus.bytes = Some(bytes);
    Place::Line(lines)
}

/// The whole file is something else.
fn other(name: &str, bytes: impl Fn(&Corpus) -> Vec<u8> + Send + Sync + 'static) -> Defect {
    defect("not-a-label-file", Aml, name, move |corpus| {
        corpus.bytes = Some(bytes(corpus));
        Place::Line(1)
    })
}

pub(super) fn defects() -> Vec<Defect> {
    let mut all = Vec::new();
    for base in [Ner, Aml, Single, Sentiment] {
        all.push(defect(
            "byte-order-mark",
            base,
            "an editor put a mark before it",
            |corpus| corpus.splice(0, 0, "\u{feff}"),
        ));
    }
    for base in [Ner, Aml] {
        for words in ["\"la", "label", "\"label", ":", "{", "1"] {
            let name = format!("cut off behind {words} in the last record");
            all.push(defect("truncated-file", base, name, move |corpus| {
                cut_behind(corpus, words)
            }));
        }
    }
    all.extend([
        defect(
            "truncated-file",
            Ner,
            "the last brackets are lost",
            |corpus| {
                let end = *corpus.find("]").last().unwrap();
                cut_at(corpus, end)
            },
        ),
        defect(
            "truncated-file",
            Single,
            "cut off between two documents",
            |corpus| {
                let ends = corpus.find("},\n      {");
                let at = corpus.pick(ends);
                cut_at(corpus, at + 2)
            },
        ),
        defect("truncated-file", AmlSingle, "cut off in a name", |corpus| {
            cut_behind(corpus, "\"De")
        }),
    ]);
    all.extend(slips::defects());
    // A name in the encoding of Western Windows.
    for (base, old) in [
        (Ner, "small kettle"),
        (Ner, "\"location\": \"note"),
        (Ner, "\"Product"),
        (Aml, "\"Product"),
        (Aml, "workspaceblobstore"),
        (Single, "\"mail"),
    ] {
        let name = format!("a byte of Latin-1 behind {old}");
        all.push(defect("invalid-utf8", base, name, move |corpus| {
            corpus.replace(old, [old.as_bytes(), b"\xe9"].concat())
        }));
    }
    for (base, old) in [
        (Ner, "small kettle"),
        (Ner, "\"location\": \"note"),
        (Aml, "blobstore/"),
        (Single, "\"mail"),
    ] {
        let name = format!("half a pair behind {old}");
        all.push(defect("lone-surrogate", base, name, move |corpus| {
            corpus.replace(old, format!("{old}\\ud83d"))
        }));
    }
    all.push(slip(
        "lone-surrogate",
        Ner,
        "the second half alone, in an unknown string of the settings",
        "\"settings\": {}",
        "\"settings\": { \"amlProjectPath\": \"\\udc00\" }",
    ));
    for (base, old, new) in [
        (Ner, "\"projectName\"", "\"projectName\": \"old\", "),
        (
            Ner,
            "\"stringIndexType\"",
            "\"stringIndexType\": \"Utf16CodeUnit\", ",
        ),
        (Ner, "\"location\"", "\"location\": \"old.txt\", "),
        (Ner, "\"offset\"", "\"offset\": 0, "),
        (Ner, "\"labels\"", "\"labels\": [], "),
        (Single, "\"dataset\"", "\"dataset\": \"Test\", "),
        (Aml, "\"label_confidence\"", "\"label_confidence\": [], "),
        (Aml, "\"offsetEnd\"", "\"offsetEnd\": 1, "),
        (AmlSingle, "\"image_url\"", "\"image_url\": \"x\", "),
    ] {
        all.push(defect(
            "duplicate-key",
            base,
            format!("{old} twice"),
            move |corpus| corpus.replace(old, format!("{new}{old}")),
        ));
    }
    for (base, old) in [
        (Ner, "\"location\""),
        (Ner, "\"description\""),
        (Ner, "\"offset\""),
        (Aml, "\"image_url\""),
    ] {
        all.push(defect(
            "nesting-too-deep",
            base,
            format!("brackets without end before {old}"),
            move |corpus| {
                let deep = format!("\"trace\": {}1{}, {old}", "[".repeat(300), "]".repeat(300));
                corpus.replace(old, deep)
            },
        ));
    }
    all.extend([
        other("a gzip archive", |_| b"\x1f\x8b\x08\x00\x00".to_vec()),
        other("a zip archive", |_| b"PK\x03\x04\x14\x00".to_vec()),
        other("an empty file", |_| Vec::new()),
        other("a table", |_| {
            b"Id,Group\na.txt,Refund\nb.txt,Delivery\n".to_vec()
        }),
        other("tokens and tags in a line", |_| {
            b"Ada|B-Person went|O to|O Rome|B-City\n".to_vec()
        }),
        other("an array of the records", |corpus| {
            corpus.file.to_string().into_bytes()
        }),
        other("a record over several lines", |corpus| {
            serde_json::to_vec_pretty(&corpus.file[0]).unwrap()
        }),
        other("a COCO file", |_| {
            json!({ "images": [], "annotations": [], "categories": [] })
                .to_string()
                .into_bytes()
        }),
        other("text in UTF-16", |corpus| {
            let text = String::from_utf8(corpus.spelled()).unwrap();
            let units = ['\u{feff}'].into_iter().chain(text.chars());
            let units: String = units.collect();
            units.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }),
        other("text in UTF-16 without a mark", |corpus| {
            let text = String::from_utf8(corpus.spelled()).unwrap();
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        }),
        other("text in UTF-32", |corpus| {
            let text = String::from_utf8(corpus.spelled()).unwrap();
            let chars = text.chars().map(u32::from);
            chars.flat_map(u32::to_le_bytes).collect()
        }),
        other("single quotes in every record", |corpus| {
            let text = String::from_utf8(corpus.spelled()).unwrap();
            text.replace('"', "'").into_bytes()
        }),
        other("nothing but the beginning", |_| b"{\"image_u".to_vec()),
        other("a page that says sign in", |_| {
            b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec()
        }),
        other("settings of something else", |_| {
            b"{ \"compilerOptions\": {} }".to_vec()
        }),
    ]);
    all.extend([
        defect("blank-line", Aml, "between two records", |corpus| {
            later(1, corpus.replace("\n", "\n\n"))
        }),
        defect(
            "blank-line",
            AmlSingle,
            "nothing but blanks between two records",
            |corpus| later(1, corpus.replace("\n", "\n  \t \n")),
        ),
        defect("blank-line", Aml, "before the first record", |corpus| {
            corpus.splice(0, 0, "\n")
        }),
        defect(
            "blank-line",
            Aml,
            "with the line ends of Windows",
            |corpus| {
                corpus.style.eol = "\r\n";
                later(1, corpus.replace("\r\n", "\r\n\r\n"))
            },
        ),
    ]);
    all
}
