//! The house rules that no compiler checks: who may import whom, what stands where, and what has
//! which name. The plan of the house is `tests/tidy/house.rs`; `tests/tidy/made_up.rs` shows that
//! each check can fail.

mod house;
mod made_up;
mod order;
mod paths;
mod picture;
mod places;
mod registry;
mod tokens;
mod tree;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use labelwright::internals::formats::FORMATS;
use labelwright::internals::report::REPORTS;
use labelwright::internals::rules::{Group, RULES};

use self::house::{LINES, LONG, PLACES, RESERVES, ROOMS};
use self::order::{between_folders, beyond_reserve, on_circles, upward};
use self::picture::{first_sentence, picture, put};
use self::places::{misplaced, too_long};
use self::registry::{entries, implementors, misnamed, stem, unregistered, without_function};
use self::tree::Tree;
use crate::support::{files, fixtures, names, root};

/// The source as it stands.
static SOURCE: LazyLock<Tree> = LazyLock::new(|| {
    let sources = root().join("src");
    let name = |path: &Path| {
        let path = path.strip_prefix(&sources).unwrap();
        path.to_str().unwrap().replace('\\', "/")
    };
    let found = files(&sources).into_iter();
    Tree::of(found.map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())))
});

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn lower_never_imports_higher() {
    assert_none(&upward(&SOURCE, ROOMS));
}

#[test]
fn some_rooms_know_little_of_others() {
    assert_none(&beyond_reserve(&SOURCE, RESERVES));
}

#[test]
fn formats_do_not_know_one_another() {
    let folders: Vec<&str> = FORMATS.iter().map(|format| format.info().name).collect();
    assert_none(&between_folders(&SOURCE, "formats", &folders));
}

#[test]
fn files_do_not_import_in_circles() {
    let found: Vec<String> = on_circles(&SOURCE.edges())
        .iter()
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect();
    assert!(found.is_empty(), "on circles:\n{}\n", found.join("\n"));
}

#[test]
fn every_file_is_part_of_the_crate() {
    let forgotten = SOURCE.files.iter();
    let forgotten = forgotten.filter(|(_, file)| file.is_forgotten);
    let forgotten: Vec<String> = forgotten.map(|(path, _)| path.clone()).collect();
    assert_none(&forgotten);
}

#[test]
fn nothing_stands_alone_at_the_root() {
    let mut there = names(&root().join("src"));
    let mut expected: Vec<&str> = ROOMS.iter().copied().flatten().copied().collect();
    expected.extend(["lib.rs", "main.rs"]);
    expected.sort_unstable();
    there.sort_unstable();
    assert_eq!(there, expected);
}

#[test]
fn what_belongs_to_one_place_stands_there_only() {
    assert_none(&misplaced(&SOURCE, PLACES));
}

#[test]
fn files_are_short() {
    assert_none(&too_long(&SOURCE, LINES, &LONG));
}

#[test]
fn files_of_tests_and_benches_are_short() {
    let mut wrong = Vec::new();
    // Of `fuzz` no more than what belongs to the repository: what it makes is large.
    let rooms = ["tests", "benches", "fuzz/src", "fuzz/fuzz_targets"];
    let found = rooms.iter().flat_map(|room| files(&root().join(room)));
    for path in found.chain([root().join("fuzz/run.py")]) {
        if !path.extension().is_some_and(|it| it == "rs" || it == "py") {
            continue;
        }
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        if lines > LINES {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_rule_is_registered_and_has_the_name_of_its_file() {
    let tree = &*SOURCE;
    assert_none(&unregistered(tree, "rules", "Rule", "RULES"));
    let in_files = implementors(tree, "rules", "Rule");
    assert_none(&misnamed(&in_files));
    let in_files: BTreeSet<String> = in_files
        .iter()
        .map(|(path, _)| path.replace('_', "-"))
        .collect();
    let registered: BTreeSet<String> = RULES
        .iter()
        .map(|rule| format!("rules/{}/{}.rs", rule.meta().group.name(), rule.meta().name))
        .collect();
    assert_eq!(in_files, registered);
    assert_eq!(registered.len(), RULES.len(), "names are unique");
    let groups: BTreeSet<&str> = Group::ALL.iter().map(|group| group.name()).collect();
    let used: BTreeSet<&str> = RULES.iter().map(|rule| rule.meta().group.name()).collect();
    assert_eq!(groups, used);
}

#[test]
fn every_format_is_registered_and_has_the_name_of_its_folder() {
    let tree = &*SOURCE;
    assert_none(&unregistered(tree, "formats", "Format", "FORMATS"));
    let in_files = implementors(tree, "formats", "Format");
    assert_none(&misnamed(&in_files));
    let folders: BTreeSet<String> = names(&root().join("src/formats"))
        .into_iter()
        .filter(|name| root().join("src/formats").join(name).is_dir())
        .collect();
    let registered: BTreeSet<String> = FORMATS
        .iter()
        .map(|format| format.info().name.replace('-', "_"))
        .collect();
    assert_eq!(folders, registered);
    assert_eq!(registered.len(), FORMATS.len(), "names are unique");
}

#[test]
fn every_report_is_registered_and_has_the_name_of_its_file() {
    let tree = &*SOURCE;
    assert_none(&unregistered(tree, "report", "Emitter", "REPORTS"));
    let in_files = implementors(tree, "report", "Emitter");
    assert_none(&misnamed(&in_files));
    let in_files: BTreeSet<&str> = in_files.iter().map(|(path, _)| stem(path)).collect();
    let registered: BTreeSet<&str> = REPORTS.iter().map(|report| report.name()).collect();
    assert_eq!(in_files, registered);
    assert_eq!(registered.len(), REPORTS.len(), "names are unique");
}

#[test]
fn every_operation_has_the_name_of_its_file_and_is_described() {
    let tree = &*SOURCE;
    assert_none(&without_function(tree, "operations"));
    let page = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    for operation in entries(tree, "operations") {
        let named = format!("| `operations::{operation}` |");
        assert!(page.contains(&named), "docs/architecture.md: {named}");
    }
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
fn every_format_has_the_same_files_and_a_schema_where_it_is_json() {
    for format in FORMATS {
        let name = format.info().name;
        let folder = name.replace('-', "_");
        let found = names(&root().join("src/formats").join(folder));
        // What is only written needs no reader.
        let reader = format.is_read().then_some("reader.rs");
        for file in ["mod.rs", "wire.rs", "writer.rs"].into_iter().chain(reader) {
            assert!(found.iter().any(|name| name == file), "{name}: {file}");
        }
        let schema = root().join("schemas").join(format!("{name}.schema.json"));
        assert_eq!(
            std::fs::read_to_string(schema).ok().as_deref(),
            format.schema()
        );
    }
}

#[test]
fn the_picture_of_the_rooms_is_not_stale() {
    let path = root().join("docs/architecture.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let about = |room: &str| {
        let file = root().join("src").join(room).join("mod.rs");
        first_sentence(&std::fs::read_to_string(file).unwrap())
    };
    let drawn = picture(&SOURCE, ROOMS, about);
    let fresh = put(&page, "rooms", &drawn).expect("the markers of the picture");
    if std::env::var_os("LABELWRIGHT_BLESS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert!(
        found == fresh,
        "docs/architecture.md is stale; `LABELWRIGHT_BLESS=1 cargo test tidy` draws the rooms anew"
    );
}

/// What pages for those who work on the program call by name: files, and types of the source.
#[test]
fn what_the_pages_name_is_there() {
    let tree = &*SOURCE;
    let known: BTreeSet<&str> = tree
        .files
        .values()
        .flat_map(|file| file.tokens.iter().map(String::as_str))
        .collect();
    let mut gone = Vec::new();
    for page in ["docs/architecture.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        // Of what stands between backticks, every second piece is code.
        let prose = text.split("```").step_by(2).collect::<Vec<_>>().join("\n");
        for code in prose.split('`').skip(1).step_by(2) {
            if !names_something(code, &known) {
                gone.push(format!("{page}: `{code}`"));
            }
        }
    }
    assert_none(&gone);
}

/// Whether a file that is named is there; and, of a name such as `Text::resolve`, all words.
fn names_something(code: &str, known: &BTreeSet<&str>) -> bool {
    let is_path = |char: char| char.is_ascii_alphanumeric() || "_-./".contains(char);
    let ending = code.rsplit('.').next().unwrap_or_default();
    if code.contains('/') && code.chars().all(is_path) {
        let is_file = code.ends_with('/') || matches!(ending, "rs" | "md" | "py" | "json" | "toml");
        let places = ["", "src", "docs"].map(|folder| root().join(folder).join(code));
        return !is_file || places.iter().any(|place| place.exists());
    }
    let is_name = |char: char| char.is_ascii_alphanumeric() || "_:".contains(char);
    if code.starts_with(|char: char| char.is_ascii_uppercase()) && code.chars().all(is_name) {
        return code.split("::").all(|word| known.contains(word));
    }
    true
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
