//! A text, cut into tokens at the edges of its labels.

use std::ops::Range;

/// Where a token stands in an entity, as spaCy numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Nobody has said it.
    Missing = 0,
    /// Inside.
    Inside = 1,
    /// Outside of all.
    Outside = 2,
    /// At its beginning.
    Begin = 3,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Its text, which is not empty.
    pub(super) text: &'t str,
    /// Whether a blank follows, which belongs to no token.
    pub(super) blank: bool,
    /// Where it stands.
    pub(super) stand: Stand,
    /// The index of the label that it belongs to.
    pub(super) label: Option<usize>,
}

/// Cuts a text into tokens: at the edges of `labels` (bytes of the text, sorted, apart from one
/// another, none of them empty), and otherwise into words, white space and single other signs. A
/// blank behind a token belongs to it, unless a label begins with it or ends behind it.
/// `is_labeled` tells whether what lies outside of labels is known to be no label.
pub(super) fn tokens<'t>(
    text: &'t str,
    labels: &[Range<usize>],
    is_labeled: bool,
) -> Vec<Token<'t>> {
    let mut tokens: Vec<Token<'t>> = Vec::new();
    let (mut at, mut next) = (0, 0);
    let outside = if is_labeled {
        Stand::Outside
    } else {
        Stand::Missing
    };
    while at < text.len() {
        while labels.get(next).is_some_and(|label| label.end <= at) {
            next += 1;
        }
        let label = labels.get(next);
        let inside = label.filter(|label| label.start <= at);
        let is_begin = inside.is_some_and(|label| label.start == at);
        // No token goes over an edge.
        let edge = match (inside, label) {
            (Some(label), _) => label.end,
            (None, Some(label)) => label.start,
            (None, None) => text.len(),
        };
        let is_blank = text.as_bytes()[at] == b' ';
        let ends_with_it = inside.is_some() && edge == at + 1;
        if is_blank
            && !is_begin
            && !ends_with_it
            && let Some(last) = tokens.last_mut()
            && !last.blank
        {
            last.blank = true;
            at += 1;
            continue;
        }
        let end = at + word(&text[at..edge]);
        tokens.push(Token {
            text: &text[at..end],
            blank: false,
            stand: match inside {
                Some(_) if is_begin => Stand::Begin,
                Some(_) => Stand::Inside,
                None => outside,
            },
            label: inside.map(|_| next),
        });
        at = end;
    }
    tokens
}

/// The bytes of the token that a text begins with.
fn word(text: &str) -> usize {
    let sort = |char: char| {
        if char.is_whitespace() {
            1
        } else if char.is_alphanumeric() || char == '_' {
            2
        } else if char.is_ascii() {
            3
        } else {
            // Marks, joiners and pictures: what may make one sign with its neighbours.
            4
        }
    };
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else {
        return 0;
    };
    let first = sort(first);
    let ends = |char: char| match first {
        1 => sort(char) != 1,
        2 => !matches!(sort(char), 2 | 4),
        3 => true,
        _ => sort(char) != 4,
    };
    chars
        .find(|(_, char)| ends(*char))
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, labels: &[(usize, usize)]) -> Vec<String> {
        let labels: Vec<Range<usize>> = labels.iter().map(|(start, end)| *start..*end).collect();
        let tokens = tokens(text, &labels, true).into_iter();
        let shown = tokens.map(|token| {
            let sign = ["?", "I", "", "B"][token.stand as usize];
            format!("{sign}{}{}", token.text, if token.blank { "·" } else { "" })
        });
        shown.collect()
    }

    #[test]
    fn tokens_end_at_the_edges_of_labels() {
        assert_eq!(
            shown("Ada met Bob.", &[(0, 3), (8, 11)]),
            ["BAda·", "met·", "BBob", "."]
        );
        assert_eq!(
            shown("<b>Bob</b>", &[(3, 6)]),
            ["<", "b", ">", "BBob", "<", "/", "b", ">"]
        );
        assert_eq!(shown("a5mgb", &[(1, 2), (2, 4)]), ["a", "B5", "Bmg", "b"]);
        assert_eq!(shown("a b  c", &[(1, 3)]), ["a", "B ", "Ib·", " ", "c"]);
        assert_eq!(shown("a b", &[(0, 2)]), ["Ba", "I ", "b"]);
        assert_eq!(shown("Ada Byron", &[(0, 9)]), ["BAda·", "IByron"]);
        assert_eq!(shown(" a", &[]), [" ", "a"]);
        assert_eq!(shown("Zoe\u{308}\r\nx", &[]), ["Zoe\u{308}", "\r\n", "x"]);
        assert!(shown("", &[]).is_empty());
    }

    proptest! {
        #[test]
        fn the_text_and_the_labels_come_back(
            text in "[ a5.é😀\u{301}\n\u{200d}]{0,20}",
            edges in prop::collection::btree_set(0_usize..20, 0..6),
            is_labeled: bool,
        ) {
            let edges: Vec<usize> = edges.into_iter().filter_map(|edge| {
                text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(edge)
            }).collect();
            let labels: Vec<_> = edges.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
            let tokens = tokens(&text, &labels, is_labeled);
            let (mut again, mut found) = (String::new(), Vec::<Range<usize>>::new());
            for token in &tokens {
                prop_assert!(!token.text.is_empty());
                let start = again.len();
                again.push_str(token.text);
                match token.stand {
                    Stand::Begin => found.push(start..again.len()),
                    Stand::Inside => found.last_mut().unwrap().end = again.len(),
                    Stand::Outside => prop_assert!(is_labeled),
                    Stand::Missing => prop_assert!(!is_labeled),
                }
                again.push_str(if token.blank { " " } else { "" });
            }
            prop_assert_eq!(&again, &text);
            prop_assert_eq!(found, labels);
        }
    }
}
