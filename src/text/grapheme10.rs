//! Grapheme clusters as doccano's page counts them: by the rules of Unicode 10.
//!
//! doccano's annotating widget (v-annotator 0.1.28) cuts texts with grapheme-splitter 1.0.4 where a
//! project counts clusters. That is Annex #29 as it was in Unicode 10.0.0, with its own reading of three
//! rules (`GB10`, `GB12` and `GB13`, in [`Cluster::breaks_before`]). Later versions cut otherwise: emoji with
//! a joiner that came later, marks that came later, and conjuncts of Indic scripts (rule `GB9c`).
//!
//! A cluster is cut by what stands in it alone, so one can begin to cut at any edge.

mod class;
mod table;

use class::Class;

/// The class of a character.
fn class_of(char: char) -> Class {
    match u32::from(char) {
        0x0d => Class::Return,
        0x0a => Class::Newline,
        0..=0x1f | 0x7f..=0x9f | 0xad => Class::Control,
        // The letters of most languages stand in one of these.
        0..=0x2ff | 0x3400..=0xa66e => Class::Other,
        syllable @ 0xac00..=0xd7a3 if (syllable - 0xac00).is_multiple_of(28) => Class::Open,
        0xac00..=0xd7a3 => Class::Closed,
        code => {
            let behind = table::TABLE.partition_point(|(first, ..)| *first <= code);
            let range = behind.checked_sub(1).and_then(|at| table::TABLE.get(at));
            let range = range.filter(|(_, last, _)| code <= *last);
            range.map_or(Class::Other, |(.., class)| *class)
        }
    }
}

/// A cluster as far as it was read: what the rules ask of it.
struct Cluster {
    /// How many characters it has.
    length: usize,
    /// The class of the last of them.
    last: Class,
    /// The class of the character before the last `Extend`; nothing where there is no `Extend`.
    before_extend: Option<Class>,
    /// The place of the last `Regional_Indicator`; 0 where there is none behind the first character.
    regional: usize,
    /// Whether all characters between the first and that one are such too.
    only_regional: bool,
}

impl Cluster {
    const fn new(first: Class) -> Self {
        Self {
            length: 1,
            last: first,
            before_extend: if matches!(first, Class::Extend) {
                Some(Class::Other)
            } else {
                None
            },
            regional: 0,
            only_regional: true,
        }
    }

    fn push(&mut self, next: Class) {
        if next == Class::Extend {
            self.before_extend = Some(self.last);
        }
        if next == Class::Regional {
            self.only_regional &= self.regional + 1 == self.length;
            self.regional = self.length;
        }
        self.last = next;
        self.length += 1;
    }

    /// Whether a new cluster begins with a character of that class.
    #[expect(
        clippy::match_same_arms,
        reason = "the rules stand in their order, and the first that applies decides"
    )]
    fn breaks_before(&self, next: Class) -> bool {
        use Class::{
            BaseAfterJoiner, Closed, Control, Extend, Glue, Joiner, Leading, Modifier, Newline,
            Open, Prepend, Regional, Return, SpacingMark, Trailing, Vowel,
        };
        // What grapheme-splitter asks of flags first: a flag that something was added to takes no more.
        if self.regional > 0 && self.only_regional && !matches!(self.last, Prepend | Regional) {
            return true;
        }
        match (self.last, next) {
            // GB3 to GB5
            (Return, Newline) => false,
            (Return | Newline | Control, _) | (_, Return | Newline | Control) => true,
            // GB6 to GB9b
            (Leading, Leading | Vowel | Open | Closed)
            | (Open | Vowel, Vowel | Trailing)
            | (Closed | Trailing, Trailing)
            | (_, Extend | Joiner | SpacingMark)
            | (Prepend, _) => false,
            // GB10. The base is looked for before the last `Extend`, and there may be no more than one
            // between it and the modifier.
            (last, Modifier) => !match self.before_extend {
                Some(before) => last == Extend && before.is_base(),
                None => last.is_base(),
            },
            // GB11
            (Joiner, Glue | BaseAfterJoiner) => false,
            // GB12 and GB13
            (Regional, Regional) => self.regional > 0,
            _ => true,
        }
    }
}

/// The clusters of a text: where each begins, in bytes, and its characters.
#[derive(Clone, Debug)]
pub(super) struct Clusters10<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Clusters10<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Clusters10<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (start, rest) = (self.at, self.text.get(self.at..)?);
        // Most characters stand between two of ASCII.
        if let [first, next, ..] = rest.as_bytes()
            && first.is_ascii()
            && next.is_ascii()
            && *first != b'\r'
        {
            self.at += 1;
            return Some((start, &rest[..1]));
        }
        let mut chars = rest.char_indices();
        let mut cluster = Cluster::new(class_of(chars.next()?.1));
        let mut end = rest.len();
        for (at, char) in chars {
            let next = class_of(char);
            if cluster.breaks_before(next) {
                end = at;
                break;
            }
            cluster.push(next);
        }
        self.at += end;
        Some((start, &rest[..end]))
    }
}

#[cfg(test)]
mod tests;
