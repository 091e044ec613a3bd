//! Where what was put together once was not what one check says.

use std::fs;

use super::{corpus, shard};
use crate::support::run;

#[test]
fn merge_wrote_its_report_over_a_text() {
    let folder = corpus();
    let (text, path) = (folder.read("d0.txt"), folder.path());
    run(path, ["pack", ".", "-o", "t.pack"]).expect(0);
    let pack = fs::read(folder.at("t.pack")).unwrap();
    let refuse = |more: &[&str], why: &str| {
        let merge = ["merge", "part", "--force"];
        run(path, merge.iter().chain(more)).expect(2).says(why);
        assert_eq!(folder.read("d0.txt"), text);
        assert_eq!(fs::read(folder.at("t.pack")).unwrap(), pack);
    };
    let (text_of, a_pack) = ("may be the text of a document", "a pack of texts");
    for texts in [&[][..], &["--texts", "."]] {
        shard(path, "0:", "part", texts);
        refuse(&["--output", "json=d0.txt"], text_of);
    }
    refuse(&["--texts", "t.pack", "--output", "json=t.pack"], a_pack);
    shard(path, "0:", "part", &["--texts", "t.pack"]);
    refuse(&["--output", "json=t.pack"], a_pack);
    shard(path, "0:", "part", &["--no-texts"]);
    run(
        path,
        [
            "merge",
            "part",
            "--output",
            "json=report.txt",
            "--fail-on",
            "never",
        ],
    )
    .expect(0);
}
