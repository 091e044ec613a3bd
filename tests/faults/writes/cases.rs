//! What is run while the system refuses to write.

mod others;

use crate::support::{
    ENTITIES, TempFolder, aml_span, language_document, language_label, language_project,
    sure_aml_line,
};

pub(super) use self::others::{
    a_baseline, a_fix, a_partial_result, a_split, a_sync, reports, standard_input, standard_output,
};

/// What is run, and from which files.
#[derive(Clone, Copy)]
pub(super) struct Case {
    pub(super) make: fn(&TempFolder),
    pub(super) args: &'static [&'static str],
    /// The file that stands on standard input.
    pub(super) stdin: Option<&'static str>,
    /// The status where nothing fails.
    pub(super) status: i32,
    /// What a message has to have one of.
    pub(super) named: &'static [&'static str],
    /// What goes on where a run that failed has ended.
    pub(super) again: Option<&'static [&'static str]>,
}

/// All of them.
pub(super) fn all() -> Vec<Case> {
    vec![
        a_new_output(),
        an_old_output(),
        an_output_with_a_ledger(),
        an_output_with_texts(),
        a_folder_of_brat(),
        a_folder_of_outputs(),
        a_fix(),
        a_split(),
        a_sync(),
        a_baseline(),
        reports(),
        a_partial_result(),
        standard_input(),
    ]
}

const PLAIN: Case = Case {
    make: export,
    args: &[],
    stdin: None,
    status: 0,
    named: &[],
    again: None,
};

/// Documents whose texts lie in `texts`, and no two of which are alike.
const TEXTS: [(&str, &str); 3] = [
    ("1.txt", "Ada wrote to Bob today."),
    ("2.txt", "Bob and Eve met in Rome."),
    ("3.txt", "Eve has not answered yet."),
];

/// An export of Azure ML with its texts. Its offsets end in `.0` where `number` says so.
fn lines(end: &str) -> String {
    let line = |name: &str| {
        let url = format!("AmlDatastore://ds/{name}");
        sure_aml_line(&url, &[aml_span("Person", 0, format!("3{end}"))]) + "\n"
    };
    TEXTS.iter().map(|(name, _)| line(name)).collect()
}

fn texts(place: &TempFolder) {
    for (name, text) in TEXTS {
        place.write(format!("texts/{name}"), text);
    }
}

fn export(place: &TempFolder) {
    texts(place);
    place.write("labels.jsonl", lines(""));
}

fn with_old_output(place: &TempFolder) {
    export(place);
    place.write("out.json", "an old file\n");
    place.write("facts.jsonl", "an old ledger\n");
}

/// A project of the same documents, of which the export has one label more.
fn project(place: &TempFolder) {
    export(place);
    let document = |(name, text): &(&str, &str)| {
        let labels = if *name == "1.txt" {
            vec![]
        } else {
            vec![language_label("Person", 0, 3)]
        };
        language_document(name, None, text.len(), &labels)
    };
    let documents: Vec<String> = TEXTS.iter().map(document).collect();
    place.write(
        "project.json",
        language_project(ENTITIES, &["Person"], &documents),
    );
}

/// Texts inside of a label file.
fn inline(place: &TempFolder) {
    let line = |(name, text): &(&str, &str)| {
        format!(
            "{{\"text\":\"{text}\",\"spans\":[{{\"start\":0,\"end\":3,\"label\":\"Person\"}}],\"meta\":{{\"name\":\"{name}\"}}}}\n"
        )
    };
    place.write("notes.jsonl", TEXTS.iter().map(line).collect::<String>());
}

pub(super) fn a_new_output() -> Case {
    Case {
        args: &[
            "convert",
            "labels.jsonl",
            "--to",
            "language",
            "--texts",
            "texts",
            "-o",
            "out.json",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["out.json"],
        ..PLAIN
    }
}

pub(super) fn an_old_output() -> Case {
    Case {
        make: with_old_output,
        args: &[
            "convert",
            "labels.jsonl",
            "--to",
            "language",
            "--texts",
            "texts",
            "-o",
            "out.json",
            "--force",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["out.json"],
        ..PLAIN
    }
}

pub(super) fn an_output_with_a_ledger() -> Case {
    Case {
        make: with_old_output,
        args: &[
            "convert",
            "labels.jsonl",
            "--to",
            "language",
            "--texts",
            "texts",
            "-o",
            "out.json",
            "--losses",
            "facts.jsonl",
            "--force",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["out.json", "facts.jsonl"],
        ..PLAIN
    }
}

pub(super) fn an_output_with_texts() -> Case {
    Case {
        make: inline,
        args: &[
            "convert",
            "notes.jsonl",
            "--to",
            "language",
            "--texts-out",
            "new/texts",
            "-o",
            "out.json",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["out.json", "new/texts", "/tmp"],
        ..PLAIN
    }
}

pub(super) fn a_folder_of_brat() -> Case {
    Case {
        args: &[
            "convert",
            "labels.jsonl",
            "--to",
            "brat",
            "--texts",
            "texts",
            "-o",
            "new",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["new", "/tmp"],
        ..PLAIN
    }
}

pub(super) fn a_folder_of_outputs() -> Case {
    Case {
        make: |place| {
            texts(place);
            place.write("in/a.jsonl", lines(""));
            place.write("in/b/c.jsonl", lines(""));
        },
        args: &[
            "convert",
            "in",
            "--to",
            "language",
            "--texts",
            "texts",
            "-o",
            "out",
            "--losses",
            "lost",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["out/", "out:", "lost"],
        again: Some(&[
            "convert",
            "in",
            "--to",
            "language",
            "--texts",
            "texts",
            "-o",
            "out",
            "--losses",
            "lost",
            "--resume",
            "--jobs",
            "1",
            "--isolated",
        ]),
        ..PLAIN
    }
}
