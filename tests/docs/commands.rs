//! The pages on formats and on moving between them: each format has one, and each command does what
//! it says.

use std::collections::BTreeSet;

use labelwright::internals::formats::FORMATS;

use crate::support::{TempFolder, fixtures, root, run};

#[test]
fn every_format_has_a_page_and_a_line_in_the_index() {
    let index = std::fs::read_to_string(root().join("docs/formats/README.md")).unwrap();
    for format in FORMATS {
        let name = format.info().name;
        let page = root().join(format!("docs/formats/{name}.md"));
        let page = std::fs::read_to_string(page).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            page.contains(&format!("`--format {name}`"))
                || page.contains(&format!("`--to {name}`")),
            "{name}"
        );
        assert!(page.contains("\n## The unit\n"), "{name}");
        assert!(page.contains("\n## What is lost\n"), "{name}");
        assert!(
            index.contains(&format!("| [`{name}`]({name}.md) |")),
            "{name}"
        );
    }
}

/// A folder with what the commands start from, all with the same labels.
fn folder() -> TempFolder {
    let place = TempFolder::new();
    let demo = fixtures().join("pairs/demo");
    for file in crate::support::files(&demo) {
        let bytes = std::fs::read(&file).unwrap();
        match file.extension().and_then(|end| end.to_str()) {
            Some("txt") => place.write(
                format!("docs/{}", file.file_name().unwrap().to_str().unwrap()),
                bytes,
            ),
            Some("json") => place.write("project.json", bytes),
            _ => place.write("export.jsonl", bytes),
        }
    }
    for (to, out) in [
        ("label-studio", "export.json"),
        ("doccano", "all.jsonl"),
        ("spacy", "annotations.jsonl"),
        ("huggingface", "train.jsonl"),
        ("conll", "train.conll"),
        ("brat", "corpus"),
    ] {
        let args = [
            "convert",
            "project.json",
            "--to",
            to,
            "--texts",
            "docs",
            "-o",
            out,
        ];
        run(place.path(), args).expect(0);
    }
    place.write(
        "reviews.csv",
        "text,label,name\nSend it back.,Refund,1.txt\nHello.,Greeting,2.txt\n",
    );
    place
}

/// The same with a project of classes.
fn of_classes() -> TempFolder {
    let place = TempFolder::new();
    let classes = fixtures().join("pairs/multi-class");
    for name in ["1.txt", "2.txt"] {
        place.write(
            format!("docs/{name}"),
            std::fs::read(classes.join(name)).unwrap(),
        );
    }
    place.write(
        "project.json",
        std::fs::read(classes.join("labels.json")).unwrap(),
    );
    place
}

/// The commands of a page that convert something, as they stand there.
fn commands(page: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let mut found = BTreeSet::new();
    for part in text.split('`') {
        for line in part.lines() {
            if line.starts_with("labelwright convert ") && !line.contains("SOURCE") {
                found.insert(line.to_owned());
            }
        }
    }
    found
}

#[test]
fn the_ways_between_tools_can_be_gone() {
    let found = commands("docs/migrating.md");
    assert!(found.len() >= 16, "{found:?}");
    let (entities, classes) = (folder(), of_classes());
    for command in found {
        let place = if command.contains("--to csv") {
            &classes
        } else {
            &entities
        };
        let mut args: Vec<&str> = command.split_whitespace().skip(1).collect();
        // Several of them write files of one name.
        args.push("--force");
        run(place.path(), args).expect(0);
    }
}
