//! Links between pages, and the table of contents of the site.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{files, root};

/// The pages that people read.
fn pages() -> Vec<PathBuf> {
    let mut pages = files(&root().join("docs"));
    pages.extend(
        [
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "CHANGELOG.md",
        ]
        .map(|name| root().join(name)),
    );
    pages.retain(|page| page.extension().is_some_and(|end| end == "md"));
    pages
}

/// The lines of a page that are not inside a block of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    })
}

/// What the links of a page lead to.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    let joined = prose(text).collect::<Vec<_>>().join("\n");
    for part in joined.split("](").skip(1) {
        if let Some((target, _)) = part.split_once(')') {
            links.push(target.to_owned());
        }
    }
    links
}

/// The anchors that a page has: of each heading its words in small letters, with hyphens between.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words
            .chars()
            .filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
        kept.map(|char| if char == ' ' { '-' } else { char })
            .collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_somewhere() {
    let (mut lost, mut followed) = (Vec::new(), 0);
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in links(&text) {
            if link.contains("://") {
                continue;
            }
            followed += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match path {
                "" => page.clone(),
                path => page.parent().unwrap().join(path),
            };
            let is_there = target.exists()
                && (anchor.is_empty()
                    || anchors(&fs::read_to_string(&target).unwrap_or_default()).contains(anchor));
            if !is_there {
                lost.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(lost.is_empty(), "lead nowhere:\n{}", lost.join("\n"));
    assert!(followed > 100, "{followed} links were followed");
}

#[test]
fn the_site_has_all_pages() {
    let docs = root().join("docs");
    let contents = fs::read_to_string(docs.join("SUMMARY.md")).unwrap();
    let listed: BTreeSet<PathBuf> = links(&contents)
        .iter()
        .map(|link| docs.join(link))
        .collect();
    let is_page = |path: &Path| path.extension().is_some_and(|end| end == "md");
    let there = files(&docs).into_iter().filter(|path| is_page(path));
    let there: BTreeSet<PathBuf> = there.filter(|path| !path.ends_with("SUMMARY.md")).collect();
    assert_eq!(listed, there);
}
