//! Texts that are gone, changed, renamed or copied.

use serde_json::json;

use super::clean::Base::{
    self, Aml, AmlSingle, Healthcare, Multi, Ner, Sentiment, Single, Summaries, Wards,
};
use super::corpus::{Corpus, Place};
use super::defect::{Defect, defect, everywhere};

const WITH_TEXTS: [Base; 6] = [Ner, Aml, Single, AmlSingle, Sentiment, Summaries];

fn at_address(corpus: &Corpus, document: usize) -> Place {
    Place::Document(document, corpus.address().to_owned())
}

/// Changes the text of a document, whatever its labels.
fn spoil(corpus: &mut Corpus, change: impl FnOnce(String) -> Vec<u8>) -> Place {
    let document = corpus.any_document();
    let text = corpus.text(document);
    corpus.set_text(document, change(text));
    at_address(corpus, document)
}

fn missing() -> Vec<Defect> {
    let rule = "document-missing";
    let mut all = everywhere(rule, &WITH_TEXTS, "a text was deleted", |corpus| {
        let document = corpus.any_document();
        let name = corpus.location(document).unwrap();
        corpus.texts.remove(&name);
        at_address(corpus, document)
    });
    all.extend([
        defect(rule, Summaries, "a summary was deleted", |corpus| {
            let document = corpus.any_document();
            let name = corpus.documents()[document]["summaryLocation"].clone();
            corpus.texts.remove(name.as_str().unwrap());
            Place::Document(document, "/summaryLocation".to_owned())
        }),
        defect(
            rule,
            Ner,
            "all texts are elsewhere, and no folder is named",
            |corpus| {
                corpus.texts.clear();
                corpus.given = false;
                at_address(corpus, 0)
            },
        ),
    ]);
    // The file has another name than the record.
    let renamed: [(&str, Base, fn(&str) -> String); 5] = [
        ("the file has a capital", Ner, |name| {
            name.replacen('n', "N", 1)
        }),
        ("the file has a capital", Aml, |name| {
            name.replacen('n', "N", 1)
        }),
        ("the file's extension is in capitals", Single, |name| {
            name.replace(".txt", ".TXT")
        }),
        ("the file is a copy of a browser", Ner, |name| {
            name.replace(".txt", " (1).txt")
        }),
        ("the file has another extension", Ner, |name| {
            name.replace(".txt", ".md")
        }),
    ];
    for (name, base, change) in renamed {
        let made = defect(rule, base, name, move |corpus| {
            let document = corpus.any_document();
            let old = corpus.location(document).unwrap();
            let text = corpus.texts.remove(&old).unwrap();
            corpus.texts.insert(change(&old), text);
            at_address(corpus, document)
        });
        all.push(if name == "the file is a copy of a browser" {
            made.beside(
                "document-unlisted",
                "the name is not near enough to be taken for it",
            )
        } else {
            made
        });
    }
    all.push(
        defect(
            rule,
            Single,
            "the file's name is decomposed, as on an old Mac",
            |corpus| {
                let document = corpus.any_document();
                corpus.rename(document, "re\u{301}sume\u{301}.txt");
                corpus.relocate(document, "r\u{e9}sum\u{e9}.txt");
                at_address(corpus, document)
            },
        )
        .beside("location-name", "the name has an accent in the first place"),
    );
    all.push(
        defect(rule, Ner, "the location is spelled as in a URL", |corpus| {
            let document = corpus.any_document();
            corpus.rename(document, "night shift.txt");
            corpus.relocate(document, "night%20shift.txt");
            at_address(corpus, document)
        })
        .beside("location-name", "`%` is no letter and no digit"),
    );
    all.push(defect(rule, Ner, "an empty location", |corpus| {
        let document = corpus.any_document();
        let name = corpus.location(document).unwrap();
        corpus.texts.remove(&name);
        corpus.relocate(document, "");
        at_address(corpus, document)
    }));
    all
}

fn contents() -> Vec<Defect> {
    let mut all = Vec::new();
    for (name, change) in [
        ("zero bytes", (|_| Vec::new()) as fn(String) -> Vec<u8>),
        ("white space alone", |_| b" \r\n\t\n".to_vec()),
    ] {
        for base in WITH_TEXTS {
            all.push(defect("document-empty", base, name, move |corpus| {
                spoil(corpus, change)
            }));
        }
    }
    for (name, change) in [
        (
            "Latin-1",
            (|text| {
                let latin = |char| u8::try_from(u32::from(char)).unwrap_or(b'?');
                format!("\u{e9}{text}").chars().map(latin).collect()
            }) as fn(String) -> Vec<u8>,
        ),
        ("UTF-16", |text| {
            let units = "\u{feff}"
                .encode_utf16()
                .chain(text.encode_utf16())
                .collect::<Vec<_>>();
            units.into_iter().flat_map(u16::to_le_bytes).collect()
        }),
        ("UTF-16 without a mark", |text| {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }),
        ("cut off inside a character", |text| {
            let mut bytes = text.into_bytes();
            bytes.extend("\u{20ac}".as_bytes().iter().take(2));
            bytes
        }),
    ] {
        for base in [Ner, Aml, Single] {
            all.push(defect("document-not-utf8", base, name, move |corpus| {
                spoil(corpus, change)
            }));
        }
    }
    all.extend(everywhere(
        "document-bom",
        &WITH_TEXTS,
        "an editor put a mark before it",
        |corpus| spoil(corpus, |text| format!("\u{feff}{text}").into_bytes()),
    ));
    for base in [Ner, Aml, Single, Healthcare, Sentiment] {
        all.push(defect(
            "document-too-long",
            base,
            "all mails of the year in one file",
            |corpus| {
                let document = corpus.any_document();
                let mut text = corpus.text(document);
                while text.len() <= 128_000 {
                    text.push_str(&"and so it went on for the rest of the day ".repeat(100));
                    text.push('\n');
                }
                corpus.set_text(document, text);
                corpus.fit_region(document);
                at_address(corpus, document)
            },
        ));
    }
    all
}

fn records() -> Vec<Defect> {
    let mut all = Vec::new();
    all.extend(everywhere(
        "document-duplicate",
        &[Ner, Aml, Single, Multi, Sentiment, Summaries],
        "a record twice, as a merge leaves it",
        |corpus| {
            let document = corpus.any_document();
            let copy = corpus.documents()[document].clone();
            corpus.documents_mut().push(copy);
            at_address(corpus, corpus.documents().len() - 1)
        },
    ));
    all.extend(everywhere(
        "document-case-collision",
        &[Multi],
        "two records that differ in a capital",
        |corpus| {
            let document = corpus.any_document();
            let copy = corpus.documents()[document].clone();
            let name = corpus.location(document).unwrap().replace("mail", "Mail");
            corpus.documents_mut().push(copy);
            let added = corpus.documents().len() - 1;
            corpus.relocate(added, &name);
            at_address(corpus, added)
        },
    ));
    all.extend(everywhere(
        "document-case-collision",
        &[Single, AmlSingle],
        "a renamed file",
        |corpus| {
            let document = corpus.any_document();
            let other = if document == 5 { 4 } else { 5 };
            let name = corpus.location(other).unwrap().replace("mail", "MAIL");
            corpus.rename(document, &name);
            at_address(corpus, document.max(other))
        },
    ));
    all.extend(everywhere(
        "document-unlisted",
        &WITH_TEXTS,
        "a text that was never labeled",
        |corpus| {
            corpus
                .texts
                .insert("zz9.txt".to_owned(), b"Nobody looked at it.\n".to_vec());
            Place::File("zz9.txt".to_owned())
        },
    ));
    all.extend(everywhere(
        "document-unlisted",
        &[Ner, Aml, Single, Sentiment],
        "a record is lost",
        |corpus| {
            let document = corpus.document_where(|one| one["dataset"] != "Test");
            let name = corpus.location(document).unwrap();
            corpus.documents_mut().remove(document);
            Place::File(name)
        },
    ));
    for (base, test) in [
        (Single, "Train"),
        (Ner, "Train"),
        (AmlSingle, ""),
        (Aml, ""),
    ] {
        all.push(defect(
            "document-same-text",
            base,
            "a text under two names",
            move |corpus| {
                let document =
                    corpus.document_where(|one| test.is_empty() || one["dataset"] == test);
                let text = corpus.text(document);
                let added = corpus.add_like(document, "copy1.txt", text);
                at_address(corpus, added)
            },
        ));
    }
    all
}

fn names() -> Vec<Defect> {
    let mut all = Vec::new();
    for (path, base) in [
        ("../secret.txt", Ner),
        ("/etc/passwd.txt", Ner),
        ("C:\\data\\1.txt", Single),
        ("data\\1.txt", Ner),
        ("C:1.txt", Sentiment),
        ("a/../../1.txt", Aml),
        ("1\0.txt", Multi),
        ("..\\1.txt", AmlSingle),
    ] {
        all.push(defect(
            "location-unsafe",
            base,
            format!("{path:?}"),
            move |corpus| {
                let document = corpus.any_document();
                let name = corpus.location(document).unwrap();
                corpus.texts.remove(&name);
                corpus.relocate(document, path);
                at_address(corpus, document)
            },
        ));
    }
    let mut renamed = |rule, base, path: &'static str| {
        all.push(defect(rule, base, format!("{path:?}"), move |corpus| {
            let document = corpus.any_document();
            if corpus.texts.is_empty() {
                corpus.relocate(document, path);
                return at_address(corpus, document);
            }
            corpus.rename(document, path)
        }));
    };
    for base in [Ner, Aml, Single] {
        renamed("location-not-txt", base, "report.docx");
    }
    renamed("location-not-txt", Ner, "report");
    renamed("location-not-txt", Multi, "report.pdf");
    for base in [Ner, Single, Sentiment, Healthcare] {
        renamed("location-nested", base, "batch1/report.txt");
    }
    renamed("location-nested", Multi, "2024/07/report.txt");
    for base in [Ner, Single, Wards] {
        renamed("location-name", base, "night shift.txt");
        renamed("location-name", base, "night_shift.txt");
    }
    renamed("location-name", Multi, "Müller.txt");
    for base in [Ner, Aml, Multi] {
        renamed("location-unportable", base, "CON.txt");
        renamed("location-unportable", base, "lpt1.txt");
    }
    all.push(defect(
        "location-unportable",
        Multi,
        "a line end in a name",
        |corpus| {
            let document = corpus.any_document();
            corpus.relocate(document, "note\n1.txt");
            at_address(corpus, document)
        },
    ));
    all.push(defect(
        "location-unportable",
        Multi,
        "a blank at its end",
        |corpus| {
            let document = corpus.any_document();
            corpus.relocate(document, "note1.txt ");
            at_address(corpus, document)
        },
    ));
    for (member, rule, name) in [
        ("summaryLocation", "location-not-txt", "short.md"),
        ("summaryLocation", "location-nested", "short/1.txt"),
    ] {
        all.push(defect(
            rule,
            Summaries,
            format!("a summary is {name:?}"),
            move |corpus| {
                let document = corpus.any_document();
                let old = corpus.documents()[document][member].clone();
                let text = corpus.texts.remove(old.as_str().unwrap()).unwrap();
                corpus.texts.insert(name.to_owned(), text);
                corpus.document(document)[member] = json!(name);
                Place::Document(document, format!("/{member}"))
            },
        ));
    }
    all
}

pub(super) fn defects() -> Vec<Defect> {
    let mut all = missing();
    all.extend(contents());
    all.extend(records());
    all.extend(names());
    all
}
