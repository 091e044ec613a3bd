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
    &["corpus", "comparison", "evaluation", "stratification"],
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

/// What stands in one place only: files and folders by the beginning of their paths.
pub(super) const PLACES: &[Place<'static>] = &[
    // The command line, and what people see of it.
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_lex", &["cli/forms.rs", "cli/output.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("ctrlc", &["cli/unfinished.rs"]),
    ("signal_hook", &["cli/unfinished.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("anstream", &["cli/look.rs"]),
    ("supports_hyperlinks", &["cli/look.rs"]),
    ("terminal_size", &["cli/look.rs"]),
    ("similar", &["report/changes.rs"]),
    ("miette", &["report/human/frame.rs"]),
    (
        "textwrap",
        &[
            "cli/terminal.rs",
            "config/",
            "report/catalogue.rs",
            "report/document",
            "report/human",
            "report/scores",
            "report/split/human.rs",
            "report/stats",
        ],
    ),
    ("std::io::stdin", &["cli/"]),
    // What goes to a terminal is made safe for it in `cli/terminal.rs`. Reports are safe by
    // themselves, and a product is what it is.
    (
        "std::io::stdout",
        &[
            "cli/forms.rs",
            "cli/look.rs",
            "cli/mod.rs",
            "cli/new_file.rs",
            "cli/output.rs",
            "cli/terminal.rs",
        ],
    ),
    (
        "std::io::stderr",
        &[
            "cli/forms.rs",
            "cli/look.rs",
            "cli/output.rs",
            "cli/progress.rs",
            "cli/terminal.rs",
        ],
    ),
    (".print", &["cli/mod.rs"]),
    ("serde_json::to_writer_pretty", &[]),
    ("std::process", &["cli/", "main.rs"]),
    // Reports tell paths from the current folder.
    (
        "std::env",
        &[
            "cli/bug_report.rs",
            "cli/config.rs",
            "cli/output.rs",
            "main.rs",
        ],
    ),
    ("println!", &[]),
    ("eprintln!", &[]),
    // Threads: `cli/options.rs` only asks how many there can be.
    ("rayon", &["pipeline/workers.rs"]),
    (
        "std::thread",
        &["cli/options.rs", "cli/progress.rs", "cli/unfinished.rs"],
    ),
    // Files and folders.
    (
        "std::fs",
        &[
            "cli/",
            "diagnostics/store/budget.rs",
            "input/",
            // A conversion may write to a file, and a partial of a shard is one.
            "operations/convert/conversion.rs",
            "operations/shard/partial.rs",
        ],
    ),
    (".exists", &["cli/"]),
    (".is_dir", &["cli/", "input/"]),
    (".is_file", &["cli/", "input/"]),
    (".read_dir", &["input/entries.rs"]),
    ("cap_std", &["input/"]),
    (
        "cap_fs_ext",
        &[
            "input/files.rs",
            "input/new_texts.rs",
            "input/pack/gather.rs",
        ],
    ),
    (
        "rustix",
        &["input/content.rs", "input/files.rs", "input/read_error.rs"],
    ),
    ("nix", &["input/delivered.rs"]),
    (
        "tempfile",
        &[
            "cli/new_file.rs",
            "diagnostics/store/budget.rs",
            // Texts are put aside until their label file stands.
            "input/new_texts.rs",
            "input/spool.rs",
        ],
    ),
    ("postcard", &["diagnostics/store/stored.rs"]),
    (
        "serde_jsonlines",
        &[
            "cli/baseline.rs",
            "operations/convert/",
            "operations/edit/writing.rs",
        ],
    ),
    // The grammars of others.
    (
        "flate2",
        &["formats/docbin/", "operations/shard/carried.rs"],
    ),
    ("rmp", &["formats/docbin/file.rs"]),
    ("toml", &["config/parse"]),
    ("globset", &["cli/search.rs"]),
    (
        "ignore",
        &["cli/ignore_files.rs", "cli/search.rs", "config/globs.rs"],
    ),
    ("jsonschema", &["formats/schema.rs"]),
    (
        "csv",
        &[
            "cli/convert/table.rs",
            "cli/split.rs",
            "report/csv.rs",
            "report/scores/table.rs",
        ],
    ),
    ("regex", &["cli/split.rs"]),
    ("percent_encoding", &["model/path.rs", "report/place.rs"]),
    ("quick_xml", &["report/junit.rs"]),
    ("strsim", &["text/nearest.rs"]),
    (
        "unicode_script",
        &[
            "text/adjacent.rs",
            "text/main_script.rs",
            "text/scripts.rs",
            "text/words.rs",
        ],
    ),
];

/// The most lines of a file, tests included.
pub(super) const LINES: usize = 400;

/// Files that are longer, and why. Tables may be long.
pub(super) const LONG: [(&str, &str); 0] = [];
