//! What a configuration comes to, and what is said of a wrong one.

use std::path::{Path, PathBuf};

use super::*;
use crate::diagnostics::{FailOn, Severity};
use crate::rules::settings::{Profile, Settings, Slot, Thresholds};
use crate::rules::{find, metas};
use crate::text::Unit;

fn asked(text: &str, path: &str) -> Asked {
    let config = Config::parse(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    config.asked(Path::new(path))
}

fn severity(asked: &Asked, rule: &str) -> Option<Severity> {
    asked.levels.severity(find(rule).unwrap().meta(), None)
}

fn problems(text: &str) -> Vec<String> {
    let problems = Config::parse(text).unwrap_err();
    problems.iter().map(Problem::to_string).collect()
}

#[test]
fn an_empty_file_asks_what_no_file_asks() {
    let asked = asked("# nothing\n", "a.json");
    assert_eq!(asked.settings, Settings::default());
    assert_eq!(asked.texts, Lookup::Beside);
    assert_eq!((asked.unit, asked.max_warnings), (None, None));
    assert_eq!(asked.fail_on, FailOn::From(Severity::Error));
    for meta in metas() {
        let severity = (!meta.on_request).then_some(meta.severity);
        assert_eq!(asked.levels.severity(meta, None), severity);
    }
}

#[test]
fn every_key_arrives() {
    let text = r#"
        texts = ["docs", "../more"]
        offsets = "utf8"
        profile = "aml-connect"
        fail-on = "never"
        max-warnings = 0
    "#;
    let asked = asked(text, "a.json");
    let folders = ["docs", "../more"].map(PathBuf::from);
    assert_eq!(asked.texts, Lookup::Folders(folders.into()));
    assert_eq!(asked.unit, Some(Unit::Utf8));
    assert_eq!(asked.settings.profile, Profile::AmlConnect);
    assert_eq!(asked.fail_on, FailOn::Never);
    assert_eq!(asked.max_warnings, Some(0));
}

#[test]
fn every_threshold_is_set_by_its_key() {
    for (at, threshold) in Thresholds::ALL.iter().enumerate() {
        let text = format!("[thresholds]\n{} = 1\n", threshold.key());
        let mut changed = asked(&text, "a.json").settings.thresholds;
        let mut defaults = Thresholds::default();
        for (other_at, other) in Thresholds::ALL.iter().enumerate() {
            let value = |of: &mut Thresholds| match other.place {
                Slot::Count(place) => place(of).to_string(),
                Slot::Share(place) | Slot::Factor(place) => place(of).to_string(),
            };
            let (now, before) = (value(&mut changed), value(&mut defaults));
            let want = if at == other_at { "1" } else { &before };
            assert_eq!(now, want, "{text}: {}", other.key());
        }
    }
}

#[test]
fn a_name_weighs_more_the_less_it_covers() {
    // The keys stand in another order than the one in which they weigh.
    let text = r#"
        [rules]
        label-rare = "note"
        coverage = "error"
        all = "off"
    "#;
    let asked = asked(text, "a.json");
    assert_eq!(severity(&asked, "label-rare"), Some(Severity::Note));
    assert_eq!(severity(&asked, "label-unused"), Some(Severity::Error));
    assert_eq!(severity(&asked, "span-empty"), None);
}

#[test]
fn select_and_ignore_turn_nothing_on() {
    let text = r#"
        select = ["coverage", "split"]
        ignore = ["split-ratio"]
        [rules]
        label-unused = "off"
        split = "error"
        span-empty = "error"
    "#;
    let mut asked = asked(text, "a.json");
    for (rule, want) in [
        ("label-rare", Some(Severity::Warning)),
        ("label-unused", None),
        ("split-absent", Some(Severity::Error)),
        ("split-ratio", None),
        ("span-empty", None),
        ("invalid-json", Some(Severity::Error)),
    ] {
        assert_eq!(severity(&asked, rule), want, "{rule}");
    }
    // The command line does.
    asked.levels.select(&["label-unused".to_owned()]).unwrap();
    assert!(severity(&asked, "label-unused").is_some());
    assert_eq!(severity(&asked, "label-rare"), None);
}

#[test]
fn an_empty_list_selects_everything_and_ignores_nothing() {
    let asked = asked("select = []\nignore = []\n", "a.json");
    for meta in metas() {
        assert!(asked.levels.runs(meta) != meta.on_request, "{}", meta.name);
    }
}

#[test]
fn a_rule_on_request_is_asked_for_by_its_own_name() {
    const NAME: &str = "surface-seldom-labeled";
    for (text, want) in [
        ("rules.coverage = 'warning'", None),
        ("select = ['coverage']", None),
        (
            "select = ['coverage', 'surface-seldom-labeled']",
            Some(Severity::Note),
        ),
        (
            "rules.surface-seldom-labeled = 'warning'",
            Some(Severity::Warning),
        ),
    ] {
        assert_eq!(severity(&asked(text, "a.json"), NAME), want, "{text}");
    }
}

#[test]
fn later_overrides_win() {
    let text = r#"
        texts = ["docs"]
        offsets = "utf16"
        [rules]
        label-rare = "off"
        [thresholds]
        rare-label = 20
        skew = 3
        [[overrides]]
        paths = ["*.jsonl"]
        offsets = "auto"
        no-texts = true
        rules.coverage = "error"
        thresholds.rare-label = 5
        [[overrides]]
        paths = ["old", "none/*.json"]
        no-texts = false
        profile = "aml-connect"
        rules.label-rare = "note"
    "#;
    let of = |path: &str| {
        let asked = asked(text, path);
        let Thresholds {
            rare_label, skew, ..
        } = asked.settings.thresholds;
        assert!((skew - 3.0).abs() < 1e-9);
        let rare = severity(&asked, "label-rare");
        (rare_label, rare, asked.unit, asked.texts)
    };
    let docs = || Lookup::Folders(vec!["docs".into()]);
    let utf16 = Some(Unit::Utf16);
    assert_eq!(of("a.json"), (20, None, utf16, docs()));
    let error = Some(Severity::Error);
    assert_eq!(of("x/a.jsonl"), (5, error, None, Lookup::Nowhere));
    let note = Some(Severity::Note);
    assert_eq!(of("old/a.jsonl"), (5, note, None, Lookup::Beside));
    assert_eq!(of("old/a.json"), (20, note, utf16, Lookup::Beside));
    assert_eq!(of("../old/a.json"), (20, note, utf16, Lookup::Beside));
}

/// Texts, and what is said of them first.
const WRONG: &[(&str, &str)] = &[
    (
        "\n\ntresholds = 1",
        "3:1: unknown key `tresholds`; did you mean `thresholds`?",
    ),
    ("é = 1", "1:1: "),
    (
        "'x' = 1",
        "1:1: unknown key `x`; there are `select`, `ignore`",
    ),
    (
        "rules = { 'é' = 'off', labelrare = 'off' }",
        "1:11: no rule or group is called `é`",
    ),
    ("rules = { é = 'off' }", "1:11: "),
    (
        "rules = { label-rar = 'off' }",
        "1:11: no rule or group is called `label-rar`; did you mean `label-rare`?",
    ),
    (
        "rules = { label-rare = 'warn' }",
        "1:24: `label-rare` must be one of \"off\", \"note\", \"warning\", \"error\", not \"warn\"",
    ),
    (
        "rules = { syntax = 'off' }",
        "1:20: the errors of `syntax` cannot be turned off: a file that cannot be read would pass",
    ),
    (
        "rules = { invalid-json = 'note' }",
        "1:26: findings of `invalid-json` stay errors: a file that cannot be read would pass",
    ),
    (
        "exclude = ['a/../b']",
        "1:12: `a/../b` is no pattern: `..` can only be its beginning",
    ),
    ("[[overrides]]\npaths = ['a']\nexclude = ['b']", "3:1: "),
    (
        "ignore = ['truncated-file']",
        "1:11: findings of `truncated-file` cannot be turned off",
    ),
    (
        "rules = 1",
        "1:9: `rules` must be a table, `[rules]`, not 1",
    ),
    (
        "label-rare = 'off'",
        "1:1: `label-rare` is a rule or a group, so it belongs under `[rules]`",
    ),
    (
        "rare-label = 1",
        "1:1: `rare-label` is a threshold, so it belongs under `[thresholds]`",
    ),
    (
        "paths = ['a']",
        "1:1: `paths` belongs under `[[overrides]]`",
    ),
    (
        "select = ['span-emty']",
        "1:11: no rule or group is called `span-emty`; did you mean `span-empty`?",
    ),
    (
        "ignore = 'label-rare'",
        "1:10: `ignore` must be a list of strings, as in `ignore = [\"…\"]`, not a string",
    ),
    ("ignore = [1]", "1:11: `ignore` must be a list of strings"),
    (
        "[rules]\nfail-on = 'never'",
        "2:1: `fail-on` is a key of the file, so it belongs before the first `[table]`",
    ),
    (
        "[thresholds]\nrare_label = 1",
        "2:1: unknown threshold `rare_label`; did you mean `rare-label`?",
    ),
    (
        "[thresholds]\nrare-label = 0",
        "2:14: `rare-label` must be a whole number above 0, not 0",
    ),
    ("[thresholds]\nrare-label = -0x1", "2:"),
    (
        "[thresholds]\nrare-label = 1.5",
        "2:14: `rare-label` must be a whole number above 0, not 1.5",
    ),
    (
        "[thresholds]\nnear-leak = 1.01",
        "2:13: `near-leak` must be a share from 0 to 1, not 1.01",
    ),
    (
        "[thresholds]\nnear-leak = nan",
        "2:13: `near-leak` must be a share from 0 to 1, not nan",
    ),
    (
        "[thresholds]\nskew = 0",
        "2:8: `skew` must be a number above 0, not 0",
    ),
    (
        "[thresholds]\nskew = inf",
        "2:8: `skew` must be a number above 0, not inf",
    ),
    (
        "[thresholds]\nskew = true",
        "2:8: `skew` must be a number above 0, not true",
    ),
    ("texts = []", "1:9: `texts` is empty"),
    ("texts = ['']", "1:10: the name of a folder is empty"),
    (
        "texts = ['a']\nno-texts = true",
        "2:12: `no-texts` and `texts` exclude each other",
    ),
    (
        "no-texts = 'yes'",
        "1:12: `no-texts` must be true or false, not a string",
    ),
    (
        "offsets = 'utf-16'",
        "1:11: `offsets` must be one of \"auto\", \"utf16\", \"codepoint\", \"utf8\", \"grapheme\", \"grapheme10\", not \"utf-16\"; did you mean \"utf16\"?",
    ),
    (
        "profile = 1979-05-27",
        "1:11: `profile` must be one of \"import\", \"aml-connect\", not a date",
    ),
    ("fail-on = 'errors'", "1:11: `fail-on` must be one of"),
    (
        "max-warnings = -1",
        "1:16: `max-warnings` must be a whole number, 0 or more, not -1",
    ),
    ("overrides = {}", "1:13: `overrides` must be tables"),
    (
        "[[overrides]]\noffsets = 'auto'",
        "1:1: an override needs `paths`",
    ),
    (
        "[[overrides]]\npaths = ['a[']",
        "2:10: `a[` is no pattern: unclosed character class",
    ),
    ("[[overrides]]\npaths = []", "2:9: `paths` is empty"),
    (
        "[[overrides]]\npaths = ['a']\nfail-on = 'never'",
        "3:1: `fail-on` holds for all label files, so it belongs at the top",
    ),
    (
        "[[overrides]]\npaths = ['a']\nspan-empty = 'off'",
        "3:1: `span-empty` is a rule or a group, so it belongs under `[overrides.rules]`",
    ),
    ("select = [", "1:11: "),
    ("a = 1\na = 2", "2:1: duplicate key"),
    ("\u{feff}tresholds = 1", "1:1: unknown key"),
];

#[test]
fn what_is_wrong_is_said_with_its_place_and_the_nearest_name() {
    for (text, want) in WRONG {
        let said = problems(text);
        assert!(said[0].starts_with(want), "{text}: {said:?}");
    }
}

#[test]
fn everything_wrong_is_said_in_the_order_of_the_text() {
    let text = "selec = []\n[thresholds]\nskew = 'x'\n[rules]\nall = 'of'\n";
    let said = problems(text);
    let places: Vec<&str> = said.iter().map(|said| &said[..3]).collect();
    assert_eq!(places, ["1:1", "3:8", "5:7"], "{said:?}");
}

#[test]
fn a_value_cannot_disturb_a_terminal() {
    let said = problems("offsets = \"\\u001b[31m\"\n\"\\u001b\" = 1\n");
    assert!(said.iter().all(|said| !said.contains('\u{1b}')), "{said:?}");
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    for text in [
        "select = ".to_owned() + &"[".repeat(200_000),
        "a.".repeat(200_000) + "b = 1",
    ] {
        assert_eq!(problems(&text).len(), 1);
    }
}
