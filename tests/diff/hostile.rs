//! Names that would disturb a terminal, command a runner or end a page.

use crate::support::{
    ENTITIES, TempFolder, language_document, language_label, language_project, run,
};

/// Names that mean something where they are printed.
const NAMES: [&str; 4] = [
    "\u{1b}[31mred\u{1b}[0m",
    "::error::x",
    "##vso[task.complete]",
    "<script>alert(1)</script>",
];

/// Two projects that differ in labels, documents and members with such names.
fn corpus() -> TempFolder {
    let folder = TempFolder::new();
    let text = format!("{} end", NAMES.join(" "));
    let project = |label: &str, shift: usize, extra: &str| {
        let labels: Vec<String> = NAMES
            .iter()
            .map(|name| language_label(&format!("{label}{name}"), shift, 9))
            .collect();
        let documents: Vec<String> = NAMES
            .iter()
            .map(|name| language_document(&format!("{name}.txt"), None, text.len(), &labels))
            .chain([language_document(
                &format!("{extra}{}", NAMES[3]),
                None,
                9,
                &[],
            )])
            .collect();
        language_project(ENTITIES, &NAMES, &documents).replace("\"notes\"", "\"<b>\"")
    };
    folder.write("old.json", project("a", 0, "x"));
    folder.write("new.json", project("b", 0, "y").replace("<b>", "<i>::"));
    folder
}

#[test]
fn no_form_is_acted_on() {
    let folder = corpus();
    for form in ["human", "json", "markdown", "html"] {
        let args = [
            "diff",
            "old.json",
            "new.json",
            "--no-texts",
            "--output",
            form,
        ];
        let done = run(folder.path(), args).expect(1);
        let out = done.text();
        for acted_on in ["\u{1b}", "::error", "##vso["] {
            assert!(!out.contains(acted_on), "{form}: {out}");
            assert!(!done.stderr.contains(acted_on), "{}", done.stderr);
        }
        if matches!(form, "html" | "markdown") {
            assert!(
                !out.contains("<script>") && !out.contains("<i>"),
                "{form}: {out}"
            );
            assert!(out.contains("&lt;script&gt;"), "{form}: {out}");
        }
    }
}

#[test]
fn a_page_loads_nothing() {
    let folder = corpus();
    let args = [
        "diff",
        "old.json",
        "new.json",
        "--no-texts",
        "--output",
        "html",
    ];
    let page = run(folder.path(), args).expect(1).text();
    assert!(
        page.contains("default-src 'none'; style-src 'sha256-"),
        "{page}"
    );
    assert!(page.contains("script-src 'none'"), "{page}");
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
}

#[test]
fn lists_are_cut_for_people_only() {
    let folder = corpus();
    let args = [
        "diff",
        "old.json",
        "new.json",
        "--no-texts",
        "--max-documents",
        "0",
    ];
    let out = run(folder.path(), args).expect(1).text();
    assert!(
        out.contains("2 more documents; `--max-documents` shows more"),
        "{out}"
    );
}
