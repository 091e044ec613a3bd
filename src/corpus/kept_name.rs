//! The names of labels as they are kept: very long ones by their beginning and a hash.

use std::borrow::Cow;

use super::shingles::hash;
use crate::text::floor_char;

/// The longest name that is kept as it is, in bytes. The service takes 50 characters.
pub const LONGEST: usize = 400;

/// A name as it is kept: where it is longer than [`LONGEST`], its beginning, and what tells it from
/// others that begin alike: the number of its characters, and a hash. So thousands of names that are
/// texts by mistake take no memory to speak of.
#[must_use]
pub fn kept_name(name: &str) -> Cow<'_, str> {
    if name.len() <= LONGEST {
        return Cow::Borrowed(name);
    }
    let beginning = &name[..floor_char(name, LONGEST)];
    let (length, hash) = (name.chars().count(), hash(name.as_bytes()));
    Cow::Owned(format!("{beginning}… {length} {hash:016x}"))
}

/// Whether a name as it is kept is cut. It can be shown, and not be written.
#[must_use]
pub const fn is_cut(kept: &str) -> bool {
    kept.len() > LONGEST
}

/// How many characters a name has, cut or not.
#[must_use]
pub fn characters(kept: &str) -> u64 {
    let told = kept.rsplit_once("… ").filter(|_| is_cut(kept));
    let told = told.and_then(|(_, told)| told.split_once(' ')?.0.parse().ok());
    told.unwrap_or_else(|| kept.chars().count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_where_it_is_very_long() {
        let name = "é".repeat(200);
        assert_eq!(kept_name(&name), name);
        assert_eq!((is_cut(&name), characters(&name)), (false, 200));
        let long = format!("{name}… 7");
        let kept = kept_name(&long);
        assert!(kept.starts_with(&name) && kept.len() < 430, "{kept}");
        assert_eq!((is_cut(&kept), characters(&kept)), (true, 203));
        assert_ne!(kept_name(&format!("{name}… 8")), kept);
    }
}
