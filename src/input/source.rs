//! Label files as bytes: read more than once, whatever they are, and where things stand in them.

mod several;

#[cfg(feature = "files")]
use std::fs::File;

use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use memchr::memrchr;

use super::content::{Content, Places, Reader};
use super::spool::Spool;
use super::tree::FileTree;
use crate::diagnostics::redact::redact;
use crate::diagnostics::{Diagnostic, Excerpt};

/// A label file that can be read from its start as often as it takes.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    /// The path as it is shown: a name that is no Unicode loses something then.
    name: String,
    folder: PathBuf,
    /// The name without its extension of each file that it is made of.
    stems: Vec<String>,
    pub(super) content: Content,
    /// How the names of its files end, where they are those of a folder.
    extension: Option<String>,
    /// Whether the first of its files holds what stands once, and no record.
    has_once: bool,
    /// Held by who reads a few bytes while others may do the same.
    turn: Mutex<()>,
    /// Size and time of the last change as they were when the file was opened; `None` where it
    /// is a copy that nobody else can change.
    opened: Option<(u64, Option<SystemTime>)>,
}

impl Source {
    /// Opens a file. What is no regular file (a pipe) is copied to an unnamed temporary one
    /// first, since a label file is read twice.
    #[cfg(feature = "files")]
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if metadata.is_file() {
            let opened = (metadata.len(), metadata.modified().ok());
            let content = Content::of_file(file, path, metadata.len());
            return Ok(Self::new(path, content, Some(opened)));
        }
        Self::spooled(file, path)
    }

    /// A label file in memory. `name` is what reports call it; documents are looked for beside it.
    #[must_use]
    pub fn in_memory(bytes: impl Into<Vec<u8>>, name: &Path) -> Self {
        let bytes: Vec<u8> = bytes.into();
        Self::new(name, Content::Memory(bytes.into()), None)
    }

    /// A file of a tree, by its path there, which is also what reports call it; `None` where the tree has
    /// none of that path. Its bytes are not copied.
    #[must_use]
    pub fn in_tree(tree: &FileTree, path: &str) -> Option<Self> {
        let bytes = tree.shared(path)?;
        Some(Self::new(Path::new(path), Content::Memory(bytes), None))
    }

    /// Copies a stream to an unnamed temporary file, or to memory where there are no files. `name`
    /// is what reports call it; documents are looked for beside it.
    pub fn spooled(mut input: impl Read, name: &Path) -> io::Result<Self> {
        let mut spool = Spool::new()?;
        io::copy(&mut input, &mut spool)?;
        Ok(Self::new(name, spool.into_content(), None))
    }

    pub(super) fn new(
        path: &Path,
        content: Content,
        opened: Option<(u64, Option<SystemTime>)>,
    ) -> Self {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let stem = path.file_stem().unwrap_or_default();
        Self {
            path: path.to_owned(),
            name: path.to_string_lossy().into_owned(),
            folder: folder.to_owned(),
            stems: vec![stem.to_string_lossy().into_owned()],
            content,
            extension: None,
            has_once: false,
            turn: Mutex::new(()),
            opened,
        }
    }

    /// Another content under the same name.
    #[must_use]
    pub fn replaced(&self, content: Spool) -> Self {
        Self {
            name: self.name.clone(),
            folder: self.folder.clone(),
            stems: self.stems.clone(),
            ..Self::new(&self.path, content.into_content(), None)
        }
    }

    /// How the names of its files end, without the dot, where they are those of a folder.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Whether the first of its files holds what stands once in all, and no record.
    #[must_use]
    pub const fn has_once(&self) -> bool {
        self.has_once
    }

    /// Whether it is made of several files.
    #[must_use]
    pub const fn is_several(&self) -> bool {
        matches!(self.content, Content::Several(_))
    }

    /// The files that it is made of, each with its first byte in the bytes of all; none where it is
    /// only one.
    #[must_use]
    pub fn files(&self) -> Vec<(String, u64)> {
        let Content::Several(pieces) = &self.content else {
            return Vec::new();
        };
        let files = pieces.iter().map(|piece| (piece.name.clone(), piece.start));
        files.collect()
    }

    /// The bytes of each file that it is made of among those of all; only one range where it is one
    /// file.
    pub fn ranges(&self) -> io::Result<Vec<Range<u64>>> {
        match &self.content {
            Content::Several(pieces) => {
                let ranges = pieces.iter().map(|piece| piece.start..piece.end());
                Ok(ranges.collect())
            }
            one => Ok(std::iter::once(0..one.length()?).collect()),
        }
    }

    /// The path as it was given, be it a folder's; of several files, the first one's.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path as reports show it. It may name no file, or another one: what is opened or written
    /// goes by [`Self::path`].
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder that the file lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file's name without its extension; of a folder its own name, of several files the first
    /// one's.
    #[must_use]
    pub fn stem(&self) -> &str {
        if self.extension.is_some() {
            let name = self.path.file_name();
            return name.and_then(|name| name.to_str()).unwrap_or_default();
        }
        self.stems.first().map_or("", String::as_str)
    }

    /// The names of the files that it is made of, each without its extension.
    #[must_use]
    pub fn stems(&self) -> &[String] {
        &self.stems
    }

    /// The time of the last change as it was when the file was opened; `None` where the system
    /// does not tell, or the content is a copy.
    #[must_use]
    pub fn modified(&self) -> Option<SystemTime> {
        self.opened?.1
    }

    /// Whether somebody has written to the file since it was opened, as far as its size and
    /// the time of its last change tell. A file that was replaced as a whole has not changed: what
    /// is read is the old one. On Windows it has, since what is read is the file of that name.
    pub fn has_changed(&self) -> io::Result<bool> {
        #[cfg(feature = "files")]
        if let Some(opened) = self.opened
            && let Some(now) = self.content.metadata()?
        {
            return Ok(opened != (now.len(), now.modified().ok()));
        }
        Ok(false)
    }

    /// A reader from the start. There is one place in the file at a time: the reader before
    /// this one must not be used any more.
    pub fn reader(&self) -> io::Result<Reader> {
        self.reader_at(0)
    }

    /// A reader from a place on, in bytes.
    pub fn reader_at(&self, place: u64) -> io::Result<Reader> {
        self.content.reader_at(place)
    }

    /// The bytes for threads that read at many places at a time; `None` where only one can.
    #[must_use]
    pub fn places(&self) -> Option<Places<'_>> {
        self.content.places()
    }

    /// The bytes of a range. Several may ask at a time, while there is no reader.
    pub fn bytes(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        let reader = self.reader_at(range.start)?;
        let length = range.end.saturating_sub(range.start);
        reader.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// How many bytes there are.
    pub fn length(&self) -> io::Result<u64> {
        self.content.length()
    }

    /// The first bytes, at most `size`.
    pub fn head(&self, size: u64) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.reader()?.take(size).read_to_end(&mut head)?;
        Ok(head)
    }

    /// The words of the file around a finding that has a position, without the values of `private`
    /// members.
    pub fn excerpt(&self, finding: &Diagnostic, private: &[&str]) -> io::Result<Option<Excerpt>> {
        /// Enough for the window of an [`Excerpt`], and to see where its strings end.
        const AROUND: u64 = 2048;
        /// Enough to see what members its values belong to. A string does not go on over a line
        /// end, and a record of a file with such members is a line.
        const BEFORE: u64 = 1 << 18;
        let (Some(bytes), Some((line, column))) = (&finding.bytes, finding.position) else {
            return Ok(None);
        };
        let near = self.bytes(bytes.start.saturating_sub(AROUND)..bytes.start)?;
        let before = if near.contains(&b'\n') {
            AROUND
        } else {
            BEFORE
        };
        let from = bytes.start.saturating_sub(before);
        let end = bytes.end.min(bytes.start + AROUND);
        let mut window = Vec::new();
        let size = end + AROUND - from;
        self.reader_at(from)?.take(size).read_to_end(&mut window)?;
        let split = |place: u64| usize::try_from(place - from).map_or(0, |at| at.min(window.len()));
        let (start, end) = (split(bytes.start), split(end));
        // No more than the line and what is around it, and the window may begin inside a character.
        let line_start = memrchr(b'\n', &window[..start]).map_or(0, |newline| newline + 1);
        let around = start.saturating_sub(usize::try_from(AROUND).unwrap_or(usize::MAX));
        let begin = line_start.min(around);
        let whole = window[begin..].iter().position(|byte| byte & 0xc0 != 0x80);
        let begin = (begin + whole.unwrap_or(0)).min(start);
        let before = String::from_utf8_lossy(&window[begin..start]);
        let shown = String::from_utf8_lossy(&window[start..end]);
        let after = String::from_utf8_lossy(&window[end..]);
        let span = [before.len(), before.len() + shown.len()];
        let text = format!("{before}{shown}{after}");
        let (text, [start, end]) = redact(&text, span, private);
        let mut excerpt = Excerpt::around(&self.name, &text, start..end);
        let ahead = excerpt.text[..excerpt.span.start].chars().count() as u64;
        excerpt.line = usize::try_from(line).unwrap_or(usize::MAX);
        excerpt.column = usize::try_from(column.saturating_sub(ahead)).unwrap_or(usize::MAX);
        Ok(Some(excerpt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines::LineCounter;
    use crate::input::lines::tests::finding;

    #[test]
    fn an_excerpt_has_the_place_of_its_first_character() {
        let text = format!("one\n{}é{{\"x\"}}\nlast", "-".repeat(100));
        let source = Source::spooled(text.as_bytes(), Path::new("in.json")).unwrap();
        let mut findings = [finding(106)];
        LineCounter::new(&source).place(&mut findings[0]).unwrap();
        assert_eq!(findings[0].position, Some((2, 102)));
        let excerpt = source.excerpt(&findings[0], &[]).unwrap().unwrap();
        assert_eq!((excerpt.line, excerpt.column), (2, 62));
        assert_eq!(&excerpt.text[excerpt.span], "{");
        assert!(excerpt.text.ends_with("é{\"x\"}"));
    }
}
