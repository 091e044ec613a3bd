//! The plan of the house: the order of its rooms, what stands where, and what is excepted for now.

use super::order::{Reserve, Rows};
use super::places::Place;

/// The rooms from the lowest to the highest; those of a row do not know one another.
pub(super) const ROOMS: Rows<'static> = &[
    &["text"],
    &["json"],
    &["model"],
    &["diagnostics"],
    &["input", "alignment"],
    &["corpus"],
    &["formats"],
    &["rules"],
    &["config", "pipeline"],
    &["report", "operations"],
    &["cli"],
];

/// Rooms that know little or nothing of a lower one.
pub(super) const RESERVES: &[Reserve<'static>] = &[
    // A rule knows of a format what is said of every format: its name, and what its files hold.
    ("rules", "formats", &["formats/info.rs"]),
    // What is asked of a label file hangs neither on its format nor on what it is read with.
    ("config", "formats", &[]),
    ("config", "input", &[]),
    // Reports show the catalogue of the rules, and name a format by a word of the outcome.
    ("report", "rules", &["rules/meta.rs", "rules/mod.rs"]),
    ("report", "formats", &[]),
    ("report", "input", &[]),
];

/// Imports that lie on circles. The list is there to become shorter: it is a mistake to add to
/// it, and an entry that is needed no more must go.
pub(super) const CIRCLES: [(&str, &str); 9] = [
    // `Withdrawn` stands in the file that uses the runs, and each run holds one.
    ("diagnostics/store/runs.rs", "diagnostics/store/mod.rs"),
    // A listing remembers in which `Texts` files were found, and these note it there.
    ("input/listed.rs", "input/texts.rs"),
    // The careful readers use what the quick ones have: how a span, an address or a document is
    // put together.
    ("formats/aml/reader/careful.rs", "formats/aml/reader.rs"),
    (
        "formats/language/reader/careful.rs",
        "formats/language/reader.rs",
    ),
    (
        "formats/language/reader/header/shapes.rs",
        "formats/language/reader/header.rs",
    ),
    // `record_pointer` and `complete` stand in the file that answers for the format.
    ("formats/language/keep.rs", "formats/language/mod.rs"),
    ("formats/language/upgrade.rs", "formats/language/mod.rs"),
    // `Conversion`, `FileTarget` and `Target` stand in the file that uses plan and writing.
    ("operations/convert/plan.rs", "operations/convert/mod.rs"),
    ("operations/convert/write.rs", "operations/convert/mod.rs"),
];

/// What stands in one place only: files and folders by the beginning of their paths.
pub(super) const PLACES: &[Place<'static>] = &[
    // The command line, and what people see of it.
    ("clap", &["cli/"]),
    ("ctrlc", &["cli/new_file.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("anstream", &["cli/output.rs"]),
    ("terminal_size", &["cli/output.rs"]),
    ("similar", &["cli/fix.rs"]),
    ("miette", &["report/human.rs"]),
    ("textwrap", &["report/catalogue.rs"]),
    ("std::io::stdin", &["cli/"]),
    ("std::io::stdout", &["cli/"]),
    ("std::io::stderr", &["cli/"]),
    ("std::process", &["cli/", "main.rs"]),
    ("std::env", &["cli/config.rs", "main.rs"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    // Threads: `cli/options.rs` only asks how many there can be.
    ("rayon", &["pipeline/workers.rs"]),
    ("std::thread", &["cli/options.rs", "cli/progress.rs"]),
    // Files and folders.
    (
        "std::fs",
        &[
            "cli/",
            "diagnostics/store/budget.rs",
            "input/",
            // A conversion may write to a file, and a partial of a shard is one.
            "operations/convert/mod.rs",
            "operations/shard/partial.rs",
        ],
    ),
    (".exists", &["cli/"]),
    (".is_dir", &["cli/", "input/"]),
    (".is_file", &["cli/", "input/"]),
    (".read_dir", &["input/unlisted.rs"]),
    ("cap_std", &["input/"]),
    ("cap_fs_ext", &["input/folder.rs"]),
    (
        "tempfile",
        &[
            "cli/new_file.rs",
            "diagnostics/store/budget.rs",
            "input/spool.rs",
        ],
    ),
    ("postcard", &["diagnostics/store/stored.rs"]),
    ("serde_jsonlines", &["operations/convert/"]),
    // The grammars of others.
    ("toml", &["config/parse"]),
    ("globset", &["config/globs.rs"]),
    ("jsonschema", &["formats/schema.rs"]),
    ("percent_encoding", &["model/path.rs"]),
    ("strsim", &["text/nearest.rs"]),
    ("unicode_script", &["text/words.rs"]),
];

/// The most lines of a file, tests included.
pub(super) const LINES: usize = 400;

/// Files that are longer, and why. Tables may be long; work that waits to be parted may be here
/// for a while.
pub(super) const LONG: [(&str, &str); 3] = [
    (
        "formats/mod.rs",
        "the traits of a format, what they speak of, and the registry wait to be parted",
    ),
    (
        "input/source.rs",
        "opening a label file, and the lines and words of its findings wait to be parted",
    ),
    (
        "operations/convert/mod.rs",
        "what a conversion is asked and how it runs wait to be parted",
    ),
];
