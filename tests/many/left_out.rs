//! Files of folders that are left out, and patterns that stand for files.

use std::fs;

use super::{classes, fates, owned, with};
use crate::support::{Run, TempFolder, run, run_configured};

/// Four label files in two folders.
fn place() -> TempFolder {
    let place = TempFolder::new();
    for name in ["a.jsonl", "b.jsonl", "old/a.jsonl", "old/c.jsonl"] {
        place.write(name, classes(2));
    }
    place
}

/// The inputs that a check goes over.
fn checked(done: &Run) -> Vec<String> {
    let report = done.report();
    let inputs = report.0["inputs"].as_array().unwrap().iter();
    let path = |input: &serde_json::Value| input["path"].as_str().unwrap().to_owned();
    inputs.map(path).collect()
}

#[track_caller]
fn check(place: &TempFolder, more: &[&str]) -> Vec<String> {
    let args = [&["check", "--no-texts", "--output", "json"], more].concat();
    checked(&run(place.path(), args).expect(0))
}

#[test]
fn a_check_without_an_input_is_of_the_current_folder() {
    let place = place();
    let all = ["./a.jsonl", "./b.jsonl", "./old/a.jsonl", "./old/c.jsonl"];
    assert_eq!(check(&place, &[]), all);
    assert_eq!(check(&place, &["."]), all);
}

#[test]
fn ignore_files_are_obeyed() {
    let place = place();
    place.write(".gitignore", "/b.jsonl\n");
    place.write(".ignore", "old/*\n!old/c.jsonl\n");
    assert_eq!(check(&place, &[]), ["./a.jsonl", "./old/c.jsonl"]);
    assert_eq!(check(&place, &["--no-ignore"]).len(), 4);
    // A file that is named is meant.
    assert_eq!(
        check(&place, &["b.jsonl", "old"]),
        ["b.jsonl", "old/a.jsonl", "old/c.jsonl"]
    );
    // What lies above the folder speaks of it within a repository only.
    fs::create_dir(place.at(".git")).unwrap();
    assert_eq!(check(&place, &["old"]), ["old/c.jsonl"]);
    // A conversion of a folder finds what a check does.
    place.write("in/a.jsonl", classes(2));
    place.write("in/b.jsonl", classes(2));
    place.write("in/.ignore", "b.*");
    run(place.path(), with(&[])).expect(0);
    assert_eq!(fates(&place.at("out")), owned(&[("a.jsonl", "converted")]));
}

#[test]
fn patterns_leave_files_out() {
    let place = place();
    assert_eq!(
        check(&place, &["--exclude", "a.jsonl"]),
        ["./b.jsonl", "./old/c.jsonl"]
    );
    assert_eq!(
        check(&place, &["--exclude", "/a.jsonl", "--exclude", "c.*"]).len(),
        2
    );
    let both = ["--exclude", "old", "--no-ignore"];
    assert_eq!(check(&place, &both), ["./a.jsonl", "./b.jsonl"]);
    let wrong = ["check", "--exclude", "a[", "--no-texts"];
    run(place.path(), wrong).expect(2).says("--exclude");
    place.write("labelwright.toml", "no-texts = true\nexclude = ['old/']\n");
    let configured = |more: &[&str]| {
        let args = [&["check", "--output", "json"], more].concat();
        checked(&run_configured(place.path(), args, b"").expect(0))
    };
    assert_eq!(configured(&[]), ["./a.jsonl", "./b.jsonl"]);
    assert_eq!(configured(&["old/c.jsonl"]), ["old/c.jsonl"]);
    assert_eq!(configured(&["--no-ignore"]).len(), 4);
    let args = ["check", "old", "--output", "json"];
    let done = run_configured(place.path(), args, b"").expect(2);
    done.says("`--no-ignore` looks at them too");
}

#[test]
fn a_pattern_is_expanded_where_no_file_has_its_name() {
    let place = place();
    place.write(".hidden.jsonl", classes(2));
    assert_eq!(check(&place, &["*.jsonl"]), ["a.jsonl", "b.jsonl"]);
    assert_eq!(
        check(&place, &["o*/?.jsonl"]),
        ["old/a.jsonl", "old/c.jsonl"]
    );
    assert_eq!(
        check(&place, &["**/a.jsonl"]),
        ["a.jsonl", "old/a.jsonl"],
        "at any depth"
    );
    assert_eq!(check(&place, &["{a,b}.jsonl"]).len(), 2);
    let absolute = place.at("*.jsonl");
    assert_eq!(check(&place, &[absolute.to_str().unwrap()]).len(), 2);
    let none = ["check", "x*.jsonl", "--no-texts"];
    run(place.path(), none)
        .expect(2)
        .says("no file matches x*.jsonl");
    let one = ["convert", "a*.jsonl", "--to", "language", "--no-texts"];
    run(place.path(), one).expect(0);
    let several = ["convert", "*.jsonl", "--to", "language", "--no-texts"];
    // As where the shell expands it: they become one.
    let united = run(place.path(), several).expect(0);
    united.says("b.jsonl: ");
    united.says("to standard output");
    if cfg!(unix) {
        place.write("[a]*.jsonl", classes(2));
        assert_eq!(check(&place, &["[a]*.jsonl"]), ["[a]*.jsonl"]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_leads_out_of_no_search() {
    let (place, other) = (place(), place());
    std::os::unix::fs::symlink(other.path(), place.at("away")).unwrap();
    assert_eq!(check(&place, &[]).len(), 4);
    assert_eq!(check(&place, &["--no-ignore"]).len(), 4);
    assert_eq!(check(&place, &["**/c.jsonl"]), ["old/c.jsonl"]);
}

#[test]
fn exclude_is_from_the_current_folder_on_however_an_input_is_named() {
    let place = place();
    let here = place.path().to_str().unwrap();
    let above = place.path().parent().unwrap();
    let name = above.file_name().unwrap().to_str().unwrap();
    let all = check(&place, &[here, "--exclude", name]);
    assert_eq!(all.len(), 4, "a folder above is not left out");
    let old = ["a.jsonl", "b.jsonl"].map(|name| format!("{here}/{name}"));
    for pattern in ["/old", "old/", "old/*.jsonl"] {
        assert_eq!(check(&place, &[here, "--exclude", pattern]), old);
        let climbing = check(&place, &["old/..", "--exclude", pattern]);
        assert_eq!(climbing, ["old/../a.jsonl", "old/../b.jsonl"], "{pattern}");
    }
    let outside = run(
        &place.at("old"),
        [
            "check",
            "..",
            "--no-texts",
            "--output",
            "json",
            "--exclude",
            "/*.jsonl",
        ],
    );
    // What lies in the folder itself is left out, and what lies above it is not.
    let outside = checked(&outside.expect(0));
    assert_eq!(outside, ["../a.jsonl", "../b.jsonl"]);
}

#[test]
fn a_pattern_that_ends_in_a_slash_is_for_folders_only() {
    let place = place();
    let root = ["./a.jsonl", "./b.jsonl"];
    for pattern in ["*/", "/*/", "**/", "o*/"] {
        assert_eq!(check(&place, &["--exclude", pattern]), root, "{pattern}");
    }
    assert_eq!(check(&place, &["--exclude", "a*/"]).len(), 4);
    assert_eq!(
        check(&place, &["--exclude", "old  "]),
        root,
        "blanks at the end"
    );
    for pattern in ["*/", "**/"] {
        let config = format!("no-texts = true\nexclude = ['{pattern}', 'b.jsonl/']\n");
        place.write("labelwright.toml", config);
        let done = run_configured(place.path(), ["check", "--output", "json"], b"");
        assert_eq!(checked(&done.expect(0)), root, "{pattern}");
    }
}

#[test]
fn braces_in_a_pattern_stand_for_themselves() {
    let place = place();
    place.write("{a,b}/c.jsonl", classes(2));
    let left = ["./a.jsonl", "./b.jsonl", "./old/a.jsonl", "./old/c.jsonl"];
    assert_eq!(check(&place, &["--exclude", "{a,b}/"]), left);
    assert_eq!(check(&place, &["--exclude", "{a,b}.jsonl"]).len(), 5);
    for name in [".gitignore", ".ignore"] {
        place.write(name, "{a,b}.jsonl\n{a,b}/\n");
        assert_eq!(check(&place, &[]), left, "{name}");
        fs::remove_file(place.at(name)).unwrap();
    }
}

#[test]
fn ignore_files_above_the_repository_say_nothing() {
    let place = place();
    fs::create_dir(place.at("old/.git")).unwrap();
    place.write("old/in/a.jsonl", classes(2));
    place.write("old/in/b.jsonl", classes(2));
    place.write(".gitignore", "a.jsonl\n");
    place.write("old/.gitignore", "b.jsonl\n");
    assert_eq!(check(&place, &["old/in"]), ["old/in/a.jsonl"]);
}

#[test]
fn an_override_may_reach_its_own_folder_from_above() {
    let place = TempFolder::new();
    place.write("t/l.jsonl", classes(2));
    for (pattern, status) in [("../t/l.jsonl", 0), ("../u/l.jsonl", 1), ("l.jsonl/", 1)] {
        let config = format!("[[overrides]]\npaths = ['{pattern}']\nno-texts = true\n");
        place.write("t/labelwright.toml", config);
        let done = run_configured(place.path(), ["check", "t/l.jsonl"], b"");
        done.expect(status);
    }
}
