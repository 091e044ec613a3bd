//! Label files that mean harm, or look like it. Each gets its finding with a place; nothing
//! panics, and nothing outside the named folder is opened.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use labelwright::input::Source;
use labelwright::input::Texts;
use labelwright::operations;
use labelwright::pipeline::Options;
use serde_json::json;

use crate::support::{Report, run, run_configured};

/// A folder with label files and, in `texts`, documents. Beside it lies a file that would be
/// noticed if it were read: it is no UTF-8.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir(place.path().join("texts")).unwrap();
        place.write("secret.txt", b"\xff secret");
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), bytes).unwrap();
    }

    /// Checks `labels.json` or `labels.jsonl`, and insists that people get a report too.
    fn check(&self, name: &str) -> Report {
        let shown = run(self.path(), args(name).chain(["-q"]));
        assert!(shown.stderr.is_empty(), "{}", shown.stderr);
        assert!(matches!(shown.status, 0 | 1), "{}", shown.status);
        self.check_large(name)
    }

    /// The same with the report for machines only, since an unoptimized program is slow. Every
    /// finding has a place.
    fn check_large(&self, name: &str) -> Report {
        let done = run(self.path(), args(name).chain(["-q", "--output", "json"]));
        assert!(done.stderr.is_empty(), "{}", done.stderr);
        assert!(matches!(done.status, 0 | 1), "{}", done.status);
        let report = done.report();
        for finding in report.findings() {
            for part in ["line", "column", "byte_start", "byte_end", "pointer"] {
                assert!(!finding[part].is_null(), "no {part}: {finding}");
            }
        }
        report
    }
}

/// A check by the rules that look at single records. The format is given, since some files hide
/// what they are behind a long beginning.
fn args(name: &str) -> impl Iterator<Item = &str> {
    let language = Path::new(name).extension().is_some_and(|end| end == "json");
    let format = if language { "language" } else { "aml" };
    let args = ["check", name, "--format", format, "--texts", "texts"];
    let rules = ["--select", "syntax,shape,offsets,documents"];
    // What is odd about a name or a length as such is for other tests.
    let without = [
        "--ignore",
        "unknown-member,location-name,location-nested,location-not-txt,location-unportable,document-too-long,\
         document-same-text,document-unlisted",
    ];
    args.into_iter().chain(rules).chain(without)
}

/// An entity project with these documents.
fn language(documents: &str) -> String {
    format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{"projectKind":"CustomEntityRecognition","storageInputContainerName":"c","projectName":"p","multilingual":false,"description":"","language":"en-us","settings":{{}}}},"assets":{{"projectKind":"CustomEntityRecognition","entities":[{{"category":"City"}}],"documents":[{documents}]}}}}"#
    )
}

/// A document with one region and these labels: `(offset, length)`.
fn document(location: &str, length: usize, labels: &[(usize, usize)]) -> String {
    let mut all = String::new();
    for (offset, length) in labels {
        let comma = if all.is_empty() { "" } else { "," };
        write!(
            all,
            r#"{comma}{{"category":"City","offset":{offset},"length":{length}}}"#
        )
        .unwrap();
    }
    let location = json!(location);
    format!(
        r#"{{"location":{location},"language":"en-us","entities":[{{"regionOffset":0,"regionLength":{length},"labels":[{all}]}}]}}"#
    )
}

/// A line of an Azure ML export with one label, `0..4`.
fn line(url: &str) -> String {
    let label = json!([{ "label": "City", "offsetStart": 0, "offsetEnd": 4 }]);
    format!("{}\n", json!({ "image_url": url, "label": label }))
}

#[test]
fn nesting_is_bounded() {
    const LEVELS: usize = 200_000;
    let place = Place::new();
    place.write("texts/1.txt", "Rome");
    let closed = format!("{}{}", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let objects = format!("{}1{}", r#"{"a":"#.repeat(LEVELS), "}".repeat(LEVELS));
    let good = document("1.txt", 4, &[(0, 4)]);
    for deep in [&closed, &objects] {
        // In a document, in the header, and as a line.
        let in_document = format!(r#"{{"x":{deep},{}"#, &good[1..]);
        place.write("labels.json", language(&in_document));
        assert_eq!(place.check("labels.json").rules(), ["nesting-too-deep"]);
        let whole = language(&good);
        place.write("labels.json", format!(r#"{{"x":{deep},{}"#, &whole[1..]));
        assert_eq!(place.check("labels.json").rules(), ["nesting-too-deep"]);
        let good = line("AmlDatastore://ds/1.txt");
        let deep_line = format!(r#"{{"x":{deep},{}"#, &good[1..]);
        place.write("labels.jsonl", format!("{good}{deep_line}"));
        let report = place.check("labels.jsonl");
        assert!(
            report.rules().contains(&"nesting-too-deep"),
            "{:?}",
            report.rules()
        );
        assert_eq!(report.findings()[0]["line"], 2);
    }
    let whole = language(&good);
    let open = format!(
        "{}{}",
        &whole[..whole.len() - 2],
        r#","x":["#.repeat(LEVELS)
    );
    place.write("labels.json", open);
    assert_eq!(place.check("labels.json").rules(), ["nesting-too-deep"]);
    place.write("labels.json", "[".repeat(LEVELS));
    assert_eq!(place.check("labels.json").rules(), ["not-a-label-file"]);
}

#[test]
fn a_line_may_be_huge() {
    let place = Place::new();
    place.write("texts/1.txt", "Rome");
    // An unoptimized program takes ten seconds for 64 MiB.
    let bytes = if cfg!(debug_assertions) { 8 } else { 64 } << 20;
    let filler = "é".repeat(bytes / 2);
    let good = line("AmlDatastore://ds/1.txt");
    let huge = format!(r#"{{"x":"{filler}",{}"#, &good[1..]);
    let broken = good.replace(":4", ":5");
    place.write("labels.jsonl", format!("{huge}{broken}"));
    let report = place.check_large("labels.jsonl");
    assert_eq!(report.rules(), ["document-duplicate", "span-out-of-bounds"]);
    let lines = report
        .findings()
        .iter()
        .map(|finding| finding["line"].as_u64());
    assert_eq!(lines.collect::<Vec<_>>(), [Some(2), Some(2)]);
}

/// A check with a limit for records, by the report for machines; and that every size of a batch
/// finds the same.
fn check_limited(place: &Place, name: &str, limit: usize) -> Report {
    place.write(
        "labelwright.toml",
        format!("[thresholds]\nrecord-bytes = {limit}\n"),
    );
    let done = run_configured(place.path(), args(name).chain(["--output", "json"]), b"");
    assert!(done.stderr.is_empty(), "{}", done.stderr);
    let source = Source::open(&place.path().join(name)).unwrap();
    let texts = Texts::open(&[place.path().join("texts")], true).unwrap();
    let outcome = |batch_bytes| {
        let mut options = Options {
            batch_bytes,
            ..Options::default()
        };
        options.settings.thresholds.record_bytes = limit as u64;
        operations::check(&source, None, Some(&texts), &options).unwrap()
    };
    let whole = outcome(1 << 20);
    for batch_bytes in (1..40).chain([64, 100, 500]) {
        assert_eq!(outcome(batch_bytes), whole, "{name} by {batch_bytes}");
    }
    done.report()
}

#[test]
fn a_record_over_the_limit_is_reported_and_the_others_are_read() {
    let place = Place::new();
    let mut documents = Vec::new();
    let mut lines = Vec::new();
    for name in ["1.txt", "2.txt", "3.txt"] {
        place.write(&format!("texts/{name}"), "Rome");
        documents.push(document(name, 4, &[(0, 4)]));
        let line = line(&format!("AmlDatastore://ds/{name}"));
        lines.push(line.trim_end().to_owned());
    }
    let filler = "]}\u{e9}".repeat(100);
    let longer = |record: &str| format!(r#"{{"x":"{filler}",{}"#, &record[1..]);
    for which in 0..3 {
        for end in ["", "\n"] {
            let (mut documents, mut lines) = (documents.clone(), lines.clone());
            documents[which] = longer(&documents[which]);
            lines[which] = longer(&lines[which]);
            let project = language(&documents.join(",\n  ")) + end;
            let export = lines.join("\n") + end;
            for (name, file, record, line, column, pointer) in [
                (
                    "labels.json",
                    project,
                    &documents[which],
                    which + 1,
                    3,
                    format!("/assets/documents/{which}"),
                ),
                (
                    "labels.jsonl",
                    export,
                    &lines[which],
                    which + 1,
                    1,
                    String::new(),
                ),
            ] {
                place.write(name, &file);
                // A header has more than any of its documents here.
                let outline = file.find("[{\"location").unwrap_or(0) + 10;
                assert!(outline < record.len(), "the limit is about the record");
                let report = check_limited(&place, name, record.len());
                assert_eq!(report.rules(), [""; 0], "{name} {which}");
                let report = check_limited(&place, name, record.len() - 1);
                assert_eq!(report.rules(), ["invalid-json"], "{name} {which}");
                let finding = &report.findings()[0];
                let start = file.find(record.as_str()).unwrap();
                assert_eq!(finding["byte_start"], start);
                assert_eq!(finding["byte_end"], start + record.len());
                assert_eq!(finding["line"], line);
                if name == "labels.jsonl" || which > 0 {
                    assert_eq!(finding["column"], column);
                }
                assert_eq!(finding["pointer"], pointer);
                let message = finding["message"].as_str().unwrap();
                let words = format!(
                    "of {} bytes is over the limit of {} bytes",
                    record.len(),
                    record.len() - 1
                );
                assert!(message.contains(&words), "{message}");
                assert_eq!(report.0["inputs"][0]["documents"], 2);
                // What was not read cannot be written.
                for to in ["aml", "language"] {
                    let args = ["convert", name, "--to", to, "-o", "out", "--texts", "texts"];
                    let done = run_configured(place.path(), args, b"").expect(1);
                    assert!(done.stderr.contains("invalid-json"), "{}", done.stderr);
                    assert!(!place.path().join("out").exists());
                }
            }
        }
    }
}

#[test]
fn a_file_with_too_much_around_its_documents_is_reported_once() {
    let place = Place::new();
    place.write("texts/1.txt", "Rome");
    let good = language(&document("1.txt", 4, &[(0, 4)]));
    let outline = good.len() - document("1.txt", 4, &[(0, 4)]).len();
    let filler = "x".repeat(1000);
    let before = format!(r#"{{"x":"{filler}",{}"#, &good[1..]);
    let after = format!(r#"{},"x":["{filler}"]}}"#, &good[..good.len() - 1]);
    for (file, documents) in [(before, 0), (after, 1)] {
        place.write("labels.json", &file);
        let more = file.len() - good.len();
        let report = check_limited(&place, "labels.json", outline + more);
        assert_eq!(report.rules(), [""; 0]);
        let report = check_limited(&place, "labels.json", 800);
        assert_eq!(report.rules(), ["invalid-json"]);
        let finding = &report.findings()[0];
        let message = finding["message"].as_str().unwrap();
        assert!(message.contains("around the documents"), "{message}");
        let place_of = 800 + documents * document("1.txt", 4, &[(0, 4)]).len();
        assert_eq!(finding["byte_start"], place_of);
        assert_eq!(report.0["inputs"][0]["documents"], documents);
        let args = [
            "convert",
            "labels.json",
            "--to",
            "aml",
            "-o",
            "out",
            "--texts",
            "texts",
        ];
        run_configured(place.path(), args, b"").expect(1);
        assert!(!place.path().join("out").exists());
    }
}

#[test]
fn a_document_may_have_a_hundred_thousand_labels() {
    const LABELS: usize = 100_000;
    let place = Place::new();
    place.write("texts/1.txt", "Rome ".repeat(LABELS));
    let length = 5 * LABELS;
    let check = |labels: &[(usize, usize)]| {
        place.write("labels.json", language(&document("1.txt", length, labels)));
        place.check_large("labels.json")
    };
    let mut labels: Vec<(usize, usize)> = (0..LABELS).map(|at| (5 * at, 4)).collect();
    assert!(check(&labels).rules().is_empty());
    labels[LABELS - 1].1 = 6;
    let report = check(&labels);
    assert_eq!(report.rules(), ["span-out-of-bounds"]);
    assert_eq!(
        report.findings()[0]["pointer"],
        format!("/assets/documents/0/entities/0/labels/{}", LABELS - 1)
    );
    // All the same, or each within the one before: findings for each label, not for each pair.
    labels.truncate(LABELS / 10);
    labels.fill((0, 4));
    let report = check(&labels);
    assert_eq!(report.rules(), vec!["spans-duplicate"; labels.len() - 1]);
    for (inset, label) in labels.iter_mut().enumerate() {
        *label = (inset, length - 2 * inset);
    }
    let report = check(&labels);
    let overlaps = report.rules().into_iter();
    let overlaps = overlaps.filter(|rule| *rule == "spans-overlap").count();
    assert!((1..labels.len()).contains(&overlaps), "{overlaps}");
}

#[test]
fn a_document_that_is_too_long_to_be_held_as_it_is_written_is_written_all_the_same() {
    // Some 120 bytes a label in the canonical layout, and 16 MiB are held.
    const LABELS: usize = 150_000;
    let place = Place::new();
    place.write("texts/1.txt", "Rome ".repeat(LABELS));
    place.write("texts/2.txt", "Rome");
    let label = |at| {
        format!(
            r#"{{"label":"City","offsetStart":{},"offsetEnd":{}}}"#,
            5 * at,
            5 * at + 4
        )
    };
    let line = |name: &str, labels: usize| {
        let all: Vec<String> = (0..labels).map(label).collect();
        let ones = vec!["1.0"; labels].join(",");
        let url = format!("AmlDatastore://workspaceblobstore/{name}");
        let all = all.join(",");
        format!(r#"{{"image_url":"{url}","label":[{all}],"label_confidence":[{ones}]}}"#) + "\n"
    };
    let lines = [line("2.txt", 1), line("1.txt", LABELS), line("3.txt", 0)].concat();
    place.write("texts/3.txt", "Rome");
    place.write("labels.jsonl", lines.clone());
    for (from, to, out) in [
        ("labels.jsonl", "language", "out.json"),
        ("out.json", "aml", "back.jsonl"),
    ] {
        let args = [
            "convert",
            from,
            "--to",
            to,
            "-o",
            out,
            "--texts",
            "texts",
            "-q",
            "--fail-on",
            "never",
        ];
        run(place.path(), args).expect(0);
    }
    let length = std::fs::metadata(place.path().join("out.json"))
        .unwrap()
        .len();
    assert!(length > 17 << 20, "{length}");
    let back = std::fs::read_to_string(place.path().join("back.jsonl")).unwrap();
    assert!(back == lines);
}

#[test]
fn lone_surrogates_are_found_in_any_member() {
    let place = Place::new();
    place.write("texts/1.txt", "Rome");
    let good = language(&document("1.txt", 4, &[(0, 4)]));
    for (from, to) in [
        (
            r#""category":"City","offset""#,
            r#""category":"\ud83d","offset""#,
        ),
        (
            r#""location":"1.txt""#,
            r#""location":"1.txt","x":"\ude00""#,
        ),
        (
            r#""location":"1.txt""#,
            r#""location":"1.txt","\ude00\ud83d":1"#,
        ),
        (r#""description":"""#, r#""description":"a\ud800b""#),
        (r#""description":"""#, r#""x":{"y":["\uD83D\uD83D\uDE00"]}"#),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        place.write("labels.json", &bad);
        let report = place.check("labels.json");
        assert!(
            report.rules().contains(&"lone-surrogate"),
            "{to}: {:?}",
            report.rules()
        );
    }
    let good = line("AmlDatastore://ds/1.txt");
    for member in [r#""x":"\ud83d""#, r#""\ude00":1"#] {
        place.write("labels.jsonl", format!("{{{member},{}", &good[1..]));
        assert_eq!(
            place.check("labels.jsonl").rules(),
            ["lone-surrogate"],
            "{member}"
        );
    }
}

#[test]
fn surrogates_in_bytes_are_no_utf8() {
    // CESU-8: a pair of surrogates, each written as three bytes.
    const CESU: &[u8] = b"\xed\xa0\xbd\xed\xb8\x80";
    let place = Place::new();
    place.write("texts/1.txt", [b"Rome ", CESU].concat());
    place.write("labels.json", language(&document("1.txt", 6, &[(0, 4)])));
    let report = place.check("labels.json");
    assert_eq!(report.rules(), ["document-not-utf8"]);
    let message = report.findings()[0]["message"].as_str().unwrap();
    assert!(message.contains("offset 5"), "{message}");

    place.write("texts/1.txt", "Rome");
    let good = line("AmlDatastore://ds/1.txt").into_bytes();
    let name = [
        b"{\"image_url\":\"AmlDatastore://ds/",
        CESU,
        b".txt\",\"label\":[]}\n",
    ]
    .concat();
    place.write("labels.jsonl", [good.as_slice(), &name].concat());
    let report = place.check("labels.jsonl");
    assert_eq!(report.rules(), ["invalid-utf8"]);
    assert_eq!(report.findings()[0]["line"], 2);
    assert_eq!(report.findings()[0]["byte_start"], good.len() + 32);
}

#[test]
fn a_nul_is_a_character_of_a_text_and_none_of_a_name() {
    let place = Place::new();
    place.write("texts/1.txt", "Rome\0Oslo");
    let labels = [(0, 4), (5, 4)];
    place.write("labels.json", language(&document("1.txt", 9, &labels)));
    assert!(place.check("labels.json").rules().is_empty());
    for name in ["1.txt\0", "\0", "1\0/../1.txt"] {
        place.write("labels.json", language(&document(name, 9, &labels)));
        assert_eq!(
            place.check("labels.json").rules(),
            ["location-unsafe"],
            "{name:?}"
        );
    }
}

#[test]
fn no_spelling_of_a_name_leads_out() {
    let place = Place::new();
    fs::create_dir(place.path().join("texts/a")).unwrap();
    let outside = place.path().join("secret.txt").display().to_string();
    let unsafe_names = [
        "../secret.txt",
        "a/../../secret.txt",
        "a/../../texts/../secret.txt",
        "..",
        &outside,
        "/etc/passwd",
        "//host/share/x.txt",
        "C:\\x.txt",
        "C:/x.txt",
        "c:x.txt",
        "..\\secret.txt",
        "a\\..\\..\\secret.txt",
        "\\\\?\\C:\\x.txt",
        "\\\\host\\share\\x.txt",
    ];
    for name in unsafe_names {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            place.check("labels.json").rules(),
            ["location-unsafe"],
            "{name}"
        );
        place.write("labels.jsonl", line(&format!("AmlDatastore://ds/{name}")));
        let report = place.check("labels.jsonl");
        let url = |rule: &&str| *rule != "bad-document-url";
        let rules: Vec<&str> = report.rules().into_iter().filter(url).collect();
        assert_eq!(rules, ["location-unsafe"], "{name}");
    }
    // Nothing decodes a name, so these are names like any other, and nobody has them.
    let odd_names = [
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "%2fetc%2fpasswd",
        "..%5csecret.txt",
        "....//secret.txt",
        "\u{2024}\u{2024}/secret.txt",
        "\u{ff0e}\u{ff0e}\u{ff0f}secret.txt",
        "~/secret.txt",
        "$HOME/secret.txt",
        "file:///etc/passwd",
    ];
    for name in odd_names {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            place.check("labels.json").rules(),
            ["document-missing"],
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    let texts = place.path().join("texts");
    fs::create_dir(place.path().join("outside")).unwrap();
    place.write("outside/1.txt", b"\xff secret");
    symlink("../secret.txt", texts.join("relative.txt")).unwrap();
    symlink(place.path().join("secret.txt"), texts.join("absolute.txt")).unwrap();
    symlink("../outside", texts.join("folder")).unwrap();
    symlink("relative.txt", texts.join("chain.txt")).unwrap();
    symlink("/dev/zero", texts.join("endless.txt")).unwrap();
    for name in [
        "relative.txt",
        "absolute.txt",
        "folder/1.txt",
        "chain.txt",
        "endless.txt",
    ] {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            place.check("labels.json").rules(),
            ["location-unsafe"],
            "{name}"
        );
    }
    symlink("loop-b.txt", texts.join("loop-a.txt")).unwrap();
    symlink("loop-a.txt", texts.join("loop-b.txt")).unwrap();
    symlink("gone.txt", texts.join("dangling.txt")).unwrap();
    for name in ["loop-a.txt", "dangling.txt"] {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            place.check("labels.json").rules(),
            ["document-missing"],
            "{name}"
        );
    }
}

#[test]
fn names_in_another_normalization_are_other_names() {
    let place = Place::new();
    let (composed, decomposed) = ("caf\u{e9}.txt", "cafe\u{301}.txt");
    place.write(&format!("texts/{composed}"), "Rome");
    if place.path().join("texts").join(decomposed).exists() {
        eprintln!("skipped: this file system takes both for one name");
        return;
    }
    place.write("labels.json", language(&document(decomposed, 4, &[(0, 4)])));
    let report = place.check("labels.json");
    assert_eq!(report.rules(), ["document-missing"]);
    let help = report.findings()[0]["help"].as_str().unwrap();
    assert!(help.contains(composed), "{help}");
    // Where both are there, each is its own.
    place.write(&format!("texts/{decomposed}"), "Ro");
    let both = [
        document(composed, 4, &[(0, 4)]),
        document(decomposed, 2, &[(0, 2)]),
    ]
    .join(",");
    place.write("labels.json", language(&both));
    let report = place.check("labels.json");
    let rules = report.rules();
    assert!(!rules.contains(&"document-missing"), "{rules:?}");
    assert!(
        !rules.iter().any(|rule| rule.starts_with("span-")),
        "{rules:?}"
    );
}
