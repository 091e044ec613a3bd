//! Text packs: whatever is done with a pack gives what its folder gives.

mod commands;

#[cfg(unix)]
use std::collections::BTreeMap;
use std::path::Path;
#[cfg(unix)]
use std::path::PathBuf;

#[cfg(unix)]
use labelwright::internals::input::{Source, Texts};
#[cfg(unix)]
use labelwright::internals::operations;
#[cfg(unix)]
use labelwright::internals::pipeline::Options;

use crate::support::{TempFolder, aml_line, aml_span, run};
#[cfg(unix)]
use crate::support::{every_report, fixtures, label_files};

/// A folder with texts in two levels, and a label file with whatever can be wrong with documents.
fn folder() -> TempFolder {
    let place = TempFolder::new();
    for (name, text) in [
        ("1.txt", "Rome is old"),
        ("2.txt", "Rome is old"),
        ("3.md", "Rome and Oslo"),
        ("Case.txt", "Rome"),
        ("blank.txt", "  \n"),
        ("empty.txt", ""),
        ("latin.txt", "caf\u{e9}"),
        ("sub/1.txt", "Rome, 2nd"),
        ("sub/unlisted.txt", "nobody's"),
        ("unlisted.txt", "nobody's"),
    ] {
        place.write(format!("docs/{name}"), text);
    }
    place.write("docs/latin.txt", b"caf\xe9");
    let lines = [
        "1.txt",
        "2.txt",
        "3.md",
        "case.txt",
        "blank.txt",
        "empty.txt",
        "latin.txt",
        "sub/1.txt",
        "sub",
        "gone.txt",
        "x/sub/1.txt",
        "y/2.txt",
        "../docs/1.txt",
        "./1.txt",
        "sub//1.txt",
        "Rome%201.txt",
        "/1.txt",
    ];
    let line = |name: &&str| {
        let url = format!("AmlDatastore://ds/{name}");
        aml_line(&url, &[aml_span("City", 0, 4), aml_span("City", 9, 13)]) + "\n"
    };
    place.write("labels.jsonl", lines.iter().map(line).collect::<String>());
    place
}

/// Packs folders by the program.
#[track_caller]
fn pack(place: &Path, folders: &[&str], out: &str) {
    let args = ["pack", "--out", out, "--quiet"];
    let done = run(place, args.iter().chain(folders)).expect(0);
    assert_eq!((done.text().as_str(), done.stderr.as_str()), ("", ""));
}

#[cfg(unix)]
#[test]
fn every_fixture_has_the_reports_that_its_folder_gives() {
    use std::fs::remove_file;
    use std::os::unix::fs::symlink;
    let place = TempFolder::new();
    let common = fixtures().join("rules/texts");
    let mut seen = 0;
    for path in label_files() {
        let folders = [path.parent().unwrap(), &common];
        // The folders and the packs have the same paths, since reports name them.
        let named = [place.at("own"), place.at("common")];
        for (folder, name) in folders.iter().zip(&named) {
            symlink(folder, name).unwrap();
        }
        let of_folders = reports(&path, &named);
        for (folder, name) in folders.iter().zip(&named) {
            remove_file(name).unwrap();
            let mut bytes = Vec::new();
            operations::pack(&[(*folder).to_owned()], &mut bytes).unwrap();
            std::fs::write(name, bytes).unwrap();
        }
        let of_packs = reports(&path, &named);
        for (name, report) in &of_folders.1 {
            assert!(of_packs.1[name] == *report, "{}: {name}", path.display());
        }
        seen += usize::from(of_folders.0 > 0);
        for name in &named {
            remove_file(name).unwrap();
        }
    }
    assert!(seen > 100, "{seen}");
}

/// How many documents a label file has, and every report of it.
#[cfg(unix)]
fn reports(path: &Path, texts: &[PathBuf]) -> (u64, BTreeMap<&'static str, Vec<u8>>) {
    let options = Options {
        snippets: 20,
        ..Options::default()
    };
    let source = Source::open(path).unwrap();
    let texts = Texts::open(texts, true).unwrap();
    let mut outcome = operations::check(&source, None, Some(&texts), &options).unwrap();
    let outcomes = std::slice::from_mut(&mut outcome);
    operations::unlisted(outcomes, &[&options]).unwrap();
    let reports = every_report(outcomes, 20);
    (outcome.input.documents, reports)
}

#[test]
fn a_pack_of_several_folders_stands_for_them_in_their_order() {
    let place = folder();
    // Each folder has a text that the other one has under another path, or another text under the same.
    for (name, text) in [
        ("more/1.txt", "Oslo is older"),
        ("more/x/sub/1.txt", "Oslo, 3rd of them"),
        ("more/y/2.txt", "Oslo and Rome"),
        ("more/gone.txt", "Rome was here"),
        ("more/sub/unlisted.txt", "nobody's"),
    ] {
        place.write(name, text);
    }
    for folders in [["docs", "more"], ["more", "docs"]] {
        let [first, second] = folders;
        pack(place.path(), &folders, "both.pack");
        let check = ["check", "labels.jsonl", "--output", "json", "--texts"];
        let of_folders = run(
            place.path(),
            check.iter().chain(&[first, "--texts", second]),
        )
        .expect(1);
        let of_pack = run(place.path(), check.iter().chain(&["both.pack"])).expect(1);
        let named = format!("`{first}` and `{second}`");
        let expected = of_folders.text().replace(&named, "`both.pack`");
        assert!(expected.contains("`both.pack`") && expected.contains("document-unlisted"));
        assert_eq!(of_pack.text(), expected);
        std::fs::remove_file(place.at("both.pack")).unwrap();
    }
}

#[test]
fn a_pack_has_the_bytes_of_its_texts_and_no_more_than_their_names() {
    let place = folder();
    pack(place.path(), &["docs"], "a.pack");
    // Another folder with the same texts, made in another order.
    for name in [
        "unlisted.txt",
        "sub/unlisted.txt",
        "latin.txt",
        "Case.txt",
        "3.md",
        "2.txt",
        "1.txt",
        "sub/1.txt",
        "blank.txt",
        "empty.txt",
    ] {
        let text = std::fs::read(place.at("docs").join(name)).unwrap();
        place.write(format!("elsewhere/docs2/{name}"), text);
    }
    pack(place.path(), &["elsewhere/docs2"], "b.pack");
    let bytes = std::fs::read(place.at("a.pack")).unwrap();
    assert!(std::fs::read(place.at("b.pack")).unwrap() == bytes);
    let texts = b"Rome is oldRome is oldRome and OsloRome  \ncaf\xe9Rome, 2ndnobody'snobody's";
    assert_eq!(bytes[16..16 + texts.len()], texts[..]);
    let names =
        b"1.txt2.txt3.mdCase.txtblank.txtempty.txtlatin.txtsub/1.txtsub/unlisted.txtunlisted.txt";
    let end = bytes.len() - 56;
    assert_eq!(bytes[end - names.len()..end], names[..]);
    assert_eq!(
        bytes.len(),
        16 + texts.len() + 8 + 10 * 24 + names.len() + 56
    );
    let printed = run(place.path(), ["pack", "docs", "-o", "-"]).expect(0);
    assert!(printed.stdout == bytes);
}

#[test]
fn a_pack_is_whole_or_not_there_and_nothing_is_replaced_without_force() {
    let place = folder();
    let refuse = |args: &[&str], why: &str| {
        let done = run(place.path(), ["pack"].iter().chain(args)).expect(2);
        done.says(why);
        assert_eq!(done.text(), "");
    };
    refuse(&["docs", "gone", "-o", "a.pack"], "cannot read gone");
    assert!(!place.at("a.pack").exists());
    place.write("a.pack", "mine");
    refuse(
        &["docs", "-o", "a.pack"],
        "a.pack exists; `--force` replaces it",
    );
    assert_eq!(place.read("a.pack"), "mine");
    run(place.path(), ["pack", "docs", "-o", "a.pack", "--force"])
        .expect(0)
        .says("packed 10 texts, ");
    refuse(&["docs", "-o", "docs/a.pack"], "docs/a.pack lies in docs");
    refuse(
        &["docs", "docs/sub", "-o", "b.pack"],
        "docs and docs/sub have texts in common",
    );
    refuse(
        &["docs/sub", "./docs/", "-o", "b.pack"],
        "have texts in common",
    );
    refuse(
        &["labels.jsonl", "-o", "b.pack"],
        "cannot read labels.jsonl",
    );
    refuse(&["docs", "-o", "docs"], "");
    refuse(&["docs"], "--out");
    refuse(
        &["--list", "labels.jsonl"],
        "neither a folder nor a text pack",
    );
    refuse(&["--list", "docs"], "cannot read docs");
    refuse(&["--list", "a.pack", "a.pack"], "one pack at a time");
    let left: Vec<String> = crate::support::names(place.path());
    assert_eq!(left, ["a.pack", "docs", "labels.jsonl"]);
}

#[test]
fn what_is_in_a_pack_is_listed() {
    let place = folder();
    place.write("more/a\u{1b}[1m.txt", "x");
    pack(place.path(), &["docs/sub"], "sub.pack");
    let listed = run(place.path(), ["pack", "--list", "sub.pack"]).expect(0);
    assert_eq!(listed.text(), "9\t1.txt\n8\tunlisted.txt\n");
    pack(place.path(), &["more", "docs/sub"], "both.pack");
    let listed = run(place.path(), ["pack", "both.pack", "--list"])
        .expect(0)
        .text();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines[1..], ["2\t9\t1.txt", "2\t8\tunlisted.txt"]);
    assert!(
        lines[0].starts_with("1\t1\ta") && !listed.contains('\u{1b}'),
        "{listed:?}"
    );
}

#[test]
fn texts_come_out_of_a_pack_as_they_went_in() {
    let place = folder();
    pack(place.path(), &["docs"], "a.pack");
    let args = ["pack", "--extract", "a.pack", "-o", "new/folder"];
    run(place.path(), args).expect(0).says("wrote 10 texts");
    let content = |folder: &str| {
        let folder = place.at(folder);
        let all = crate::support::files(&folder).into_iter().map(|path| {
            let bytes = std::fs::read(&path).unwrap();
            (path.strip_prefix(&folder).unwrap().to_owned(), bytes)
        });
        all.collect::<Vec<_>>()
    };
    assert_eq!(content("new/folder"), content("docs"));
    run(place.path(), args).expect(0);
    // What is there and another is no text to replace, and nothing else is written then.
    place.write("new/folder/1.txt", "mine");
    std::fs::remove_file(place.at("new/folder/sub/1.txt")).unwrap();
    run(place.path(), args)
        .expect(2)
        .says("another text of this name is in new/folder");
    assert_eq!(place.read("new/folder/1.txt"), "mine");
    assert!(!place.at("new/folder/sub/1.txt").exists());
    pack(place.path(), &["docs/sub", "new/folder"], "two.pack");
    run(place.path(), ["pack", "--extract", "two.pack", "-o", "out"]).expect(0);
    assert_eq!(content("out/1"), content("docs/sub"));
    assert_eq!(content("out/2"), content("new/folder"));
}

#[cfg(unix)]
#[test]
fn what_is_left_out_is_told() {
    let place = folder();
    place.write("docs/.hidden.txt", "x");
    std::os::unix::fs::symlink("1.txt", place.at("docs/link.txt")).unwrap();
    let done = run(place.path(), ["pack", "docs", "-o", "a.pack"]).expect(0);
    done.says("packed 10 texts, ");
    done.says("left out: 1 hidden name, 1 link; ");
}
