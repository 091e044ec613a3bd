//! `label_confidence`: numbers that run parallel to the labels.

use crate::diagnostics::Issue;
use crate::model::Confidence;

/// What the confidences of a line are.
pub(super) struct Read<'a> {
    pub(super) confidence: Confidence<'a>,
    /// That they do not belong to the labels.
    pub(super) fault: Option<Issue>,
}

/// Reads the JSON text of the confidences of `labels` labels; nothing where it has another
/// type. A multi-class line (`single`) has one number, the others have an array.
pub(super) fn read(raw: &str, labels: usize, single: bool) -> Option<Read<'_>> {
    let inner = if single {
        raw
    } else {
        raw.strip_prefix('[')?.strip_suffix(']')?
    };
    if labels > 0 && (are_ones(inner, labels, b",") || are_ones(inner, labels, b", ")) {
        return Some(Read {
            confidence: Confidence::Ones,
            fault: None,
        });
    }
    // The text is JSON, so without these bytes there can be nothing but numbers in it.
    if inner.contains(['"', '[', '{', 't', 'f', 'n']) {
        return None;
    }
    let numbers = inner.split(',').map(str::trim_ascii);
    let numbers = numbers.filter(|number| !number.is_empty());
    let (mut count, mut ones, mut outside) = (0, 0, None);
    for number in numbers {
        count += 1;
        ones += usize::from(number == "1.0");
        let value: f64 = number.parse().unwrap_or(f64::NAN);
        if !(0.0..=1.0).contains(&value) && outside.is_none() {
            outside = Some(number.to_owned());
        }
    }
    let counts = (count != labels).then_some((count as u64, labels as u64));
    let fault = (counts.is_some() || outside.is_some()).then_some(Issue::ConfidenceMismatch {
        counts,
        value: outside,
    });
    Some(Read {
        confidence: if ones == labels && count == labels {
            Confidence::Ones
        } else {
            Confidence::Other(raw)
        },
        fault,
    })
}

/// Whether the numbers are all spelled `1.0` and separated alike: what tools write for labels by
/// hand.
fn are_ones(numbers: &str, count: usize, separator: &[u8]) -> bool {
    const ONE: &[u8] = b"1.0";
    let step = ONE.len() + separator.len();
    if numbers.len() + separator.len() != count * step {
        return false;
    }
    let mut steps = numbers.as_bytes().chunks(step);
    steps.all(|chunk| match chunk.strip_prefix(ONE) {
        Some(rest) => rest.is_empty() || rest == separator,
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_to_the_labels() {
        let ones = |raw, labels, single| {
            let read = read(raw, labels, single).unwrap();
            (read.confidence == Confidence::Ones, read.fault.is_some())
        };
        assert_eq!(ones("[1.0, 1.0]", 2, false), (true, false));
        assert_eq!(ones("[1.0,1.0,1.0]", 3, false), (true, false));
        assert_eq!(ones("[1.0,1.0,1.0]", 2, false), (false, true));
        assert_eq!(ones("[1.0,1.1,1.0]", 3, false), (false, true));
        assert_eq!(ones("[1.0 ,1.0]", 2, false), (true, false));
        assert_eq!(ones("[]", 0, false), (true, false));
        assert_eq!(ones("1.0", 1, true), (true, false));
        assert_eq!(ones("0.75", 1, true), (false, false));
        assert_eq!(ones("[1]", 1, false), (false, false));
        assert_eq!(ones("[1.0]", 2, false), (false, true));
        assert_eq!(ones("[1.5]", 1, false), (false, true));
        assert!(read("[\"1.0\"]", 1, false).is_none());
        assert!(read("1.0", 1, false).is_none());
    }
}
