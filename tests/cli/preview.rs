//! `check --show-files` and `check --show-settings`.

use std::path::{Path, PathBuf};

use labelwright::Severity;
use labelwright::internals::config::{Config, Lookup};
use serde_json::{Value, json};

use crate::support::{Run, TempFolder, files, fixtures, run_configured};

const CONFIG: &str = "texts = ['docs']\nexclude = ['exports/']\nignore = ['span-too-long']\n\
    fail-on = 'warning'\nmax-warnings = 3\n[rules]\ndocuments = 'error'\nlabel-rare = 'note'\n\
    [thresholds]\nrare-label = 100\nskew = 3\n[[overrides]]\npaths = ['*.jsonl']\nno-texts = true\n\
    offsets = 'utf16'\nrules.coverage = 'off'\nthresholds.span-characters = 300\n";

/// A Language file, an export, a table, a file of another program, and a configuration.
fn place() -> TempFolder {
    let place = TempFolder::new();
    let demo = |name: &str| std::fs::read(fixtures().join("pairs/demo").join(name)).unwrap();
    place.write("a/labels.json", demo("demo.json"));
    place.write("a/export.jsonl", demo("demo.jsonl"));
    place.write("a/package.json", "{\"name\": 1}");
    place.write("exports/old.json", demo("demo.json"));
    place.write("table.csv", "text,label\nGood,Praise\nBad,Blame\n");
    place.write("docs/x.txt", "x");
    place.write("labelwright.toml", CONFIG);
    place
}

fn check(place: &TempFolder, args: &[&str]) -> Run {
    let before = files(place.path());
    let done = run_configured(place.path(), ["check"].iter().chain(args), b"");
    assert_eq!(files(place.path()), before, "nothing is written");
    done
}

#[test]
fn files_are_listed_with_format_and_texts() {
    let place = place();
    let args = ["a", "exports", "table.csv", "--show-files"];
    let done = check(&place, &args).expect(0);
    let lines: Vec<Vec<String>> = done
        .text()
        .lines()
        .map(|line| {
            line.split("  ")
                .map(|it| it.trim().to_owned())
                .filter(|it| !it.is_empty())
                .collect()
        })
        .collect();
    let want = [
        ["a/export.jsonl", "aml", "not looked for"],
        ["a/labels.json", "language", "docs"],
        ["table.csv", "csv", "in the file"],
    ];
    assert_eq!(lines, want);
    assert_eq!(done.stderr, "");
    let done = check(&place, &[&args[..], &["--output", "json"]].concat()).expect(0);
    let found: Value = serde_json::from_slice(&done.stdout).unwrap();
    let want = json!([
        { "path": "a/export.jsonl", "format": "aml", "texts": null },
        { "path": "a/labels.json", "format": "language", "texts": ["docs"] },
        { "path": "table.csv", "format": "csv", "texts": null },
    ]);
    assert_eq!(found, want);
    // Without a configuration the texts are beside, and nothing is left out.
    let done = check(&place, &["a", "exports", "--show-files", "--isolated"]).expect(0);
    let text = done.text();
    assert!(
        text.contains("exports/old.json  language  exports\n"),
        "{text}"
    );
    // What a check would report as no label file is named too.
    place.write("b/noise.json", "noise");
    let done = check(&place, &["b/noise.json", "--show-files"]).expect(0);
    assert!(
        done.text().starts_with("b/noise.json  -"),
        "{}",
        done.text()
    );
}

#[test]
fn what_cannot_be_shown_is_status_2() {
    let place = place();
    for (args, want) in [
        (
            &["a", "--show-files", "--output", "json=x.json"][..],
            "standard output",
        ),
        (&["a", "--show-settings", "--output", "json"], "prints TOML"),
        (
            &["a", "--show-files", "--show-settings"],
            "cannot be used with",
        ),
        (&["a", "--show-files", "--fix"], "cannot be used with"),
        (
            &["a", "--show-settings", "--statistics"],
            "cannot be used with",
        ),
        (&["docs", "--show-files"], "no label file found"),
        (&["docs", "--show-settings"], "no label file found"),
        (&["no-such.json", "--show-files"], "no-such.json"),
    ] {
        check(&place, args).expect(2).says(want);
    }
}

/// The lines of settings without where they come from.
fn values(toml: &str) -> Vec<String> {
    let lines = toml.lines().filter(|line| !line.starts_with('#'));
    let values = lines.map(|line| line.split("  # ").next().unwrap().trim_end().to_owned());
    values.filter(|line| !line.is_empty()).collect()
}

#[test]
fn settings_are_a_configuration_that_asks_for_the_same() {
    let place = place();
    for args in [
        &["a/labels.json"][..],
        &["a/export.jsonl"],
        &["a/labels.json", "--isolated"],
        &[
            "a/labels.json",
            "--select",
            "coverage,syntax",
            "--deny",
            "label-unused",
        ],
        &[
            "a/export.jsonl",
            "--texts",
            "a b",
            "--texts",
            "x",
            "--offsets",
            "grapheme",
        ],
        &[
            "a/labels.json",
            "--warn",
            "documents",
            "--fail-on",
            "never",
            "--no-texts",
        ],
        &[
            "a/labels.json",
            "--exclude",
            "x/*.json",
            "--profile",
            "aml-connect",
            "--max-warnings",
            "7",
        ],
    ] {
        let shown = check(&place, &[args, &["--show-settings"]].concat())
            .expect(0)
            .text();
        let again = TempFolder::new();
        again.write(args[0], std::fs::read(place.at(args[0])).unwrap());
        again.write("labelwright.toml", &shown);
        let done = check(&again, &[args[0], "--show-settings"]).expect(0);
        assert_eq!(values(&done.text()), values(&shown), "{args:?}");
    }
}

#[test]
fn each_setting_says_where_it_comes_from() {
    let place = place();
    let args = [
        "a",
        "--show-settings",
        "--deny",
        "label-unused",
        "--profile",
        "import",
    ];
    let text = check(&place, &args).expect(0).text();
    let pages: Vec<&str> = text.split("# Settings of ").skip(1).collect();
    assert_eq!(pages.len(), 2);
    let (export, labels) = (pages[0], pages[1]);
    assert!(export.starts_with("a/export.jsonl\n") && labels.starts_with("a/labels.json\n"));
    let told = |page: &str, line: &str, origin: &str| {
        let found = page.lines().find(|it| it.starts_with(line));
        let found = found.unwrap_or_else(|| panic!("{line}: {page}"));
        let (value, from) = found.split_once("  # ").unwrap();
        assert_eq!(value.trim_end(), line);
        assert_eq!(from, origin, "{line}");
    };
    told(labels, "texts = [\"docs\"]", "labelwright.toml");
    told(labels, "profile = \"import\"", "--profile");
    told(labels, "offsets = \"auto\"", "default");
    told(labels, "max-warnings = 3", "labelwright.toml");
    told(labels, "span-too-long = \"off\"", "labelwright.toml");
    told(labels, "label-unused = \"error\"", "--deny");
    told(labels, "label-rare = \"note\"", "labelwright.toml");
    told(labels, "# span-empty = \"error\"", "default");
    told(labels, "rare-label = 100", "labelwright.toml");
    told(labels, "span-characters = 500", "default");
    told(export, "no-texts = true", "labelwright.toml, override 1");
    told(
        export,
        "offsets = \"utf16\"",
        "labelwright.toml, override 1",
    );
    told(
        export,
        "label-rare = \"off\"",
        "labelwright.toml, override 1",
    );
    told(
        export,
        "span-characters = 300",
        "labelwright.toml, override 1",
    );
    // A page by itself is a configuration.
    let config = Config::parse(&format!("# {labels}")).unwrap();
    let asked = config.asked(Path::new("a/labels.json"));
    assert_eq!(asked.texts, Lookup::Folders(vec![PathBuf::from("docs")]));
    let rule = labelwright::internals::rules::find("label-unused").unwrap();
    assert_eq!(
        asked.levels.severity(rule.meta(), None),
        Some(Severity::Error)
    );
    // Inputs with the same settings have one page.
    let text = check(
        &place,
        &["a/labels.json", "exports/old.json", "--show-settings"],
    );
    let text = text.expect(0).text();
    assert!(
        text.starts_with("# Settings of a/labels.json, exports/old.json\n"),
        "{text}"
    );
    assert_eq!(text.matches("# Settings of").count(), 1);
}
