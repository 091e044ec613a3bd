//! `tag-scheme-broken`

use crate::diagnostics::{Issue, Message, Severity, TagFault, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A tag that does not fit those around it.
pub struct TagSchemeBroken;

const META: Meta = Meta {
    name: "tag-scheme-broken",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::TOKENS,
    fix: None,
    on_request: false,
    summary: "a tag of a token that does not fit the tags around it",
    why: "In a file of tokens a label is nothing but a row of tags: `B-` begins it, `I-` goes on, \
        and in BIOES and BILOU `E-` or `L-` ends it. Where a tag continues a label that there is \
        not, programs part: some begin a label there, some drop the tag without a word, and the \
        scores of the two differ. It is read as the beginning of a label. A name without a \
        prefix cannot say where one label ends and the next begins.",
    example: "Ada B-PER\nmet O\nBob I-PER",
    remedy: "Begin every label with `B-`, or write the file anew: what is written has whole labels \
        in IOB2. In a name without a prefix, put `B-` or `I-` before it.",
    source: "seqeval 1.2.2, run: its default begins a label at such an `I-`, its strict IOB2 drops \
        it, and so does doccano 1.8.4. spaCy 3.8.18, run: of `B-PER E-PER` it makes two labels, and \
        of `PER` the label `R`. conlleval reads as labelwright does.",
};

impl Rule for TagSchemeBroken {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::TagScheme { tag, fault } = issue else {
            return None;
        };
        let tag = quote(tag);
        let (message, help) = match fault {
            TagFault::Orphan => (
                format!("{tag} continues no label; it is read as the beginning of one"),
                "begin the label with `B-`",
            ),
            TagFault::Unclosed => (
                format!(
                    "the label of {tag} has no end, while others have `E-`, `L-`, `S-` or `U-`"
                ),
                "end the label with the prefix that the others have",
            ),
            TagFault::Mixed => (
                format!("{tag} is of another scheme than the tags around it"),
                "write all tags of the file in one scheme",
            ),
            TagFault::Joined => (
                format!(
                    "{tag} does not say whether it goes on with the label before it; it is read so"
                ),
                "put `B-` before the first token of each label, and `I-` before the others",
            ),
        };
        Some(Message::new(message).help(help))
    }
}
