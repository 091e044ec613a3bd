//! What fingerprints of files call the folders of texts.

use super::texts::Texts;

impl Texts {
    /// What fingerprints of files call the folders, in their order.
    #[must_use]
    pub fn roots(&self) -> Vec<String> {
        let roots = self.folders.iter().map(|folder| folder.root.clone());
        roots.collect()
    }

    /// The same folders, which fingerprints call so from now on: what another machine has listed of them
    /// is known again, wherever they lie there. `None` where there are not as many.
    #[must_use]
    pub fn called(mut self, roots: &[String]) -> Option<Self> {
        if roots.len() != self.folders.len() {
            return None;
        }
        for (folder, root) in self.folders.iter_mut().zip(roots) {
            folder.root.clone_from(root);
        }
        Some(self)
    }

    /// The same folders, which fingerprints call by what sets them apart, so that these are the same on
    /// machines that have the folders elsewhere. It is for texts that one label file alone looks into.
    #[must_use]
    pub fn portable(mut self) -> Self {
        let common = common_steps(self.folders.iter().map(|folder| &*folder.root));
        for folder in &mut self.folders {
            folder.root.drain(..common);
        }
        self
    }
}

/// How many bytes at the beginning of all these paths are the same whole steps.
fn common_steps<'p>(mut paths: impl Iterator<Item = &'p str>) -> usize {
    let Some(first) = paths.next() else {
        return 0;
    };
    let ends = first.match_indices('/').map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.chain([first.len()]).collect();
    for path in paths {
        ends.retain(|end| {
            let rest = path.strip_prefix(&first[..*end]);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
    }
    ends.pop().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_steps_are_the_same() {
        let steps = |paths: &[&str]| common_steps(paths.iter().copied());
        assert_eq!(steps(&[]), 0);
        assert_eq!(steps(&["/a/b"]), 4);
        assert_eq!(steps(&["/a/b", "/a/b/c"]), 4);
        assert_eq!(steps(&["/a/b/c", "/a/b"]), 4);
        assert_eq!(steps(&["/a/bc", "/a/bd"]), 2);
        assert_eq!(steps(&["/a", "/b"]), 0);
        assert_eq!(steps(&["/", ""]), 0);
        assert_eq!(steps(&["c:/a", "d:/a"]), 0);
        assert_eq!(steps(&["c:/a/\u{e9}", "c:/a/\u{e8}"]), 4);
    }
}
