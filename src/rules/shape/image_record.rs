//! `image-record`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A line of an image project.
pub struct ImageRecord;

const META: Meta = Meta {
    name: "image-record",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::AML,
    fix: None,
    on_request: false,
    summary: "a line of an Azure ML image project: boxes, polygons, `image_details`, or the path \
        of an image",
    why: "Text and image projects of Azure Machine Learning have the same kind of file, with the \
        address in `image_url` in both, so the one is easily taken for the other. A box or \
        a polygon is no place in a text, and a class of a picture is no class of a document. \
        Azure AI Language has nothing for either, and such a line is not read.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/images/10.jpg","image_details":{"format":"jpg","width":499,"height":666},"label":[{"label":"can","topX":0.2,"topY":0.1,"bottomX":0.4,"bottomY":0.9}]}"#,
    remedy: "Give the export of a text labeling project, whose lines name `.txt` files. If \
        single lines of images came into a file of texts, take them out.",
    source: "The lines of image projects in Azure/azureml-examples (commits 085cd6ea and \
        2acd0859). The exports of text projects that were examined have `image_url` as well, \
        and spans with `offsetStart` and `offsetEnd`.",
};

impl Rule for ImageRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::ImageRecord(lines) = *issue else {
            return None;
        };
        let message = match lines {
            0 | 1 => "this line is of an image project, and was not read".to_owned(),
            many => {
                format!("{many} lines are of an image project, this one first, and were not read")
            }
        };
        Some(Message::new(message).help("give the JSONL of a text labeling project"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_and_several() {
        let text = |lines| ImageRecord.issue(&Issue::ImageRecord(lines)).unwrap().text;
        let one = "this line is of an image project, and was not read";
        assert_eq!(text(1), one);
        let many = "3 lines are of an image project, this one first, and were not read";
        assert_eq!(text(3), many);
    }
}
