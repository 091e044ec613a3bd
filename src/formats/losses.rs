//! What a conversion cannot keep, counted.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Assumption, Bounds};
use crate::formats::languages;
use crate::model::{Confidence, Document, Foreign, Project, Shared};
use crate::text::main_script::{DEFAULT_LANGUAGE, ScriptCounts, main_script};

/// The container that a conversion back to a project assumes.
pub const CONTAINER: &str = "workspaceblobstore";

/// A kind of fact that a target format has no place for. The order is that of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Loss {
    /// Documents left out because their text is missing (`--skip-invalid`).
    Document,
    /// Documents without a class in a project of one class a document; a document each.
    Classless,
    /// Labels left out because their place is not proved (`--skip-invalid`).
    Label,
    /// Spans left out because they overlap others (`--overlap`).
    Overlap,
    /// Spans, where the target has classes only.
    Span,
    /// Classes, where the target has spans only.
    Class,
    /// Names of labels that the target spells otherwise, for want of a sign; a label each.
    LabelName,
    /// White space at the edges of labels, where the target labels tokens; a label each.
    Edge,
    /// Relations between labels, equivalences and events.
    Relation,
    /// Attributes, notes and normalizations of labels.
    Attribute,
    /// What other people labeled in the same document; an annotation each.
    Annotation,
    /// What a model labeled; a prediction each.
    Prediction,
    /// Answers that were rejected or ignored, and annotations that were cancelled.
    Answer,
    /// Texts, where the target has none; a document each.
    Text,
    /// Names of documents, where the target has none.
    Name,
    /// Byte-order marks that texts began with, which files of their own have none of.
    Mark,
    /// Token borders as they stand in the file; a document each.
    Tokens,
    /// Columns of tokens beside token and tag, such as parts of speech; a document each.
    TokenColumn,
    /// Ids, counts and the like, by which a tool keeps its own records; a member each.
    Bookkeeping,
    /// Confidences that are not all `1.0`, or absent; a document each.
    Confidence,
    /// Who labeled, when and for how long; a column of a document each.
    Contributor,
    /// Datastore and folder, where the documents do not share both; a document each.
    Folder,
    /// The split; a document each.
    Split,
    /// Languages that the project's does not stand for; a document each.
    Language,
    /// Regions that are not one over the whole text; a document each.
    Regions,
    /// That a document is unlabeled, which is less than labeled with nothing.
    Unlabeled,
    /// Declared labels that no document uses.
    Declaration,
    /// The order of the declarations, where it is not that of first use.
    DeclarationOrder,
    /// Metadata of the project that no default brings back; a member each.
    Metadata,
    /// Members that the contract does not have, and nulls.
    Unknown,
}

impl Loss {
    /// What is lost, as a noun phrase in the plural.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Document => "documents left out",
            Self::Classless => "documents without a class",
            Self::Label => "labels left out",
            Self::Overlap => "overlapping labels left out",
            Self::Span => "labeled spans",
            Self::Class => "classes",
            Self::LabelName => "names of labels",
            Self::Edge => "white space at the edges of labels",
            Self::Relation => "relations",
            Self::Attribute => "attributes and notes",
            Self::Annotation => "annotations of others",
            Self::Prediction => "predictions",
            Self::Answer => "rejected and ignored answers",
            Self::Text => "texts",
            Self::Name => "names of documents",
            Self::Mark => "byte-order marks that texts begin with",
            Self::Tokens => "token borders",
            Self::TokenColumn => "columns of tokens",
            Self::Bookkeeping => "ids and counts of the tool",
            Self::Confidence => "confidences",
            Self::Contributor => "contributor columns",
            Self::Folder => "datastores and folders",
            Self::Split => "splits",
            Self::Language => "document languages",
            Self::Regions => "regions",
            Self::Unlabeled => "marks of unlabeled documents",
            Self::Declaration => "unused declarations",
            Self::DeclarationOrder => "orders of declaration",
            Self::Metadata => "project metadata",
            Self::Unknown => "unknown members",
        }
    }
}

/// The losses of a conversion. Parts add up in any grouping, like a statistics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses {
    counts: BTreeMap<Loss, u64>,
    /// Datastore and folder of the documents' URLs.
    pub folders: Shared<(String, String)>,
    /// The languages of the documents, where they have one.
    pub languages: Shared<String>,
    /// The scripts of their texts: what a conversion back would tell the languages by.
    pub scripts: ScriptCounts,
    /// Documents with a URL, and documents with a language.
    pub with_folder: u64,
    /// Documents with a language.
    pub with_language: u64,
    /// The declared labels that documents use, in the order of first use.
    pub used: Vec<String>,
    /// The same for finding them.
    #[serde(skip)]
    known: HashSet<String>,
}

impl Losses {
    /// Counts `number` losses of a kind.
    pub fn add(&mut self, loss: Loss, number: u64) {
        if number > 0 {
            *self.counts.entry(loss).or_default() += number;
        }
    }

    /// How many losses of a kind there are.
    #[must_use]
    pub fn of(&self, loss: Loss) -> u64 {
        self.counts.get(&loss).copied().unwrap_or_default()
    }

    /// Counts what only the format of a document has a place for: confidences, who labeled, unknown
    /// members, a container other than [`CONTAINER`], and what the document holds beside labels.
    pub fn add_unheld(&mut self, document: &Document<'_>) {
        let extras = &document.extras;
        self.add(Loss::Contributor, extras.columns.len() as u64);
        self.add(Loss::Unknown, extras.unknown + extras.carried.len() as u64);
        let odd = matches!(extras.confidence, Confidence::Absent | Confidence::Other(_));
        self.add(Loss::Confidence, u64::from(odd));
        let container = document.address.container();
        let is_other = container.is_some_and(|container| container != CONTAINER);
        self.add(Loss::Folder, u64::from(is_other));
        self.add_foreign(document);
    }

    /// Counts the regions of a document that are known not to be one over the whole text.
    pub fn add_regions(&mut self, aligned: &AlignedDocument<'_>) {
        let document = aligned.document;
        let is_regional = document.labels.is_regional() && !document.extras.unlabeled;
        let is_cut = is_regional && aligned.has_one_whole_region() == Some(false);
        self.add(Loss::Regions, u64::from(is_cut));
    }

    /// Counts what a document holds beside labels, all of which is lost.
    pub fn add_foreign(&mut self, document: &Document<'_>) {
        for (foreign, number) in &document.extras.lost {
            let loss = match foreign {
                Foreign::Span => Loss::Span,
                Foreign::Class => Loss::Class,
                Foreign::Relation => Loss::Relation,
                Foreign::Attribute => Loss::Attribute,
                Foreign::Annotation => Loss::Annotation,
                Foreign::Prediction => Loss::Prediction,
                Foreign::Answer => Loss::Answer,
                Foreign::TokenColumn => Loss::TokenColumn,
                Foreign::Tokens => Loss::Tokens,
                Foreign::Bookkeeping => Loss::Bookkeeping,
            };
            self.add(loss, *number);
        }
    }

    /// Whether all this can be lost of a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        let mut counts = self
            .counts
            .values()
            .copied()
            .chain(self.scripts.values().copied());
        counts.all(|count| bounds.hold(count))
            && self.with_folder <= bounds.records
            && self.with_language <= bounds.records
    }

    /// Adds the losses of another part of the corpus.
    pub fn merge(&mut self, other: Self) {
        for (loss, number) in other.counts {
            self.add(loss, number);
        }
        self.folders.merge(other.folders);
        self.languages.merge(other.languages);
        for (script, count) in other.scripts {
            *self.scripts.entry(script).or_default() += count;
        }
        self.with_folder += other.with_folder;
        self.with_language += other.with_language;
        for label in other.used {
            if self.known.insert(label.clone()) {
                self.used.push(label);
            }
        }
    }

    /// Notes which of the `declared` labels a document uses, for [`Self::add_project`]. Documents
    /// come in their order.
    pub fn add_uses(&mut self, document: &Document<'_>, declared: &BTreeSet<String>) {
        if self.used.len() == declared.len() {
            return;
        }
        for (category, _) in document.categories() {
            if !self.known.contains(category) && declared.contains(category) {
                self.known.insert(category.to_owned());
                self.used.push(category.to_owned());
            }
        }
    }

    /// Counts the language of a document, for [`Self::add_project`].
    pub fn add_language(&mut self, aligned: &AlignedDocument<'_>) {
        let document = aligned.document;
        if let Some(script) = aligned.text().and_then(|text| main_script(text.as_str())) {
            *self.scripts.entry(script).or_default() += 1;
        }
        let language = document.language.as_deref().unwrap_or_default();
        self.languages.add(language, str::to_owned);
        self.with_language += u64::from(document.language.is_some());
    }

    /// Counts what a target loses that has no place for metadata, declarations and languages, once
    /// the documents were counted. `container_again` is the container that a conversion back
    /// assumes. `rebuilt` gets what options bring back, but for what the defaults do.
    pub fn add_project(
        &mut self,
        source: &Project,
        container_again: &str,
        rebuilt: &mut Vec<Assumption>,
    ) {
        let language = self.languages.one().cloned();
        let project = source.language.clone().unwrap_or_default();
        if language.as_ref() != Some(&project) {
            self.add(Loss::Language, self.with_language);
        }
        if let Some(same) = language.filter(|same| *same == project && !same.is_empty()) {
            let is_one = source.multilingual == Some(false);
            let becomes_several = is_one && languages::has_others(&self.scripts, &same);
            let is_default = same == DEFAULT_LANGUAGE;
            if !is_default || languages::of_scripts(&self.scripts) != same {
                rebuilt.push(Assumption {
                    what: "document language",
                    value: same,
                    option: "--language",
                });
            }
            if becomes_several {
                rebuilt.push(Assumption {
                    what: "multilingual",
                    value: "false".to_owned(),
                    option: "--multilingual",
                });
            }
        }
        // A default that brings the value back makes it no loss.
        let container = source.container.as_deref();
        let metadata = [
            source
                .version
                .as_deref()
                .is_some_and(|version| version != "2022-05-01"),
            source.name.is_some(),
            container.is_some_and(|container| container != container_again),
            source
                .language
                .as_deref()
                .is_some_and(|language| language != DEFAULT_LANGUAGE),
            source.multilingual == Some(true),
            source
                .description
                .as_deref()
                .is_some_and(|text| !text.is_empty()),
            source.settings.is_some(),
        ];
        let lost = metadata.into_iter().filter(|lost| *lost).count();
        self.add(Loss::Metadata, lost as u64);
        self.add(Loss::Unknown, source.extras);
        let mut declared: Vec<&String> = Vec::new();
        for one in &source.declared {
            if self.known.contains(&one.name) {
                declared.push(&one.name);
            } else {
                self.add(Loss::Declaration, 1);
            }
        }
        let in_order = declared.into_iter().eq(&self.used);
        self.add(Loss::DeclarationOrder, u64::from(!in_order));
    }

    /// The kinds that occurred, with their counts, in the summary's order.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        let counts = self.counts.iter();
        counts
            .map(|(loss, number)| (loss.noun(), *number))
            .collect()
    }
}
