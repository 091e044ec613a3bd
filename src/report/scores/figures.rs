//! Figures as people read them.

use crate::evaluation::{Change, Rates};

/// A figure from 0 to 1 as people read it.
pub(in crate::report) fn figure(value: f64) -> String {
    format!("{value:.4}")
}

/// A change of a figure.
fn change(before: f64, now: f64) -> String {
    let told = format!("{:+.4}", now - before);
    // A change that is too small to be seen has no direction.
    if told == "-0.0000" {
        "+0.0000".to_owned()
    } else {
        told
    }
}

/// What became of an F1: before, now, and the difference.
pub(in crate::report) fn changed(it: &Change) -> [String; 3] {
    let told = |rates: Option<Rates>| rates.map_or("-".to_owned(), |rates| figure(rates.f1));
    let by = match (it.before, it.now) {
        (Some(before), Some(now)) => change(before.f1, now.f1),
        (None, _) => "new".to_owned(),
        (_, None) => "gone".to_owned(),
    };
    [told(it.before), told(it.now), by]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_a_sign() {
        assert_eq!(change(0.5, 0.625), "+0.1250");
        assert_eq!(change(0.625, 0.5), "-0.1250");
        assert_eq!(change(0.5, 0.499_999), "+0.0000");
    }
}
