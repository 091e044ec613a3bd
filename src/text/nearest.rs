//! The name that was probably meant.

/// The candidate that is most like `name`, where one is like it at all.
///
/// Likeness is the share of characters that no edit touches (Damerau and Levenshtein), and 0.6
/// the least that counts: `Citty` is like `City`, and two long names that begin alike are not
/// alike for that.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::normalized_damerau_levenshtein(name, candidate);
        if likeness >= 0.6 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
