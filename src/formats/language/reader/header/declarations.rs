//! What a project declares, in every shape.

use std::borrow::Cow;

use super::super::super::super::fields::{Field, Fields, array, expect, string, wrong_type};
use super::super::super::wire::{self, BODY_METADATA, COMPONENTS, DECLARATION};
use super::HeaderReader;
use crate::diagnostics::Issue;
use crate::json::Kind as JsonKind;
use crate::model::{Declaration, HeaderMember, Kind, Shape};

impl<'a> HeaderReader<'a> {
    /// `assets` of today's shape.
    pub(super) fn assets(&mut self, assets: &Fields<'a>) {
        let kind = self.project.kind;
        let own = match kind {
            Some(Kind::SingleLabelClassification | Kind::MultiLabelClassification) => "classes",
            Some(Kind::TextSentiment | Kind::AbstractiveSummarization) => "",
            _ => "entities",
        };
        let known = ["projectKind", "documents", own];
        let issue = |key: &str| match kind {
            Some(kind) if matches!(key, "entities" | "classes") => {
                Some(Issue::MemberOfAnotherKind {
                    name: key.to_owned(),
                    kind,
                    instead: (!own.is_empty()).then_some(own),
                })
            }
            _ => None,
        };
        self.documents(assets);
        let is_declared = !own.is_empty();
        let declared = is_declared.then(|| assets.required(own, &mut self.issues));
        self.project.extras += assets.others((&known, &[]), &mut self.issues, issue);
        let Some(declared) = declared else {
            return;
        };
        let items = declared.and_then(|field| array(self.text, &field, &mut self.issues));
        self.project.declarations_unread |= items.is_none();
        for item in items.unwrap_or_default() {
            self.declaration(item, "category", kind);
        }
    }

    fn declaration(&mut self, item: Field<'a>, name: &'static str, kind: Option<Kind>) {
        let bytes = item.node.range_in(self.text).unwrap_or_default();
        let Some(entity) = Fields::new(self.text, item, &mut self.issues) else {
            self.project.declarations_unread = true;
            return;
        };
        let category = entity.required_string(name, &mut self.issues);
        self.project.declarations_unread |= category.is_none();
        let description = entity.optional_string("description", &mut self.issues);
        self.project.extras += u64::from(description.is_some());
        let known = match kind {
            Some(Kind::Healthcare) => {
                self.components(&entity);
                &COMPONENTS[..]
            }
            _ if name == "category" => &DECLARATION[..],
            _ => &["name"],
        };
        self.project.extras += entity.unknown(known, &mut self.issues);
        if let Some(name) = category {
            self.project.declared.push(Declaration {
                name: name.into_owned(),
                pointer: entity.pointer().clone(),
                bytes: self.outline.range(&bytes),
            });
        }
    }

    /// The components of a healthcare entity: how they combine, the list, the prebuilt ones.
    fn components(&mut self, entity: &Fields<'a>) {
        entity.optional_string("compositionSetting", &mut self.issues);
        for item in self.list(entity, "prebuilts") {
            if let Some(prebuilt) = Fields::new(self.text, item, &mut self.issues) {
                prebuilt.required_string("category", &mut self.issues);
            }
        }
        let list = entity.optional("list", &mut self.issues);
        let list = list.and_then(|field| Fields::new(self.text, field, &mut self.issues));
        let Some(list) = list else {
            return;
        };
        for item in self.list(&list, "sublists") {
            let Some(sublist) = Fields::new(self.text, item, &mut self.issues) else {
                continue;
            };
            sublist.optional_string("listKey", &mut self.issues);
            for item in self.list(&sublist, "synonyms") {
                let Some(synonyms) = Fields::new(self.text, item, &mut self.issues) else {
                    continue;
                };
                synonyms.optional_string("language", &mut self.issues);
                for value in self.list(&synonyms, "values") {
                    expect(
                        self.text,
                        &value,
                        JsonKind::String,
                        "a string",
                        &mut self.issues,
                    );
                }
            }
        }
    }

    /// The items of an optional array.
    fn list(&mut self, fields: &Fields<'a>, name: &str) -> Vec<Field<'a>> {
        let field = fields.optional(name, &mut self.issues);
        let items = field.and_then(|field| array(self.text, &field, &mut self.issues));
        items.unwrap_or_default()
    }

    /// The shapes of before 2022-05-01.
    pub(super) fn earlier(&mut self, top: &Fields<'a>) {
        let shape = self.project.shape;
        let names = wire::names(shape);
        let body = shape == wire::BODY;
        if body {
            self.project.version = None;
            top.required_string("api-version", &mut self.issues);
        }
        let metadata = if body {
            self.object(top, "metadata")
        } else {
            None
        };
        let model = metadata
            .as_ref()
            .and_then(|metadata| self.body_metadata(metadata));
        let assets = if body {
            self.object(top, "assets")
        } else {
            None
        };
        if body {
            let known = ["api-version", "metadata", "assets"];
            self.project.extras += top.unknown(&known, &mut self.issues);
        }
        let holder = if body { assets.as_ref() } else { Some(top) };
        let Some(holder) = holder else {
            self.project.declarations_unread = true;
            self.project.documents_unread = true;
            self.legacy(title(shape), None);
            return;
        };
        let [entities, classes] = names.declared;
        let declared = if holder.find(entities).is_some() {
            entities
        } else {
            classes
        };
        let undecided = declared == classes && model.is_none();
        self.project.kind = model.or(Some(if declared == entities {
            Kind::EntityRecognition
        } else {
            Kind::MultiLabelClassification
        }));
        self.project.one_class_or_several = undecided;
        let assumed = "that documents with one class each are of a single-label project";
        self.legacy(title(shape), undecided.then_some(assumed));
        let known = [declared, "documents"];
        self.documents(holder);
        let items = holder.required(declared, &mut self.issues);
        self.project.extras += holder.unknown(&known, &mut self.issues);
        let items = items.and_then(|field| array(self.text, &field, &mut self.issues));
        self.project.declarations_unread |= items.is_none();
        for item in items.unwrap_or_default() {
            if names.by_index {
                self.declared_name(&item);
            } else {
                self.declaration(item, "name", None);
            }
        }
    }

    /// A name in `entityNames` or `intentNames`. One that cannot be read keeps its index.
    fn declared_name(&mut self, item: &Field<'a>) {
        let name = string(self.text, item, &mut self.issues);
        self.project.declarations_unread |= name.is_none();
        let bytes = item.node.range_in(self.text).unwrap_or_default();
        self.project.declared.push(Declaration {
            name: name.map(Cow::into_owned).unwrap_or_default(),
            pointer: item.pointer.clone(),
            bytes: self.outline.range(&bytes),
        });
    }

    /// Where a member of the project stands.
    pub(super) fn member(&self, fields: &Fields<'a>, name: &str) -> Option<HeaderMember> {
        let Field { node, pointer } = fields.find(name)?;
        let bytes = node.range_in(self.text)?;
        Some(HeaderMember {
            pointer,
            bytes: self.outline.range(&bytes),
        })
    }

    /// `metadata` of the import body; answers the kind that `modelType` says.
    fn body_metadata(&mut self, metadata: &Fields<'a>) -> Option<Kind> {
        let owned = |text: Option<Cow<'a, str>>| text.map(Cow::into_owned);
        self.project.name = owned(metadata.optional_string("name", &mut self.issues));
        self.project.language = owned(metadata.optional_string("language", &mut self.issues));
        let container = metadata.optional_string("storageInputContainerName", &mut self.issues);
        self.project.container = owned(container);
        self.project.places.name = self.member(metadata, "name");
        self.common_metadata(metadata, "multiLingual");
        let model = metadata.required_string("modelType", &mut self.issues);
        self.project.extras += metadata.unknown(&BODY_METADATA, &mut self.issues);
        let model = model?;
        let kinds = [
            ("extraction", Kind::EntityRecognition),
            ("multiClassification", Kind::MultiLabelClassification),
            ("singleClassification", Kind::SingleLabelClassification),
        ];
        let found = kinds
            .iter()
            .find(|(name, _)| model.eq_ignore_ascii_case(name));
        if found.is_none()
            && let Some(field) = metadata.find("modelType")
        {
            let expected = "`Extraction`, `multiClassification` or `singleClassification`";
            wrong_type(self.text, &field, expected, &mut self.issues);
        }
        found.map(|(_, kind)| *kind)
    }
}

/// What a shape is called.
const fn title(shape: Shape) -> &'static str {
    match shape {
        wire::BODY => "the shape of 2021-11-01-preview (`api-version`)",
        wire::TAGS => "the shape of 2021-11-01-preview (`extractors` or `classifiers`)",
        _ => "the shape of November 2021 (`entityNames` or `intentNames`)",
    }
}
