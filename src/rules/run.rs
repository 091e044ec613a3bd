//! Runs the rules over what there is to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Corpus, CorpusPlace, CorpusSink, DocumentSink, Drain, LANGUAGE_UNKNOWN, Levels, Meta,
    PROJECT_NAME, RULES, Rule, Said, Symptoms, find,
};
use crate::alignment::AlignedDocument;
use crate::corpus::confirmed::Confirmed;
use crate::corpus::{Ask, Statistics};
use crate::diagnostics::store::Withdrawn;
use crate::diagnostics::{Details, Diagnostic, Issue, Location, Message, Severity, Subject};
use crate::model::{At, Project};
use crate::rules::settings::Settings;
use crate::text::Unit;

/// Puts a fact into words, unless its rule is off.
#[must_use]
pub fn say(issue: &Issue, location: Option<Location>, levels: &Levels) -> Option<Diagnostic> {
    if let Issue::MisspelledMember {
        meant,
        required: true,
        ..
    } = issue
        && !runs(issue.rule(), levels)
    {
        // Whoever ignores unknown members has not asked to do without the required one.
        return say(&Issue::MissingMember(meant), location, levels);
    }
    let rule = find(issue.rule())?;
    let message = rule.issue(issue)?;
    let severity = levels.severity(rule.meta(), message.severity)?;
    Some(diagnostic(rule.meta(), severity, message, location))
}

/// The rules that the user has not turned off.
#[must_use]
pub fn active(levels: &Levels) -> Vec<&'static dyn Rule> {
    let rules = RULES.iter().copied();
    rules.filter(|rule| levels.runs(rule.meta())).collect()
}

/// Whether the rule of that name runs.
#[must_use]
pub fn runs(rule: &str, levels: &Levels) -> bool {
    find(rule).is_some_and(|rule| levels.runs(rule.meta()))
}

/// The severity of what the rule of that name finds; `None` where it is off.
#[must_use]
pub fn severity(rule: &str, levels: &Levels) -> Option<Severity> {
    let rule = find(rule)?;
    levels.severity(rule.meta(), None)
}

/// What the rules ask the statistics for.
#[must_use]
pub fn asks(rules: &[&'static dyn Rule]) -> Vec<Ask> {
    let asks = rules.iter().flat_map(|rule| rule.asks());
    let asks: BTreeSet<Ask> = asks.copied().collect();
    asks.into_iter().collect()
}

/// A rule that looks at documents, with the symptoms that it looks at them for.
#[derive(Clone, Copy)]
pub struct DocumentRule {
    when: Symptoms,
    /// The rule.
    pub rule: &'static dyn Rule,
}

/// Those of the rules that look at documents.
#[must_use]
pub fn document_rules(rules: &[&'static dyn Rule]) -> Vec<DocumentRule> {
    let document_rules = rules.iter().map(|rule| DocumentRule {
        when: rule.when(),
        rule: *rule,
    });
    document_rules
        .filter(|one| one.when != Symptoms::NEVER)
        .collect()
}

/// What the rules say of one document, to `said`. Where that is very much, `drain` takes most of
/// it meanwhile.
pub fn document(
    rules: &[DocumentRule],
    aligned: &AlignedDocument<'_>,
    settings: &Settings,
    said: &mut Vec<Said<At>>,
    drain: Drain<'_>,
) {
    let symptoms = Symptoms::of(aligned, &settings.thresholds);
    for DocumentRule { when, rule } in rules {
        if !symptoms.meet(*when) {
            continue;
        }
        let mut sink = DocumentSink {
            meta: rule.meta(),
            settings,
            said,
            drain,
        };
        rule.document(aligned, &mut sink);
    }
}

/// What the rules say of the corpus, and what of all that they said of its documents they take
/// back.
pub fn corpus(
    rules: &[&'static dyn Rule],
    corpus: &Corpus<'_>,
) -> (Vec<Said<CorpusPlace>>, Withdrawn) {
    let mut said = Vec::new();
    let mut withdrawn = Withdrawn::default();
    for rule in rules {
        let mut sink = CorpusSink {
            meta: rule.meta(),
            settings: corpus.settings,
            said: &mut said,
            withdrawn: &mut withdrawn,
        };
        rule.corpus(corpus, &mut sink);
    }
    (said, withdrawn)
}

/// What the rules say of what was proved of some documents.
#[must_use]
pub fn confirmed(
    rules: &[&'static dyn Rule],
    confirmed: &Confirmed,
    settings: &Settings,
) -> Vec<Said<CorpusPlace>> {
    let mut said = Vec::new();
    for rule in rules {
        let mut sink = CorpusSink {
            meta: rule.meta(),
            settings,
            said: &mut said,
            withdrawn: &mut Withdrawn::default(),
        };
        rule.confirmed(confirmed, &mut sink);
    }
    said
}

/// What the rules say of the name and the language that a project is to have.
#[must_use]
pub fn project(
    name: Option<&str>,
    language: Option<&str>,
    settings: &Settings,
    levels: &Levels,
) -> Vec<Diagnostic> {
    let project = Project {
        name: name.map(str::to_owned),
        language: language.map(str::to_owned),
        ..Project::default()
    };
    let corpus = Corpus {
        project: &project,
        declarations: BTreeMap::new(),
        settings,
        kind: None,
        statistics: &Statistics::default(),
        broken: false,
        confirmed: &Confirmed::default(),
        is_check: false,
        texts_given: false,
        texts_near: None,
        guessed_regions: 0,
        unit: Unit::Utf16,
        units: &[],
    };
    // The others of the group are about documents and labels, which are not there yet.
    let mut rules = active(levels);
    rules.retain(|rule| [PROJECT_NAME, LANGUAGE_UNKNOWN].contains(&rule.meta().name));
    let (said, _) = self::corpus(&rules, &corpus);
    let said = said.into_iter();
    said.filter_map(|said| weighed(said, levels)).collect()
}

/// A finding as it stands in reports, without what would fix it; nothing where its rule is off.
#[must_use]
pub fn weighed(said: Said<CorpusPlace>, levels: &Levels) -> Option<Diagnostic> {
    let Said {
        meta,
        place,
        message,
    } = said;
    let severity = levels.severity(meta, message.severity)?;
    let mut finding = Diagnostic {
        places: place.places,
        ..diagnostic(meta, severity, message, place.location)
    };
    let subject = finding.subject.as_ref();
    let is_of_document = subject.is_some_and(|it| it.of_document) || place.shown.words.is_some();
    finding.is_of_corpus = !is_of_document;
    finding.show(place.shown);
    Some(finding)
}

/// Puts a finding together.
#[must_use]
pub fn diagnostic(
    meta: &Meta,
    severity: Severity,
    message: Message,
    location: Option<Location>,
) -> Diagnostic {
    let (bytes, pointer, document) = location.map_or((None, None, None), |location| {
        (Some(location.bytes), location.pointer, location.document)
    });
    let subject = message.subject;
    let details = subject.label.as_ref().map(|label| Details {
        label: Some(label.clone()),
        ..Details::default()
    });
    Diagnostic {
        rule: meta.name,
        severity,
        message: message.text,
        help: message.help,
        bytes,
        position: None,
        pointer,
        document,
        excerpt: None,
        snippet: None,
        doubt: message.doubt,
        fix: None,
        region: None,
        places: None,
        details: details.map(Box::new),
        subject: (subject != Subject::default()).then(|| Box::new(subject)),
        is_of_corpus: false,
        fingerprint: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_required_member_is_missing_where_unknown_ones_are_ignored() {
        let mut levels = Levels::default();
        let rule = |required, levels: &Levels| {
            let issue = Issue::MisspelledMember {
                name: "Category".to_owned(),
                meant: "category",
                required,
            };
            say(&issue, None, levels).map(|said| said.rule)
        };
        assert_eq!(rule(true, &levels), Some("unknown-member"));
        levels.ignore(&["unknown-member".to_owned()]).unwrap();
        assert_eq!(rule(true, &levels), Some("missing-member"));
        assert_eq!(rule(false, &levels), None);
    }

    #[test]
    fn what_no_active_rule_asks_for_is_not_asked() {
        let mut levels = Levels::default();
        assert!(asks(&active(&levels)).contains(&Ask::Unlabeled));
        let unlabeled = ["surface-unlabeled", "surface-unlabeled-in-document"];
        levels.ignore(&unlabeled.map(str::to_owned)).unwrap();
        let rest = [Ask::SameTexts, Ask::NearTexts, Ask::Conflicts, Ask::Forms];
        assert_eq!(asks(&active(&levels)), rest);
        levels.select(&["split-ratio".to_owned()]).unwrap();
        assert_eq!(asks(&active(&levels)), []);
    }
}
