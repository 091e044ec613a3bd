//! A line as it stands in the file, for the quick reader. It takes exactly what the contract
//! has; whatever is different in any way is left to the careful reader.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::strict::{present, present_text};

/// The members of a line, in the order in which the service writes them.
pub(super) const MEMBERS: [&str; 7] = [
    "image_url",
    "label",
    "label_confidence",
    "labeler",
    "updated_by",
    "labeling_time_in_seconds",
    "label_creation_time",
];

/// The members of a line that say who labeled it, when and for how long.
pub(super) const COLUMNS: [&str; 4] = [
    "labeler",
    "updated_by",
    "labeling_time_in_seconds",
    "label_creation_time",
];

/// The members of a span.
pub(super) const SPAN_MEMBERS: [&str; 3] = ["label", "offsetStart", "offsetEnd"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) image_url: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) label: Label<'a>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) label_confidence: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) labeler: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) updated_by: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) labeling_time_in_seconds: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) label_creation_time: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Span<'a> {
    #[serde(borrow)]
    pub(super) label: Cow<'a, str>,
    #[serde(rename = "offsetStart")]
    pub(super) start: i64,
    #[serde(rename = "offsetEnd")]
    pub(super) end: i64,
}

/// The value of `label`, which tells the kind of the project.
pub(super) enum Label<'a> {
    /// Multi-class.
    Class(Cow<'a, str>),
    /// Multi-label.
    Classes(Vec<Cow<'a, str>>),
    /// Entities.
    Spans(Vec<Span<'a>>),
    /// `[]`, which both of the last two may be.
    Empty,
}

/// An item of an array under `label`.
enum Item<'a> {
    Class(Cow<'a, str>),
    Span(Span<'a>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Item<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Item<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a class or a span")
            }

            fn visit_borrowed_str<E>(self, class: &'de str) -> Result<Self::Value, E> {
                Ok(Item::Class(Cow::Borrowed(class)))
            }

            fn visit_str<E>(self, class: &str) -> Result<Self::Value, E> {
                Ok(Item::Class(Cow::Owned(class.to_owned())))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Span::deserialize(MapAccessDeserializer::new(map)).map(Item::Span)
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Label<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Label<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a class, classes or spans")
            }

            fn visit_borrowed_str<E>(self, class: &'de str) -> Result<Self::Value, E> {
                Ok(Label::Class(Cow::Borrowed(class)))
            }

            fn visit_str<E>(self, class: &str) -> Result<Self::Value, E> {
                Ok(Label::Class(Cow::Owned(class.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mixed = || A::Error::custom("classes among spans");
                match items.next_element::<Item<'de>>()? {
                    None => Ok(Label::Empty),
                    Some(Item::Class(first)) => {
                        let mut classes = vec![first];
                        while let Some(item) = items.next_element::<Item<'de>>()? {
                            let Item::Class(class) = item else {
                                return Err(mixed());
                            };
                            classes.push(class);
                        }
                        Ok(Label::Classes(classes))
                    }
                    Some(Item::Span(first)) => {
                        let mut spans = vec![first];
                        while let Some(item) = items.next_element::<Item<'de>>()? {
                            let Item::Span(span) = item else {
                                return Err(mixed());
                            };
                            spans.push(span);
                        }
                        Ok(Label::Spans(spans))
                    }
                }
            }
        }
        deserializer.deserialize_any(Visit)
    }
}
