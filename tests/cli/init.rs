//! `labelwright init`: a configuration for what is found in a folder.

use std::fs;

use crate::support::{TempFolder, aml_line, aml_span, fixtures, names, run_configured};

/// A label file in `labels`, and its documents in `docs`.
fn project() -> TempFolder {
    let place = TempFolder::new();
    let labels = fixtures().join("rules/label-rare/bad/labels.json");
    place.write("labels/labels.json", fs::read(labels).unwrap());
    let texts = fixtures().join("rules/texts");
    for name in names(&texts) {
        let text = fs::read(texts.join(&name)).unwrap();
        place.write(format!("docs/{name}"), text);
    }
    place
}

fn lines(text: &str) -> Vec<&str> {
    let lines = text.lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[test]
fn a_check_works_with_it_at_once() {
    let place = project();
    place.write("reports/r.json", "{\"runs\": []}");
    let done = run_configured(place.path(), ["init"], b"").expect(0);
    done.says("wrote labelwright.toml for 1 label file; documents in docs; left out: /reports/");
    assert!(done.stdout.is_empty());
    let text = place.read("labelwright.toml");
    let want = [
        "exclude = [\"/reports/\"]",
        "texts = [\"docs\"]",
        "[rules]",
        "[thresholds]",
    ];
    assert_eq!(lines(&text), want);
    assert!(text.contains("labels/labels.json (language)"), "{text}");
    let report = run_configured(place.path(), ["check", "--output", "json"], b"").expect(0);
    assert_eq!(report.report().rules(), ["label-rare"]);
    // The same folder gives the same file, whoever writes it.
    let again = run_configured(place.path(), ["init", "--force", "-q"], b"").expect(0);
    assert_eq!(
        (again.stderr.as_str(), place.read("labelwright.toml")),
        ("", text)
    );
}

#[test]
fn a_file_that_is_there_stays() {
    let place = project();
    place.write("labelwright.toml", "# mine\n");
    let done = run_configured(place.path(), ["init"], b"").expect(2);
    done.says("labelwright.toml is there already; `--force` replaces it");
    assert_eq!(place.read("labelwright.toml"), "# mine\n");
    // One that cannot even be read is replaced where that is asked for.
    place.write("labelwright.toml", "no toml at all");
    run_configured(place.path(), ["init", "--force"], b"").expect(0);
    run_configured(place.path(), ["check"], b"").expect(0);
    run_configured(place.path(), ["init", "no-such-folder"], b"")
        .expect(2)
        .says("no folder");
    assert_eq!(names(place.path()).len(), 3, "nothing else is left behind");
}

#[test]
fn each_label_file_has_its_own_texts() {
    let place = TempFolder::new();
    let line = |name: &str| {
        let url = format!("AmlDatastore://store/x/{name}");
        aml_line(&url, &[aml_span("Who", 0, 3)]) + "\n"
    };
    for language in ["de", "fr"] {
        place.write(
            format!("{language}/a.jsonl"),
            line("1.txt") + &line("2.txt"),
        );
        place.write(format!("{language}/texts/1.txt"), "Ada met Bo.");
        place.write(format!("{language}/texts/2.txt"), "Bo met Ada.");
    }
    place.write("en/b.jsonl", line("3.txt"));
    place.write("en/3.txt", "Ada wrote to Bo.");
    place.write("lost/c.jsonl", line("4.txt"));
    let done = run_configured(place.path(), ["init"], b"").expect(0);
    done.says("the documents of 1 label file were not found");
    let text = place.read("labelwright.toml");
    assert!(
        text.contains("No documents were found of lost/c.jsonl."),
        "{text}"
    );
    let args = ["check", "--select", "document-missing", "--output", "json"];
    let report = run_configured(place.path(), args, b"").expect(1).report();
    let paths: Vec<&str> = report
        .findings()
        .iter()
        .map(|finding| finding["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["./lost/c.jsonl"]);
    // From another folder the paths in it are the same.
    let elsewhere = TempFolder::new();
    let folder = place.path().to_str().unwrap();
    run_configured(elsewhere.path(), ["init", folder, "--force"], b"").expect(0);
    assert_eq!(lines(&place.read("labelwright.toml")), lines(&text));
}

#[test]
fn an_empty_folder_gets_the_explanations_alone() {
    let place = TempFolder::new();
    let done = run_configured(place.path(), ["init"], b"").expect(0);
    done.says("for 0 label files");
    let text = place.read("labelwright.toml");
    assert_eq!(lines(&text), ["[rules]", "[thresholds]"]);
    assert!(text.contains("# No label file was found"), "{text}");
}
