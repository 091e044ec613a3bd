//! The names that labels and sets have in two files, each kept once.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A name, by its number among those that were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameId(u32);

impl NameId {
    /// Its number, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: BTreeMap<Arc<str>, NameId>,
    list: Vec<Arc<str>>,
}

impl Names {
    /// The number of a name, which is kept where it is new.
    pub fn id(&mut self, name: &str) -> NameId {
        if let Some(id) = self.known.get(name) {
            return *id;
        }
        // A file with so many different names does not fit into memory.
        let id = NameId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let name: Arc<str> = name.into();
        self.list.push(Arc::clone(&name));
        self.known.insert(name, id);
        id
    }

    /// The number of a name that was met.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<NameId> {
        self.known.get(name).copied()
    }

    /// The name of that number.
    #[must_use]
    pub fn get(&self, id: NameId) -> &str {
        self.list.get(id.index()).map_or("", |name| name)
    }

    /// The same, to be kept.
    #[must_use]
    pub fn name(&self, id: NameId) -> Arc<str> {
        let name = self.list.get(id.index());
        name.map_or_else(|| Arc::from(""), Arc::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number() {
        let mut names = Names::default();
        let (city, person) = (names.id("City"), names.id("Person"));
        assert_eq!(names.id("City"), city);
        assert_eq!((city.index(), person.index()), (0, 1));
        assert_eq!(&*names.name(person), "Person");
        assert_eq!(names.find("Date"), None);
    }
}
