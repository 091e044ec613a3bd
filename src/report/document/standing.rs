//! Which labels stand in a row, from one row to the next.

use std::ops::Range;

use super::rows::Row;

/// The labels of a document, of which most rows have a few. No row looks at all of them.
pub(super) struct Standing<'a> {
    spans: &'a [(Range<usize>, String)],
    /// Their places in `spans`, by where they begin.
    order: Vec<usize>,
    /// How many of these have begun.
    begun: usize,
    /// Those that have begun and may not have ended, in the order of `spans`.
    now: Vec<usize>,
    /// The byte that the next row begins with.
    from: usize,
}

impl<'a> Standing<'a> {
    /// Before the first row.
    pub(super) fn new(spans: &'a [(Range<usize>, String)]) -> Self {
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by_key(|at| spans[*at].0.start);
        Self {
            spans,
            order,
            begun: 0,
            now: Vec::new(),
            from: 0,
        }
    }

    /// Goes on to the next row, and answers the labels that stand in it, and perhaps some that end before
    /// its first character.
    pub(super) fn go(&mut self, row: &Row) -> Vec<&'a (Range<usize>, String)> {
        let (spans, from) = (self.spans, self.from);
        let rest = &self.order[self.begun..];
        let new = rest.partition_point(|at| spans[*at].0.start < row.next);
        self.now.extend(&rest[..new]);
        self.begun += new;
        // One that is empty is shown where it is.
        self.now
            .retain(|at| spans[*at].0.end.max(spans[*at].0.start + 1) > from);
        if new > 0 {
            self.now.sort_unstable();
        }
        self.from = row.next;
        self.now.iter().map(|at| &spans[*at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::*;

    #[test]
    fn a_row_has_the_labels_that_a_look_at_all_of_them_finds() {
        let text = "one two three\n\nfour five six seven\neight";
        let ends = [0, 1, 3, 5, 8, 13, 14, 15, 19, 30, 34, 35, text.len()];
        let spans = ends.iter().flat_map(|start| {
            let ends = ends.iter().filter(move |end| start <= *end);
            ends.map(move |end| (*start..*end, String::new()))
        });
        let spans: Vec<(Range<usize>, String)> = spans.collect();
        let mut standing = Standing::new(&spans);
        let shown = |row: &Row, span: &&(Range<usize>, String)| {
            let bytes = span.0.start..span.0.end.max(span.0.start + 1);
            row.columns(&bytes).is_some()
        };
        for row in rows(text, 9) {
            let found = standing.go(&row);
            let found: Vec<_> = found.into_iter().filter(|span| shown(&row, span)).collect();
            let want: Vec<_> = spans.iter().filter(|span| shown(&row, span)).collect();
            assert_eq!(found, want, "{row:?}");
        }
    }
}
