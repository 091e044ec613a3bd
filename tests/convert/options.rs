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
