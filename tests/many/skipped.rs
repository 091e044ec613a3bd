//! Files of a folder that are no label files: what is an error, what is counted, and of what
//! nobody hears.

use super::{classes, fates, manifest, owned, with};
use crate::support::{TempFolder, run};

fn utf16(text: &str) -> Vec<u8> {
    let units = format!("\u{feff}{text}");
    units.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A file: its name and its bytes.
type Named = (&'static str, Vec<u8>);

/// What lies in a folder, by what is to become of it.
fn odd_files() -> [(&'static str, Vec<Named>); 3] {
    let lines = |texts: &[(&'static str, &str)]| -> Vec<Named> {
        let owned = |(name, text): &(&'static str, &str)| (*name, text.as_bytes().to_vec());
        texts.iter().map(owned).collect()
    };
    let mut errors = lines(&[
        ("array.json", r#"[{"image_url":"x","label":"A"}]"#),
        (
            "pretty.jsonl",
            "{\n\"image_url\":\"x\",\n\"label\":\"A\"\n}\n",
        ),
        (
            "case.json",
            r#"{"StringIndexType":"","Metadata":{},"Assets":{}}"#,
        ),
        ("zip.json", "PK\u{3}\u{4}\u{14}"),
    ]);
    errors.push(("utf16.jsonl", utf16(&classes(2))));
    let unknown = lines(&[
        ("empty.json", ""),
        ("cut.json", "{\"projectFi"),
        ("blank.jsonl", " \n"),
        ("python.jsonl", "{'image_url': 'x'}\n"),
        ("notes.json", "to be done"),
    ]);
    let foreign = lines(&[
        ("package.json", r#"{"name":"x"}"#),
        ("tsconfig.json", "// all\n{ \"compilerOptions\": {} }"),
        ("report.json", r#"{"version":1,"tool":{}}"#),
        ("list.json", "[1, 2]"),
    ]);
    [
        ("error", errors),
        ("unknown", unknown),
        ("foreign", foreign),
    ]
}

#[test]
fn files_that_could_not_be_told_were_passed_over_in_silence() {
    for (what, files) in odd_files() {
        for (name, bytes) in files {
            let place = TempFolder::new();
            place.write("in/a.jsonl", classes(3));
            place.write(format!("in/{name}"), &bytes);
            let path = format!("in/{name}");
            let args = ["check", "in", "--no-texts", "--output", "json"];
            let done = run(place.path(), args);
            let report = done.report();
            let found = report.findings().iter();
            let found: Vec<_> = found
                .filter(|one| one["rule"] == "not-a-label-file")
                .collect();
            assert_eq!(done.status, i32::from(what == "error"), "{name}");
            assert_eq!(found.len(), usize::from(what == "error"), "{name}");
            assert!(found.iter().all(|found| found["path"] == *path), "{name}");
            let counted = done.stderr.contains("; 1 skipped");
            assert_eq!(counted, what == "unknown", "{name}: {}", done.stderr);
            let told = run(place.path(), [&args[..], &["-v"]].concat());
            let looks = format!("skipped {path}: it looks like");
            assert_eq!(told.stderr.contains(&looks), what == "unknown", "{name}");
            // Where nothing else is there, it must be what is meant.
            let place = TempFolder::new();
            place.write(&path, &bytes);
            let alone = run(place.path(), args);
            assert_eq!(
                alone.status,
                if what == "foreign" { 2 } else { 1 },
                "{name}"
            );
            if what != "foreign" {
                assert_eq!(alone.report().rules(), ["not-a-label-file"], "{name}");
            }
        }
    }
}

#[test]
fn a_converted_folder_has_a_line_for_every_file_that_cannot_be_told() {
    let place = TempFolder::new();
    place.write("in/a.jsonl", classes(3));
    place.write("in/empty.jsonl", "");
    place.write("in/package.json", "{\"name\": 1}");
    place.write("in/wide.jsonl", utf16(&classes(2)));
    let done = run(place.path(), with(&[])).expect(1);
    done.says("1 refused, 1 skipped");
    done.says("save it as UTF-8");
    let want = [
        ("a.jsonl", "converted"),
        ("empty.jsonl", "skipped"),
        ("wide.jsonl", "refused"),
    ];
    assert_eq!(fates(&place.at("out")), owned(&want));
    let line = &manifest(&place.at("out"))["empty.jsonl"];
    assert_eq!(line["error"], "it looks like an empty file");
    // It is looked at again, and converted once it is a label file.
    let again = with(&["--resume"]);
    run(place.path(), &again).expect(1).says("1 unchanged");
    assert_eq!(fates(&place.at("out"))[1].1, "skipped");
    place.write("in/empty.jsonl", classes(1));
    run(place.path(), &again).expect(1);
    assert_eq!(fates(&place.at("out"))[1].1, "converted");
}

#[test]
fn a_folder_of_nothing_but_files_that_cannot_be_told_says_so() {
    let place = TempFolder::new();
    place.write("in/a.json", "");
    place.write("in/b.json", "{");
    for args in [&["check", "in"][..], &with(&[])] {
        let done = run(place.path(), args).expect(2);
        done.says("no label file found; in/a.json looks like an empty file");
    }
}
