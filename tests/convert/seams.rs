//! Several files of one format that become one file of it.

use crate::support::{Run, TempFolder, run};

/// Converts files into one of their format, and answers what stands in it.
fn joined(format: &str, files: &[(&str, &str)], more: &[&str]) -> (TempFolder, Run) {
    let place = TempFolder::new();
    for (name, content) in files {
        place.write(name, content);
    }
    let names = files.iter().map(|(name, _)| *name);
    let args = ["convert", "--from", format, "--to", format, "-o", "out"];
    let done = run(
        place.path(),
        args.into_iter().chain(names).chain(more.iter().copied()),
    );
    (place, done)
}

#[track_caller]
fn insist(format: &str, files: &[(&str, &str)], want: &str) {
    let (place, done) = joined(format, files, &[]);
    done.expect(0);
    assert_eq!(place.read("out"), want, "{format}");
}

#[test]
fn documents_of_one_class_in_several_files_come_to_an_end() {
    let line =
        |name: &str| format!("{{\"text\":\"A {name}\",\"label\":[\"X\"],\"name\":\"{name}\"}}\n");
    let (a, b) = (line("a"), line("b"));
    insist(
        "doccano",
        &[("a.jsonl", &a), ("b.jsonl", &b)],
        &(a.clone() + &b),
    );
    let place = TempFolder::new();
    place.write("a.jsonl", a);
    place.write("b.jsonl", b);
    for to in ["spacy", "huggingface", "csv"] {
        let args = [
            "convert", "a.jsonl", "b.jsonl", "--from", "doccano", "--to", to, "-o", to,
        ];
        run(place.path(), args).expect(0);
    }
}

#[test]
fn a_table_has_one_heading() {
    let (a, b) = ("text,label,name\nhi,X,a\n", "text,label,name\nho,Y,b\n");
    insist(
        "csv",
        &[("a.csv", a), ("b.csv", b)],
        "text,label,name\nhi,X,a\nho,Y,b\n",
    );
    let marked = format!("\u{feff}{b}");
    let open = a.trim_end();
    let files = [
        ("a.csv", open),
        ("b.csv", &*marked),
        ("c.csv", "text,label,name\n"),
    ];
    insist("csv", &files, "text,label,name\nhi,X,a\nho,Y,b\n");
    // Rows of other columns cannot stand below it.
    let other = "name;text;label\nb;ho;Y\n";
    let (place, done) = joined("csv", &[("a.csv", a), ("b.csv", other)], &[]);
    done.expect(1).says("nothing was written");
    assert!(!place.path().join("out").exists());
}

#[test]
fn a_byte_order_mark_stands_at_the_start_or_nowhere() {
    let line =
        |name: &str| format!("{{\"text\":\"Ada\",\"label\":[[0,3,\"P\"]],\"name\":\"{name}\"}}");
    let (a, b) = (line("a"), format!("\u{feff}{}\n", line("b")));
    let want = format!("{}\n{}\n", line("a"), line("b"));
    insist("doccano", &[("a.jsonl", &a), ("b.jsonl", &b)], &want);
}

#[test]
fn documents_of_tokens_stay_apart() {
    let (a, b) = ("Ada B-P\nmet O\n", "Bob B-P\nmet O\n");
    insist(
        "conll",
        &[("a.conll", a), ("b.conll", b)],
        &format!("{a}\n{b}"),
    );
    let (apart, marked) = (format!("{a}\n"), format!("\u{feff}{b}"));
    insist(
        "conll",
        &[("a.conll", &apart), ("b.conll", &marked)],
        &format!("{a}\n{b}"),
    );
    let docstart = |rows: &str| format!("-DOCSTART- -X- O O\n\n{rows}");
    let both = [("a.conll", &*docstart(a)), ("b.conll", &*docstart(b))];
    insist("conll", &both, &format!("{}\n{}", docstart(a), docstart(b)));
    // Behind a file whose documents begin with a mark, one without marks would be of its last document.
    let (place, done) = joined("conll", &[("a.conll", &docstart(a)), ("b.conll", b)], &[]);
    done.expect(2)
        .says("a.conll and b.conll do not end their documents alike");
    assert!(!place.path().join("out").exists());
    let files = [("a.conll", a), ("b.conll", b)];
    let (_, done) = joined("conll", &files, &["--document-break", "file"]);
    done.expect(2).says("convert them one by one");
}
