//! Colours and links: where there are any, and that they change no word.

use crate::support::{command, fixtures};

/// What the program prints to a pipe in an environment.
fn printed(args: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = command(&fixtures());
    command.args(args).envs(environment.iter().copied());
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{args:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// The text without what a terminal acts on.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |shown, piece| {
        shown + piece.split_once('m').unwrap().1
    })
}

#[test]
fn a_pipe_gets_colours_where_they_are_asked_for_and_links_never() {
    let links = [("FORCE_HYPERLINK", "1"), ("TERM_PROGRAM", "WezTerm")];
    let check = [
        "check",
        "rules/spans-duplicate/bad/labels.json",
        "--texts",
        "rules/texts",
        "--isolated",
    ];
    let counted = [&check[..], &["--statistics"]].concat();
    for args in [
        &["rules"][..],
        &["explain", "span-cuts-word"],
        &["explain", "offsets"],
        &check,
        &counted,
    ] {
        let plain = printed(args, &links);
        assert!(!plain.contains('\u{1b}'), "{plain}");
        let never = [args, &["--color", "never"]].concat();
        assert_eq!(printed(&never, &[("CLICOLOR_FORCE", "1")]), plain);
        let always = [args, &["--color", "always"]].concat();
        for colours in [
            printed(&always, &links),
            printed(args, &[("CLICOLOR_FORCE", "1")]),
        ] {
            assert!(colours.contains("\u{1b}[1m"), "{colours}");
            assert!(!colours.contains("\u{1b}]8"), "{colours}");
            assert_eq!(without_colours(&colours), plain);
        }
    }
}
