//! Where labels are used that are not declared: statistics know only how often, and where first.

use std::collections::BTreeMap;

use crate::corpus::Statistics;
use crate::corpus::kept_name::kept_name;
use crate::diagnostics::{Location, MOST_PLACES};
use crate::pipeline::Error;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;
use crate::rules::LABEL_UNDECLARED;

/// How many places are held, over all labels.
const MOST_HELD: usize = 20_000;

impl Pass<'_> {
    /// The first uses of each label that is not declared, in the order of the file. The file is
    /// gone over again only where there are such labels, and their places are to be told.
    pub(crate) fn undeclared_uses(
        &self,
        workers: &Workers,
        statistics: &Statistics,
    ) -> Result<BTreeMap<String, Vec<Location>>, Error> {
        let labels = statistics.undeclared.keys();
        let labels = labels.map(|label| (label.clone(), Vec::new()));
        let mut uses: BTreeMap<String, Vec<Location>> = labels.collect();
        let mut rules = self.rules.all.iter();
        let is_asked = rules.any(|rule| rule.meta().name == LABEL_UNDECLARED);
        let once = statistics.undeclared.values().all(|seen| seen.count < 2);
        // What is fixed needs no places, and is checked many times.
        if uses.is_empty() || once || !is_asked || self.wants_fixes() {
            return Ok(BTreeMap::new());
        }
        let each = (MOST_HELD / uses.len()).clamp(1, MOST_PLACES) + 1;
        let known = &statistics.undeclared;
        let look = |found: FoundDocument<'_, '_>, (), part: &mut Vec<(String, Location)>| {
            for (category, at) in found.document.categories() {
                let name = kept_name(category);
                if known.contains_key(&*name) {
                    part.push((name.into_owned(), found.location(at)));
                }
            }
            Ok(())
        };
        self.each_document(
            workers,
            |_| Some(()),
            look,
            |part| {
                for (label, location) in part {
                    let places = uses.get_mut(&label);
                    if let Some(places) = places.filter(|places| places.len() < each) {
                        places.push(location);
                    }
                }
            },
        )?;
        Ok(uses)
    }
}
