//! Tags of tokens: which tokens a label covers, in any of the schemes that are in use.
//!
//! A tag is `O`, or a prefix, `-` and the name of a label. The name may hold `-` and blanks. IOB2 and
//! BIOES (IOBES, BILOU) begin every label with `B-` or one token with `S-` or `U-`; IOB1 begins one
//! with `I-` unless a label of the same name ends right before it; IOE ends them with `E-` and begins
//! them with `I-`. What continues no label begins one, as `conlleval` and seqeval 1.2.2 have it.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostics::TagFault;
use crate::model::{Label, Tokens};
use crate::text::{Span, Unit};

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// The token has no label.
    Outside,
    /// The token is part of a label: how, and which.
    Of(Prefix, &'a str),
}

/// How a token is part of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Begin,
    Inside,
    /// `E-` of BIOES and of IOE.
    End,
    /// `L-` of BILOU.
    Last,
    /// `S-` of BIOES.
    Single,
    /// `U-` of BILOU.
    Unit,
    /// The tag is a name alone, which says nothing of where its label begins.
    None,
}

impl Prefix {
    const fn of(sign: char) -> Option<Self> {
        Some(match sign.to_ascii_uppercase() {
            'B' => Self::Begin,
            'I' => Self::Inside,
            'E' => Self::End,
            'L' => Self::Last,
            'S' => Self::Single,
            'U' => Self::Unit,
            _ => return None,
        })
    }

    const fn begins(self) -> bool {
        matches!(self, Self::Begin | Self::Single | Self::Unit)
    }

    const fn ends(self) -> bool {
        matches!(self, Self::End | Self::Last | Self::Single | Self::Unit)
    }
}

/// Whether it is `O`, or a prefix with a name behind it.
pub(super) fn is_tag(written: &str) -> bool {
    matches!(of(written), Tag::Outside) || has_prefix(written)
}

/// Whether it is a prefix with a name behind it.
pub(super) fn has_prefix(written: &str) -> bool {
    matches!(of(written), Tag::Of(prefix, name) if prefix != Prefix::None && !name.is_empty())
}

/// The tag as it is written. `_`, `-` and nothing at all stand for a missing one, which is `O`.
pub(super) fn of(written: &str) -> Tag<'_> {
    if matches!(written, "O" | "o" | "_" | "-" | "") {
        return Tag::Outside;
    }
    let mut chars = written.chars();
    if let (Some(sign), Some('-')) = (chars.next(), chars.next())
        && let Some(prefix) = Prefix::of(sign)
    {
        return Tag::Of(prefix, chars.as_str());
    }
    Tag::Of(Prefix::None, written)
}

/// A label and the tokens that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entity<'a> {
    pub(super) label: &'a str,
    pub(super) tokens: Range<usize>,
}

/// The labels that tags make, in their order, and the tokens whose tags break the scheme. No label
/// goes over one of `borders`, the first tokens of sentences.
pub(super) fn entities<'a>(
    tags: &[Tag<'a>],
    borders: &[usize],
) -> (Vec<Entity<'a>>, Vec<(usize, TagFault)>) {
    let scheme = Scheme::of(tags, borders);
    let (mut found, mut faults): (Vec<Entity<'a>>, _) = (Vec::new(), Vec::new());
    // The last of `found`, while it may go on.
    let mut open = false;
    let mut borders = borders.iter().copied().peekable();
    for (index, tag) in tags.iter().enumerate() {
        let mut is_border = false;
        while borders.next_if(|border| *border <= index).is_some() {
            is_border = true;
        }
        let goes_on = |found: &Vec<Entity<'a>>, label: &str| {
            open && !is_border && found.last().is_some_and(|last| last.label == label)
        };
        let continues = match tag {
            Tag::Of(prefix, label) => !prefix.begins() && goes_on(&found, label),
            Tag::Outside => false,
        };
        if open && !continues && scheme.closes {
            faults.push((index - 1, TagFault::Unclosed));
        }
        let Tag::Of(prefix, label) = *tag else {
            open = false;
            continue;
        };
        if let (true, Some(last)) = (continues, found.last_mut()) {
            last.tokens.end = index + 1;
            if prefix == Prefix::None && !scheme.has_prefix {
                faults.push((index, TagFault::Joined));
            }
        } else {
            found.push(Entity {
                label,
                tokens: index..index + 1,
            });
            let is_orphan = matches!(prefix, Prefix::Inside | Prefix::End | Prefix::Last);
            if is_orphan && scheme.begins {
                faults.push((index, TagFault::Orphan));
            }
        }
        let is_other = match prefix {
            Prefix::Last | Prefix::Unit => scheme.has_end,
            Prefix::None => scheme.has_prefix,
            _ => false,
        };
        if is_other {
            faults.push((index, TagFault::Mixed));
        }
        open = !prefix.ends();
    }
    if open && scheme.closes {
        faults.push((tags.len() - 1, TagFault::Unclosed));
    }
    (found, faults)
}

/// The labels with their places in the text of the tokens, in code points.
pub(super) fn labels<'a>(entities: Vec<Entity<'a>>, tokens: &Tokens) -> Vec<Label<'a>> {
    let (mut byte, mut at) = (0, 0_i64);
    let mut count = |to: usize| {
        let between = tokens.text.get(byte..to).unwrap_or_default();
        byte = to;
        at += i64::try_from(between.chars().count()).unwrap_or(i64::MAX);
        at
    };
    let mut labels = Vec::with_capacity(entities.len());
    for (index, entity) in entities.into_iter().enumerate() {
        let first = tokens.places.get(entity.tokens.start);
        let last = tokens.places.get(entity.tokens.end.saturating_sub(1));
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        labels.push(Label {
            category: Cow::Borrowed(entity.label),
            span: Span {
                unit: Unit::CodePoint,
                start: count(first.text.start),
                end: count(last.text.end),
            },
            region: 0,
            index,
            // No unit has to be found for what tokens cover.
            covered: tokens
                .text
                .get(first.text.start..last.text.end)
                .map(|it| Cow::Owned(it.to_owned())),
        });
    }
    labels
}

/// What the tags of a document promise of one another.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Scheme {
    /// Labels begin with a prefix of their own: all but IOB1, IOE and plain names.
    begins: bool,
    /// Labels end with one too: BIOES and BILOU.
    closes: bool,
    /// Whether a tag is of BIOES, or of IOE.
    has_end: bool,
    /// Whether one has a prefix at all.
    has_prefix: bool,
}

impl Scheme {
    fn of(tags: &[Tag<'_>], borders: &[usize]) -> Self {
        let prefix = |tag: &Tag<'_>| match tag {
            Tag::Of(prefix, _) => Some(*prefix),
            Tag::Outside => None,
        };
        let has = |wanted: Prefix| tags.iter().any(|tag| prefix(tag) == Some(wanted));
        let label = |index: usize| match tags.get(index) {
            Some(Tag::Of(_, label)) => Some(*label),
            _ => None,
        };
        // In IOB1 a label begins with `B-` only behind one of the same name.
        let mut begins = tags
            .iter()
            .enumerate()
            .filter(|(_, tag)| prefix(tag) == Some(Prefix::Begin));
        let begins = begins.any(|(index, _)| {
            let before = index
                .checked_sub(1)
                .filter(|_| borders.binary_search(&index).is_err());
            before.is_none_or(|before| label(before) != label(index))
        });
        let (has_end, has_single) = (has(Prefix::End), has(Prefix::Single));
        let ends = has_end || has(Prefix::Last);
        let singles = has_single || has(Prefix::Unit);
        Self {
            begins: begins || singles,
            closes: singles || ends && begins,
            has_end: has_end || has_single,
            has_prefix: tags
                .iter()
                .any(|tag| prefix(tag).is_some_and(|it| it != Prefix::None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tags: &str) -> (String, Vec<(usize, TagFault)>) {
        let tags: Vec<Tag<'_>> = tags.split(' ').map(of).collect();
        let (found, faults) = entities(&tags, &[]);
        let shown = found
            .iter()
            .map(|one| format!("{} {}..{}", one.label, one.tokens.start, one.tokens.end));
        (shown.collect::<Vec<_>>().join(", "), faults)
    }

    fn clean(tags: &str) -> String {
        let (shown, faults) = read(tags);
        assert_eq!(faults, [], "{tags}");
        shown
    }

    #[test]
    fn every_scheme_says_the_same_in_its_way() {
        let same = "PER 0..2, LOC 3..4";
        assert_eq!(clean("B-PER I-PER O B-LOC"), same);
        assert_eq!(clean("I-PER I-PER O I-LOC"), same);
        assert_eq!(clean("B-PER E-PER O S-LOC"), same);
        assert_eq!(clean("B-PER L-PER O U-LOC"), same);
        assert_eq!(clean("I-PER E-PER O E-LOC"), same);
        assert_eq!(clean("b-PER i-PER o b-LOC"), same);
        assert_eq!(clean("I-PER B-PER O I-LOC"), "PER 0..1, PER 1..2, LOC 3..4");
        assert_eq!(clean("PER O - _ LOC"), "PER 0..1, LOC 4..5");
        assert_eq!(clean("B-multi-tissue I-multi-tissue"), "multi-tissue 0..2");
        assert_eq!(clean("I-A I-B B-B"), "A 0..1, B 1..2, B 2..3");
    }

    #[test]
    fn what_breaks_a_scheme_is_told_and_read_all_the_same() {
        let (shown, faults) = read("B-PER O I-PER I-LOC");
        assert_eq!(shown, "PER 0..1, PER 2..3, LOC 3..4");
        assert_eq!(faults, [(2, TagFault::Orphan), (3, TagFault::Orphan)]);
        let (shown, faults) = read("B-PER O S-LOC E-LOC");
        assert_eq!(shown, "PER 0..1, LOC 2..3, LOC 3..4");
        assert_eq!(faults, [(0, TagFault::Unclosed), (3, TagFault::Orphan)]);
        let (_, faults) = read("B-PER E-PER U-LOC");
        assert_eq!(faults, [(2, TagFault::Mixed)]);
        let (shown, faults) = read("PER PER O");
        assert_eq!((&*shown, faults), ("PER 0..2", vec![(1, TagFault::Joined)]));
    }

    #[test]
    fn a_sentence_ends_a_label() {
        let tags: Vec<Tag<'_>> = ["I-PER", "I-PER"].map(of).to_vec();
        assert_eq!(entities(&tags, &[1]).0.len(), 2);
    }
}
