//! Pages that are generated from the program, and commands that the README promises.

mod commands;
mod links;

use labelwright::internals::report::rules_markdown;
use labelwright::internals::rules::metas;

use crate::support::root;

#[test]
fn the_rules_page_is_not_stale() {
    let path = root().join("docs/rules.md");
    let page = rules_markdown(&metas());
    if std::env::var_os("LABELWRIGHT_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "docs/rules.md is stale; `LABELWRIGHT_BLESS=1 cargo test docs` writes it anew"
    );
}

#[test]
fn pages_show_what_the_program_prints() {
    for page in [
        "README.md",
        "docs/checking.md",
        "docs/commands.md",
        "docs/diff-and-sync.md",
        "docs/reports.md",
        "docs/stats.md",
        "docs/scoring.md",
    ] {
        shows_what_is_printed(page);
    }
}

/// Runs the commands of a page, and compares what they print.
fn shows_what_is_printed(page: &str) {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let folder = root();
    let mut shown = 0;
    for block in text.split("```") {
        let Some(command) = block.strip_prefix("console\n$ labelwright ") else {
            continue;
        };
        let (command, want) = command.split_once('\n').unwrap();
        let done = crate::support::run(folder, command.split_whitespace());
        let printed = format!("{}{}", done.text(), done.stderr).replace("\r\n", "\n");
        assert_eq!(
            printed.trim_end(),
            want.trim_end(),
            "`labelwright {command}`"
        );
        shown += 1;
    }
    assert!(
        shown > 0,
        "{page} shows at least one command with its output"
    );
}
