//! Files that a writer makes once all documents are there.

use std::io::{self, Write};

use crate::formats::{Again, Writer};
use crate::input::Spool;
use crate::pipeline::Error;

/// Where documents are put aside, if the writer makes the file of them once all are there.
pub(super) fn put_aside(writer: &dyn Writer) -> Result<Option<Spool>, Error> {
    let wanted = writer.is_finished_later();
    let aside = wanted.then(Spool::new).transpose();
    aside.map_err(Error::write)
}

/// Makes the file of what was put aside, if it was.
pub(super) fn finish(
    writer: &dyn Writer,
    aside: Option<Spool>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let Some(mut aside) = aside else {
        return Ok(());
    };
    let finished = writer.finish(&mut PutAside(&mut aside), out);
    finished.map_err(Error::write)
}

/// What a writer has put aside of a file that it finishes later.
struct PutAside<'s>(&'s mut Spool);

impl Again for PutAside<'_> {
    fn again(&mut self) -> io::Result<Box<dyn io::Read + '_>> {
        Ok(Box::new(self.0.reader()?))
    }
}
