//! Where the texts of a file are of which none was found.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Pass;
use crate::corpus::Statistics;
use crate::diagnostics::store::DiagnosticStore;
use crate::formats::TextPlace;
use crate::model::Address;
use crate::pipeline::Error;
use crate::rules::{DOCUMENT_MISSING, TextsNear};

/// How many of the missing documents are looked for elsewhere.
const ASKED: usize = 100;

impl Pass<'_> {
    /// The folder near the label file that has most of the first missing documents, where none was
    /// found and nobody said where they are.
    ///
    /// Fails where findings cannot be read back.
    pub(crate) fn texts_near(
        &self,
        statistics: &Statistics,
        findings: &DiagnosticStore,
    ) -> Result<Option<TextsNear>, Error> {
        let Some(texts) = self.texts.texts.filter(|texts| !texts.given()) else {
            return Ok(None);
        };
        if statistics.texts_found > 0 || statistics.texts_missing.documents == 0 {
            return Ok(None);
        }
        let mut files: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let mut asked = 0;
        for finding in findings {
            let finding = finding?;
            let path = finding.document.as_deref();
            let Some(path) = path.filter(|_| finding.rule == DOCUMENT_MISSING) else {
                continue;
            };
            let address = Address {
                shortens: self.format.info().texts == TextPlace::Addresses,
                ..Address::location(path)
            };
            if let Some(folder) = texts.elsewhere(&address) {
                let name = if address.shortens {
                    address.name()
                } else {
                    path
                };
                let file = (folder, name.to_owned());
                files.entry(file).or_default().insert(path.to_owned());
            }
            asked += 1;
            if asked == ASKED {
                break;
            }
        }
        let mut folders: BTreeMap<String, u64> = BTreeMap::new();
        // A file that several would share is taken for none of them.
        for ((folder, _), _) in files.into_iter().filter(|(_, meant)| meant.len() == 1) {
            *folders.entry(folder).or_default() += 1;
        }
        let most = folders.into_iter().min_by_key(|(_, found)| Reverse(*found));
        Ok(most.map(|(folder, found)| TextsNear {
            folder,
            found,
            asked: asked as u64,
        }))
    }
}
