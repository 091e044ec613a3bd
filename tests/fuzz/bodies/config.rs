//! A configuration file.

use std::path::Path;

use labelwright::internals::config::{Config, Origin, Shown};

/// A configuration file is understood, or each problem has its place in it. What is understood can be
/// shown as a file that comes to the same.
pub fn config(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let config = match Config::parse(&text) {
        Ok(config) => config,
        Err(problems) => {
            assert!(!problems.is_empty(), "it is refused without a reason");
            let lines = text.split('\n').count();
            for problem in problems {
                let is_inside = (1..=lines).contains(&problem.line) && problem.column > 0;
                assert!(is_inside, "{problem} of {lines} lines");
            }
            return;
        }
    };
    for path in ["labels.jsonl", "train/a b/labels.json", "../export.csv"] {
        let path = Path::new(path);
        let (asked, origins) = (config.asked(path), config.origins(path));
        let excluded = config.excluded().iter();
        let excluded: Vec<_> = excluded.map(|one| (one.clone(), Origin::File)).collect();
        let shown = Shown {
            asked: &asked,
            origins: &origins,
            exclude: &excluded,
            exclude_above: &[],
            file: Some("a\"b\n.toml"),
        };
        let shown = shown.toml();
        let again = match Config::parse(&shown) {
            Ok(again) => again.asked(path),
            Err(problems) => panic!("{problems:?} in {shown}"),
        };
        assert_eq!(format!("{again:?}"), format!("{asked:?}"), "{shown}");
    }
}
