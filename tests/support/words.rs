//! The labels of Language files as words.

use std::path::Path;

use serde_json::Value;

/// The labels of a Language file, a line each: document, set, name and the words that it stands on. The
/// texts are in a folder. Classes have no words.
pub(crate) fn words_of(file: &Path, texts: &Path) -> Vec<String> {
    let project: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut lines = Vec::new();
    for document in project["assets"]["documents"].as_array().unwrap() {
        let name = document["location"].as_str().unwrap();
        let set = document["dataset"].as_str().unwrap_or("-");
        let before = lines.len();
        let classes = document["classes"].as_array();
        let classes = classes.cloned().unwrap_or_default().into_iter();
        for class in classes.chain(document.get("class").cloned()) {
            lines.push(format!(
                "{name} {set} {}",
                class["category"].as_str().unwrap()
            ));
        }
        let text = std::fs::read_to_string(texts.join(name)).unwrap();
        let units: Vec<u16> = text.encode_utf16().collect();
        let regions = document["entities"].as_array().cloned().unwrap_or_default();
        for label in regions
            .iter()
            .flat_map(|region| region["labels"].as_array().unwrap())
        {
            let number = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
            let (start, length) = (number("offset"), number("length"));
            let word = String::from_utf16(&units[start..start + length]).unwrap();
            let category = label["category"].as_str().unwrap();
            lines.push(format!("{name} {set} {category} {word}"));
        }
        if lines.len() == before {
            lines.push(format!("{name} {set}"));
        }
    }
    lines
}
