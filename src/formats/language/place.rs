//! Where things of a project stand in its file.

use super::wire;
use crate::json::Pointer;
use crate::model::{At, Document, Project, Shape};

/// The pointer from the root of the file to a document.
pub(super) fn record_pointer(project: &Project, index: u64) -> Pointer {
    let root = Pointer::root();
    let holder = match project.shape {
        Shape::Today | Shape::Renamed | wire::BODY => root.key("assets"),
        Shape::Earlier(_) => root,
    };
    holder.key("documents").item(index)
}

/// The pointer from the root of a document to a place in it.
pub(super) fn pointer(project: &Project, document: &Document<'_>, at: At) -> Pointer {
    let names = wire::names(project.shape);
    let root = Pointer::root();
    match at {
        At::Document => root,
        At::Address => root.key("location"),
        At::Summary => root.key("summaryLocation"),
        At::Split => root.key("dataset"),
        At::Language => root.key(names.language),
        At::Region(region) => {
            let found = document.regions().get(region);
            let index = found.map_or(0, |region| region.index);
            root.key(names.regions).item(index)
        }
        At::Label(label) => {
            let found = document.spans().get(label);
            let (region, index) = found.map_or((0, 0), |label| (label.region, label.index));
            if document.labels.has_sentiments() {
                return root.key("sentimentSpans").item(index);
            }
            let region = root.key(names.regions).item(region);
            region.key("labels").item(index)
        }
        At::Class(_) if document.labels.has_one_class() && !project.shape.is_foreign() => {
            root.key("class")
        }
        At::Class(class) => {
            let found = document.classes().get(class);
            root.key(names.classes)
                .item(found.map_or(0, |class| class.index))
        }
    }
}
