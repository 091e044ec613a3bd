//! Names of documents that lead somewhere else, or look as if they did.

use std::fs;

use super::{check, document, language, line, trap};

#[test]
fn a_nul_is_a_character_of_a_text_and_none_of_a_name() {
    let place = trap();
    place.write("texts/1.txt", "Rome\0Oslo");
    let labels = [(0, 4), (5, 4)];
    place.write("labels.json", language(&document("1.txt", 9, &labels)));
    assert!(check(&place, "labels.json").rules().is_empty());
    for name in ["1.txt\0", "\0", "1\0/../1.txt"] {
        place.write("labels.json", language(&document(name, 9, &labels)));
        assert_eq!(
            check(&place, "labels.json").rules(),
            ["location-unsafe"],
            "{name:?}"
        );
    }
}

#[test]
fn no_spelling_of_a_name_leads_out() {
    let place = trap();
    fs::create_dir(place.at("texts/a")).unwrap();
    let outside = place.at("secret.txt").display().to_string();
    let unsafe_names = [
        "../secret.txt",
        "a/../../secret.txt",
        "a/../../texts/../secret.txt",
        "..",
        &outside,
        "/etc/passwd",
        "//host/share/x.txt",
        "C:\\x.txt",
        "C:/x.txt",
        "c:x.txt",
        "..\\secret.txt",
        "a\\..\\..\\secret.txt",
        "\\\\?\\C:\\x.txt",
        "\\\\host\\share\\x.txt",
    ];
    for name in unsafe_names {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            check(&place, "labels.json").rules(),
            ["location-unsafe"],
            "{name}"
        );
        place.write("labels.jsonl", line(&format!("AmlDatastore://ds/{name}")));
        let report = check(&place, "labels.jsonl");
        let url = |rule: &&str| *rule != "bad-document-url";
        let rules: Vec<&str> = report.rules().into_iter().filter(url).collect();
        assert_eq!(rules, ["location-unsafe"], "{name}");
    }
    // Nothing decodes a name, so these are names like any other, and nobody has them.
    let odd_names = [
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "%2fetc%2fpasswd",
        "..%5csecret.txt",
        "....//secret.txt",
        "\u{2024}\u{2024}/secret.txt",
        "\u{ff0e}\u{ff0e}\u{ff0f}secret.txt",
        "~/secret.txt",
        "$HOME/secret.txt",
        "file:///etc/passwd",
    ];
    for name in odd_names {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            check(&place, "labels.json").rules(),
            ["document-missing"],
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out() {
    use std::os::unix::fs::symlink;
    let place = trap();
    let texts = place.at("texts");
    fs::create_dir(place.at("outside")).unwrap();
    place.write("outside/1.txt", b"\xff secret");
    symlink("../secret.txt", texts.join("relative.txt")).unwrap();
    symlink(place.at("secret.txt"), texts.join("absolute.txt")).unwrap();
    symlink("../outside", texts.join("folder")).unwrap();
    symlink("relative.txt", texts.join("chain.txt")).unwrap();
    symlink("/dev/zero", texts.join("endless.txt")).unwrap();
    for name in [
        "relative.txt",
        "absolute.txt",
        "folder/1.txt",
        "chain.txt",
        "endless.txt",
    ] {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            check(&place, "labels.json").rules(),
            ["location-unsafe"],
            "{name}"
        );
    }
    symlink("loop-b.txt", texts.join("loop-a.txt")).unwrap();
    symlink("loop-a.txt", texts.join("loop-b.txt")).unwrap();
    symlink("gone.txt", texts.join("dangling.txt")).unwrap();
    for name in ["loop-a.txt", "dangling.txt"] {
        place.write("labels.json", language(&document(name, 9, &[(0, 4)])));
        assert_eq!(
            check(&place, "labels.json").rules(),
            ["document-missing"],
            "{name}"
        );
    }
}

#[test]
fn names_in_another_normalization_are_other_names() {
    let place = trap();
    let (composed, decomposed) = ("caf\u{e9}.txt", "cafe\u{301}.txt");
    place.write(format!("texts/{composed}"), "Rome");
    if place.at("texts").join(decomposed).exists() {
        eprintln!("skipped: this file system takes both for one name");
        return;
    }
    place.write("labels.json", language(&document(decomposed, 4, &[(0, 4)])));
    let report = check(&place, "labels.json");
    assert_eq!(report.rules(), ["document-missing"]);
    let help = report.findings()[0]["help"].as_str().unwrap();
    assert!(help.contains(composed), "{help}");
    // Where both are there, each is its own.
    place.write(format!("texts/{decomposed}"), "Ro");
    let both = [
        document(composed, 4, &[(0, 4)]),
        document(decomposed, 2, &[(0, 2)]),
    ]
    .join(",");
    place.write("labels.json", language(&both));
    let report = check(&place, "labels.json");
    let rules = report.rules();
    assert!(!rules.contains(&"document-missing"), "{rules:?}");
    assert!(
        !rules.iter().any(|rule| rule.starts_with("span-")),
        "{rules:?}"
    );
}
