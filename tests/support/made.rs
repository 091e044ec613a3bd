//! Label files made in code, without a blank in them. The benchmarks use them too.

use std::fmt::Display;

use serde_json::Value;

/// A string as JSON spells it, without the program's help.
fn spelled(text: &str) -> String {
    Value::from(text).to_string()
}

/// A span of an Azure ML export.
pub(crate) fn aml_span(label: &str, start: impl Display, end: impl Display) -> String {
    let label = spelled(label);
    format!(r#"{{"label":{label},"offsetStart":{start},"offsetEnd":{end}}}"#)
}

/// A line of an Azure ML export with spans, and without its end.
pub(crate) fn aml_line(url: &str, spans: &[String]) -> String {
    let (url, spans) = (spelled(url), spans.join(","));
    format!(r#"{{"image_url":{url},"label":[{spans}]}}"#)
}

/// The same where each span is as sure as a person is.
pub(crate) fn sure_aml_line(url: &str, spans: &[String]) -> String {
    let ones = vec!["1.0"; spans.len()].join(",");
    let (url, spans) = (spelled(url), spans.join(","));
    format!(r#"{{"image_url":{url},"label":[{spans}],"label_confidence":[{ones}]}}"#)
}

/// A label of a Language file.
pub(crate) fn language_label(category: &str, offset: usize, length: usize) -> String {
    let category = spelled(category);
    format!(r#"{{"category":{category},"offset":{offset},"length":{length}}}"#)
}

/// A document of a Language file in a set or in none, with one region from its beginning.
pub(crate) fn language_document(
    location: &str,
    dataset: Option<&str>,
    length: usize,
    labels: &[String],
) -> String {
    let (location, labels) = (spelled(location), labels.join(","));
    let dataset = dataset.map(|name| format!(r#","dataset":"{name}""#));
    let dataset = dataset.unwrap_or_default();
    format!(
        r#"{{"location":{location},"language":"en-us"{dataset},"entities":[{{"regionOffset":0,"regionLength":{length},"labels":[{labels}]}}]}}"#
    )
}

/// A document of a Language file with one class.
pub(crate) fn class_document(location: &str, category: &str) -> String {
    let (location, category) = (spelled(location), spelled(category));
    format!(r#"{{"location":{location},"class":{{"category":{category}}}}}"#)
}

/// The kind of a project whose labels are spans.
pub(crate) const ENTITIES: &str = "CustomEntityRecognition";
/// The kind of a project with one class a document.
pub(crate) const ONE_CLASS: &str = "CustomSingleLabelClassification";

/// A Language project of documents that are spelled already. It declares something only if there
/// are categories.
pub(crate) fn language_project(kind: &str, categories: &[&str], documents: &[String]) -> String {
    let declared = categories.iter();
    let declared = declared.map(|name| format!(r#"{{"category":{}}}"#, spelled(name)));
    let declared = match declared.collect::<Vec<_>>().join(",") {
        none if none.is_empty() => none,
        some if kind == ENTITIES => format!(r#""entities":[{some}],"#),
        some => format!(r#""classes":[{some}],"#),
    };
    let documents = documents.join(",");
    format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{"projectKind":"{kind}","storageInputContainerName":"docs","projectName":"notes","multilingual":false,"description":"","language":"en-us","settings":{{}}}},"assets":{{"projectKind":"{kind}",{declared}"documents":[{documents}]}}}}"#
    )
}
