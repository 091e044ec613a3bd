//! The labeling config: what a project of Label Studio needs to show the labels.

use std::fmt::Write as _;

use super::wire::{CLASS_CONTROL, LABEL_CONTROL, TEXT_OBJECT};
use crate::model::Kind;

/// The config of a project with these labels, on one line.
pub(super) fn config(kind: Option<Kind>, labels: &[&str]) -> String {
    let text = format!("<Text name=\"{TEXT_OBJECT}\" value=\"$text\"/>");
    let (open, item, close, name) = match kind {
        Some(Kind::SingleLabelClassification) => (
            "<Choices choice=\"single\"",
            "Choice",
            "</Choices>",
            CLASS_CONTROL,
        ),
        Some(Kind::MultiLabelClassification) => (
            "<Choices choice=\"multiple\"",
            "Choice",
            "</Choices>",
            CLASS_CONTROL,
        ),
        _ => ("<Labels", "Label", "</Labels>", LABEL_CONTROL),
    };
    let items = labels.iter().map(|label| {
        let mut value = String::new();
        escape(label, &mut value);
        format!("<{item} value=\"{value}\"/>")
    });
    let items: String = items.collect();
    let controls = format!("{open} name=\"{name}\" toName=\"{TEXT_OBJECT}\">{items}{close}");
    if open == "<Labels" {
        format!("<View>{controls}{text}</View>")
    } else {
        format!("<View>{text}{controls}</View>")
    }
}

/// Spells a value of an attribute. White space but for blanks would be read as blanks.
fn escape(value: &str, out: &mut String) {
    for char in value.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "&#{};", u32::from(char));
            }
            char => out.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_the_kind_tells_the_control() {
        let labels = ["A&B", "\"<x>\"\n"];
        let want = "<View><Labels name=\"label\" toName=\"text\"><Label value=\"A&amp;B\"/>\
            <Label value=\"&quot;&lt;x&gt;&quot;&#10;\"/></Labels>\
            <Text name=\"text\" value=\"$text\"/></View>";
        assert_eq!(config(Some(Kind::EntityRecognition), &labels), want);
        let want = "<View><Text name=\"text\" value=\"$text\"/><Choices choice=\"single\" \
            name=\"class\" toName=\"text\"><Choice value=\"x\"/></Choices></View>";
        assert_eq!(config(Some(Kind::SingleLabelClassification), &["x"]), want);
    }
}
