//! What the user says of the new project, judged before anything is read.

use crate::support::{TempFolder, fixtures, run};

#[test]
fn a_project_was_made_that_its_own_check_refused() {
    let demo = fixtures().join("pairs/demo");
    let place = TempFolder::new();
    let out = place.at("out.json");
    let to = ["convert", "demo.jsonl", "--to", "language", "-o"];
    let to = [&to[..], &[out.to_str().unwrap()]].concat();
    for (more, words) in [
        (
            ["--project-name", "my project!"],
            "`--project-name`: the project name `my project!` has characters",
        ),
        (["--project-name", ""], "the project has an empty name"),
        (["--language", "xx"], "`--language`: the project is in `xx`"),
        (["--language", ""], "the project has an empty language"),
    ] {
        let done = run(&demo, [&to[..], &more].concat()).expect(2);
        done.says(words);
        assert!(!out.exists(), "{more:?}");
        // Whoever turns the rule off knows better.
        let known = ["--ignore", "project,language-unknown", "--force"];
        run(&demo, [&to[..], &more, &known].concat()).expect(0);
        std::fs::remove_file(&out).unwrap();
    }
    place.write(
        "in/demo.jsonl",
        std::fs::read(demo.join("demo.jsonl")).unwrap(),
    );
    let args = ["convert", "in", "--to", "language", "--language", "xx"];
    let args = [&args[..], &["--out", "made"]].concat();
    run(place.path(), args)
        .expect(2)
        .says("the project is in `xx`");
    assert!(!place.at("made").exists());
}

#[test]
fn a_form_of_a_file_that_stays_in_its_format_was_asked_for_in_vain() {
    let folder = TempFolder::new();
    let record = "{\"text\":\"Ada met\",\"entities\":[{\"start\":0,\"end\":3,\"label\":\"P\"}]}\n";
    folder.write("in.jsonl", record);
    folder.write("in.conll", "Ada B-P\nmet O\n");
    for (input, format, option, forms) in [
        (
            "in.jsonl",
            "huggingface",
            "--huggingface-form",
            &["tokens", "spans"][..],
        ),
        (
            "in.conll",
            "conll",
            "--conll-profile",
            &["aml", "doccano", "2003"],
        ),
    ] {
        let convert = |more: &[&str]| {
            let args = ["convert", input, "--from", format, "--to", format];
            let out = ["-o", "out", "--force", "--no-texts"];
            run(folder.path(), [&args[..], &out, more].concat())
        };
        for form in forms {
            convert(&[option, form])
                .expect(2)
                .says(&format!("so `{option}` changes nothing"));
        }
        convert(&[]).expect(0);
        assert_eq!(folder.read("out"), folder.read(input));
    }
}
