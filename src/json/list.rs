//! Changes to the items of a list, as byte edits: some go, others come between them or at the end, and
//! every other byte stays as it was. Members of an object are items too.

use std::ops::Range;

use super::patch::Edit;

/// The edits that take items out of a list and put others into it.
///
/// `items` are the bytes of all of them, in their order; `inner` is what stands between the brackets. Each
/// of the `added`, which are sorted, has the index of the item that it comes before, or that of none to
/// come last. `space` is the white space before an item. Where the list has no items, what is added
/// stands alone between the brackets, with the white space before it.
#[must_use]
pub fn edits(
    items: &[Range<u64>],
    inner: Range<u64>,
    is_gone: impl Fn(usize) -> bool,
    added: &[(usize, String)],
    space: &str,
) -> Vec<Edit> {
    let comma = format!(",{space}");
    let Some((first, last)) = items.first().zip(items.last()) else {
        let texts: Vec<&str> = added.iter().map(|(_, text)| &**text).collect();
        let text = format!("{space}{}", texts.join(&comma));
        let edit = (!texts.is_empty()).then_some(Edit { bytes: inner, text });
        return edit.into_iter().collect();
    };
    let kept: Vec<usize> = (0..items.len()).filter(|at| !is_gone(*at)).collect();
    let (Some(front), Some(back)) = (kept.first(), kept.last()) else {
        // Nothing of the list is left.
        let texts: Vec<&str> = added.iter().map(|(_, text)| &**text).collect();
        let bytes = if texts.is_empty() {
            inner
        } else {
            first.start..last.end
        };
        let text = texts.join(&comma);
        return vec![Edit { bytes, text }];
    };
    let between = |after: usize, before: usize| {
        let added = added.iter().skip_while(move |(at, _)| *at < after);
        added.take_while(move |(at, _)| *at < before)
    };
    let mut edits = Vec::new();
    let mut edit = |bytes: Range<u64>, text: String| {
        if !bytes.is_empty() || !text.is_empty() {
            edits.push(Edit { bytes, text });
        }
    };
    let before = between(0, front + 1).flat_map(|(_, text)| [&**text, &comma]);
    edit(first.start..items[*front].start, before.collect());
    let behind = |after: usize, before: usize| {
        let added = between(after, before);
        added.flat_map(|(_, text)| [&*comma, text]).collect()
    };
    for pair in kept.windows(2) {
        let (one, next) = (pair[0], pair[1]);
        let bytes = items[one].end..items[next - 1].end;
        edit(bytes, behind(one + 1, next + 1));
    }
    let bytes = items[*back].end..last.end;
    edit(bytes, behind(back + 1, usize::MAX));
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

    /// The list after the edits. What is added comes last.
    fn changed(text: &str, gone: &[usize], added: &[&str]) -> String {
        let last = |item: &&str| (usize::MAX - 1, (*item).to_owned());
        with(text, gone, &added.iter().map(last).collect::<Vec<_>>())
    }

    fn with(text: &str, gone: &[usize], added: &[(usize, String)]) -> String {
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
        let inner = wide(&(1..text.len() - 1));
        let edits = edits(&ranges, inner, |at| gone.contains(&at), added, space);
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

    #[test]
    fn what_comes_between_is_put_there() {
        let lines = "[\n  1,\n  2\n]";
        let at = |place: usize, gone: &[usize]| with(lines, gone, &[(place, "9".to_owned())]);
        assert_eq!(at(0, &[]), "[\n  9,\n  1,\n  2\n]");
        assert_eq!(at(1, &[]), "[\n  1,\n  9,\n  2\n]");
        assert_eq!(at(1, &[0]), "[\n  9,\n  2\n]");
        assert_eq!(at(1, &[1]), "[\n  1,\n  9\n]");
        assert_eq!(at(0, &[0, 1]), "[\n  9\n]");
    }

    proptest! {
        #[test]
        fn the_value_is_the_list_without_and_with(
            count in 0_usize..6,
            gone in prop::collection::vec(0_usize..6, 0..6),
            added in prop::collection::vec(0_usize..7, 0..4),
            before in prop::sample::select(vec!["", " ", "\n  "]),
            after in prop::sample::select(vec!["", " "]),
        ) {
            let items: Vec<String> = (0..count).map(|item| format!("{before}{item}{after}")).collect();
            let text = format!("[{}]", items.join(","));
            let mut added = added;
            added.sort_unstable();
            let more: Vec<(usize, String)> = added
                .iter()
                .enumerate()
                .map(|(number, at)| (*at, (10 + number).to_string()))
                .collect();
            let out = with(&text, &gone, &more);
            let mut want = Vec::new();
            for item in 0..=count.max(7) {
                want.extend(more.iter().filter(|(at, _)| *at == item).map(|(_, text)| text.clone()));
                if item < count && !gone.contains(&item) {
                    want.push(item.to_string());
                }
            }
            let found = Node::parse(&out).unwrap().items();
            let found: Vec<&str> = found.iter().map(|node| node.raw()).collect();
            prop_assert_eq!(found, want, "{}", out);
        }
    }
}
