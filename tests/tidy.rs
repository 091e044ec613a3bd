//! The house rules that no compiler checks.

use std::collections::BTreeSet;
use std::path::Path;

use labelwright::internals::formats::FORMATS;
use labelwright::internals::rules::{Group, RULES};

use crate::support::{files, fixtures, names, root};

fn source_files() -> Vec<(String, String)> {
    let sources = root().join("src");
    let name = |path: &Path| {
        path.strip_prefix(&sources)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    files(&sources)
        .into_iter()
        .map(|path| (name(&path), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The code of a file: without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules from the lowest to the highest; those of a row do not know one another.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["json"],
    &[
        "words",
        "fingerprints",
        "pairs",
        "languages",
        "locations",
        "model",
        "mask",
        "settings",
    ],
    &["mend"],
    &["diagnostic"],
    &[
        "fact",
        "site",
        "catalogue",
        "source",
        "losses",
        "forensics",
        "texts",
        "ledger",
    ],
    &["examined", "mismatch", "findings"],
    &["tally"],
    &["formats", "rules"],
    &["pipeline", "config"],
    &["report"],
    &["cli"],
];

fn layer(module: &str) -> usize {
    let found = LAYERS.iter().position(|layer| layer.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` stands in no layer"))
}

/// The module at the top of the crate that a file belongs to.
fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

#[test]
fn lower_never_imports_higher() {
    for (file, text) in source_files() {
        if file == "lib.rs" || file == "main.rs" {
            continue;
        }
        let own = module_of(&file);
        for used in code(&text).split("crate::").skip(1) {
            let used = used
                .split(|char: char| !char.is_ascii_alphanumeric() && char != '_')
                .next()
                .unwrap();
            if used == own || used == "nearest" || used.is_empty() {
                continue;
            }
            assert!(layer(used) < layer(own), "{file} imports `{used}`");
        }
    }
}

#[test]
fn formats_do_not_know_one_another() {
    for (file, text) in source_files() {
        for format in FORMATS {
            let own = format!("formats/{}/", format.info().name);
            for other in FORMATS
                .iter()
                .filter(|other| other.info().name != format.info().name)
            {
                let import = format!("{}::", other.info().name);
                let known = file.starts_with(&own) && code(&text).contains(&import);
                assert!(!known, "{file} knows {}", other.info().name);
            }
        }
    }
}

#[test]
fn what_belongs_to_one_place_stands_there_only() {
    let places: &[(&str, &[&str])] = &[
        ("clap", &["cli/"]),
        ("miette", &["report/human.rs"]),
        ("rayon", &["pipeline/"]),
        ("indicatif", &["cli/progress.rs"]),
        ("std::thread::Builder", &["cli/progress.rs"]),
        (
            "std::fs",
            &["source.rs", "findings/", "texts", "pipeline/", "cli/"],
        ),
        ("cap_std", &["texts"]),
        ("toml::", &["config/parse"]),
        ("globset", &["config/globs.rs"]),
        ("std::process", &["cli/", "main.rs"]),
        ("io::stdout", &["cli/"]),
        ("io::stderr", &["cli/"]),
    ];
    for (file, text) in source_files() {
        let code = code(&text);
        for (thing, allowed) in places {
            // Unit tests in files of their own may read fixtures.
            let here =
                file.ends_with("/tests.rs") || allowed.iter().any(|place| file.starts_with(place));
            assert!(here || !code.contains(thing), "{file} uses {thing}");
        }
    }
}

#[test]
fn every_rule_file_is_registered_and_every_rule_has_a_file() {
    let mut in_files = BTreeSet::new();
    for group in Group::ALL {
        for (file, text) in source_files() {
            let Some(name) = file.strip_prefix(&format!("rules/{}/", group.name())) else {
                continue;
            };
            if code(&text).contains("impl Rule for") {
                let name = name.strip_suffix(".rs").unwrap().replace('_', "-");
                in_files.insert((group.name(), name));
            }
        }
    }
    let registered: BTreeSet<(&str, String)> = RULES
        .iter()
        .map(|rule| (rule.meta().group.name(), rule.meta().name.to_owned()))
        .collect();
    assert_eq!(in_files, registered);
    assert_eq!(registered.len(), RULES.len(), "names are unique");
}

#[test]
fn every_rule_is_documented() {
    for meta in RULES.iter().map(|rule| rule.meta()) {
        for (section, text) in [
            ("summary", meta.summary),
            ("why", meta.why),
            ("example", meta.example),
            ("remedy", meta.remedy),
            ("source", meta.source),
        ] {
            assert!(text.len() > 10, "{}: {section}", meta.name);
            let prose = section != "example";
            assert!(
                !prose || !text.contains("  "),
                "{}: {section} has two blanks in a row",
                meta.name
            );
        }
        assert!(!meta.summary.ends_with('.'), "{}", meta.name);
        let kebab = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
        assert!(meta.name.chars().all(kebab), "{}", meta.name);
    }
}

#[test]
fn every_rule_has_fixtures_and_every_fixture_a_rule() {
    let mut folders: BTreeSet<String> = names(&fixtures().join("rules")).into_iter().collect();
    folders.remove("texts");
    let rules: BTreeSet<String> = RULES
        .iter()
        .map(|rule| rule.meta().name.to_owned())
        .collect();
    assert_eq!(folders, rules);
    for rule in rules {
        assert_eq!(
            names(&fixtures().join("rules").join(&rule)),
            ["bad", "good"],
            "{rule}"
        );
    }
}

#[test]
fn every_format_has_the_same_files_and_a_schema() {
    for format in FORMATS {
        let found = names(&root().join("src/formats").join(format.info().name));
        for file in ["mod.rs", "reader.rs", "wire.rs", "writer.rs"] {
            assert!(
                found.iter().any(|name| name == file),
                "{}: {file}",
                format.info().name
            );
        }
        let schema = root()
            .join("schemas")
            .join(format!("{}.schema.json", format.info().name));
        assert_eq!(
            std::fs::read_to_string(schema).ok().as_deref(),
            format.schema()
        );
    }
}

#[test]
fn nothing_that_reaches_a_network_is_built_in() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let packages: BTreeSet<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    assert!(packages.contains("serde_json"), "the lock file was read");
    for network in [
        "reqwest",
        "hyper",
        "h2",
        "tokio",
        "rustls",
        "native-tls",
        "openssl",
        "curl",
        "ureq",
        "aws-lc-rs",
        "quinn",
        "socket2",
        "mio",
        "async-std",
        "smol",
        "hickory-resolver",
    ] {
        assert!(!packages.contains(network), "{network} is in Cargo.lock");
    }
}
