//! Help texts, completions and man pages: what is made from the command line itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use labelwright::internals::formats::FORMATS;

use crate::support::{TempFolder, command, names, root, run};

/// What the program prints in a terminal of so many columns.
fn printed(columns: usize, args: &[&str]) -> String {
    let mut command = command(root());
    command.args(args).env("COLUMNS", columns.to_string());
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{args:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// The names of all commands, as the help text lists them.
fn commands() -> Vec<String> {
    let help = printed(80, &["-h"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:");
    let lines = lines.skip(1).take_while(|line| !line.is_empty());
    let names = lines.map(|line| line.split_whitespace().next().unwrap().to_owned());
    let names: Vec<String> = names.filter(|name| name != "help").collect();
    assert!(names.len() > 5, "{names:?}");
    names
}

/// Whether there is a program of that name on this machine.
fn is_there(program: &str) -> bool {
    let done = Command::new(program).arg("--version").output();
    done.is_ok()
}

#[test]
fn the_short_help_has_a_line_for_each_option() {
    for name in commands() {
        let help = printed(80, &[&name, "-h"]);
        let is_option = |line: &&str| line.trim_start().starts_with('-') && line.starts_with(' ');
        let options: Vec<&str> = help.lines().filter(is_option).collect();
        assert!(!options.is_empty(), "{name}");
        for line in options {
            // The option is parted from its help by two blanks at least.
            let (_, help) = line.trim_start().split_once("  ").unwrap_or_default();
            assert!(!help.trim().is_empty(), "{name}: {line}");
        }
        let beyond = help.lines().find(|line| line.chars().count() > 80);
        assert_eq!(beyond, None, "{name}");
        // What an option has no room for goes on in another line, under its help.
        let goes_on = |line: &&str| line.starts_with(&" ".repeat(12));
        assert_eq!(help.lines().find(goes_on), None, "{name}");
    }
}

#[test]
fn the_long_help_stays_below_a_width_and_has_examples() {
    for name in commands() {
        for columns in [40, 80, 200] {
            let help = printed(columns, &[&name, "--help"]);
            let width = columns.min(100);
            // A command line to copy, a list, the usage and a long word are not broken.
            let whole = |line: &str| {
                let words = line.trim();
                words.starts_with(['$', '-', '[', '<', 'U']) || !words.contains(' ')
            };
            let wide = |line: &&str| line.chars().count() > width && !whole(line);
            assert_eq!(help.lines().find(wide), None, "{name} at {columns}");
        }
        let help = printed(100, &[&name, "--help"]);
        assert!(help.contains("\nExamples:\n"), "{name}");
        assert!(help.contains("    $ labelwright"), "{name}");
        assert!(help.len() > printed(100, &[&name, "-h"]).len(), "{name}");
    }
    let help = printed(100, &["check", "--help"]);
    for words in [
        "\nRules:\n",
        "\nFixes:\n",
        "\nExit status:\n",
        "- never: None",
        "- language: Azure AI Language",
    ] {
        assert!(help.contains(words), "{words}");
    }
    assert!(!printed(100, &["check", "-h"]).contains("- never"));
}

#[test]
fn shells_complete_what_can_be_typed() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = printed(80, &["completions", shell]);
        assert_eq!(script, printed(200, &["completions", shell]));
        for word in ["statistics", "--unsafe-fixes", "completions"] {
            let word = if shell == "fish" {
                word.trim_start_matches('-')
            } else {
                word
            };
            assert!(script.contains(word), "{shell}: {word}");
        }
        // What options take is not completed by PowerShell.
        for word in ["aml-connect", "span-cuts-word"] {
            let is_there = script.contains(word);
            assert_eq!(is_there, shell != "powershell", "{shell}: {word}");
        }
    }
    run(root(), ["completions", "cmd"]).expect(2).says("zsh");
}

#[test]
fn bash_completes_commands_options_and_words() {
    if !is_there("bash") {
        eprintln!("skipped: this system has no bash");
        return;
    }
    let place = TempFolder::new();
    place.write("script", printed(80, &["completions", "bash"]));
    let completed = |words: &[&str]| {
        let last = words.last().unwrap();
        let before = words[words.len() - 2];
        let script = format!(
            "source ./script; COMP_WORDS=({}); COMP_CWORD={}; _labelwright labelwright '{last}' \
             '{before}'; echo \"${{COMPREPLY[*]}}\"",
            words.map_quoted(),
            words.len() - 1
        );
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", &script])
            .current_dir(place.path());
        let done = bash.output().unwrap();
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && stderr.is_empty(), "{stderr}");
        let reply = String::from_utf8(done.stdout).unwrap();
        let reply = reply.split_whitespace().map(str::to_owned);
        reply.collect::<Vec<String>>()
    };
    assert_eq!(completed(&["labelwright", "conv"]), ["convert"]);
    let want = ["error", "warning", "note", "never"];
    assert_eq!(completed(&["labelwright", "check", "--fail-on", ""]), want);
    assert_eq!(
        completed(&["labelwright", "check", "--stat"]),
        ["--statistics"]
    );
    let want: Vec<&str> = FORMATS.iter().map(|format| format.info().name).collect();
    assert_eq!(completed(&["labelwright", "convert", "--to", ""]), want);
    let rules = completed(&["labelwright", "explain", "span-c"]);
    assert_eq!(rules, ["span-cuts-word"]);
}

/// Words as bash reads them.
trait Quoted {
    fn map_quoted(&self) -> String;
}

impl Quoted for [&str] {
    fn map_quoted(&self) -> String {
        let words = self.iter().map(|word| format!("'{word}'"));
        words.collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn every_command_has_a_man_page() {
    let place = TempFolder::new();
    run(place.path(), ["man", "--out", "a/man1"]).expect(0);
    let mut want: Vec<String> = commands();
    want = want
        .iter()
        .map(|name| format!("labelwright-{name}.1"))
        .collect();
    want.push("labelwright.1".to_owned());
    want.sort();
    let mut there = names(&place.at("a/man1"));
    there.sort();
    assert_eq!(there, want);
    let printed = run(place.path(), ["man"]).expect(0).stdout;
    assert_eq!(printed, fs::read(place.at("a/man1/labelwright.1")).unwrap());
    run(place.path(), ["man", "--out", "b"]).expect(0);
    for name in &want {
        let page = fs::read_to_string(place.at("a/man1").join(name)).unwrap();
        assert_eq!(page, fs::read_to_string(place.at("b").join(name)).unwrap());
        sound_roff(name, &page);
        lint(&place.at("b").join(name));
    }
    let check = fs::read_to_string(place.at("b/labelwright-check.1")).unwrap();
    for words in [
        ".SH SYNOPSIS\n\\fBlabelwright check\\fR [OPTIONS]",
        ".SH \"EXIT STATUS\"\n",
        "\\fB\\-\\-fail\\-on\\fR",
        ".SH EXAMPLES\n",
    ] {
        assert!(check.contains(words), "{words}: {check}");
    }
}

/// Checks what every formatter asks for: each line is a request that pages may have, or text.
fn sound_roff(name: &str, page: &str) {
    let known = [
        "ie", "el", "TH", "SH", "PP", "TP", "IP", "RS", "RE", "br", "sp", "nf", "fi",
    ];
    for line in page.lines() {
        let request = line.strip_prefix('.');
        let request = request.map(|rest| rest.split(' ').next().unwrap_or_default());
        assert!(
            request.is_none_or(|it| known.contains(&it)),
            "{name}: {line}"
        );
        assert!(
            !line.is_empty() && !line.starts_with('\''),
            "{name}: {line}"
        );
        assert!(line.is_ascii(), "{name}: {line}");
    }
    let count = |request: &str| {
        page.lines()
            .filter(|line| line.starts_with(request))
            .count()
    };
    assert_eq!(count(".RS"), count(".RE"), "{name}");
    assert_eq!(count(".nf"), count(".fi"), "{name}");
    assert_eq!(count(".TH "), 1, "{name}");
}

/// Lets a formatter judge the page, where there is one.
fn lint(page: &Path) {
    let mut checked = false;
    if is_there("mandoc") {
        let done = Command::new("mandoc")
            .args(["-T", "lint", "-W", "warning"])
            .arg(page)
            .output();
        let said = String::from_utf8(done.unwrap().stdout).unwrap();
        // A page has no date, so that a version always has the same pages.
        let others = said.lines().filter(|line| !line.contains("missing date"));
        assert_eq!(others.collect::<Vec<_>>(), Vec::<&str>::new());
        checked = true;
    }
    if is_there("groff") {
        let args = ["-man", "-ww", "-z", "-Tutf8"];
        let done = Command::new("groff").args(args).arg(page).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stderr), "");
        checked = true;
    }
    if !checked {
        eprintln!("skipped: this system has neither mandoc nor groff");
    }
}

#[test]
fn man_pages_replace_only_man_pages() {
    let place = TempFolder::new();
    run(place.path(), ["man", "--out", "."]).expect(0);
    // Those of another version are replaced.
    let page = place.at("labelwright-check.1");
    let text = fs::read_to_string(&page).unwrap();
    let old = text.replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    assert_ne!(old, text);
    fs::write(&page, old).unwrap();
    run(place.path(), ["man", "--out", "."]).expect(0);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
    fs::write(&page, "my notes").unwrap();
    fs::write(
        place.at("labelwright.1"),
        text.replace("-CHECK", "").replace("check", "old"),
    )
    .unwrap();
    let main = fs::read_to_string(place.at("labelwright.1")).unwrap();
    let done = run(place.path(), ["man", "--out", "."]).expect(2);
    done.says("labelwright-check.1");
    assert_eq!(fs::read_to_string(&page).unwrap(), "my notes");
    let now = fs::read_to_string(place.at("labelwright.1")).unwrap();
    assert_eq!(now, main, "no page is written where one cannot be");
    run(place.path(), ["man", "--out", ".", "--force"]).expect(0);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}
