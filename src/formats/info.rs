//! What is said of a format wherever its files are spoken of: its names, and what its files hold.

use crate::model::Kind;
use crate::text::Unit;

/// What is said of a format.
#[derive(Debug)]
pub struct Info {
    /// The name used on the command line.
    pub name: &'static str,
    /// The name used in sentences.
    pub title: &'static str,
    /// How the names of its files end, without the dot; the first is that of new files.
    pub extensions: &'static [&'static str],
    /// How its records lie in its files.
    pub layout: Layout,
    /// What its offsets count.
    pub unit: UnitRule,
    /// Where the texts of its documents stand.
    pub texts: TextPlace,
    /// Whether files declare their labels.
    pub declares: bool,
    /// Whether files may assign documents to splits.
    pub splits: bool,
    /// Whether the splits of a corpus are files of their own, told by their names: documents that say
    /// nothing themselves are in that of their file.
    pub file_splits: bool,
    /// The kinds of projects that it has a form for.
    pub kinds: &'static [Kind],
    /// Members at the top of a file or record by which it is told that it was meant to be of the
    /// format; none for what is no JSON.
    pub keys: &'static [&'static str],
    /// Members whose values no report may show: the names of people.
    pub private: &'static [&'static str],
}

/// How the records of a format lie in its files, as far as others than its cutter have to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether something stands once in a file that its records cannot be read without: a header, a
    /// row with the names of columns.
    pub has_header: bool,
    /// Whether a record ends with its line, so that a file can be cut at any line end: by shards, and by
    /// the threads of one run.
    pub is_lines: bool,
    /// Whether several files can be read as one corpus: the files of a folder, the parts of a table.
    pub joins: bool,
    /// Whether its files are those of a folder, each a record. The name is that of the file with
    /// what stands once in the folder.
    pub folder: Option<&'static str>,
}

impl Layout {
    /// One JSON value a line, each by itself.
    pub const LINES: Self = Self {
        has_header: false,
        is_lines: true,
        joins: true,
        folder: None,
    };
    /// The items of an array in one JSON value.
    pub const ITEMS: Self = Self {
        has_header: true,
        is_lines: false,
        joins: false,
        folder: None,
    };
    /// Lines that are one record up to a blank line, or to another mark.
    pub const BLOCKS: Self = Self {
        has_header: false,
        is_lines: false,
        joins: true,
        folder: None,
    };
    /// The rows of a table, below a row with the names of its columns. A cell may hold line ends.
    pub const ROWS: Self = Self {
        has_header: true,
        is_lines: false,
        joins: true,
        folder: None,
    };

    /// The files of a folder, each a record, with one of that name for what stands once.
    #[must_use]
    pub const fn folder(once: &'static str) -> Self {
        Self {
            has_header: true,
            is_lines: false,
            joins: true,
            folder: Some(once),
        }
    }
}

/// What the offsets of a format count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitRule {
    /// It has none.
    None,
    /// Always this.
    Fixed(Unit),
    /// One of several, which files do not say: the evidence does, or the user.
    Inferred {
        /// What it may be. The first is assumed until the evidence says otherwise.
        among: &'static [Unit],
        /// What is written where the user names none.
        written: Unit,
    },
}

/// Where the texts of a format's documents stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPlace {
    /// In files of their own, by the names that the label file has for them.
    Files,
    /// In files of their own, whose addresses may be longer than their paths: see
    /// [`crate::model::Address::shortens`].
    Addresses,
    /// In the label file.
    Inline,
    /// In the label file but for the white space in them, unless the user names folders with the
    /// texts themselves.
    Tokens,
    /// In the label file, but in some records as [`Self::Tokens`].
    InlineOrTokens,
}

impl TextPlace {
    /// Whether the label file holds what the documents say, be it in tokens.
    #[must_use]
    pub const fn is_inside(self) -> bool {
        matches!(self, Self::Inline | Self::Tokens | Self::InlineOrTokens)
    }
}

impl Info {
    /// The extension of new files, without the dot.
    #[must_use]
    pub const fn extension(&self) -> &'static str {
        self.extensions[0]
    }

    /// Whether the format has a form for projects of this kind.
    #[must_use]
    pub fn has_kind(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether its files have words of the documents in them: whole texts, or those that labels cover, as
    /// the files of a folder have them.
    #[must_use]
    pub const fn holds_words(&self) -> bool {
        self.texts.is_inside() || self.layout.folder.is_some()
    }

    /// Whether the documents have to tell what the header does not: the unit of the offsets, or
    /// which files their addresses fall back to.
    #[must_use]
    pub const fn is_assumed(&self) -> bool {
        matches!(self.unit, UnitRule::Inferred { .. }) || matches!(self.texts, TextPlace::Addresses)
    }
}

impl UnitRule {
    /// The unit, where the format fixes it.
    #[must_use]
    pub const fn fixed(self) -> Option<Unit> {
        match self {
            Self::Fixed(unit) => Some(unit),
            Self::None | Self::Inferred { .. } => None,
        }
    }

    /// The unit that is assumed in reading where nobody says it.
    #[must_use]
    pub fn assumed(self) -> Unit {
        match self {
            Self::Fixed(unit) => unit,
            Self::Inferred { among, .. } => among.first().copied().unwrap_or(Unit::CodePoint),
            Self::None => Unit::CodePoint,
        }
    }

    /// What the offsets may count, where files do not say it.
    #[must_use]
    pub const fn among(self) -> &'static [Unit] {
        match self {
            Self::Inferred { among, .. } => among,
            Self::None | Self::Fixed(_) => &[],
        }
    }

    /// The unit that is written where the user names none.
    #[must_use]
    pub const fn written(self) -> Unit {
        match self {
            Self::Fixed(unit) | Self::Inferred { written: unit, .. } => unit,
            Self::None => Unit::CodePoint,
        }
    }
}

/// Which side of a conversion a unit is about that the user names (`--offsets`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitSide {
    /// What is read. The other side is written in the unit that is usual there.
    Source,
    /// What is written. What is read tells its own unit.
    Target,
    /// Both count the same.
    Both,
}

impl UnitSide {
    /// The unit that a conversion is asked to write: that of the format, or the one that is `given` where it is
    /// about the target, or the usual one. `from` is unknown where the source is of no known format.
    #[must_use]
    pub fn asked(given: Option<Unit>, from: Option<&Info>, to: &Info) -> Unit {
        let is_of_source =
            |given: Unit| from.is_some_and(|from| Self::of(given, from, to) == Self::Source);
        let given = given.filter(|given| !is_of_source(*given));
        to.unit
            .fixed()
            .or(given)
            .unwrap_or_else(|| to.unit.written())
    }

    /// The side that a unit is about. Where neither format states its unit it is the one that is read; a unit
    /// that only one tool counts in is about the file of that tool.
    #[must_use]
    pub fn of(unit: Unit, from: &Info, to: &Info) -> Self {
        let is_inferred = |info: &Info| matches!(info.unit, UnitRule::Inferred { .. });
        let counts = |info: &Info| info.unit.among().contains(&unit);
        let is_of_one_tool = unit == Unit::Grapheme10;
        match (is_inferred(from), is_inferred(to)) {
            (false, _) => Self::Target,
            // Within a format numbers stay as they are. Of Azure ML it is said wherever that stands.
            (true, true) if from.name == to.name || to.name == "aml" => Self::Both,
            (true, true) if is_of_one_tool && !counts(from) && counts(to) => Self::Target,
            (true, _) => Self::Source,
        }
    }
}
