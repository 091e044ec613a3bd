//! Files in memory are checked as files on disk are: the report has the same bytes.

use std::path::{Path, PathBuf};

use labelwright::internals::operations;
use labelwright::internals::report::{Report, ReportSettings, find};
use labelwright::{FileTree, Options, Severity, Source, Texts};

use crate::support::{files, fixtures, run};

/// All files of a folder, by their paths from there.
fn tree(folder: &Path) -> FileTree {
    let all = files(folder).into_iter().map(|path| {
        let inside = path.strip_prefix(folder).unwrap().to_str().unwrap();
        (inside.to_owned(), std::fs::read(&path).unwrap())
    });
    FileTree::new(all)
}

/// The JSON report of label files in a tree; their documents are in a folder, or beside them.
fn report(tree: &FileTree, labels: &str, texts: Option<&str>) -> String {
    let source = Source::in_tree(tree, labels).unwrap();
    report_of(tree, &source, texts)
}

fn report_of(tree: &FileTree, source: &Source, texts: Option<&str>) -> String {
    let texts = match texts {
        Some(folder) => {
            Texts::in_tree(tree, &[folder.into()], true).with_label_folder(source.folder())
        }
        None => Texts::in_tree(tree, &[source.folder().to_owned()], false),
    };
    let options = Options::default();
    let outcome = operations::check(source, None, Some(&texts), &options).unwrap();
    let mut outcomes = [outcome];
    operations::unlisted(&mut outcomes, &[&options]).unwrap();
    let report = Report {
        outcomes: &outcomes,
        ..Report::default()
    };
    let settings = ReportSettings {
        color: false,
        links: false,
        width: 100,
        limit: 100,
        least: Severity::Note,
        statistics: false,
        fixable: true,
        examples: 25,
        mark: false,
    };
    let mut bytes = Vec::new();
    let emitter = find("json").unwrap();
    emitter.emit(&report, &settings, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What the command reports of the same files on disk.
fn reported(folder: &Path, labels: &str, texts: Option<&str>) -> String {
    let mut args = vec!["check", labels, "--output", "json"];
    args.extend(texts.into_iter().flat_map(|texts| ["--texts", texts]));
    run(folder, args).text()
}

#[test]
fn every_rule_says_of_files_in_memory_what_it_says_of_files_on_disk() {
    let folder = fixtures().join("rules");
    let tree = tree(&folder);
    let label_files = tree.paths_below(Path::new(""));
    let label_files = label_files.filter(|path| path.contains("/bad/labels."));
    let mut seen = 0;
    for labels in label_files {
        // Those of most fixtures are in the one folder, and those of the others beside them.
        let args = std::fs::read_to_string(folder.join(labels).with_file_name("args"));
        let shared = args.is_ok_and(|args| args.contains("../../texts"));
        let texts = shared.then_some("texts");
        let (found, want) = (
            report(&tree, labels, texts),
            reported(&folder, labels, texts),
        );
        assert_eq!(found, want, "{labels}");
        seen += 1;
    }
    assert!(seen > 90, "{seen}");
}

#[test]
fn a_folder_of_one_format_is_read_from_memory() {
    let folder = fixtures().join("brat");
    let tree = tree(&folder);
    let letters = Path::new("letters");
    let source = Source::whole_folder_in_tree(&tree, letters, "ann", "annotation.conf").unwrap();
    assert_eq!(
        report_of(&tree, &source, None),
        reported(&folder, "letters", None)
    );
    let none = Source::whole_folder_in_tree(&tree, Path::new("none"), "ann", "annotation.conf");
    assert!(none.is_err());
}

#[test]
fn where_a_missing_text_is_instead_is_told_from_memory_too() {
    let paths = ["p/labels.jsonl", "p/docs/1.txt", "p/docs/2.txt"];
    let line = r#"{"image_url":"AmlDatastore://store/1.txt","label":"City"}"#;
    let place = crate::support::TempFolder::new();
    for path in paths {
        place.write(
            path,
            if path.ends_with("jsonl") {
                line
            } else {
                "Rome is old."
            },
        );
    }
    let tree = tree(place.path());
    let found = report(&tree, paths[0], None);
    assert!(found.contains("p/docs"), "{found}");
    assert_eq!(found, reported(place.path(), paths[0], None));
    let texts = Some("p/docs");
    let found = report(&tree, paths[0], texts);
    assert!(found.contains("document-unlisted"), "{found}");
    assert_eq!(found, reported(place.path(), paths[0], texts));
    let nowhere: PathBuf = "nowhere".into();
    let empty = Texts::in_tree(&tree, &[nowhere], true);
    assert!(empty.given());
}
