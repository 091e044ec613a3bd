//! The name that was probably meant.

use std::borrow::Cow;

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

/// The candidate that `name` is a misspelling of: all but the same in letters.
///
/// This asks for more than [`nearest`] does, since a finding follows from it. Case and the signs
/// between words do not count. Beyond that one letter may differ (in names of five), or
/// two where one of the names has eight and they begin and end alike, or the number: `entity` for
/// `entities`. So `updated_at` is no misspelling of `updated_by`, nor `label_id` of `label`.
#[must_use]
pub fn misspelled<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = folded(name);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = slips(&letters, &folded(candidate));
        if let Some(distance) = distance
            && candidate != name
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many slips of the pen lie between two names; `None` where they are too many.
fn slips(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let [one_has, other_has] = [one, other].map(|name| name.chars().count());
    let (shorter, longer) = (one_has.min(other_has), one_has.max(other_has));
    if longer < 5 || longer - shorter > 3 {
        return None;
    }
    if singular(one) == singular(other) {
        return Some(1);
    }
    let edges = |name: &str| (name.chars().next(), name.chars().next_back());
    let most = if longer >= 8 && edges(one) == edges(other) {
        2
    } else {
        1
    };
    let distance = strsim::damerau_levenshtein(one, other);
    (distance <= most).then_some(distance)
}

/// The letters of a name, without case and what stands between its words.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !"_- .".contains(*letter));
    letters.flat_map(char::to_lowercase).collect()
}

fn singular(name: &str) -> Cow<'_, str> {
    if let Some(stem) = name.strip_suffix("ies") {
        return Cow::Owned(format!("{stem}y"));
    }
    if name.ends_with("ss") {
        return Cow::Borrowed(name);
    }
    let stem = name.strip_suffix("es").filter(|stem| stem.ends_with("ss"));
    Cow::Borrowed(stem.or_else(|| name.strip_suffix('s')).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_has_three_fifths_of_its_letters() {
        let of = |name: &str, known: &[&'static str]| nearest(name, known.iter().copied());
        assert_eq!(of("Citty", &["Country", "City"]), Some("City"));
        assert_eq!(of("abcde", &["abxyz", "abcxy"]), Some("abcxy"));
        assert_eq!(of("abcde", &["abxyz"]), None);
        // Of two that are as near, the first.
        assert_eq!(of("abcde", &["abcdx", "abcdy"]), Some("abcdx"));
        assert_eq!(of("abcde", &["abcxy", "abcdy"]), Some("abcdy"));
    }

    #[test]
    fn a_misspelling_is_all_but_the_same() {
        let meant = |name: &str, known: &'static str| misspelled(name, [known].into_iter());
        for (name, known) in [
            ("entites", "entities"),
            ("entity", "entities"),
            ("Category", "category"),
            ("lables", "labels"),
            ("label", "labels"),
            ("lenght", "length"),
            ("dataSet", "dataset"),
            ("image-url", "image_url"),
            ("offset_start", "offsetStart"),
            ("clas", "class"),
            ("class", "classes"),
            ("sumaryLocaton", "summaryLocation"),
            ("langauge", "language"),
        ] {
            assert_eq!(meant(name, known), Some(known), "{name}");
        }
        for (name, known) in [
            ("category", "category"),
            ("updated_at", "updated_by"),
            ("label_id", "label"),
            ("labeler", "label"),
            ("dataset_id", "dataset"),
            ("location_id", "location"),
            ("projectName", "projectKind"),
            ("offsetEnd", "offsetStart"),
            ("lost", "list"),
            ("", "list"),
            ("", "labels"),
            // Letters are counted, not bytes.
            ("t\u{eb}xt", "text"),
            ("text", "list"),
        ] {
            assert_eq!(meant(name, known), None, "{name}");
        }
        let known = ["labela", "labelb"];
        assert_eq!(misspelled("labelc", known.into_iter()), Some("labela"));
        let known = ["label", "labels"];
        assert_eq!(misspelled("Labels", known.into_iter()), Some("labels"));
    }
}
