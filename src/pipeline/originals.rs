//! Documents whose files give their tokens only get the texts that these were cut from.

use std::ops::Range;

use crate::alignment::{Mismatch, align};
use crate::diagnostics::{Issue, Located};
use crate::input::{Lookup, ReadError, Texts};
use crate::json::Pointer;
use crate::model::{Address, Body, Document, Tokens};
use crate::pipeline::texts::TextReader;
use crate::text::squeezed::squeezed;
use crate::text::{ByteRange, Span, Text, Unit};

/// How many characters of a text are shown where a token should stand.
const SHOWN: usize = 20;

/// A text that tokens may be of.
struct Found {
    address: Address<'static>,
    places: Vec<Range<usize>>,
}

/// Why there is none.
enum Lost {
    /// It was found, and the tokens are not in it.
    Elsewhere {
        name: String,
        text: String,
        mismatch: Mismatch,
    },
    /// None has the characters of the tokens.
    Nowhere,
}

impl TextReader<'_> {
    /// Gives a document of tokens the text that they were cut from, where the user names folders
    /// with texts: by its name where its file says that and a folder has it, and by its characters
    /// otherwise. Its labels get their places in that text. What stands against it is noted, and
    /// the document has no text then: one that was put together of its tokens is not what was
    /// asked for.
    pub(crate) fn find_original(&self, document: &mut Document<'_>, issues: &mut Vec<Located>) {
        let Body::Tokens(tokens) = &document.body else {
            return;
        };
        if !self.texts.is_some_and(Texts::given) {
            return;
        }
        let mut buffer = Vec::new();
        let found = match self.original_of(&document.address, tokens, issues, &mut buffer) {
            Ok(found) => found,
            // Whoever asks for the text is told why.
            Err(_) => Err(None),
        };
        match found {
            Ok(found) => {
                let text = std::str::from_utf8(&buffer).unwrap_or_default();
                document.address = found.address;
                move_labels(document, &found.places, &Text::new(text));
                document.body = Body::Elsewhere;
            }
            Err(lost) => {
                issues.extend(lost.map(|lost| told(tokens, lost)));
                if let Body::Tokens(tokens) = &mut document.body {
                    tokens.is_unfound = true;
                }
            }
        }
    }

    /// The text that tokens were cut from, which is left in `buffer`.
    fn original_of(
        &self,
        address: &Address<'_>,
        tokens: &Tokens,
        issues: &mut Vec<Located>,
        buffer: &mut Vec<u8>,
    ) -> Result<Result<Found, Option<Lost>>, ReadError> {
        let Some(texts) = self.texts else {
            return Ok(Err(None));
        };
        if tokens.is_named
            && let Some(found) = self.look_into(address.path(), tokens, buffer)?
        {
            return Ok(found.map_err(Some));
        }
        let contents = texts.contents(self.most)?;
        let content = squeezed(&tokens.text);
        let mut fit: Vec<Found> = Vec::new();
        let mut others = Vec::new();
        for name in contents.with(&content) {
            if let Some(Ok(found)) = self.look_into(name, tokens, &mut others)? {
                if fit.is_empty() {
                    std::mem::swap(buffer, &mut others);
                }
                fit.push(found);
            }
        }
        if let [taken, other, ..] = &fit[..] {
            let issue = Issue::DocumentAmbiguous {
                taken: taken.address.path().to_owned(),
                other: other.address.path().to_owned(),
                texts: fit.len() as u64,
            };
            issues.push(at_token(tokens, 0, issue));
        }
        if let Some(found) = fit.into_iter().next() {
            return Ok(Ok(found));
        }
        let near = contents.beginning_as(&content);
        let near = near
            .map(|name| self.look_into(name, tokens, buffer))
            .transpose()?;
        Ok(match near.flatten() {
            Some(found) => found.map_err(Some),
            None => Err(Some(Lost::Nowhere)),
        })
    }

    /// Looks for tokens in the text of that name; `None` where there is none that can be read.
    fn look_into(
        &self,
        name: &str,
        tokens: &Tokens,
        buffer: &mut Vec<u8>,
    ) -> Result<Option<Result<Found, Lost>>, ReadError> {
        let address = Address::location(name.to_owned());
        let Some(texts) = self.texts else {
            return Ok(None);
        };
        let read = texts.read_listed(&address, self.contested, self.most, buffer, None)?;
        let (Lookup::Read(_), Ok(text)) = (read, std::str::from_utf8(buffer)) else {
            return Ok(None);
        };
        let text = Text::new(text).as_str();
        Ok(Some(match align(text, words(tokens)) {
            Ok(places) => Ok(Found { address, places }),
            Err(mismatch) => Err(Lost::Elsewhere {
                name: name.to_owned(),
                text: text[mismatch.byte..].chars().take(SHOWN).collect(),
                mismatch,
            }),
        }))
    }
}

fn words(tokens: &Tokens) -> impl Iterator<Item = &str> {
    let word = |place: Range<usize>| tokens.text.get(place).unwrap_or_default();
    tokens
        .places
        .iter()
        .map(move |place| word(place.text.clone()))
}

/// Gives the labels of a document of tokens their places in a text. Answers whether it is one, and the
/// tokens stand there.
pub(crate) fn place_in(document: &mut Document<'_>, text: &Text<'_>) -> bool {
    let Body::Tokens(tokens) = &document.body else {
        return false;
    };
    let Ok(places) = align(text.as_str(), words(tokens)) else {
        return false;
    };
    move_labels(document, &places, text);
    true
}

/// Moves the labels of a document from the text of its tokens to one where these stand at `places`.
fn move_labels(document: &mut Document<'_>, places: &[Range<usize>], original: &Text<'_>) {
    let Body::Tokens(tokens) = &document.body else {
        return;
    };
    let Some(spans) = &mut document.labels.spans else {
        return;
    };
    let declared: Vec<Span> = spans.labels.iter().map(|label| label.span).collect();
    let at = |range: ByteRange| {
        let first = tokens
            .places
            .partition_point(|place| place.text.end <= range.start());
        let behind = tokens
            .places
            .partition_point(|place| place.text.start < range.end());
        let last = behind.checked_sub(1)?;
        let (first, last) = (places.get(first)?, places.get(last)?);
        original.range(first.start..last.end)
    };
    let ranges = Text::new(&tokens.text).resolve(&declared).into_iter();
    let ranges: Vec<Option<ByteRange>> = ranges.map(|range| at(range.ok()?)).collect();
    let known: Vec<ByteRange> = ranges.iter().copied().flatten().collect();
    let mut numbers = original.declare(&known, Unit::CodePoint).into_iter();
    for (label, range) in spans.labels.iter_mut().zip(ranges) {
        if let Some(span) = range.and_then(|_| numbers.next().flatten()) {
            label.span = span;
        }
    }
}

/// Says that tokens are of no text.
fn told(tokens: &Tokens, lost: Lost) -> Located {
    match lost {
        Lost::Nowhere => {
            let issue = Issue::TokensNotInText {
                text: None,
                token: words(tokens).next().unwrap_or_default().to_owned(),
                found: String::new(),
            };
            at_token(tokens, 0, issue)
        }
        Lost::Elsewhere {
            name,
            text,
            mismatch,
        } => {
            let issue = Issue::TokensNotInText {
                text: Some(name),
                token: words(tokens)
                    .nth(mismatch.token)
                    .unwrap_or_default()
                    .to_owned(),
                found: text,
            };
            at_token(tokens, mismatch.token, issue)
        }
    }
}

/// An issue at a token; at the last one where there are not so many.
fn at_token(tokens: &Tokens, index: usize, issue: Issue) -> Located {
    let place = tokens.places.get(index).or(tokens.places.last());
    Located {
        issue,
        pointer: Pointer::root(),
        bytes: place.map_or(0..0, |place| place.source.clone()),
    }
}
