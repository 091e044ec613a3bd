//! The records as a program would declare them that trusts its input: structs that borrow, read
//! by `serde_json` and thrown away. What reading and converting are measured against.

use std::borrow::Cow;

use divan::black_box;
use serde::Deserialize;

use super::corpus::Spelling;

/// A line of an Azure ML export.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsing it is the point")]
struct Line<'a> {
    #[serde(borrow)]
    image_url: Cow<'a, str>,
    #[serde(borrow)]
    label: Vec<Span<'a>>,
    label_confidence: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "parsing it is the point")]
struct Span<'a> {
    #[serde(borrow)]
    label: Cow<'a, str>,
    offset_start: i64,
    offset_end: i64,
}

/// A document of a Language file.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsing it is the point")]
struct Document<'a> {
    #[serde(borrow)]
    location: Cow<'a, str>,
    #[serde(borrow)]
    language: Cow<'a, str>,
    #[serde(borrow, default)]
    dataset: Option<Cow<'a, str>>,
    #[serde(borrow)]
    entities: Vec<Region<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsing it is the point")]
struct Region<'a> {
    #[serde(rename = "regionOffset")]
    offset: i64,
    #[serde(rename = "regionLength")]
    length: i64,
    #[serde(borrow)]
    labels: Vec<Label<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsing it is the point")]
struct Label<'a> {
    #[serde(borrow)]
    category: Cow<'a, str>,
    offset: i64,
    length: i64,
}

/// Parses a record.
pub(crate) fn parse(spelling: Spelling, record: &str) {
    match spelling {
        Spelling::Lines => {
            black_box(serde_json::from_str::<Line<'_>>(record).expect("a line"));
        }
        Spelling::Minified | Spelling::Pretty => {
            black_box(serde_json::from_str::<Document<'_>>(record).expect("a document"));
        }
    }
}
