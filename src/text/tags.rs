//! Language tags (BCP-47).

/// The first subtag of a tag, which names the language itself: `en` of `en-US`. An underscore
/// is taken for the hyphen that was meant.
#[must_use]
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Whether two tags name the same language, whatever their regions and scripts.
#[must_use]
pub fn same_primary(one: &str, other: &str) -> bool {
    primary(one).eq_ignore_ascii_case(primary(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_and_case_do_not_tell_languages_apart() {
        assert!(same_primary("EN", "en-gb") && same_primary("pt_br", "PT-pt"));
        assert!(!same_primary("en", "eng") && !same_primary("", "en"));
    }
}
