//! What is said of annotation files, and where.

use super::{check, convert, folder, letters, places};

const TEXT: &str = "Ada Byron of Paris met Bob.\nShe left \u{1f600} Rome.\n";

/// What is said of one file, and the words of the first finding.
fn said(annotations: &str) -> (Vec<String>, String) {
    let place = folder(&[("a", TEXT, annotations)]);
    let report = check(&place, "syntax,shape,offsets");
    let message = report.findings().first();
    let message = message.map(|found| found["message"].as_str().unwrap().to_owned());
    (places(&report), message.unwrap_or_default())
}

#[test]
fn a_good_folder_has_no_findings_of_its_lines() {
    let report = check(&letters(), "syntax,shape,offsets,documents");
    assert_eq!(places(&report), [""; 0]);
}

#[test]
fn units_are_proved_by_the_covered_text_label_by_label() {
    // Code points, and UTF-16 as release 1.3 counts.
    let (found, _) = said("T1\tPerson 28 31\tShe\nT2\tCity 40 44\tRome\nT3\tPerson 0 3\tAda\n");
    assert_eq!(found, [""; 0]);
    let (found, _) = said("T1\tCity 39 43\tRome\nT2\tPerson 0 3\tAda\n");
    assert_eq!(found, [""; 0]);
    let (found, message) = said("T1\tPerson 0 3\tAda\nT2\tCity 38 42\tRome\n");
    assert_eq!(found, ["a.ann:2:4 spans-adrift"]);
    assert_eq!(
        message,
        "`City` at 38..42 covers ` Rom`, and the file says that it covers `Rome`"
    );
}

#[test]
fn labels_in_two_units_are_compared_by_their_place() {
    let found = |annotations| {
        let place = folder(&[("a", TEXT, annotations)]);
        places(&check(
            &place,
            "spans-overlap,spans-duplicate,spans-conflict",
        ))
    };
    // The same place, counted in both ways; and another that only seems to cross it.
    let twice = "T1\tCity 39 43\tRome\nT2\tCity 40 44\tRome\n";
    assert_eq!(found(twice), ["a.ann:2:4 spans-duplicate"]);
    let apart = "T1\tCity 40 44\tRome\nT2\tMark 43 44\t.\n";
    assert_eq!(found(apart), [""; 0]);
    // What lies between two stretches is in neither.
    let between = "T1\tPerson 0 3;13 18\tAda Paris\nT2\tPerson 4 9\tByron\n";
    assert_eq!(found(between), [""; 0]);
}

#[test]
fn lines_that_brat_refuses_are_told_with_their_place() {
    for (line, found) in [
        ("T1\tFull Name 0 3\tAda", "a.ann:1:4 wrong-type"),
        ("T1 Person 0 3 Ada", "a.ann:1:1 wrong-type"),
        ("Ta\tPerson 0 3\tAda", "a.ann:1:1 wrong-type"),
        ("Z1\tfoo bar", "a.ann:1:1 wrong-type"),
        ("# hello", "a.ann:1:1 wrong-type"),
        ("T1\tPerson 0 300\tAda", "a.ann:1:4 span-out-of-bounds"),
        ("T1\tPerson 9 3\tAda", "a.ann:1:4 span-reversed"),
        ("T1\tPerson -1 3\tAda", "a.ann:1:4 span-negative"),
        ("T1\tPerson 3 3\t", "a.ann:1:4 span-empty"),
        ("T1\tPerson 0 3\tBob", "a.ann:1:4 spans-adrift"),
        ("T1\tPerson 23 31\tBob. She", "a.ann:1:4 spans-adrift"),
        (
            "T1\tPerson 0 3\tAda\nT1\tPerson 23 26\tBob",
            "a.ann:2:1 wrong-type",
        ),
        ("T1\tPerson 0 3;9 4\tAda ", "a.ann:1:15 wrong-type"),
        (
            "T1\tPerson 0 3\tAda\n\nT2\tPerson 23 26\tBob",
            "a.ann:2:1 blank-line",
        ),
        ("\u{feff}T1\tPerson 0 3\tAda", "a.ann:1:1 byte-order-mark"),
    ] {
        assert_eq!(said(line).0, [found], "{line:?}");
    }
    for line in [
        "T1\tPerson 0 3\tAda\r\nT2\tPerson 23 26\tBob\r\n",
        "T1\tPerson 0 3\tAda",
        "T1\tPerson 0 3",
        "T1\tFull-Name.\u{dc} 0 3\tAda\n",
        "T007\tPerson 0 3\tAda\n",
        "T1\tPerson 23 27;28 31\tBob. She\n",
        "T1\tPerson 0 3;3 9\tAda  Byron\n",
        "A1\tNegated T9\n",
        "",
    ] {
        assert_eq!(said(line).0, [""; 0], "{line:?}");
    }
}

#[test]
fn a_span_over_a_line_break_in_one_stretch_tears_its_line() {
    let (found, _) = said("T1\tPerson 23 31\tBob.\nShe\n");
    assert_eq!(found, ["a.ann:1:4 spans-adrift", "a.ann:2:1 wrong-type"]);
}

#[test]
fn a_counted_byte_order_mark_is_no_fault() {
    let place = folder(&[(
        "a",
        "\u{feff}Ada met Bob",
        "T1\tPerson 1 4\tAda\nT2\tPerson 9 12\tBob\n",
    )]);
    assert_eq!(places(&check(&place, "offsets")), [""; 0]);
    convert(&place, "in", "language", "out.json", &[]).expect(0);
    let want = ["a.txt - Person 0+3", "a.txt - Person 8+3"];
    assert_eq!(super::labels(&place, "out.json"), want);
}

#[test]
fn line_ends_that_were_counted_as_one_are_told_by_what_labels_cover() {
    let text = "Ada\r\nmet\r\nBob\r\nand\r\nEve\r\nin\r\nRome\r\n";
    let annotations = "T1\tPerson 0 3\tAda\nT2\tPerson 8 11\tBob\nT3\tPerson 16 19\tEve\n\
                       T4\tCity 23 27\tRome\n";
    let place = folder(&[("a", text, annotations)]);
    let report = check(&place, "offsets");
    assert_eq!(report.rules(), ["spans-adrift"; 3]);
    convert(&place, "in", "language", "out.json", &[]).expect(1);
}

#[test]
fn a_text_that_is_missing_and_one_that_is_not_listed_are_told() {
    let place = folder(&[("a", "Ada", "T1\tPerson 0 3\tAda\n")]);
    place.write("in/b.ann", "T1\tPerson 0 3\tAda\n");
    place.write("in/c.txt", "no labels yet");
    let report = check(&place, "documents");
    let mut rules = report.rules();
    rules.sort_unstable();
    assert_eq!(rules, ["document-missing", "document-unlisted"]);
    let missing = report.findings().iter();
    let missing = missing.filter(|found| found["rule"] == "document-missing");
    let path = missing.map(|found| found["path"].as_str().unwrap()).next();
    assert!(path.unwrap().ends_with("b.ann"));
}

#[test]
fn a_label_that_the_configuration_does_not_have_is_told() {
    let place = folder(&[("a", "Ada", "T1\tPerson 0 3\tAda\n")]);
    // Without such a file nothing is declared, and so nothing undeclared.
    assert_eq!(
        places(&check(&place, "label-undeclared,label-unused")),
        [""; 0]
    );
    place.write("in/annotation.conf", "[entities]\nCity\n");
    let report = check(&place, "label-undeclared,label-unused");
    let want = [
        "a.ann:1:4 label-undeclared",
        "annotation.conf:2:1 label-unused",
    ];
    let mut found = places(&report);
    found.sort();
    assert_eq!(found, want);
}
