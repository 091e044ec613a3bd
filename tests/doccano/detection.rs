//! Which files are doccano's.

use labelwright::internals::formats::{Detected, detect};

use super::fixture;
use crate::support::{fixtures, names};

/// The format of a file, or what it looks like instead.
fn told(file: impl AsRef<[u8]>) -> String {
    match detect(file.as_ref()) {
        Detected::Format(format, _) => format.info().name.to_owned(),
        Detected::Undecided(formats) => {
            let names = formats.iter().map(|format| format.info().name);
            names.collect::<Vec<_>>().join(" or ")
        }
        Detected::Other(looks) => looks.to_string(),
    }
}

#[test]
fn every_fixture_is_told() {
    for name in names(&fixtures().join("doccano")) {
        assert_eq!(told(fixture(&name)), "doccano", "{name}");
    }
}

#[test]
fn what_two_formats_could_have_written_is_asked() {
    let both = "doccano or huggingface";
    for (file, what) in [
        (r#"{"text":"a","label":["x"]}"#, both),
        (r#"{"text":"a","label":"x"}"#, both),
        (r#"{"text":"a","labels":["x","y"]}"#, both),
        (
            "{\"text\":\"a\",\"label\":[]}\n{\"text\":\"b\",\"label\":[]}",
            both,
        ),
        (r#"{"text":"a","entities":[]}"#, both),
        // One line tells it of all.
        (
            "{\"text\":\"a\",\"label\":[]}\n{\"text\":\"b\",\"label\":[[0,1,\"P\"]]}",
            "doccano",
        ),
        (
            "{\"text\":\"a\",\"label\":[]}\n{\"text\":\"b\",\"label\":3}",
            "huggingface",
        ),
        (r#"{"text":"a","label":["x"],"Comments":[]}"#, "doccano"),
        (
            r#"{"text":"a","entities":[{"start":0,"end":1,"label":"P"}]}"#,
            "huggingface",
        ),
        (
            r#"{"text":"a","entities":[{"id":0,"start_offset":0,"end_offset":1,"label":"P"}],"relations":[]}"#,
            "doccano",
        ),
        (r#"{"text":"a","label":[["0",1.0,"P"]]}"#, "doccano"),
        (
            "{\n\"text\": \"a\",\n\"label\": [],\n\"Comments\": []\n}",
            "a record of doccano that is spread over several lines, where JSONL has one object a line",
        ),
        (
            r#"{"image_url":"AmlDatastore://ds/a.txt","text":"a","label":["x"]}"#,
            "aml",
        ),
    ] {
        assert_eq!(told(file), what, "{file}");
    }
}
