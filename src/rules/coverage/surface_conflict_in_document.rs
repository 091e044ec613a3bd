//! `surface-conflict-in-document`

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::alignment::AlignedDocument;
use crate::corpus::Ask;
use crate::corpus::surfaces::{is_telling, pair_print, places, surface};
use crate::diagnostics::{Diagnostic, Message, Severity, count, quote};
use crate::formats::Info;
use crate::model::At;
use crate::rules::settings::Settings;
use crate::rules::{
    Basis, Corpus, CorpusSink, DocumentSink, Group, Meta, Rule, SURFACE_CONFLICT_IN_DOCUMENT,
    Scope, Symptoms,
};
use crate::text::{ByteRange, Text};

/// Words that have several labels in one document.
pub struct SurfaceConflictInDocument;

const META: Meta = Meta {
    name: SURFACE_CONFLICT_IN_DOCUMENT,
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "the same words under two labels in one document",
    why: "In one document the same words mostly mean the same. Where they have two labels there, one \
        of these is mostly wrong; which one, only a reader can tell, so all places are shown and \
        none is blamed. There is one finding for each document and words, in the same case and of \
        two characters or more. Where most words of a label have that other one too, the two tell what \
        the words are there for (the state of a lender and of a borrower), and nothing is said. Two labels on the same place belong to `spans-conflict`.",
    example: r"`Paris` is City in two places of 7.txt, and Person in a third",
    remedy: "Look at the places, and give them one label where they mean the same. Leave them where \
        they do not: a club and its town may have one name.",
    source: "The FAQ of custom NER in Azure AI Language: labeling has to be precise, consistent and \
        complete. In seven pairs of given and corrected labels 96 % of 746 findings are right, and in \
        seven corpora with planted errors 79 % of 787.",
};

impl Rule for SurfaceConflictInDocument {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::Conflicts]
    }

    fn when(&self) -> Symptoms {
        Symptoms::SEVERAL
    }

    fn document(&self, examined: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let Some(text) = examined.text() else {
            return;
        };
        let category = |label: usize| &*examined.document.spans()[label].category;
        let proved = examined.proved().map(|(label, range, _)| (range, label));
        if !may_repeat(text, proved.clone(), examined.spans.len()) {
            return;
        }
        let all = by_words(text, proved, examined.spans.len());
        if !has_conflict(&all, category) {
            // Most documents have none, and it costs more to know whose places are sure.
            return;
        }
        let places = places(examined);
        let all = by_words(text, places.iter().copied(), places.len());
        let mut conflicts: Vec<_> = all
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|same| has_conflict(same, category))
            .collect();
        conflicts.sort_by_key(|same| same[0].1);
        for same in conflicts {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for (_, _, label) in same {
                *counts.entry(category(*label)).or_default() += 1;
            }
            // In the order in which a reader meets them.
            let mut labels: Vec<&str> = same.iter().map(|(.., label)| category(*label)).collect();
            let mut told = Vec::new();
            labels.retain(|label| {
                let is_new = !told.contains(label);
                told.push(label);
                is_new
            });
            let mut labels = labels.iter().map(|label| {
                let places = counts.get(label).copied().unwrap_or_default();
                format!("{} in {}", quote(label), count(places, "place"))
            });
            let first = labels.next().unwrap_or_default();
            let others: Vec<String> = labels.collect();
            let pair = match &counts.keys().collect::<Vec<_>>()[..] {
                [one, other] => pair_print(one, other),
                _ => 0,
            };
            let message = format!(
                "{}{}{}{first}, and {}",
                AROUND[0],
                sink.settings().quote_words(&same[0].0),
                AROUND[1],
                others.join(", and ")
            );
            let help = "if it means the same in all of them, give them one label";
            let also = same[1..].iter().map(|(.., label)| At::Label(*label));
            let message = Message::new(message).help(help).also(also);
            sink.report(At::Label(same[0].2), message.doubt(pair));
        }
    }

    fn redact(&self, finding: &mut Diagnostic, _: &Info) {
        let words = finding.words().and_then(|words| words.surface.as_deref());
        let words = words.and_then(surface).map(Cow::into_owned);
        if let Some(hidden) = hidden(&finding.message, words.as_deref()) {
            finding.message = hidden;
        }
        finding.redact(self.quotes_text());
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for pair in corpus.statistics.surfaces.roles() {
            sink.withdraw(pair);
        }
    }
}

/// What stands around the words in a message.
const AROUND: [&str; 2] = ["in this document ", " is labeled "];

/// The message without the words of the document; `None` where it has none. What the words are is
/// not believed, since a finding may come from a file.
fn hidden(message: &str, words: Option<&str>) -> Option<String> {
    let [before, behind] = AROUND;
    let rest = message.strip_prefix(before)?;
    let known = words.and_then(|words| {
        let labels = rest.strip_prefix(&*quote(words))?;
        labels.starts_with(behind).then(|| (stars(words), labels))
    });
    let (stars, labels) = known.or_else(|| {
        let inner = rest.strip_prefix('`')?;
        let end = inner.rfind(&format!("`{behind}`"))?;
        let quoted = &inner[..end];
        let is_hidden = quoted.chars().all(|char| matches!(char, '*' | '…'));
        (!is_hidden).then(|| (stars(quoted), &inner[end + 1..]))
    })?;
    Some(format!("{before}{stars}{labels}"))
}

/// Words of a document, quoted and hidden.
fn stars(words: &str) -> String {
    let hides = Settings {
        redact: true,
        ..Settings::default()
    };
    hides.quote_words(words)
}

/// Labeled words, the first byte of the place, and the label's index: by words, then by place.
type Labeled<'t> = (Cow<'t, str>, usize, usize);

/// Whether two places may have the same words, by their first bytes and how many they have: in most
/// documents none have.
fn may_repeat(
    text: &Text<'_>,
    places: impl Iterator<Item = (ByteRange, usize)>,
    most: usize,
) -> bool {
    let mut keys = Vec::with_capacity(most);
    keys.extend(places.filter_map(|(range, _)| {
        let words = surface(text.slice(range))?;
        let mut key = [0; 8];
        let size = words.len().min(7);
        key[..size].copy_from_slice(&words.as_bytes()[..size]);
        // A surface has at most a hundred bytes.
        key[7] = u8::try_from(words.len()).unwrap_or(u8::MAX);
        Some(u64::from_ne_bytes(key))
    }));
    keys.sort_unstable();
    keys.windows(2).any(|pair| pair[0] == pair[1])
}

fn by_words<'t>(
    text: &Text<'t>,
    places: impl Iterator<Item = (ByteRange, usize)>,
    most: usize,
) -> Vec<Labeled<'t>> {
    let words = places.filter_map(|(range, label)| {
        let words = surface(text.slice(range)).filter(|words| is_telling(words))?;
        Some((words, range.start(), label))
    });
    let mut all: Vec<Labeled<'t>> = Vec::with_capacity(most);
    all.extend(words);
    all.sort_unstable();
    all
}

/// Whether some words have several labels.
fn has_conflict<'a>(labeled: &[Labeled<'_>], category: impl Fn(usize) -> &'a str) -> bool {
    labeled
        .windows(2)
        .any(|pair| pair[0].0 == pair[1].0 && category(pair[0].2) != category(pair[1].2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignment::TextState;
    use crate::model::{Label, Labels, UnitChoice};
    use crate::rules::testing;
    use crate::text::{Span, Unit};

    /// What is said of a text with these labels: start, end, name.
    fn said(text: &str, labels: &[(i64, i64, &'static str)]) -> Vec<String> {
        let unit = Unit::Utf16;
        let labels = labels
            .iter()
            .enumerate()
            .map(|(index, (start, end, name))| Label {
                category: Cow::Borrowed(*name),
                span: Span {
                    unit,
                    start: *start,
                    end: *end,
                },
                region: 0,
                index,
                covered: None,
            });
        let document = testing::document(Labels::entities(labels.collect(), None));
        let state = TextState::Read(Text::new(text));
        let aligned = AlignedDocument::new(&document, state, UnitChoice::Given(unit), false);
        testing::of_document(&SurfaceConflictInDocument, &aligned)
    }

    #[test]
    fn words_are_hidden_whatever_is_said_of_them() {
        let of = |words: &str| {
            format!(
                "in this document {} is labeled `A` in 1 place",
                quote(words)
            )
        };
        let long = "\u{200b}a".repeat(50);
        for words in ["Oslo", "a ` is labeled `b", &long] {
            let want = format!(
                "in this document {} is labeled `A` in 1 place",
                stars(words)
            );
            assert_eq!(hidden(&of(words), Some(words)), Some(want.clone()));
            assert_eq!(hidden(&want, None), None);
            for other in [None, Some("Os"), Some("")] {
                let hidden = hidden(&of(words), other).unwrap();
                assert!(
                    !hidden.contains("Oslo") && !hidden.contains("`b"),
                    "{hidden}"
                );
            }
        }
    }

    #[test]
    fn counts_the_places_of_each_label() {
        let text = "Oslo, Oslo and Oslo";
        let found = said(text, &[(15, 19, "Club"), (0, 4, "City"), (6, 10, "City")]);
        let expected =
            "in this document `Oslo` is labeled `City` in 2 places, and `Club` in 1 place";
        assert_eq!(found, [expected]);
        assert_eq!(said(text, &[(0, 4, "City"), (6, 10, "City")]), [""; 0]);
    }

    #[test]
    fn white_space_makes_no_other_words() {
        let text = "New York, New\n York";
        assert_eq!(said(text, &[(0, 8, "A"), (10, 19, "B")]).len(), 1);
    }

    #[test]
    fn signs_letters_and_two_labels_on_one_place_say_nothing() {
        assert_eq!(said("A, A", &[(0, 1, "A"), (3, 4, "B")]), [""; 0]);
        assert_eq!(said("--, --", &[(0, 2, "A"), (4, 6, "B")]), [""; 0]);
        let labels = [(0, 4, "A"), (0, 4, "B"), (6, 10, "A")];
        assert_eq!(said("Oslo, Oslo", &labels), [""; 0]);
    }
}
