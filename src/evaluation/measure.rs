//! A figure by its name, as a gate asks for it.

use std::fmt;
use std::str::FromStr;

use super::counts::Rates;
use super::scores::Scores;
use super::semeval::Scheme;

/// A figure of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Of all labels together.
    Micro(Part),
    /// The mean over the labels.
    Macro(Part),
    /// Of a measure of SemEval.
    SemEval(Scheme, Part),
    /// Of one label, by name.
    Label(Part, String),
    /// Cohen's kappa.
    Kappa,
    /// Krippendorff's alpha.
    Alpha,
}

/// One of the three figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// F1.
    F1,
    /// Precision.
    Precision,
    /// Recall.
    Recall,
}

impl Part {
    const ALL: [Self; 3] = [Self::F1, Self::Precision, Self::Recall];

    const fn name(self) -> &'static str {
        match self {
            Self::F1 => "f1",
            Self::Precision => "precision",
            Self::Recall => "recall",
        }
    }

    const fn of(self, rates: Rates) -> f64 {
        match self {
            Self::F1 => rates.f1,
            Self::Precision => rates.precision,
            Self::Recall => rates.recall,
        }
    }

    fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// A name that no figure has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMeasure(pub String);

impl fmt::Display for UnknownMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there is no figure `{}`; there are `micro-f1`, `macro-f1`, `strict-f1`, `exact-f1`, \
             `partial-f1` and `type-f1`, each with `precision` and `recall` too, `f1:LABEL` for one \
             label, `kappa` and `alpha`",
            self.0
        )
    }
}

impl std::error::Error for UnknownMeasure {}

impl FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        let unknown = || UnknownMeasure(name.to_owned());
        match name {
            "kappa" => return Ok(Self::Kappa),
            "alpha" => return Ok(Self::Alpha),
            _ => {}
        }
        if let Some((part, label)) = name.split_once(':') {
            let part = Part::find(part).ok_or_else(unknown)?;
            return Ok(Self::Label(part, label.to_owned()));
        }
        let (family, part) = name.split_once('-').ok_or_else(unknown)?;
        let part = Part::find(part).ok_or_else(unknown)?;
        let mut schemes = Scheme::ALL.into_iter();
        match family {
            "micro" => Ok(Self::Micro(part)),
            "macro" => Ok(Self::Macro(part)),
            _ => schemes
                .find(|scheme| scheme.name() == family)
                .map(|scheme| Self::SemEval(scheme, part))
                .ok_or_else(unknown),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Micro(part) => write!(f, "micro-{}", part.name()),
            Self::Macro(part) => write!(f, "macro-{}", part.name()),
            Self::SemEval(scheme, part) => write!(f, "{}-{}", scheme.name(), part.name()),
            Self::Label(part, label) => write!(f, "{}:{label}", part.name()),
            Self::Kappa => f.write_str("kappa"),
            Self::Alpha => f.write_str("alpha"),
        }
    }
}

impl Measure {
    /// Its value; `None` where the comparison has no such figure.
    #[must_use]
    pub fn value(&self, scores: &Scores) -> Option<f64> {
        match self {
            Self::Micro(part) => Some(part.of(scores.micro())),
            Self::Macro(part) => Some(part.of(scores.macro_means())),
            Self::SemEval(scheme, part) => {
                let measured = scores.semeval(*scheme)?;
                Some(part.of(measured.rates()))
            }
            Self::Label(part, name) => {
                let label = scores.labels.get(name)?;
                Some(part.of(label.counts.rates()))
            }
            Self::Kappa => scores.agreement?.kappa,
            Self::Alpha => scores.agreement?.alpha,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in [
            "micro-f1",
            "macro-recall",
            "strict-f1",
            "type-precision",
            "f1:Loan Amount: total",
            "kappa",
            "alpha",
        ] {
            let measure: Measure = name.parse().unwrap();
            assert_eq!(measure.to_string(), name);
        }
        for wrong in ["f1", "micro", "micro-f2", "mean-f1", "f2:A", ""] {
            assert_eq!(
                wrong.parse::<Measure>(),
                Err(UnknownMeasure(wrong.to_owned()))
            );
        }
    }
}
