//! The reports that CI systems and other programs read.

#[cfg(unix)]
mod consumers;
mod details;
#[cfg(unix)]
mod forms;
mod many;
mod secrets;
#[cfg(unix)]
mod shown;

use crate::support::{TempFolder, aml_line, aml_span, run};

/// The name of a label file with all that means something to some reader of a report.
#[cfg(unix)]
const NAME: &str = "a,b;]%'::é😀<&\".jsonl";

/// What a runner would take for a command, wherever it stands.
const COMMAND: &str = "##vso[task.setvariable variable=a]b";

/// The names of labels with all that means something.
const LABELS: [&str; 4] = [
    "::error::x ##vso[task.setvariable variable=a]b",
    "=HYPERLINK(\"x\")|<b>*a*",
    "\u{1b}[2J\u{202e}\u{9b}@x #1 ]]>",
    "[a](https://b)\n::set-env name=c::d",
];

/// The rules whose findings are asked for: those of the others are many and say nothing new.
const SELECT: &str = "syntax,shape,offsets,documents";

/// A folder with three label files: a good one, an empty one, and one of that name with findings of
/// each severity.
fn corpus(name: &str) -> TempFolder {
    let place = TempFolder::new();
    place.write(
        "1.txt",
        "Ada Lovelace 😀 saw Rome.\nShe said ##vso[x]::y.\n",
    );
    place.write(
        "clean.jsonl",
        aml_line("AmlDatastore://ds/1.txt", &[aml_span("A", 0, 12)]) + "\n",
    );
    place.write("empty.jsonl", "");
    let labels = [
        aml_span(LABELS[0], "0.0", 3),
        aml_span(LABELS[1], 4, 4),
        aml_span(LABELS[2], 90, 99),
        aml_span(LABELS[3], 19, 22),
    ];
    let lines = [
        aml_line("AmlDatastore://ds/1.txt", &labels),
        String::new(),
        aml_line(
            "https://x/ds/2::error.txt?sv=1&sig=SeCrEt",
            &[aml_span("A", 0, 4)],
        ),
        aml_line("AmlDatastore://ds/##vso[y].txt", &[aml_span("A", 0, 4)]),
        // What stands twice has a fix.
        aml_line(
            "AmlDatastore://ds/1.txt",
            &[aml_span("A", 12, 4), aml_span("A", 0, 13)],
        ),
    ];
    place.write(name, lines.join("\n") + "\n");
    place
}

/// The files of the folder, and what is asked of them.
fn args<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let all = [
        "check",
        "clean.jsonl",
        "empty.jsonl",
        name,
        "--select",
        SELECT,
        "--offsets",
        "codepoint",
    ];
    [&all, more].concat()
}

/// The report of the folder in a form.
fn report(form: &str, name: &str, more: &[&str]) -> String {
    let place = corpus(name);
    let more = [&["--output", form], more].concat();
    run(place.path(), args(name, &more)).expect(1).text()
}

/// A label file with so many notes and so many errors.
fn many(notes: usize, errors: usize) -> String {
    let good = aml_line("AmlDatastore://ds/1.txt", &[]) + "\n";
    good + &"\n".repeat(notes) + &"{]\n".repeat(errors)
}

/// How its findings are asked for.
const CHECK_MANY: [&str; 5] = ["check", "a.jsonl", "--no-texts", "--select", "syntax,shape"];

/// All forms but that of people, who have a page of their own, and the page.
const FORMS: [&str; 10] = [
    "concise", "json", "jsonl", "csv", "sarif", "junit", "github", "gitlab", "azure", "markdown",
];
