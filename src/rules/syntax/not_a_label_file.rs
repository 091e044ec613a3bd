//! `not-a-label-file`

use crate::diagnostics::{Issue, Looks, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A file of no format that is known here.
pub struct NotALabelFile;

const META: Meta = Meta {
    name: "not-a-label-file",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a file that is nothing this tool knows, and says what it looks like instead",
    why: "Nothing in the file can be checked or converted. It is mostly the wrong one of \
        several exports: Azure Machine Learning hands out CSV or CoNLL at the press of a \
        button, and image projects COCO, but the labels with their places are in the JSONL \
        file behind an exported dataset. A JSONL file that somebody pretty-printed, or turned \
        into one array, is none any more, since it needs one object a line.",
    example: "Ada B-Person\nmet O\nÉmile B-Person   (CoNLL)",
    remedy: "Give the `.jsonl` file of an Azure Machine Learning text labeling project, or the \
        labels JSON of an Azure AI Language project. Unpack an archive first. To turn an array \
        of records into JSONL, write each record on a line of its own. Save text in UTF-16 as \
        UTF-8. In a folder, a file that looks like nothing is passed over and counted, and \
        `-v` names it; JSON of other programs is passed over.",
    source: "MicrosoftDocs/azure-ai-docs, `how-to-manage-labeling-projects.md`: the export \
        formats of Azure Machine Learning. The content of a file tells what it is, never \
        by its name.",
};

impl Rule for NotALabelFile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::NotALabelFile(looks) = issue else {
            return None;
        };
        let message = match looks {
            Looks::Service(what) => format!("this is no label file: it is {what}"),
            Looks::Undecided(_) => {
                format!("nothing in this file tells its format; it may be {looks}")
            }
            _ => format!("this is no label file of a known format; it looks like {looks}"),
        };
        Some(Message::new(message).help(help(looks)))
    }
}

fn help(looks: &Looks) -> &'static str {
    match looks {
        Looks::Gzip | Looks::Zip => "unpack it, and give the label file that is in it",
        Looks::DocBin => {
            "this makes JSONL of it, in Python: `import json, spacy; from spacy.tokens import DocBin; \
             print(*(json.dumps(doc.to_json()) for doc in \
             DocBin().from_disk(\"FILE\").get_docs(spacy.blank(\"en\").vocab)), sep=\"\\n\")`"
        }
        Looks::Encoded(_) => "save it as UTF-8",
        Looks::Empty | Looks::Unfinished => "export it again, or copy it again",
        Looks::Array { ours: true } => {
            "write each record on a line of its own, as `jq -c '.[]'` does"
        }
        Looks::SingleQuotes => "write it with `json.dumps`, which puts names in double quotes",
        Looks::Commented { .. } => "remove the comments: JSON has none",
        Looks::Table(_) => {
            "begin it with a row of names: `text` for the column of the texts, `label` for that of the \
             classes"
        }
        Looks::Service(_) => {
            "`labelwright score GOLD` reads it: give it the label file that is right first"
        }
        Looks::Undecided(_) => "say which with `--format` (in `convert`, with `--from`)",
        Looks::Iob => "write one token and its tag a line",
        _ => {
            "give the JSONL of an Azure ML text labeling project, or the labels JSON of an Azure \
             AI Language project"
        }
    }
}
