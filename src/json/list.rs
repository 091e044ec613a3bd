//! Changes to the items of a list, as byte edits: some go, others are added at its end, and every other
//! byte stays as it was. Members of an object are items too.

use std::ops::Range;

use super::patch::Edit;

/// The edits that take items out of a list and add others behind the last.
///
/// `items` are the bytes of all of them, in their order; `inner` is what stands between the brackets.
/// `space` is the white space before an item. Where the list has no items, what is added stands alone
/// between the brackets, with the white space before it.
#[must_use]
pub fn edits(
    items: &[Range<u64>],
    inner: Range<u64>,
    is_gone: impl Fn(usize) -> bool,
    added: &[String],
    space: &str,
) -> Vec<Edit> {
    let Some((first, last)) = items.first().zip(items.last()) else {
        let text = added
            .iter()
            .map(|item| format!("{space}{item}"))
            .collect::<Vec<_>>()
            .join(",");
        let edit = (!text.is_empty()).then_some(Edit { bytes: inner, text });
        return edit.into_iter().collect();
    };
    let parted = format!(",{space}");
    let more: String = added.iter().flat_map(|item| [&*parted, item]).collect();
    let kept: Vec<usize> = (0..items.len()).filter(|at| !is_gone(*at)).collect();
    let (Some(front), Some(back)) = (kept.first(), kept.last()) else {
        // Nothing of the list is left.
        let (bytes, text) = if added.is_empty() {
            (inner, String::new())
        } else {
            let text = added.join(&parted);
            (first.start..last.end, text)
        };
        return vec![Edit { bytes, text }];
    };
    let mut edits = Vec::new();
    if *front > 0 {
        edits.push(Edit {
            bytes: first.start..items[*front].start,
            text: String::new(),
        });
    }
    for pair in kept.windows(2) {
        if pair[1] > pair[0] + 1 {
            edits.push(Edit {
                bytes: items[pair[0]].end..items[pair[1] - 1].end,
                text: String::new(),
            });
        }
    }
    if *back + 1 < items.len() || !more.is_empty() {
        edits.push(Edit {
            bytes: items[*back].end..last.end,
            text: more,
        });
    }
    edits
}

/// The white space before the items of a list: what stands before the last of them, without commas.
#[must_use]
pub fn space<'t>(text: &'t str, items: &[Range<usize>], opening: usize) -> &'t str {
    let Some((last, before)) = items.split_last() else {
        return "";
    };
    let before = before.last().map_or(opening, |before| before.end);
    let between = text.get(before..last.start).unwrap_or_default();
    let comma = between.rfind(',').map_or(0, |comma| comma + 1);
    let space = &between[comma..];
    if space.trim_ascii().is_empty() {
        space
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::patch::apply;
    use crate::json::{Locator, Node, Pointer};
    use proptest::prelude::*;

    /// The list after the edits.
    fn changed(text: &str, gone: &[usize], added: &[&str]) -> String {
        let locator = Locator::new(text);
        let array = locator.node(&Pointer::root()).unwrap();
        let items: Vec<Range<usize>> = array
            .items()
            .iter()
            .map(|item| item.range_in(text).unwrap())
            .collect();
        let space = space(text, &items, 1);
        let wide = |range: &Range<usize>| range.start as u64..range.end as u64;
        let ranges: Vec<Range<u64>> = items.iter().map(wide).collect();
        let added: Vec<String> = added.iter().map(|&item| item.to_owned()).collect();
        let inner = wide(&(1..text.len() - 1));
        let edits = edits(&ranges, inner, |at| gone.contains(&at), &added, space);
        let mut out = Vec::new();
        apply(0, text.as_bytes(), &edits, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_added_is_laid_out_as_what_was_there() {
        let lines = "[\n  1,\n  2\n]";
        assert_eq!(changed(lines, &[], &["9"]), "[\n  1,\n  2,\n  9\n]");
        assert_eq!(changed(lines, &[1], &["9"]), "[\n  1,\n  9\n]");
        assert_eq!(changed(lines, &[0, 1], &["8", "9"]), "[\n  8,\n  9\n]");
        assert_eq!(changed(lines, &[0, 1], &[]), "[]");
        assert_eq!(changed("[ 1 ]", &[], &["2"]), "[ 1, 2 ]");
        assert_eq!(changed("[1]", &[], &["2"]), "[1,2]");
        assert_eq!(changed("[]", &[], &["2", "3"]), "[2,3]");
    }

    proptest! {
        #[test]
        fn the_value_is_the_list_without_and_with(
            count in 0_usize..6,
            gone in prop::collection::vec(0_usize..6, 0..6),
            added in 0_usize..3,
            before in prop::sample::select(vec!["", " ", "\n  "]),
            after in prop::sample::select(vec!["", " "]),
        ) {
            let items: Vec<String> = (0..count).map(|item| format!("{before}{item}{after}")).collect();
            let text = format!("[{}]", items.join(","));
            let more: Vec<String> = (10..10 + added).map(|item| item.to_string()).collect();
            let more: Vec<&str> = more.iter().map(String::as_str).collect();
            let out = changed(&text, &gone, &more);
            let want: Vec<String> = (0..count)
                .filter(|item| !gone.contains(item))
                .map(|item| item.to_string())
                .chain(more.iter().map(|&item| item.to_owned()))
                .collect();
            let found = Node::parse(&out).unwrap().items();
            let found: Vec<&str> = found.iter().map(|node| node.raw()).collect();
            prop_assert_eq!(found, want, "{}", out);
        }
    }
}
